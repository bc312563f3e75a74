"""The worked examples of lockcore/PASSCODE.md, every intermediate value computed anew.

`python -m tests.passcode_examples` prints section 6 of the document; a test holds the document against it.
"""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import ECB

from lockcore import civil, ff1, passcode_key
from lockcore.passcode import (
    DIGITS,
    HOURS,
    LENGTH_H_MAX,
    NUMBERS,
    SEQUENCE_MAX,
    Passcode,
    PasscodeKind,
    digits_of,
    pack,
    read,
)

MASTER = bytes(range(64, 96))
ADDRESS = (1000000001, "1", "4", "401G")
GENERATION = 0
ROOM_KEY = passcode_key.of_room(MASTER, *ADDRESS, generation=GENERATION)
HALF = 10 ** (DIGITS // 2)


def _hour(text: str) -> int:
    return civil.parse(text) // 60


EXAMPLES: tuple[tuple[str, Passcode, int], ...] = (
    (
        "Two days for a guest, before any loss report",
        Passcode(kind=PasscodeKind.PERIOD, start_h=_hour("2026-11-23 14:00"), length_h=46),
        0,
    ),
    (
        "The same after loss report 4711: other digits",
        Passcode(kind=PasscodeKind.PERIOD, start_h=_hour("2026-11-23 14:00"), length_h=46),
        4711,
    ),
    (
        "Once, in the last hour that there is, every field at its end",
        Passcode(kind=PasscodeKind.ONE_TIME, start_h=_hour("2074-10-23 06:00"), length_h=1, sequence=15),
        4294967295,
    ),
)
KEY = passcode_key.derive(ROOM_KEY, 0)
ENTRIES: tuple[str, ...] = (
    # typed where the mark is 0: its passcode, another mark's, numbers beyond each limit, one that 32 bits do not hold
    # and that is no one-time passcode, and too few digits
    digits_of(EXAMPLES[0][1], KEY),
    digits_of(EXAMPLES[1][1], passcode_key.derive(ROOM_KEY, 4711)),
    "000000000000",
    ff1.encrypt(f"{NUMBERS:012d}", KEY),
    ff1.encrypt(f"{NUMBERS - 1:012d}", KEY),
    digits_of(EXAMPLES[2][1], KEY),
    digits_of(Passcode(kind=PasscodeKind.PERIOD, start_h=_hour("2074-10-23 06:00"), length_h=1, sequence=15), KEY),
    digits_of(EXAMPLES[0][1], KEY)[:11],
)


def lines() -> Iterator[str]:
    """The section, line by line."""
    yield f"Passcode master of the community: `{MASTER.hex()}`  "
    yield f"Lock of community {ADDRESS[0]}, building {ADDRESS[1]}, floor {ADDRESS[2]}, room {ADDRESS[3]}"
    yield ""
    yield "```"
    yield from _wrapped("hkdf info", passcode_key.room_info(*ADDRESS, GENERATION).hex())
    yield from _wrapped("room key", ROOM_KEY.hex())
    yield "```"
    for number, (title, passcode, mark) in enumerate(EXAMPLES, 1):
        yield ""
        yield f"### 6.{number} {title}"
        yield ""
        yield from _fields(passcode)
        yield ""
        yield from _rounds(passcode, mark)
    yield ""
    yield f"### 6.{len(EXAMPLES) + 1} What a keypad makes of entries"
    yield ""
    yield from _entries()


def _fields(passcode: Passcode) -> Iterator[str]:
    start, end = (civil.text_of(minute) for minute in passcode.window_min)
    yield "| field | radix | value | says |"
    yield "|---|---|---|---|"
    yield f"| sequence | {SEQUENCE_MAX + 1} | {passcode.sequence} | {passcode.sequence} |"
    yield f"| length_h - 1 | {LENGTH_H_MAX} | {passcode.length_h - 1} | {passcode.length_h} h, until {end} |"
    yield f"| start_h | {HOURS} | {passcode.start_h} | from {start} |"
    yield f"| kind | 2 | {int(passcode.kind)} | {passcode.kind.name} |"


def _rounds(passcode: Passcode, mark: int) -> Iterator[str]:
    """Section 3 on one number, in a table of ten rounds; what comes out is what lockcore gives."""
    key = passcode_key.derive(ROOM_KEY, mark)
    encipher = Cipher(AES(key), ECB()).encryptor().update
    constant = encipher(ff1.first_block(6, 6, 0))
    left, right = divmod(pack(passcode), HALF)
    yield "```"
    yield f"number     {pack(passcode):012d}"
    yield f"mark       {mark}"
    yield from _wrapped("hkdf info", passcode_key.mark_info(mark).hex())
    yield from _wrapped("aes key", key.hex())
    yield from _wrapped("P", ff1.first_block(6, 6, 0).hex())
    yield from _wrapped("AES(P)", constant.hex())
    yield ""
    yield " i  A      B       AES(P) xor Q                      S                 C"
    for i in range(ff1.ROUNDS):
        q = bytes([0] * 12 + [i]) + right.to_bytes(3, "big")
        block = bytes(x ^ y for x, y in zip(constant, q, strict=True))
        out = encipher(block)[:8]
        c = (left + int.from_bytes(out, "big")) % HALF
        yield f"{i:2}  {left:06d} {right:06d}  {block.hex()}  {out.hex()}  {c:06d}"
        left, right = right, c
    yield ""
    digits = f"{left:06d}{right:06d}"
    assert digits == digits_of(passcode, key)
    yield f"digits     {digits}"
    yield "```"


def _entries() -> Iterator[str]:
    yield "The mark is 0."
    yield ""
    yield "| typed | number | read as |"
    yield "|---|---|---|"
    for digits in ENTRIES:
        number = ff1.decrypt(digits, KEY) if len(digits) == DIGITS else "none: not 12 digits"
        yield f"| {digits} | {number} | {_said(read(digits, KEY))} |"


def _said(passcode: Passcode | None) -> str:
    if passcode is None:
        return "none"
    start, end = (civil.text_of(minute) for minute in passcode.window_min)
    return f"{passcode.kind.name} from {start} to {end}, sequence {passcode.sequence}"


def _wrapped(name: str, value: str) -> Iterator[str]:
    first, *others = wrap(value, 84)
    yield f"{name:10} {first}"
    for other in others:
        yield f"{'':10} {other}"


if __name__ == "__main__":
    print("\n".join(lines()))

"""Twelve digits: what a keypad reads of them, and which ones a platform makes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from vectors.families import passcode_book as book
from vectors.families import passcode_limits as limits
from vectors.families.ask import question
from vectors.families.passcode_book import DOOR_FIELDS, NUMBERS, TWO_DAYS, Fields
from vectors.families.site import MASTER, PASSCODE_MASTER
from vectors.families.stated import stated
from vectors.pack.vector import ACCEPTED, Family, Group, Vector, refused

HEADER = (
    "Step 3 of lockcore/PASSCODE.md, section 4, and the platform's side of sections 1 to 3.",
    "The passcode master is everybody's: that of the worked examples there.",
    "Whether a passcode holds at some minute is asked of a whole lock: see the family lock.",
)
_ROOM_KEY = book.room_key(DOOR_FIELDS)
_KEY = book.passcode_key(_ROOM_KEY, 0)
_READ: Fields = {"room_key": _ROOM_KEY.hex(), "mark": 0}
_MAKE: Fields = {"master": PASSCODE_MASTER.hex(), **DOOR_FIELDS}
_DIGITS = book.encipher(book.number_of(TWO_DAYS), _KEY)
WRONG = "WRONG_PASSWORD"


def family(seed: int) -> Family:  # noqa: ARG001  # nothing here is random
    """The vectors of `passcode`."""
    return Family(
        name="passcode",
        algorithm="qrlock passcodes v1",
        header=HEADER,
        groups=(
            _group("read-good", "Digits that are a passcode.", "passcode", _READ, _read_good()),
            _group("read-numbers", "Digits whose number is none's.", "passcode", _READ, _read_numbers()),
            _group(
                "read-keys", "Digits made under another key, and under the right one.", "passcode", {}, _read_keys()
            ),
            _group("read-typed", "What is typed wrong.", "passcode", _READ, _read_typed()),
            _group("make-good", "Passcodes at every limit.", "make-passcode", _MAKE, _make_good()),
            _group("make-none", "Fields of which no passcode is made.", "make-passcode", _MAKE, _make_none()),
        ),
    )


def _group(name: str, comment: str, needs: str, given: Fields, vectors: Iterator[Vector]) -> Group:
    return Group(name=name, comment=comment, needs=(needs,), given=given, vectors=list(vectors))


def _read(slug: str, comment: str, flag: str, digits: str, passcode: Fields | None, **keys: Any) -> Vector:
    """A question to a keypad; `passcode` None: the digits are none."""
    do = {"op": "passcode", "digits": digits, **keys}
    expect = refused(WRONG) if passcode is None else ACCEPTED
    vector = question(f"passcode.read.{slug}", comment, (flag,), do, expect, given={} if keys else _READ)
    return stated(vector, {"refused": WRONG} if passcode is None else passcode)


def _read_good() -> Iterator[Vector]:
    for slug, comment, changes in limits.good():
        passcode = {**TWO_DAYS, **changes}
        yield _read(slug, comment, "Good", book.encipher(book.number_of(passcode), _KEY), passcode)


def _read_numbers() -> Iterator[Vector]:
    for slug, comment, changes in limits.bad():
        number = book.number_of({**TWO_DAYS, **changes})
        yield _read(slug, comment, "Calendar", book.encipher(number, _KEY), None)
    good = book.number_of(TWO_DAYS)
    numbers = {
        "last-of-all": NUMBERS - 1, "over": NUMBERS, "over-one": NUMBERS + 1, "10-12-minus-1": 10**12 - 1,
        "2-34-minus-1": 2**34 - 1, "2-34": 2**34, "2-37": 2**37, "10-11": 10**11, "half": 5 * 10**11,
    }  # fmt: skip
    numbers |= {f"good-and-{times}-times-all": good + times * NUMBERS for times in (1, 2, 3, 40, 79)}
    numbers |= {f"good-and-{times}-times-2-32": good + times * 2**32 for times in (3, 4, 16, 231)}
    numbers |= {f"good-and-2-{bits}": good + 2**bits for bits in (34, 35, 36, 37, 38, 39)}
    for name, number in numbers.items():
        comment = f"the number {number}, which is no passcode's"
        yield _read(f"number-{name}", comment, "PasswordGuess", book.encipher(number, _KEY), None)


def _read_keys() -> Iterator[Vector]:
    """Each door's passcode at that door, and at this one."""
    yield _read("door-this", "the worked example", "Good", _DIGITS, TWO_DAYS, **_READ)
    for slug, comment, changes in limits.doors():
        door = {**DOOR_FIELDS, **changes}
        room_key = book.room_key(door)
        passcode, digits = _none_here(book.passcode_key(room_key, door["mark"]), _KEY)
        own = {"room_key": room_key.hex(), "mark": door["mark"]}
        yield _read(f"{slug}-own", f"{comment}: a passcode of its own", "Good", digits, passcode, **own)
        yield _read(f"{slug}-other", f"{comment}: its passcode at this door", "Password", digits, None, **_READ)
    for slug, room_key in (
        ("zero", bytes(16)),
        ("master-half", PASSCODE_MASTER[:16]),
        ("cmac-master-half", MASTER[:16]),
    ):
        _, digits = _none_here(book.passcode_key(room_key, 0), _KEY)
        yield _read(f"key-{slug}", f"made under another room key: {slug}", "WrongKey", digits, None, **_READ)
    for slug, key in (("room-key", _ROOM_KEY), ("zero-key", bytes(16))):
        _, digits = _none_here(key, _KEY)
        yield _read(f"without-mark-{slug}", f"enciphered under the {slug} itself", "WrongKey", digits, None, **_READ)


def _none_here(key: bytes, here: bytes) -> tuple[Fields, str]:
    """The first passcode, by its start, whose digits under `key` are none under `here`: one in eighty is one."""
    for start_h in range(TWO_DAYS["start_h"], 2**19):
        passcode = {**TWO_DAYS, "start_h": start_h}
        digits = book.encipher(book.number_of(passcode), key)
        if not book.is_passcode(book.decipher(digits, here)):
            return passcode, digits
    raise AssertionError


def _read_typed() -> Iterator[Vector]:
    for at in range(12):
        for step in (1, 5, 9):
            digit = (int(_DIGITS[at]) + step) % 10
            digits = f"{_DIGITS[:at]}{digit}{_DIGITS[at + 1 :]}"
            if not book.is_passcode(book.decipher(digits, _KEY)):
                yield _read(f"digit-{at}-plus-{step}", f"digit {at} changed", "PasswordGuess", digits, None)
    for at in range(11):
        swapped = _DIGITS[:at] + _DIGITS[at + 1] + _DIGITS[at] + _DIGITS[at + 2 :]
        if swapped != _DIGITS and not book.is_passcode(book.decipher(swapped, _KEY)):
            yield _read(f"digits-{at}-swapped", f"digits {at} and {at + 1} exchanged", "PasswordGuess", swapped, None)
    for slug, comment, digits in _typed():
        yield _read(slug, comment, "ForeignText", digits, None)
    yield from _leading_zero()


_FOREIGN = (
    ("letter", "a letter", "A"),
    ("star", "a star", "*"),
    ("hash", "a hash", "#"),
    ("space", "a space", " "),
    ("minus", "a minus", "-"),
    ("nul", "NUL", "\0"),
    ("underline", "an underline", "_"),
    ("slash", "the character before 0", "/"),
    ("colon", "the character after 9", ":"),
    ("wide-digit", "a full-width digit", "１"),
    ("arabic-digit", "an Arabic-Indic digit", "٣"),
    ("superscript", "a superscript digit", "²"),
)


def _typed() -> Iterator[tuple[str, str, str]]:
    d = _DIGITS
    for length in (0, 1, 6, 10, 11):
        yield f"digits-{length}", f"{length} digits", d[:length]
    for slug, digits in (
        ("13", d + d[0]),
        ("13-zero", "0" + d),
        ("13-zero-after", d + "0"),
        ("24", d + d),
        ("268", d + "0" * 256),
    ):
        yield f"digits-{slug}", f"{len(digits)} digits", digits
    for slug, comment, made in _FOREIGN:
        for place, at in (("first", 0), ("last", 11)):
            yield f"{slug}-{place}", f"{comment} in place of the {place} digit", d[:at] + made + d[at + 1 :]
    yield "space-before", "a space before it", " " + d
    yield "line-end", "a line end after it", d + "\n"
    yield "spaced", "in groups of four", f"{d[:4]} {d[4:8]} {d[8:]}"
    yield "zeros", "zeros alone", "0" * 12
    yield "nines", "nines alone", "9" * 12
    yield "counted-up", "123456789012", "123456789012"
    yield "plain", "its number, not enciphered", f"{book.number_of(TWO_DAYS):012}"
    yield (
        "deciphered",
        "its number, deciphered in place of enciphered",
        f"{book.decipher(f'{book.number_of(TWO_DAYS):012}', _KEY):012}",
    )
    yield "twice", "enciphered twice", book.encipher(int(d), _KEY)
    for rounds in (8, 9, 11):
        yield (
            f"rounds-{rounds}",
            f"enciphered in {rounds} rounds",
            book.encipher(book.number_of(TWO_DAYS), _KEY, rounds),
        )


def _leading_zero() -> Iterator[Vector]:
    """Digits that begin with 0: all twelve count."""
    for start_h in range(TWO_DAYS["start_h"], 2**19):
        passcode = {**TWO_DAYS, "start_h": start_h}
        digits = book.encipher(book.number_of(passcode), _KEY)
        if digits.startswith("0"):
            break
    yield _read("zero-first", "digits that begin with 0", "Good", digits, passcode)
    yield _read("zero-left-out", "the same without the 0", "Truncated", digits[1:], None)


def _make(slug: str, comment: str, flag: str, changes: Fields, digits: str | None) -> Vector:
    """A question to a platform; `digits` None: it must not make any."""
    do = {"op": "make_passcode", **TWO_DAYS, **changes}
    expect = refused("NO_PASSCODE") if digits is None else ACCEPTED
    vector = question(f"passcode.make.{slug}", comment, (flag,), do, expect, given=_MAKE)
    return stated(vector, {"refused": "NO_PASSCODE"} if digits is None else {"digits": digits})


def _make_good() -> Iterator[Vector]:
    for slug, comment, changes in limits.good():
        digits = book.encipher(book.number_of({**TWO_DAYS, **changes}), _KEY)
        yield _make(slug, comment, "Good", changes, digits)
    for slug, comment, changes in limits.doors():
        door = {**DOOR_FIELDS, **changes}
        key = book.passcode_key(book.room_key(door), door["mark"])
        yield _make(slug, comment, "Good", changes, book.encipher(book.number_of(TWO_DAYS), key))


def _make_none() -> Iterator[Vector]:
    for slug, comment, changes in limits.bad():
        yield _make(slug, comment, "Calendar", changes, None)
    for slug, comment, changes in (*limits.impossible(), *limits.no_doors()):
        yield _make(slug, comment, "BadGrant", changes, None)

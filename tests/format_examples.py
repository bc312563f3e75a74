"""The worked examples of lockcore/FORMAT.md, every intermediate value computed anew.

`python -m tests.format_examples` prints section 10 of the document; a test holds the document against it.
"""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap

from lockcore import CardType, Grant, Lost, OpenType, SealKind, civil, cmac_keys, encode
from lockcore.body import LENGTH, PLACE, ROOM, SERIAL, pack
from lockcore.carrier import carrier_of
from lockcore.ladder import Ladder, take
from lockcore.payload import split
from lockcore.seal import CMAC_LABEL, ED25519_LABEL, Sealer
from tests.bench_keys import MASTER, PRIVATE, PUBLIC, cmac, ed25519

GUEST = Grant(
    community=1000000001,
    start_min=civil.parse("2026-11-23 14:00"),
    end_min=civil.parse("2026-11-25 12:00"),
    serial=4711,
    building="1",
    floor="4",
    room="401G",
    times=2,
)
STAFF = Grant(
    community=1000000001,
    start_min=civil.parse("2026-11-23 06:07"),
    end_min=civil.parse("2026-11-23 18:31"),
    serial=300,
    card=CardType.FLOOR,
    building="1",
    floor="B1",
)
WIDE = Grant(
    community=99999999999,
    start_min=civil.parse("2026-11-23 14:01"),
    end_min=civil.parse("2027-11-23 12:01"),
    serial=4294967295,
    building="EAST",
    floor="65535",
    room="PENTHSE1",
    cut_off_min=civil.parse("2026-11-23 14:12"),
    times=254,
    open_type=OpenType.NORMALLY_OPEN,
    lost=Lost.CARD,
    revision=1,
)
EXAMPLES: tuple[tuple[str, Grant, Sealer], ...] = (
    ("A guest's room card under `ed25519`", GUEST, ed25519(0)),
    ("The same grant under `cmac`", GUEST, cmac(1)),
    ("A floor card under `cmac`", STAFF, cmac(1)),
    ("A long card: every field wide, under `ed25519`", WIDE, ed25519(0)),
)


def field_rows(grant: Grant, key_id: int) -> Iterator[tuple[str, int, int, str]]:
    """Name, width in bits, raw bits and meaning of each field, from the least significant up."""
    rest = pack(grant, key_id)

    def fixed(width: int) -> int:
        nonlocal rest
        bits, rest = rest & (1 << width) - 1, rest >> width
        return bits

    def climbed(rungs: Ladder) -> tuple[int, int, int]:
        width = 2 + rungs[rest & 3][2]
        value, _ = take(rest, rungs)
        return width, fixed(width), value

    yield "format", 2, fixed(2), "this format"
    yield "key id", 4, fixed(4), str(key_id)
    yield "scope", 2, fixed(2), grant.scope.name
    yield "community", 37, fixed(37), str(grant.community)
    for name, text, rungs in (
        ("building", grant.building, PLACE),
        ("floor", grant.floor, PLACE),
        ("room", grant.room, ROOM),
    ):
        if text is not None:
            width, bits, code = climbed(rungs)
            yield name, width, bits, f"{text}, code {code}"
    yield "start, half hour", 20, fixed(20), civil.text_of(grant.start_min // 30 * 30)
    yield _minutes("start", grant.start_min, fixed)
    width, bits, length = climbed(LENGTH)
    yield "end, half hours later", width, bits, str(length)
    yield _minutes("end", grant.end_min, fixed)
    width, bits, serial = climbed(SERIAL)
    yield "serial", width, bits, str(serial)
    yield "times", 8, fixed(8), str(grant.times)
    yield "open type", 1, fixed(1), grant.open_type.name
    yield "lost", 2, fixed(2), grant.lost.name
    yield "revision", 8, fixed(8), str(grant.revision)
    yield "cut-off", rest.bit_length(), rest, f"{rest} min after the start" if rest else "none"


def _minutes(name: str, minute: int, fixed) -> tuple[str, int, int, str]:  # type: ignore[no-untyped-def]
    width = 6 if minute % 30 else 1
    return f"{name}, minutes beyond", width, fixed(width), str(minute % 30)


def lines() -> Iterator[str]:
    """The section, line by line."""
    yield f"Private key of `ed25519` key 0: `{PRIVATE.hex()}`  "
    yield f"Public key of `ed25519` key 0: `{PUBLIC.hex()}`  "
    yield f"Master key of `cmac` key 1: `{MASTER.hex()}`"
    for number, (title, grant, sealer) in enumerate(EXAMPLES, 1):
        yield ""
        yield f"### 10.{number} {title}"
        yield ""
        yield "| field | bits | raw, hexadecimal | says |"
        yield "|---|---|---|---|"
        for name, width, bits, meaning in field_rows(grant, sealer.key_id):
            yield f"| {name} | {width} | {bits:x} | {meaning} |"
        yield ""
        yield "```"
        yield from _sealing(grant, sealer)
        yield "```"


def _sealing(grant: Grant, sealer: Sealer) -> Iterator[str]:
    body, text = pack(grant, sealer.key_id), encode(grant, sealer)
    _, body_bytes, seal = split(text)
    label = ED25519_LABEL if sealer.kind is SealKind.ED25519 else CMAC_LABEL
    cut_off = "none" if grant.cut_off_min is None else grant.cut_off_min
    yield f"grant      start {grant.start_min}, end {grant.end_min}, cut-off {cut_off}"
    yield f"body       {body.bit_length()} bits, {carrier_of(body, sealer.kind).digits} digits"
    yield from _wrapped("body bytes", body_bytes.hex())
    if sealer.kind is SealKind.CMAC:
        address = (grant.scope, grant.community, grant.building, grant.floor, grant.room)
        yield from _wrapped("hkdf info", cmac_keys.key_info(sealer.key_id, address).hex())
        yield from _wrapped("aes key", cmac_keys.derive(MASTER, sealer.key_id, address).hex())
    yield from _wrapped("message", (label + body_bytes).hex())
    yield from _wrapped("seal", seal.hex())
    yield from _wrapped("text", text)


def _wrapped(name: str, value: str) -> Iterator[str]:
    first, *others = wrap(value, 84)
    yield f"{name:10} {first}"
    for other in others:
        yield f"{'':10} {other}"


if __name__ == "__main__":
    print("\n".join(lines()))

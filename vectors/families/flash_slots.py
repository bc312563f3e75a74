"""One slot of an image wrong: a row that must not count, between two that must; and blocks that are not whole."""

from __future__ import annotations

from collections.abc import Iterator

from lockcore.service_command import Collect
from vectors.families.flash_images import (
    SEAL,
    configuration,
    header,
    refusals_tag,
    seal,
    slot,
    torn,
)
from vectors.families.flash_life import (
    KEYS,
    LARGER,
    STALE,
    STORED,
    Kept,
    at,
    block,
    filled,
    on_each,
    use,
    used,
)
from vectors.families.lock_life import Setting
from vectors.families.lock_requests import LOG, STATE, boot, serve, show, wait
from vectors.families.site import card

_AFTER = [STATE, show(card(101, times=1)), wait(), show(card(104, times=1)), boot(), LOG, STATE]
"""Does 101 open, and where does the row after it go?"""


def lives() -> Iterator[Kept]:
    """All of them."""
    for geometry, setting in on_each():
        yield from _rows(geometry, setting)
        yield from _blocks(geometry, setting)
        yield from _newest(geometry, setting)
        yield from _epochs(geometry, setting)


def _rows(geometry: str, setting: Setting) -> Iterator[Kept]:
    """The second of three rows is wrong."""
    made = block(geometry, 100, 101, 102)
    place, payload = made.first_row + 1, use(101).to_bytes()
    good = made.slot(payload, place)
    older, other = made.slot(use(100).to_bytes(), made.first_row), block(geometry, sequence=2)
    zero, blank_kind = b"\0" + payload[1:], b"\xff" + payload[1:]
    defects: tuple[tuple[str, str, bytes], ...] = (
        ("kind-bit", "A bit of its kind changed.", bytes([good[0] ^ 2]) + good[1:]),
        ("subject-bit", "A bit of its subject changed.", good[:4] + bytes([good[4] ^ 2]) + good[5:]),
        ("last-payload-bit", "The last byte of the payload changed.", good[:19] + b"\1" + good[20:]),
        (
            "checksum-first",
            "A bit of the checksum's first byte changed.",
            good[:20] + bytes([good[20] ^ 1]) + good[21:],
        ),
        ("checksum-last", "A bit of its last byte changed.", good[:23] + bytes([good[23] ^ 128])),
        ("checksum-none", "No checksum: its four bytes are erased.", good[:20]),
        ("checksum-zero", "A checksum of zeros.", good[:20] + bytes(4)),
        ("checksum-big-endian", "The checksum turned about.", good[:20] + good[:19:-1]),
        ("torn-low", "Its lower half bits were programmed, no more.", torn(good, 0xF0)),
        ("torn-first-word", "Only its first eight bytes were.", good[:8]),
        ("torn-last-word", "Its last four bytes are torn.", torn(good, 0x55, 20)),
        ("erased", "It reads erased.", b"\xff" * 24),
        ("zeros", "It reads as zeros.", bytes(24)),
        ("zeros-sealed", "Zeros with a checksum that is right.", made.slot(bytes(20), place)),
        ("kind-0", "Kind 0, with a checksum that is right.", made.slot(zero, place)),
        ("kind-255", "Kind 255, with a checksum that is right.", made.slot(blank_kind, place)),
        *(
            (f"kind-{kind}", f"Kind {kind}, which names nothing.", made.slot(bytes([kind]) + payload[1:], place))
            for kind in (8, 15, 21, 66, 239)
        ),
        ("sequence-higher", "Sealed under the next sequence number.", other.slot(payload, place)),
        ("sequence-0", "Sealed under sequence number 0, as headers are.", slot(payload, place, made.tag, 0)),
        ("sequence-byte", "A sequence number alike in its lowest byte.", slot(payload, place, made.tag, 257)),
        ("place-after", "Sealed for the place after it.", made.slot(payload, place + 1)),
        ("place-before", "Sealed for the place before it.", made.slot(payload, place - 1)),
        ("place-byte", "Sealed for a place alike in its lowest byte.", made.slot(payload, place + 256)),
        ("copy", "A copy of the slot before it.", older),
        ("other-ring", "Of the ring of refusals.", slot(payload, place, refusals_tag(), 1)),
        ("configuration", "Of the configuration.", slot(payload, place, b"C", 1)),
        ("other-epoch", "Of the next epoch.", block(geometry, epoch=1).slot(payload, place)),
        ("no-tag", "Of no ring.", slot(payload, place, b"", 1)),
    )
    for id, comment, content in defects:
        yield Kept(
            id=f"{geometry}.row.{id}", comment=f"The second of three rows. {comment}", setting=setting, expect=STALE,
            flags=("TornSlot",) if "torn" in id or "checksum" in id or "bit" in id else ("ImageRestored", "TornSlot"),
            found=used(100, 101, 102, 104),
                requests=(at(geometry, {4: made.to_bytes({place: content})}), boot(), *_AFTER),
        )  # fmt: skip
    last = made.first_row + 2
    for id, content in (("torn", torn(made.slot(use(102).to_bytes(), last), 0x3C)), ("junk", b"\0"), ("erased", b"")):
        yield Kept(
            id=f"{geometry}.last-row.{id}",
                comment=f"The last row is {id}: the next one goes behind what is not blank.",
            flags=("TornSlot",), setting=setting, expect=STALE, found=used(100, 101, 104),
            requests=(at(geometry, {4: made.to_bytes({last: content})}), boot(), *_AFTER),
        )  # fmt: skip
    many = {made.next_place + number: b"\x7f" for number in range(1, 9, 2)}
    yield Kept(
        id=f"{geometry}.row.many-torn",
            comment="Torn and blank slots in turns after the rows: none counts, none is used.",
        flags=("TornSlot",), setting=setting, expect=STALE, found=used(100, 101, 102, 104),
        requests=(at(geometry, {4: made.to_bytes(many)}), boot(), *_AFTER),
    )  # fmt: skip


def _blocks(geometry: str, setting: Setting) -> Iterator[Kept]:
    """A newer block is not whole: the older one is all that counts."""
    old = block(geometry, 100, 102).to_bytes()
    new = block(geometry, 103, sequence=2, before=[100, 101])
    s, tag = len(new.snapshot), new.tag
    place = s + 1
    head, payloads = new.slots()[0], new.snapshot

    def sealed(payload: bytes) -> dict[int, bytes]:
        return {place: new.slot(payload, place)}

    def headed(payload: bytes, sequence: int = 0, at_place: int = 0) -> dict[int, bytes]:
        return {0: slot(payload, at_place, tag, sequence)}

    defects: tuple[tuple[str, str, dict[int, bytes]], ...] = (
        ("header-erased", "No header.", {0: b""}),
        ("header-torn", "Its header is torn.", {0: torn(head, 0x0F)}),
        ("header-checksum", "A bit of its header's checksum changed.", {0: head[:23] + bytes([head[23] ^ 1])}),
        ("header-layout-0", "Layout 0.", headed(header(2, s, 0))),
        ("header-layout-2", "Layout 2.", headed(header(2, s, 2))),
        ("header-kind", "Its header has the kind of a seal.", headed(bytes([SEAL]) + header(2, s)[1:])),
        ("header-own-sequence", "Its header is sealed under its own sequence number.", headed(header(2, s), 2)),
        ("header-place-1", "Its header is sealed for place 1.", headed(header(2, s), 0, 1)),
        ("header-other-ring", "Its header is of the ring of refusals.", {0: slot(header(2, s), 0, refusals_tag(), 0)}),
        ("header-other-epoch", "Its header is of another epoch.", {0: block(geometry, sequence=2, epoch=1).slots()[0]}),
        ("header-sequence-3", "Its header says 3; the rest is sealed under 2.", headed(header(3, s))),
        ("header-count-more", "Its header counts a slot of snapshot more.", headed(header(2, s + 1))),
        ("header-count-less", "Its header counts one less.", headed(header(2, s - 1))),
        ("header-count-0", "Its header counts none.", headed(header(2, 0))),
        ("header-count-all", "Its header counts more than there are places.", headed(header(2, 0xFFFF))),
        ("snapshot-torn", "A slot of its snapshot is torn.", {2: torn(new.slots()[2], 0x18)}),
        ("snapshot-erased", "One is erased.", {2: b""}),
        ("snapshot-first-erased", "The first one is.", {1: b""}),
        ("snapshot-swapped", "Two are swapped.", {1: new.slots()[2], 2: new.slots()[1]}),
        ("snapshot-stale", "One is sealed under the sequence number before.", {2: slot(payloads[1], 2, tag, 1)}),
        ("snapshot-other", "One is whole, but another one than was sealed.", {2: new.slot(payloads[2], 2)}),
        ("seal-erased", "No seal.", {place: b""}),
        ("seal-torn", "Its seal is torn.", {place: torn(new.slots()[place], 0x21)}),
        ("seal-checksum", "A bit of its seal's checksum changed.",
         {place: new.slots()[place][:20] + bytes([new.slots()[place][20] ^ 4]) + new.slots()[place][21:]}),
        ("seal-count-less", "Its seal counts one less.", sealed(seal(payloads, s - 1))),
        ("seal-count-more", "Its seal counts one more.", sealed(seal(payloads, s + 1))),
        ("seal-crc", "Its seal is over another snapshot.", sealed(seal(payloads[:2] + payloads[:1]))),
        ("seal-crc-zero", "Its seal is over nothing.", sealed(seal((), s))),
        ("seal-layout-0", "Its seal has layout 0.", sealed(seal(payloads, layout=0))),
        ("seal-layout-2", "Its seal has layout 2.", sealed(seal(payloads, layout=2))),
        ("seal-kind", "Its seal has the kind of a header.", sealed(b"\xf0" + seal(payloads)[1:])),
        ("seal-stale", "Its seal is of the sequence number before.", {place: slot(seal(payloads), place, tag, 1)}),
        ("seal-a-place-on", "Its seal stands a place further on.",
         {place: b"", place + 1: new.slot(seal(payloads), place + 1)}),
    )  # fmt: skip
    for id, comment, changed in defects:
        yield Kept(
            id=f"{geometry}.block.{id}", comment=f"A newer block that is not whole. {comment}",
            flags=("CutInTurn", "ImageRestored"), setting=setting, expect=STALE, found=used(100, 102, 104),
            requests=(
                at(geometry, {4: old, 5: new.to_bytes(changed)}), boot(), STATE, show(card(104, times=1)), boot(), LOG,
                STATE,
            ),
        )  # fmt: skip
    yield Kept(
        id=f"{geometry}.block.zeros", comment="The other block reads as zeros.", flags=("TornSlot",), setting=setting,
        expect=STALE, found=used(100, 102, 104),
        requests=(at(geometry, {4: old, 5: bytes(64)+ b"\xff" * 4032}), boot(), show(card(104, times=1)), boot(), LOG,
            STATE),
    )  # fmt: skip
    yield Kept(
        id=f"{geometry}.block.not-whole-full", flags=("CutInTurn",), setting=setting, expect=STALE,
            found=used(100, 102, 104),
        comment="The block in use is full, and the other one not whole: it is erased and begun again.",
        requests=(
            at(geometry, {4: filled(block(geometry, 100, 102), 0), 5: new.to_bytes({place: b""})}), boot(),
            show(card(104, times=1)), boot(), LOG, STATE,
        ),
    )  # fmt: skip
    yield Kept(
        id=f"{geometry}.block.none-whole", flags=("CutInTurn",), setting=setting, expect=STALE, found=used(104),
        comment="No block is whole: the memory is empty, and begins.",
        requests=(at(geometry, {4: new.to_bytes({place: b""})}), boot(), show(card(104, times=1)), boot(), LOG, STATE),
    )  # fmt: skip


def _newest(geometry: str, setting: Setting) -> Iterator[Kept]:
    """Sequence numbers are compared as numbers of 32 bits, and never wrap."""
    for low, high in (
        (1, 2), (255, 256), (256, 257), (0xFFFF, 0x10000), (0xFF_FFFF, 0x100_0000), (0x7FFF_FFFF, 0x8000_0000),
        (1, 0xFFFF_FFFE), (0xFFFF_FFFD, 0xFFFF_FFFE), (0x0102, 0x0201), (0, 1), (0, 0xFFFF_FFFF),
        (0xFFFF_FFFE, 0xFFFF_FFFF),
    ):  # fmt: skip
        for name, places in (("first", (5, 4)), ("second", (4, 5))):
            older, newer = block(geometry, 100, 101, sequence=low), block(geometry, 102, sequence=high, before=[100])
            yield Kept(
                id=f"{geometry}.newest.{low}-{high}.{name}", setting=setting, expect=STORED, flags=("ImageRestored",),
                comment=f"Two whole blocks, {low} and {high}: the higher one counts, whichever stands first.",
                found=used(100, 102), requests=(
                    at(geometry, {places[0]: older.to_bytes(), places[1]: newer.to_bytes()}), boot(), LOG, STATE
                ),
            )  # fmt: skip
    four = [block(geometry, 100 + number, sequence=sequence) for number, sequence in enumerate((7, 9, 8, 6))]
    for id, broken, last in (("whole", (), 101), ("newest-torn", (1,), 102), ("two-torn", (1, 2), 100)):
        blocks = {4 + at_: made.to_bytes({2: b""} if at_ in broken else {}) for at_, made in enumerate(four)}
        yield Kept(
            id=f"{geometry}.newest.of-four.{id}", setting=LARGER[geometry], flags=("ImageRestored", "CutInTurn"),
            comment="Four blocks: the newest that is whole counts, and the log has all that are, oldest first.",
            expect=STALE if broken else STORED, found=used(last),
            requests=(at(geometry, blocks, 8), boot(), LOG, STATE),
        )  # fmt: skip
    for history in (255, 256, 1000):
        full = {
            4: filled(block(geometry, 100, sequence=history), 0),
            5: block(geometry, 7, sequence=history - 1).to_bytes(),
        }
        yield Kept(
            id=f"{geometry}.newest.turn-after-{history}", setting=setting, flags=("CutRepeated", "CutInTurn"),
            comment=f"Block {history} turns; the next one counts after a boot.", expect=STORED, found=used(100, 104),
            requests=(at(geometry, full), boot(), show(card(104, times=1)), boot(), LOG, STATE),
        )  # fmt: skip


def _epochs(geometry: str, setting: Setting) -> Iterator[Kept]:
    """Rows of another epoch count for nothing."""
    for of, now, expect in (
        (0, 0, STORED), (0, 1, STALE), (1, 0, STALE), (1, 1, STORED), (255, 256, STALE), (256, 256, STORED),
        (1, 256, STALE), (0x0102_0304, 0x0102_0304, STORED), (0x0102_0304, 0x0403_0201, STALE),
    ):  # fmt: skip
        blocks = {
            0: configuration(geometry, keys=KEYS, epoch=now).to_bytes(), 4: block(geometry, 100, epoch=of).to_bytes()
        }  # fmt: skip
        yield Kept(
            id=f"{geometry}.epoch.{of}-{now}", comment=f"Rows of epoch {of} in a lock of epoch {now}.", setting=setting,
            flags=("ImageRestored",), expect=expect, found=used(*([100] if of == now else []), 104) | {"epoch": now},
            requests=(at(geometry, blocks), boot(), show(card(104, times=1)), boot(), LOG, STATE),
        )  # fmt: skip
    yield Kept(
        id=f"{geometry}.epoch.commanded", comment="A command's row in an image, and one after it.", flags=("AuditLog",),
        setting=setting, expect=STORED, found=used(100),
        requests=(at(geometry, {4: block(geometry, 100).to_bytes()}), boot(), *serve(Collect()), boot(), LOG, STATE),
    )  # fmt: skip

"""The configuration in an image: which one counts, and when there is none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from lockcore.secret_pem import public_of
from vectors.families.flash_images import Block, configuration, memory_tag, slot, torn
from vectors.families.flash_life import KEYS, NONE, STALE, STORED, Kept, at, block, on_each, used
from vectors.families.lock_life import Setting
from vectors.families.lock_requests import STATE, boot, show
from vectors.families.site import DOOR, NEXT_DOOR, NEXT_ID, NEXT_ISSUER, NEXT_PRIVATE, card, keys_of

NEXT = keys_of(ed25519={NEXT_ID: public_of(NEXT_PRIVATE)}, scopes=(), passcode=None)
_OLD = {"keys": KEYS.to_bytes().hex(), "placement": DOOR.to_bytes().hex(), "epoch": 0}
_NEW = _OLD | {"keys": NEXT.to_bytes().hex()}
_NOTHING = {"epoch": None}


def lives() -> Iterator[Kept]:
    """All of them."""
    for geometry, setting in on_each():
        yield from _none(geometry, setting)
        yield from _two(geometry, setting)
        yield from _good(geometry, setting)


def _none(geometry: str, setting: Setting) -> Iterator[Kept]:
    """No whole configuration: there is no lock, whatever else lies there."""
    made = configuration(geometry, keys=KEYS)
    seal, size = len(made.snapshot) + 1, int.from_bytes(made.snapshot[0][1:3], "little")
    rows = block(geometry, 100).to_bytes()
    cases: tuple[tuple[str, str, dict[int, bytes]], ...] = (
        ("erased", "A flash that was never written.", {0: b"\xff" * 4096}),
        ("rows-alone", "Rows, and no configuration.", {0: b"\xff" * 4096, 4: rows}),
        ("zeros", "A flash that reads as zeros.", {number: bytes(4096) for number in (0,)}),
        ("header-torn", "Its header is torn.", {0: made.to_bytes({0: torn(made.slots()[0], 0x0F)})}),
        ("header-erased", "Its header is erased.", {0: made.to_bytes({0: b""})}),
        ("part-torn", "One of its slots is torn.", {0: made.to_bytes({3: torn(made.slots()[3], 0x81)})}),
        ("part-erased", "One is erased.", {0: made.to_bytes({1: b""})}),
        ("seal-torn", "Its seal is torn.", {0: made.to_bytes({seal: torn(made.slots()[seal], 0x40)})}),
        ("seal-erased", "Its seal is erased.", {0: made.to_bytes({seal: b""}), 4: rows}),
        (
            "both-torn",
            "Both are torn.",
            {0: made.to_bytes({seal: b""}), 1: configuration(geometry, keys=NEXT, sequence=2).to_bytes({2: b""})},
        ),
        (
            "of-the-memory",
            "One under the tag of the rows.",
            {0: Block(geometry=geometry, tag=memory_tag(), sequence=1, snapshot=made.snapshot).to_bytes()},
        ),
        ("empty", "It says that it has no bytes.", {0: configuration(geometry, keys=KEYS, length=0).to_bytes()}),
        ("one-short", "It says a byte less.", {0: configuration(geometry, keys=KEYS, length=size - 1).to_bytes()}),
        (
            "one-long",
            "It says a byte more, a zero.",
            {0: configuration(geometry, keys=KEYS, length=size + 1).to_bytes()},
        ),
        ("too-long", "It says more than there is.", {0: configuration(geometry, keys=KEYS, length=65_535).to_bytes()}),
        *(
            (f"kind-{place}", f"Slot {place} is of a row's kind.", {0: _of_kind(made, place, 1)})
            for place in (1, 2, seal - 1)
        ),
        ("in-the-wrong-blocks", "One that stands where rows stand.", {0: b"\xff" * 4096, 4: made.to_bytes()}),
    )
    for id, comment, blocks in cases:
        yield Kept(
            id=f"{geometry}.none.{id}", comment=comment, flags=("InstallMode", "TornSlot"), setting=setting,
                expect=NONE,
            found=_NOTHING, requests=(at(geometry, blocks), STATE, boot(), STATE),
        )  # fmt: skip


def _of_kind(made: Block, place: int, kind: int) -> bytes:
    """The block with another first byte in one slot of its snapshot, sealed over it."""
    parts = [bytes([kind]) + part[1:] if number == place else part for number, part in enumerate(made.snapshot, 1)]
    return replace(made, snapshot=tuple(parts)).to_bytes()


def _two(geometry: str, setting: Setting) -> Iterator[Kept]:
    """Two configurations: the later one, if it is whole."""
    old, new = configuration(geometry, keys=KEYS), configuration(geometry, keys=NEXT, sequence=2)
    seal = len(new.snapshot) + 1
    defects: tuple[tuple[str, str, dict[int, bytes]], ...] = (
        ("whole", "Both are whole.", {}),
        ("header-torn", "The later one's header is torn.", {0: torn(new.slots()[0], 0x3C)}),
        ("part-torn", "One of its slots is.", {2: torn(new.slots()[2], 0x3C)}),
        ("part-erased", "One is erased.", {len(new.snapshot): b""}),
        ("part-stale", "One is the older one's.", {1: slot(old.snapshot[0], 1, b"C", 1)}),
        ("seal-torn", "Its seal is torn.", {seal: torn(new.slots()[seal], 0x3C)}),
        ("seal-erased", "It has no seal.", {seal: b""}),
        ("seal-stale", "Its seal is the older one's.", {seal: slot(old.slots()[seal][:20], seal, b"C", 1)}),
    )
    for id, comment, changed in defects:
        for name, places in (("second", (0, 1)), ("first", (1, 0))):
            found, by = (_OLD, card(101, times=1)) if changed else (_NEW, card(101, times=1))
            blocks = {places[0]: old.to_bytes(), places[1]: new.to_bytes(changed), 4: block(geometry, 100).to_bytes()}
            yield Kept(
                id=f"{geometry}.two.{id}.{name}", comment=f"{comment} The later one stands {name}.",
                flags=("KeyRotation", "CutInTurn"), setting=setting, expect=STALE if changed else STORED,
                found=found | used(100, 101),
                requests=(at(geometry, blocks), boot(), show(by, NEXT_ISSUER), show(by), STATE),
            )  # fmt: skip


def _good(geometry: str, setting: Setting) -> Iterator[Kept]:
    """Configurations of every size."""
    long = keys_of(
        ed25519={0: KEYS.ed25519[0], NEXT_ID: NEXT.ed25519[NEXT_ID]}, cmac={3: keys_of().cmac[1], 4: keys_of().cmac[1]},
        scopes=(),
    )  # fmt: skip
    for id, keys in (
        ("usual", keys_of()),
        ("shortest", keys_of(ed25519={}, scopes=(), passcode=None)),
        ("longest", long),
    ):
        for placement in (DOOR, NEXT_DOOR):
            made = configuration(geometry, keys=keys, placement=placement, sequence=77, epoch=3)
            found = {"epoch": 3, "keys": keys.to_bytes().hex(), "placement": placement.to_bytes().hex(), "entries": []}
            yield Kept(
                id=f"{geometry}.configuration.{id}.{placement.room.lower()}", comment="A configuration as it must be.",
                flags=("Good",), setting=setting, expect=STORED, found=found,
                requests=(at(geometry, {0: b"\xff" * 4096, 1: made.to_bytes()}), STATE, boot(), STATE),
            )  # fmt: skip

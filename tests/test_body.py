import random

import pytest
from hypothesis import given

from lockcore import CardType, DecodeError, Grant, Lost, OpenType, Reason, civil
from lockcore.body import pack, unpack
from tests.strategies import grants, key_ids
from vectors.families.raw_body import body, top

SMALL = Grant(community=1, start_min=0, end_min=30, serial=0, building="1", floor="1", room="1")
WIDEST = Grant(
    community=99_999_999_999,
    start_min=1,
    end_min=civil.LAST_MIN,
    serial=2**32 - 1,
    building="ZZZZ",
    floor="ZZZZ",
    room="ZZZZZZZZ",
    cut_off_min=civil.LAST_MIN - 1,
    times=254,
    open_type=OpenType.NORMALLY_OPEN,
    lost=Lost.CARD,
    revision=255,
)


@given(grants(), key_ids)
def test_every_grant_comes_back(grant: Grant, key_id: int) -> None:
    """Packing loses nothing and adds nothing."""
    assert unpack(pack(grant, key_id)) == grant


@given(grants())
def test_no_grant_is_longer_than_the_longest(grant: Grant) -> None:
    """267 bits are enough for every grant."""
    assert pack(grant, 15).bit_length() <= pack(WIDEST, 15).bit_length() == 267


def test_fields_stand_where_the_document_says() -> None:
    """Each field of a small card is found by hand at its place (FORMAT.md, section 5)."""
    body = pack(SMALL._replace(times=254, revision=3, cut_off_min=29), 9)
    widths = [2, 4, 2, 37, 8, 8, 18, 20, 1, 6, 1, 14, 8, 1, 2, 8]
    fields = []
    for width in widths:
        fields.append(body & (1 << width) - 1)
        body >>= width
    assert fields == [0, 9, 0, 1, 1 << 2, 1 << 2, 1 << 2, 0, 0, 1 << 2, 0, 0, 254, 0, 0, 3]
    assert body == 29


def test_random_bodies_are_canonical_or_malformed() -> None:
    """An accepted body is that of its grant, bit for bit, and of one that `Grant` takes; 30,000, seed 20261123."""
    random.seed(20261123)
    accepted = 0
    for _ in range(30_000):
        body = random.getrandbits(random.randrange(60, 280)) & ~3
        try:
            grant = unpack(body)
        except DecodeError as error:
            assert error.reason is Reason.MALFORMED
            continue
        accepted += 1
        assert pack(grant, body >> 2 & 15) == body
        assert Grant(*grant) == grant
    assert accepted > 500


MALFORMED = [
    ("community: zero", {"community": 0}, "community"),
    ("community: twelve digits", {"community": 10**11}, "community"),
    ("building: beyond ZZZZ", {"building": 65_536 + 1_727_604}, "building"),
    ("building: digits as a text", {"building": 65_536 + 5}, "building"),
    ("floor: digits as a text", {"floor": 65_536 + 36}, "floor"),
    ("room: beyond ZZZZZZZZ", {"room": 2_901_713_047_668}, "room"),
    ("start: 30 minutes beyond the half hour", {"start": 29 << 1 | 1}, "start"),
    ("end: 32 minutes beyond the half hour", {"end": 31 << 1 | 1}, "end"),
    ("end: at the start", {"length": 0}, "end_min"),
    ("end: before the start", {"length": 0, "start": 5 << 1 | 1, "end": 4 << 1 | 1}, "end_min"),
    ("end: after the last minute", {"start_half": 2**20 - 1}, "end_min"),
    ("serial: 33 bits", {"serial": 2**32}, "serial"),
    ("times: 255", {"above": top(times=255)}, "times"),
    ("lost: 3", {"above": top(lost=3)}, "lost"),
    ("lost: card without a revision", {"above": top(lost=2)}, "revision"),
    ("cut-off: at the end", {"above": top(cut_off=30)}, "cut_off_min"),
    ("times on a floor card", {"scope": 2, "room": None, "above": top(times=1)}, "times"),
    ("lost on a floor card", {"scope": 2, "room": None, "above": top(lost=1)}, "lost"),
    ("times on a building card", {"scope": 3, "room": None, "floor": None, "above": top(times=1)}, "times"),
]


@pytest.mark.parametrize(("what", "change", "where"), MALFORMED, ids=[what for what, _, _ in MALFORMED])
def test_malformed_bodies(what: str, change: dict[str, int], where: str) -> None:  # noqa: ARG001  # the id says it
    """A body with one field out of range is MALFORMED, and the refusal names the field."""
    assert unpack(body()) == SMALL
    with pytest.raises(DecodeError) as error:
        unpack(body(**change))
    assert error.value.reason is Reason.MALFORMED
    assert error.value.where.startswith(where)


def test_a_floor_card_has_the_floor_scope() -> None:
    """The raw bodies above are right but for their one defect."""
    assert unpack(body(scope=2, room=None)).card is CardType.FLOOR
    assert unpack(body(scope=3, room=None, floor=None)).card is CardType.BUILDING

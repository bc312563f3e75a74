"""Hypothesis strategies: every legal grant, with its edges likely, and keys to seal it with."""

from __future__ import annotations

from hypothesis import strategies as st

from lockcore import CardType, Grant, Lost, OpenType, civil
from lockcore.address import COMMUNITY_MAX, PLACE_NUMBER_MAX, is_place
from lockcore.grant import REVISION_MAX, SERIAL_MAX, TIMES_MAX

LETTERS_AND_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"

communities = st.one_of(st.integers(1, COMMUNITY_MAX), st.sampled_from([1, 2**37 - 1, COMMUNITY_MAX])).filter(
    lambda number: number <= COMMUNITY_MAX
)
places = st.one_of(
    st.integers(0, PLACE_NUMBER_MAX).map(str),
    st.text(LETTERS_AND_DIGITS, min_size=1, max_size=4).filter(is_place),
)
rooms = st.one_of(st.text(LETTERS_AND_DIGITS, min_size=1, max_size=8), st.integers(0, 99_999_999).map(str))
key_ids = st.integers(0, 15)


@st.composite
def grants(draw: st.DrawFn) -> Grant:
    """Any legal grant."""
    start_min = draw(st.integers(0, civil.LAST_MIN - 1))
    end_min = draw(
        st.integers(start_min + 1, min(civil.LAST_MIN, start_min + draw(st.sampled_from([90, 30_000, 2**25]))))
    )
    between = st.integers(start_min + 1, end_min - 1) if end_min - start_min > 1 else st.none()
    card = draw(st.sampled_from(CardType))
    is_room = card is CardType.ROOM
    alone = is_room and draw(st.booleans())
    lost = draw(st.sampled_from(Lost)) if is_room else Lost.NONE
    return Grant(
        community=draw(communities),
        start_min=start_min,
        end_min=end_min,
        serial=draw(st.one_of(st.integers(0, SERIAL_MAX), st.integers(0, 70_000))),
        card=card,
        building=None if alone else draw(places),
        floor=None if alone or card is CardType.BUILDING else draw(places),
        room=draw(rooms) if is_room else None,
        cut_off_min=draw(st.one_of(st.none(), between)),
        times=draw(st.integers(0, TIMES_MAX)) if is_room else 0,
        open_type=draw(st.sampled_from(OpenType)),
        lost=lost,
        revision=draw(st.integers(1 if lost is Lost.CARD else 0, REVISION_MAX)),
    )

"""Hypothesis strategies for service commands: every command, with any keys that a lock can hold."""

from __future__ import annotations

from hypothesis import strategies as st

from lockcore import Scope, civil
from lockcore.key_set import LIVE_MAX, KeySet
from lockcore.placement import Placement
from lockcore.secret_pem import public_of
from lockcore.service_command import Collect, Command, EndLockOut, Recommission, SetClock, UpdateKeys
from tests.strategies import LETTERS_AND_DIGITS, communities, key_ids, places, rooms

secrets16 = st.binary(min_size=16, max_size=16)
publics = st.binary(min_size=32, max_size=32).map(public_of)
lock_ids = st.text(LETTERS_AND_DIGITS, min_size=1, max_size=16)
nonces = secrets16
scope_keys = st.dictionaries(st.sampled_from(Scope), secrets16, min_size=1)
placements = st.builds(
    Placement, community=communities, building=places, floor=places, room=rooms, lock_id=lock_ids
)  # fmt: skip


@st.composite
def key_sets(draw: st.DrawFn) -> KeySet:
    """Any keys of one lock."""
    ed25519 = draw(st.dictionaries(key_ids, publics, max_size=LIVE_MAX))
    others = key_ids.filter(lambda key_id: key_id not in ed25519)
    return KeySet(
        service=draw(publics),
        ed25519=ed25519,
        cmac=draw(st.dictionaries(others, scope_keys, max_size=LIVE_MAX)),
        passcode=draw(st.none() | secrets16),
    )


commands: st.SearchStrategy[Command] = st.one_of(
    st.builds(SetClock, minute=st.integers(0, civil.LAST_MIN)),
    st.builds(UpdateKeys, keys=key_sets()),
    st.builds(Collect),
    st.builds(EndLockOut),
    st.builds(Recommission, placement=placements, keys=key_sets()),
)

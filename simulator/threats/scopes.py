"""Cards of one door at others: threats 3 and 4."""

from __future__ import annotations

from dataclasses import replace

from lockcore import Ed25519Sealer, Grant, Reason, body
from lockcore.payload import split
from lockcore.seal import ED25519_LABEL, Ed25519Verifier
from simulator.lock.case import Case
from simulator.lock.judge import scope
from simulator.threats.attacked import Attacked
from simulator.threats.design import REFERENCE
from simulator.threats.part import Part, instead_of, without
from simulator.threats.row import Expected, Threat
from simulator.threats.site import ALONE, BUILDING, DOOR, FLOOR, KEY_ID, NEXT_DOOR, PRIVATE, card

# 3. From one door to many


def widened(lock: Attacked) -> bool:
    """Take a card of the next room; put the fields of a floor or building card in its place and keep the seal."""
    own = card(room=NEXT_DOOR.room)
    text = lock.issue(own)
    carrier, _, seal = split(text)
    for wide in (card(**FLOOR), card(**BUILDING), card(**ALONE)):
        sealed = body.pack(wide, KEY_ID).to_bytes(carrier.body_bytes, "big") + seal
        if lock.show(str(int.from_bytes(sealed, "big")).zfill(carrier.digits)).opened:
            return True
    return False


class WindowOnly(Ed25519Sealer):
    """Seals serial and window, not the doors."""

    def seal(self, grant: Grant, sealed: bytes) -> bytes:  # noqa: ARG002  # the seal is not over it
        """A signature over the fields that are not about doors."""
        return super().seal(grant, window_of(grant))


def window_of(grant: Grant) -> bytes:
    """What `WindowOnly` seals."""
    return repr((grant.serial, grant.start_min, grant.end_min)).encode()


def _window_holds(key: Ed25519Verifier, sealed: bytes, seal: bytes) -> bool:
    window = window_of(body.unpack(int.from_bytes(sealed, "big")))
    return key.verify(ED25519_LABEL + window, seal)


def run_together(lock: Attacked) -> bool:
    """Take an honest card of room 01G on floor 44, whose address reads like this door's without the gaps."""
    return lock.show(card(floor="44", room="01G")).opened


def _run_together(case: Case) -> Reason | None:
    grant, door = case.grant, case.door
    address = f"{grant.building or ''}{grant.floor or ''}{grant.room or ''}"
    return None if f"{door.building}{door.floor}{door.room}".startswith(address) else Reason.WRONG_ROOM


def ground_floor(lock: Attacked) -> bool:
    """Take an honest card of a room of the same name on floor 0."""
    return lock.show(card(floor="0")).opened


def _zero_is_none(case: Case) -> Reason | None:
    grant = case.grant
    if grant.floor == "0":  # `if (floor)`, and so 0 is no floor
        return scope(case._replace(grant=grant._replace(floor=case.door.floor)))
    return scope(case)


def leading_zeros(lock: Attacked) -> bool:
    """Take an honest card of room 0401G."""
    return lock.show(card(room="0401G")).opened


def _rooms_as_numbers(case: Case) -> Reason | None:
    grant = case.grant
    return scope(case._replace(grant=grant._replace(room=grant.room and grant.room.lstrip("0"))))


# 4. Replay elsewhere


def of_next_room(lock: Attacked) -> bool:
    """Show the card of the next room."""
    return lock.show(card(room=NEXT_DOOR.room)).opened


def of_another_community(lock: Attacked) -> bool:
    """Show a card of a community that has a room of the same address and the same issuer."""
    return any(lock.show(card(community=DOOR.community + 1, **doors)).opened for doors in ({}, FLOOR, BUILDING))


def _any_community(case: Case) -> Reason | None:
    return scope(case._replace(grant=case.grant._replace(community=case.door.community)))


def of_a_namesake(lock: Attacked) -> bool:
    """Show a card that names the room alone, meant for a room of that name in another building."""
    return lock.show(card(**ALONE)).opened


THREATS = (
    Threat(
        label="3a", title="Read one, make master: card type widened", attack=widened,
        weak=replace(REFERENCE, sealer=WindowOnly(KEY_ID, PRIVATE)).with_parts(
            Part(Ed25519Verifier, "holds", _window_holds)
        ),
        weakness="the seal does not cover the doors", gain="a floor and a building card from a room's",
    ),
    Threat(
        label="3b", title="Scope confusion: 44 + 01G or 4 + 401G", attack=run_together,
        weak=REFERENCE.with_parts(instead_of({scope: _run_together})),
        weakness="compares the address as one text", gain="a door that his card does not name",
    ),
    Threat(
        label="3c", title="Scope confusion: floor 0 or no floor", attack=ground_floor,
        weak=REFERENCE.with_parts(instead_of({scope: _zero_is_none})),
        weakness="a floor of 0 counts as not named", gain="a door that his card does not name",
    ),
    Threat(
        label="3d", title="Scope confusion: room 0401G or 401G", attack=leading_zeros,
        weak=REFERENCE.with_parts(instead_of({scope: _rooms_as_numbers})),
        weakness="drops leading zeros of a room", gain="a door that his card does not name",
    ),
    Threat(
        label="4a", title="Replay at another lock", attack=of_next_room, weak=REFERENCE.with_parts(without(scope)),
        weakness="does not compare the address", gain="every door of the community",
    ),
    Threat(
        label="4b", title="Replay in another community", attack=of_another_community,
        weak=REFERENCE.with_parts(instead_of({scope: _any_community})),
        weakness="takes the key for the community", gain="doors in a community that he has nothing to do with",
    ),
    Threat(
        label="4c", title="A room of the same name elsewhere in the community", attack=of_a_namesake,
        expected=Expected.BOUNDED, gain="the room of that name in each building",
        note="a card without building and floor is for every room of that name: the page asks that there be one; "
        "the issuer can name building and floor",
    ),
)  # fmt: skip

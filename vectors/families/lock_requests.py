"""The requests of PROTOCOL.md, section 4, as the generators write a lock's life down."""

from __future__ import annotations

from collections.abc import Hashable
from functools import lru_cache
from typing import Any, cast

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from lockcore import CardType, Grant, Lost, OpenType, Sealer, encode, passcode, passcode_key, service, service_command
from lockcore.key_set import KeySet
from lockcore.passcode import Passcode, PasscodeKind
from lockcore.service_command import Command
from vectors.families.site import DAY_MIN, DOOR, ISSUER, NOON, PASSCODE_MASTER, SERVICE_PRIVATE
from vectors.pack.vector import Request

END = NOON + 2 * DAY_MIN
"""Of a card as `site.card` makes it."""
GAP_MS = 2000
NEW: Request = {"op": "new"}
STATE: Request = {"op": "state"}
LOG: Request = {"op": "log"}
IDLE: Request = {"op": "idle"}
SHUT_DOWN: Request = {"op": "shut_down"}

ALONE: dict[str, Any] = {"building": None, "floor": None}
FLOOR: dict[str, Any] = {"card": CardType.FLOOR, "room": None}
BUILDING: dict[str, Any] = {"card": CardType.BUILDING, "floor": None, "room": None}
HOLD: dict[str, Any] = {"open_type": OpenType.NORMALLY_OPEN}
LOST_ROOM: dict[str, Any] = {"lost": Lost.ROOM}
WRONG = "000000000000"
"""An entry that is no passcode at the door under any mark that the vectors raise."""


def lost_card(revision: int = 1) -> dict[str, Any]:
    """The fields of a loss report for one card."""
    return {"lost": Lost.CARD, "revision": revision}


def boot(minute: int | None = NOON) -> Request:
    """Power comes."""
    return {"op": "boot", "minute": minute}


def start(minute: int | None = NOON) -> list[Request]:
    """A new lock, and power."""
    return [NEW, boot(minute)]


def clock(minute: int | None) -> Request:
    """The clock is read."""
    return {"op": "clock", "minute": minute}


def wait(ms: int = GAP_MS) -> Request:
    """Nothing happens for so long; as it is, whatever was in sight has left it."""
    return {"op": "wait", "ms": ms}


def show(what: Grant | str, by: Sealer = ISSUER) -> Request:
    """A text, or the card that the issuer (or `by`) makes of a grant."""
    return {"op": "show", "text": what if isinstance(what, str) else _text_of(what, cast(Hashable, by))}


@lru_cache(4096)
def _text_of(grant: Grant, by: Any) -> str:
    """Kept: many lives show the same few cards."""
    return encode(grant, by)


def shows(*grants: Grant, by: Sealer = ISSUER, after_ms: int = GAP_MS) -> list[Request]:
    """One presentation after the other, each `after_ms` after what was before."""
    return [request for grant in grants for request in (wait(after_ms), show(grant, by))]


def press(keys: str) -> Request:
    """Keys of the keypad."""
    return {"op": "press", "keys": keys}


def wrong(count: int) -> list[Request]:
    """So many wrong entries."""
    return [press(WRONG)] * count


def digits(
    kind: PasscodeKind = PasscodeKind.PERIOD, *, start_h: int = NOON // 60, length_h: int = 48, sequence: int = 0,
    mark: int = 0, room: str = DOOR.room, generation: int = 0,
) -> str:  # fmt: skip
    """A passcode of the door, for the two days from noon on but for these fields."""
    address = (DOOR.community, DOOR.building, DOOR.floor, room)
    key = passcode_key.derive(passcode_key.of_room(PASSCODE_MASTER, *address, generation=generation), mark)
    made = Passcode(kind=kind, start_h=start_h, length_h=length_h, sequence=sequence)
    return passcode.digits_of(made, key)


def once(sequence: int = 0, **fields: Any) -> str:
    """A one-time passcode."""
    return digits(PasscodeKind.ONE_TIME, sequence=sequence, **fields)


def nonce(number: int) -> bytes:
    """The nonce with this number; no number is used twice in a life unless that is the point."""
    return bytes([number]) * service.NONCE_BYTES


def port(number: int = 1) -> Request:
    """Someone opens the service port."""
    return {"op": "port", "nonce": nonce(number).hex()}


def send(data: bytes) -> Request:
    """These bytes come in at the port."""
    return {"op": "command", "data": data.hex()}


def command(
    asked: Command | bytes, number: int = 1, *, private: bytes = SERVICE_PRIVATE, lock_id: str = DOOR.lock_id
) -> Request:
    """A command, or any bytes, sealed for a lock and a nonce."""
    if not isinstance(asked, bytes):
        return send(service.seal_command(asked, lock_id, nonce(number), private))
    seal = Ed25519PrivateKey.from_private_bytes(private).sign(service.message(asked, lock_id, nonce(number)))
    return send(asked + seal)


def serve(asked: Command | bytes, number: int = 1, **how: Any) -> list[Request]:
    """The port is opened and a command comes in."""
    return [port(number), command(asked, number, **how)]


def cut(steps: str) -> Request:
    """The power will go in these steps."""
    return {"op": "cut", "steps": steps}


def update(keys: KeySet) -> Command:
    """A command that brings these keys."""
    return service_command.UpdateKeys(keys=keys)

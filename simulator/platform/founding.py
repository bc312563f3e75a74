"""A community comes to the platform: its keys in the home, its serials the platform's from then on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Connection

from lockcore.carrier import SealKind
from lockcore.errors import QrlockError
from lockcore.grant import SERIAL_MAX
from lockcore.keyring import KeyState
from simulator.desk.card_store import CardStore
from simulator.desk.issuer import MARKER, hand_over, issuing_platform
from simulator.desk.key_store import KeyStore
from simulator.home import Home
from simulator.platform.data import audit
from simulator.platform.data.communities import (
    DEFAULT_VALIDITY_MIN,
    DEFAULT_ZONE,
    Community,
    add_community,
    community_of,
)
from simulator.platform.data.database import Database
from simulator.platform.zones import offset_min_of

NAME_LENGTH_MAX = 80
VALIDITY_MIN = range(1, 366 * 24 * 60 + 1)


class FoundingError(QrlockError):
    """A community that cannot come to the platform as it was described."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Founding:
    """What is said of a new community; `first_serial` is given where another platform gave serials before."""

    number: int
    name: str
    zone: str = DEFAULT_ZONE
    validity_min: int = DEFAULT_VALIDITY_MIN
    seal: SealKind = SealKind.ED25519
    first_serial: int | None = None


def found(
    database: Database,
    home: Home,
    founding: Founding,
    now_s: int,
    fill: Callable[[Connection, Community], object] = lambda _connection, _community: None,
) -> Community:
    """The new community, with a current key of its seal; its first serial is above any that the desk has given.

    Nobody issues in the community meanwhile. What `fill` puts into it comes with it, or neither does. FoundingError,
    ZoneError, what `fill` raises; then there is no community, and at most a key that was not there before.
    """
    utc_offset_min = offset_min_of(founding.zone, now_s)
    check_described(founding.name, founding.validity_min)
    keys = KeyStore(home.community(founding.number), founding.number)
    with database.reading() as connection:
        _check_new(connection, founding.number)
    _make_keys(home, keys, founding.seal)
    with keys.writing():
        first_serial = _first_serial(keys, founding)
        with hand_over(keys.folder, database.name), database.writing() as connection:  # so the desk knows first
            _check_new(connection, founding.number)
            community = add_community(
                connection, founding.number, founding.name, now_s=now_s, first_serial=first_serial,
                zone=founding.zone, utc_offset_min=utc_offset_min, validity_min=founding.validity_min,
                seal=founding.seal,
            )  # fmt: skip
            audit.tell(connection, "community added", now_s, community_id=community.id)
            fill(connection, community)
    return community


def check_described(name: str, validity_min: int) -> None:
    """FoundingError if no community can have this name or validity."""
    if not name.strip() or len(name) > NAME_LENGTH_MAX or not name.isprintable():
        raise FoundingError(f"name: 1 to {NAME_LENGTH_MAX} printable characters")
    if validity_min not in VALIDITY_MIN:
        raise FoundingError(f"validity: {VALIDITY_MIN[0]} to {VALIDITY_MIN[-1]} minutes")


def _check_new(connection: Connection, number: int) -> None:
    if community_of(connection, number) is not None:
        raise FoundingError(f"community {number} is on the platform already")


def _make_keys(home: Home, keys: KeyStore, seal: SealKind) -> None:
    there = keys.ring().keys if keys.community in home.communities() else ()
    if not any(key.kind is seal and key.state is KeyState.CURRENT for key in there):
        keys.make(seal)


def _first_serial(keys: KeyStore, founding: Founding) -> int:
    least = CardStore(keys.folder).next_serial()
    former = issuing_platform(keys.folder)
    if founding.first_serial is None:
        if former is None:
            return least
        raise FoundingError(
            f"community {founding.number}: {former} has given its serials; if that database is gone for good, give a "
            f"first serial above all of them; if it never had the community, for what added it was killed, remove "
            f"{keys.folder / MARKER}"
        )
    if not least <= founding.first_serial <= SERIAL_MAX:
        raise FoundingError(f"first serial: {least} to {SERIAL_MAX}")
    return founding.first_serial

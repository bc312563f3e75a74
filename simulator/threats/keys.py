"""Downgrades, keys that are no longer, and the service port: threats 17 and 18."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import Any

from lockcore import Ed25519Sealer, Sealer, SealKind, body, payload, service, service_command
from lockcore.carrier import SMALL
from lockcore.key_set import KEY_IDS, KeySet
from lockcore.secret_pem import public_of
from lockcore.service_command import SetClock, UpdateKeys
from simulator.flash.power import Phase
from simulator.lock import service as lock_service
from simulator.lock.given import Given
from simulator.threats.attacked import Attacked
from simulator.threats.design import REFERENCE, Design
from simulator.threats.forged import ReadOut
from simulator.threats.part import Part
from simulator.threats.row import Threat
from simulator.threats.site import (
    END,
    ISSUER,
    KEY_ID,
    NEXT_DOOR,
    NEXT_ID,
    NEXT_ISSUER,
    NEXT_PRIVATE,
    NOON,
    PRIVATE,
    SERVICE_PRIVATE,
    STRANGER,
    STRANGERS_PRIVATE,
    card,
)
from simulator.threats.spellings import text_of
from simulator.threats.stores import IN_PLACE

PUBLIC, NEXT_PUBLIC, STRANGERS_PUBLIC = map(public_of, (PRIVATE, NEXT_PRIVATE, STRANGERS_PRIVATE))


def update(ed25519: dict[int, bytes]) -> UpdateKeys:
    """A command to hold these public keys by key id, and no other."""
    return UpdateKeys(keys=KeySet(service=public_of(SERVICE_PRIVATE), ed25519=ed25519))


# 17. Downgrades


def unsigned_format(lock: Attacked) -> bool:
    """Write a card in each format that is not in use, with nothing for a seal."""
    carrier = SMALL[SealKind.ED25519]
    for form in range(4):
        sealed = (body.pack(card(), KEY_ID) | form).to_bytes(carrier.body_bytes, "big") + bytes(64)
        if lock.show(text_of(int.from_bytes(sealed, "big"), carrier)).opened:
            return True
    return False


def public_key_as_secret(lock: Attacked) -> bool:
    """Make a tag with the public key, which everybody may know, in the place of a signature."""
    return lock.show(card(), by=ReadOut(SealKind.CMAC, KEY_ID, PUBLIC[:16])).opened


def own_keys(lock: Attacked) -> bool:
    """Give the lock a key of one's own over the service port."""
    lock.send(lock.sealed(update({KEY_ID: STRANGERS_PUBLIC}), private=STRANGERS_PRIVATE))
    return lock.show(card(), by=STRANGER).opened


def recorded_command(lock: Attacked) -> bool:
    """Record how service sets the clock; play it back when one's card has ended."""
    command = lock.sealed(SetClock(minute=NOON))
    lock.send(command)
    lock.clock(END + 60)
    lock.nonce()
    lock.send(command)
    return lock.show(card()).opened


def command_for_next_door(lock: Attacked) -> bool:
    """Pass this lock's nonce off as the next door's, where service is about to set the clock."""
    lock.clock(END + 60)
    lock.send(lock.sealed(SetClock(minute=NOON), lock_id=NEXT_DOOR.lock_id))
    return lock.show(card()).opened


def _old_formats_unsigned(*given: Any) -> int:
    form, key_id, _ = body.head(given[2])
    return key_id if form else _check_seal(*given)


def _one_key_for_all_kinds(keys: Any, carrier: Any, number: int, sealed: bytes, seal: bytes) -> int:
    key_id = body.head(number)[1]
    if carrier.kind is SealKind.CMAC and seal == ReadOut(SealKind.CMAC, key_id, PUBLIC[:16]).seal(card(), sealed):
        return key_id
    return _check_seal(keys, carrier, number, sealed, seal)


def install_mode(data: bytes, *_: Any) -> Any:
    """In the place of `service.open_command`."""
    return service_command.unpack(data[: -service.SEAL_BYTES])


_check_seal, _message = payload._check_seal, service.message


# 18. Keys


def retired_key(lock: Attacked) -> bool:
    """Show a card under the key that service has just retired."""
    lock.ask(update({NEXT_ID: NEXT_PUBLIC}))
    return lock.show(card(), by=ISSUER).opened


def unknown_key(lock: Attacked) -> bool:
    """Seal cards with a key of one's own, under each key id."""
    sealers = (Ed25519Sealer(key_id, STRANGERS_PRIVATE) for key_id in range(KEY_IDS))
    return any(lock.show(card(), by=sealer).opened for sealer in sealers)


def locked_out_by_rotation(lock: Attacked) -> bool:
    """While one key follows another, see whether cards under either are refused."""
    lock.ask(update({KEY_ID: PUBLIC, NEXT_ID: NEXT_PUBLIC}))
    return not all(_opens(lock, sealer, serial) for serial, sealer in enumerate((ISSUER, NEXT_ISSUER)))


def cut_update(lock: Attacked) -> bool:
    """Cut an update of the keys at every step; whether a lock is left that takes both keys, or neither."""
    probe = lock.again()
    before = probe.device.step
    probe.ask(update({NEXT_ID: NEXT_PUBLIC}))
    steps = probe.device.step - before
    for step, phase in product(range(steps), (Phase.TORN, Phase.AFTER)):
        victim = lock.again()
        victim.cut((step, phase))
        victim.ask(update({NEXT_ID: NEXT_PUBLIC}))
        victim.cut()
        if _opens(victim, ISSUER, 1) is _opens(victim, NEXT_ISSUER, 2):
            return True
    return False


def _opens(lock: Attacked, sealer: Sealer, serial: int) -> bool:
    return lock.show(card(serial), by=sealer).opened


def _adds(given: Given, keys: KeySet) -> Given:
    return replace(given, keys=replace(keys, ed25519={**given.keys.ed25519, **keys.ed25519}))


def _takes_the_last(given: Given, keys: KeySet) -> Given:
    last = max(keys.ed25519)
    return replace(given, keys=replace(keys, ed25519={last: keys.ed25519[last]}))


def _trusts_unknown_keys(keys: Any, carrier: Any, number: int, *rest: Any) -> int:
    key_id = body.head(number)[1]
    return _check_seal(keys, carrier, number, *rest) if key_id in keys.ed25519 else key_id


def _weak(owner: Any, name: str, instead: object) -> Design:
    return REFERENCE.with_parts(Part(owner, name, instead))


_ANY_CARD, _CLOCK_BACK = "any card he likes", "the clock back, and a card that has ended"

THREATS = (
    Threat(
        label="17a", title="Downgrade to a format without a seal", attack=unsigned_format,
        weak=_weak(payload, "_check_seal", _old_formats_unsigned),
        weakness="still takes an old format, which had no seal", gain=_ANY_CARD,
    ),
    Threat(
        label="17b", title="Seal of another kind", attack=public_key_as_secret,
        weak=_weak(payload, "_check_seal", _one_key_for_all_kinds),
        weakness="the card says what the key is used for", gain=_ANY_CARD,
    ),
    Threat(
        label="17c", title="Install mode left on", attack=own_keys, weak=_weak(service, "open_command", install_mode),
        weakness="takes commands without a seal", gain=_ANY_CARD,
    ),
    Threat(
        label="17d", title="Service command played back", attack=recorded_command,
        weak=_weak(service, "message", lambda packed, lock_id, _: _message(packed, lock_id, bytes(16))),
        weakness="the seal does not cover the nonce", gain=_CLOCK_BACK,
    ),
    Threat(
        label="17e", title="Service command for another lock", attack=command_for_next_door,
        weak=_weak(service, "message", lambda packed, _, nonce: _message(packed, "L", nonce)),
        weakness="the seal does not cover the lock's id", gain=_CLOCK_BACK,
    ),
    Threat(
        label="18a", title="Retired key", attack=retired_key, weak=_weak(lock_service, "replace", _adds),
        weakness="an update adds keys and takes none away", gain="every card of a key that was given up",
    ),
    Threat(
        label="18b", title="Unknown key id", attack=unknown_key,
        weak=_weak(payload, "_check_seal", _trusts_unknown_keys),
        weakness="lets pass what it cannot check", gain=_ANY_CARD,
    ),
    Threat(
        label="18c", title="Two keys at a time", attack=locked_out_by_rotation,
        weak=_weak(lock_service, "replace", _takes_the_last),
        weakness="holds one key", gain="guests before their doors on the day of the change",
    ),
    Threat(
        label="18d", title="Update of the keys, cut", attack=cut_update, weak=REFERENCE.with_parts(IN_PLACE),
        weakness="erases the old keys before it has the new ones", gain="a lock that opens for nobody",
    ),
)  # fmt: skip

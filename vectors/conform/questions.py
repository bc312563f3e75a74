"""The reference's answers to questions that leave nothing behind (PROTOCOL.md, section 3)."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

import numpy as np

from lockcore import (
    CardType,
    CmacSealer,
    CmacVerifier,
    DecodeError,
    Ed25519Sealer,
    Ed25519Verifier,
    Grant,
    GrantError,
    LockKeys,
    Lost,
    OpenType,
    Scope,
    Sealer,
    decode,
    encode,
    passcode,
    passcode_key,
    symbol,
)
from lockcore.byte_cursor import ByteCursor
from lockcore.field_error import FieldError
from lockcore.key_set import KeySet
from lockcore.passcode import Passcode, PasscodeKind
from lockcore.passcode_key import PasscodeKeyError
from lockcore.placement import Placement
from lockcore.seal import SealKeyError
from simulator.readers.reader import Reader

Question = Mapping[str, Any]
Answer = dict[str, Any]

_SEALERS: dict[str, Callable[[int, bytes], Sealer]] = {"ed25519": Ed25519Sealer, "cmac": CmacSealer}


def grant_fields(grant: Grant) -> Answer:
    """A grant as the protocol has it: minutes as numbers, addresses as texts, null for what it does not name."""
    return {
        "community": str(grant.community),
        "card": grant.card.name.lower(),
        "building": grant.building,
        "floor": grant.floor,
        "room": grant.room,
        "start": grant.start_min,
        "end": grant.end_min,
        "cut_off": grant.cut_off_min,
        "times": grant.times,
        "open_type": grant.open_type.name.lower(),
        "lost": grant.lost.name.lower(),
        "serial": grant.serial,
        "revision": grant.revision,
    }


def grant_of(question: Question) -> Grant:
    """The grant of these fields; GrantError."""
    return Grant(
        community=_community(question["community"]),
        card=CardType[question["card"].upper()],
        building=question["building"],
        floor=question["floor"],
        room=question["room"],
        start_min=question["start"],
        end_min=question["end"],
        cut_off_min=question["cut_off"],
        times=question["times"],
        open_type=OpenType[question["open_type"].upper()],
        lost=Lost[question["lost"].upper()],
        serial=question["serial"],
        revision=question["revision"],
    )


def _community(digits: str) -> int:
    """Digits in their one form: a leading zero, a sign or another script's digits are no community here."""
    if not (digits.isascii() and digits.isdigit() and not digits.startswith("0")):
        raise GrantError("community", "digits, the first not 0")
    return int(digits)


def encoded(question: Question) -> Answer:
    """`encode`."""
    try:
        sealer = _SEALERS[question["seal"]](question["key_id"], bytes.fromhex(question["secret"]))
        return {"text": encode(grant_of(question), sealer)}
    except (GrantError, SealKeyError):
        return {"refused": "NO_GRANT"}


@lru_cache(64)
def key_set(data: str) -> KeySet:
    """The key set of these hexadecimal bytes; FieldError."""
    cursor = ByteCursor(bytes.fromhex(data))
    keys = KeySet.take(cursor)
    cursor.end("keys")
    return keys


def decoded(question: Question) -> Answer:
    """`decode`."""
    try:
        card = decode(question["text"], _lock_keys(question["keys"]))
    except DecodeError as refusal:
        return {"refused": refusal.reason.value}
    return {"seal": card.kind.value, "key_id": card.key_id, **grant_fields(card.grant)}


@lru_cache(64)
def _lock_keys(data: str) -> LockKeys:
    keys = key_set(data)
    return LockKeys(
        ed25519={key_id: Ed25519Verifier(public) for key_id, public in keys.ed25519.items()},
        cmac={key_id: CmacVerifier(dict(derived)) for key_id, derived in keys.cmac.items()},
    )


def verified(question: Question) -> Answer:
    """`verify`."""
    data = bytes.fromhex(question["body"])
    if question["seal"] == "cmac":
        verifier = CmacVerifier({Scope.ROOM: bytes.fromhex(question["key"])})
        holds = verifier.holds(Scope.ROOM, data, bytes.fromhex(question["tag"]))
        return {"holds": True} if holds else {"refused": "BAD_SEAL"}
    try:
        public = Ed25519Verifier(bytes.fromhex(question["public"]))
    except (SealKeyError, ValueError):
        return {"refused": "BAD_KEY"}
    return {"holds": True} if public.holds(data, bytes.fromhex(question["signature"])) else {"refused": "BAD_SEAL"}


def read_passcode(question: Question) -> Answer:
    """`passcode`."""
    key = passcode_key.derive(bytes.fromhex(question["room_key"]), question["mark"])
    read = passcode.read(question["digits"], key)
    if read is None:
        return {"refused": "WRONG_PASSWORD"}
    kind = read.kind.name.lower()
    return {"kind": kind, "start_h": read.start_h, "length_h": read.length_h, "sequence": read.sequence}


def made_passcode(question: Question) -> Answer:
    """`make_passcode`."""
    try:
        made = Passcode(
            kind=PasscodeKind[question["kind"].upper()],
            start_h=question["start_h"],
            length_h=question["length_h"],
            sequence=question["sequence"],
        )
        return {"digits": passcode.digits_of(made, passcode_key.derive(_room_key(question), question["mark"]))}
    except (FieldError, GrantError, PasscodeKeyError):
        return {"refused": "NO_PASSCODE"}


def _room_key(question: Question) -> bytes:
    """The room key of a door in canonical form; GrantError, PlacementError, PasscodeKeyError."""
    door = Placement(
        community=_community(question["community"]), building=question["building"], floor=question["floor"],
        room=question["room"], lock_id="0",
    )  # fmt: skip
    return passcode_key.of_room(
        bytes.fromhex(question["master"]), door.community, door.building, door.floor, door.room,
        generation=question["generation"],
    )  # fmt: skip


def drawn(question: Question) -> Answer:
    """`draw`."""
    matrix = symbol.matrix(question["text"], version=question["version"], mask=question["mask"])
    return {"matrix": np.packbits(matrix, axis=1).tobytes().hex()}


def seen(question: Question, reader: Reader) -> Answer:
    """`read`."""
    pixels = np.frombuffer(b64decode(question["grey"]), np.uint8)
    frame = pixels.reshape(question["height"], question["width"])
    return {"texts": sorted({candidate.text for candidate in reader.read(frame)})}


QUESTIONS: dict[str, Callable[[Question], Answer]] = {
    "encode": encoded,
    "decode": decoded,
    "verify": verified,
    "passcode": read_passcode,
    "make_passcode": made_passcode,
    "draw": drawn,
}
"""By `op`; `read` needs a reader besides."""

"""What a card says, for the issuer: it can make the key of any door, where a lock has its own alone."""

from __future__ import annotations

from pathlib import Path

from lockcore import Card, CmacVerifier, DecodeError, LockKeys, Reason, Scope, SealKind, body, cmac_keys, decode
from lockcore.carrier import CARRIERS
from lockcore.payload import split
from simulator.desk.key_store import KeyStore
from simulator.frames import FrameError, open_source
from simulator.readers import make_reader
from simulator.readers.read import read_frame


def text_in(source: str, reader_name: str) -> str:
    """`source` itself if it is written in digits, else the one text in the image of that name; FrameError."""
    if not _is_there(source):
        if source.isascii() and source.isdigit():
            return source
        if len(source) >= min(CARRIERS):
            raise FrameError("neither the digits of a card nor a file")  # not repeated: it may be nearly a card
    frame = next(open_source(source))
    texts = read_frame(frame.image, make_reader(reader_name)).distinct_texts
    if len(texts) != 1:
        raise FrameError(f"{frame.name}: {'no code' if not texts else f'{len(texts)} codes'} in the picture")
    return texts[0]


def _is_there(source: str) -> bool:
    try:
        return Path(source).exists()
    except (OSError, ValueError):  # longer than any name
        return False


def decoded(text: str, store: KeyStore) -> Card:
    """The card of a text sealed by a live key of this community; DecodeError with the step that refuses it."""
    keys = store.ring().public_keys()
    carrier, body_bytes, _ = split(text)
    if carrier.kind is SealKind.CMAC:
        keys = _cmac_keys(int.from_bytes(body_bytes, "big"), store)
    return decode(text, keys)


def _cmac_keys(claimed: int, store: KeyStore) -> LockKeys:
    """The key for the doors that a body claims: what it says is believed only if the seal then holds."""
    form, key_id, scope = body.head(claimed)
    masters = store.masters()
    if form != body.FORMAT or key_id not in masters:
        return LockKeys(cmac={number: CmacVerifier({}) for number in masters})
    try:
        grant = body.unpack(claimed)
    except DecodeError:
        raise DecodeError(Reason.BAD_SEAL, "seal: there is no door whose key this could be under") from None
    address = (scope, grant.community, grant.building, grant.floor, grant.room)
    key = cmac_keys.derive(masters[key_id], key_id, address)
    return LockKeys(cmac={key_id: CmacVerifier({Scope(scope): key})})

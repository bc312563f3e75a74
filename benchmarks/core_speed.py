"""Bar 2 of issue "core": what a card costs beyond its seal, and what the same card costs as other tokens."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from random import Random
from statistics import median

from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.cmac import CMAC

from benchmarks import grants, keys, tokens
from benchmarks.line import Line, bar, figure
from benchmarks.timing import WARM_UP_ROUNDS, Batch, Spread, interleave, ratios, spread
from lockcore import CmacSealer, Grant, SealKind, cmac_keys, decode, encode
from lockcore import body as body_format
from lockcore.carrier import SMALL
from lockcore.seal import CMAC_LABEL, ED25519_LABEL

POOL = 256
CALLS = 64
"""Calls of a batch that signs or verifies: a few milliseconds."""
ROUNDS = 400
UNSEEN_ROUNDS = 200
SIGN_RATIO_MAX = 1.15
VERIFY_RATIO_MAX = 1.10
STR_UNIT_BYTES = 86
STR_UNIT_US = 0.65
CMAC_OWN_UNITS_MAX = 6 / STR_UNIT_US
"""6 µs where `str` of 86 bytes takes 0.65 µs."""


def pool(seed: int, count: int = POOL) -> list[Grant]:
    """The first `count` grants of the mix that fit 5-M; they fit 3-M too."""
    room_bits = SMALL[SealKind.ED25519].body_bits
    fits = (grant for grant in grants.mix(seed, 2 * count) if body_format.pack(grant, 0).bit_length() <= room_bits)
    return list(islice(fits, count))


def lines(seed: int, rounds: int = ROUNDS, unseen_rounds: int = UNSEEN_ROUNDS) -> Iterator[Line]:
    """The bars of speed over a pool of grants, each over so many rounds."""
    cards = pool(seed)
    yield from _ed25519_lines(cards, rounds)
    yield from _unseen_lines(pool(seed, CALLS * (unseen_rounds + WARM_UP_ROUNDS)), unseen_rounds)
    yield from _cmac_lines(cards, rounds)
    yield from _cold_lines(cards, rounds)
    yield from _peer_lines(cards, rounds)


def _ed25519_lines(cards: Sequence[Grant], rounds: int) -> Iterator[Line]:
    """What decides: a pool of cards again and again, so doors that were seen before."""
    sign_us, verify_us = _timed(_signing_pair(cards), rounds), _timed(_verifying_pair(cards), rounds)
    yield _ratio_bar("ed25519 encode and seal : bare signature", _ratio(sign_us), SIGN_RATIO_MAX)
    yield figure("2", "ed25519 encode and seal, bare signature", _microseconds(sign_us))
    yield _ratio_bar("ed25519 decode and verify : bare verification", _ratio(verify_us), VERIFY_RATIO_MAX)
    yield figure("2", "ed25519 decode and verify, bare verification", _microseconds(verify_us))


def _unseen_lines(cards: Sequence[Grant], rounds: int) -> Iterator[Line]:
    """The same over cards of random doors, each once, so that what lockcore keeps of known doors helps little."""
    name = f"the same ratio over {len(cards):,} cards, none twice"
    yield figure("2", f"{name}: encode", f"{_ratio(_timed(_signing_pair(cards), rounds)):.3f}")
    yield figure("2", f"{name}: decode", f"{_ratio(_timed(_verifying_pair(cards), rounds)):.3f}")


def _cmac_lines(cards: Sequence[Grant], rounds: int) -> Iterator[Line]:
    """The sealer has every door's key at hand, as an issuer of many cards for the same doors has."""
    sealer = CmacSealer(keys.CMAC_ID, keys.MASTER)
    batches = {"encode": Batch(encode, [(grant, sealer) for grant in cards])}
    us = interleave(batches | {"tag": _bare_tagging(cards), "str": _writing()}, rounds)
    own = [(e - t) / s for e, t, s in zip(us["encode"], us["tag"], us["str"], strict=True)]
    measured = spread(own)
    unit = f"str of {STR_UNIT_BYTES} bytes"
    yield bar(
        "2", f"cmac encode and seal less the tag, in {unit}", str(measured),
        f"at most {CMAC_OWN_UNITS_MAX:.2f}", measured.median <= CMAC_OWN_UNITS_MAX,
    )  # fmt: skip
    yield figure("2", f"cmac encode and seal, tag, {unit}", _microseconds(us))


def _cold_lines(cards: Sequence[Grant], rounds: int) -> Iterator[Line]:
    """What stands outside the bar: a door's first card, and reading a cmac card."""
    addresses = [(grant.scope, grant.community, grant.building, grant.floor, grant.room) for grant in cards]
    texts = [(encode(grant, keys.SCOPE_SEALER), keys.LOCK_KEYS) for grant in cards]
    batches = {
        "derive": Batch(cmac_keys.derive, [(keys.MASTER, keys.CMAC_ID, address) for address in addresses]),
        "decode": Batch(decode, texts),
    }
    us = interleave(batches, rounds // 4)
    yield figure("2", "cmac key of a door derived, cmac decode and verify", _microseconds(us))


def _peer_lines(cards: Sequence[Grant], rounds: int) -> Iterator[Line]:
    for name, batches in (("sign", signing(cards)), ("verify", verifying(cards))):
        us = _timed(batches, rounds // 4)
        yield figure("2", f"{name}: {', '.join(us)}", _microseconds(us))


def signing(cards: Sequence[Grant]) -> dict[str, Batch]:
    """From a card to a text, for us and for the peers, and the bare signature they all contain."""
    peers = {token.name: Batch(token.sign, [(token.claims(grant),) for grant in cards]) for token in tokens.TOKENS}
    return {"qrlock ed25519": _encoding(cards), "bare Ed25519": _bare_signing(cards)} | peers


def verifying(cards: Sequence[Grant]) -> dict[str, Batch]:
    """From a text to a card, for us and for the peers, and the bare verification they all contain."""
    peers = {
        token.name: Batch(token.verify, [(token.sign(token.claims(grant)),) for grant in cards])
        for token in tokens.TOKENS
    }
    return {"qrlock ed25519": _decoding(cards), "bare Ed25519": _bare_verifying(cards)} | peers


def _encoding(cards: Sequence[Grant]) -> Batch:
    return Batch(encode, [(grant, keys.ED25519_SEALER) for grant in cards])


def _decoding(cards: Sequence[Grant]) -> Batch:
    return Batch(decode, [(encode(grant, keys.ED25519_SEALER), keys.LOCK_KEYS) for grant in cards])


def _messages(cards: Sequence[Grant], kind: SealKind, label: bytes) -> list[bytes]:
    """What is sealed of each card: the bare operation gets the very same bytes."""
    length = SMALL[kind].body_bytes
    return [label + body_format.pack(grant, keys.SEALERS[kind].key_id).to_bytes(length, "big") for grant in cards]


def _bare_signing(cards: Sequence[Grant]) -> Batch:
    messages = _messages(cards, SealKind.ED25519, ED25519_LABEL)
    return Batch(keys.PRIVATE_KEY.sign, [(message,) for message in messages])


def _bare_verifying(cards: Sequence[Grant]) -> Batch:
    messages = _messages(cards, SealKind.ED25519, ED25519_LABEL)
    public = keys.PRIVATE_KEY.public_key()
    return Batch(public.verify, [(keys.PRIVATE_KEY.sign(message), message) for message in messages])


def _bare_tagging(cards: Sequence[Grant]) -> Batch:
    context = CMAC(AES(bytes(16)))
    return Batch(keys.bare_tag, [(context, message) for message in _messages(cards, SealKind.CMAC, CMAC_LABEL)])


def _writing() -> Batch:
    random = Random("str")
    return Batch(str, [(int.from_bytes(random.randbytes(STR_UNIT_BYTES), "big"),) for _ in range(POOL)])


def _signing_pair(cards: Sequence[Grant]) -> dict[str, Batch]:
    return {"qrlock": _encoding(cards), "bare": _bare_signing(cards)}


def _verifying_pair(cards: Sequence[Grant]) -> dict[str, Batch]:
    return {"qrlock": _decoding(cards), "bare": _bare_verifying(cards)}


def _timed(batches: dict[str, Batch], rounds: int) -> dict[str, list[float]]:
    """Batches that sign or verify, `CALLS` calls at a time."""
    return interleave({name: batch._replace(calls=CALLS) for name, batch in batches.items()}, rounds)


def _ratio(us: dict[str, list[float]]) -> Spread:
    return spread(ratios(us["qrlock"], us["bare"]))


def _ratio_bar(name: str, ratio: Spread, largest: float) -> Line:
    return bar("2", name, f"{ratio:.3f}", f"at most {largest:.2f}", ratio.median <= largest)


def _microseconds(us: dict[str, list[float]]) -> str:
    return ", ".join(f"{median(values):.3g}" for values in us.values()) + " µs"

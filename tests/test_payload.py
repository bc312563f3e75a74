import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lockcore import (
    DecodeError,
    Ed25519Verifier,
    Grant,
    LockKeys,
    Reason,
    Scope,
    SealKind,
    decode,
    encode,
)
from lockcore.body import pack
from lockcore.carrier import CARRIERS, Carrier, carrier_of
from lockcore.payload import split
from lockcore.seal import CMAC_LABEL, ED25519_LABEL, CmacVerifier, Sealer
from tests.bench_keys import PUBLIC, cmac, ed25519, keys_for
from tests.strategies import grants
from tests.test_body import SMALL, WIDEST

SEALERS = st.sampled_from([ed25519(), cmac()])


class RawSealer:
    """Seals any body, however wrong, in any carrier: what a broken issuer could do."""

    def __init__(self, sealer: Sealer, grant: Grant) -> None:
        self.sealer = sealer
        self.grant = grant

    def text(self, body: int, carrier: Carrier) -> str:
        """The sealed text of a body in a carrier of one's choice."""
        body_bytes = body.to_bytes(carrier.body_bytes, "big")
        number = int.from_bytes(body_bytes + self.sealer.seal(self.grant, body_bytes), "big")
        return f"{number:0{carrier.digits}d}"


def reason_of(text: str, keys: LockKeys) -> Reason:
    """Why `text` is refused; a test fails where it is not."""
    with pytest.raises(DecodeError) as error:
        decode(text, keys)
    return error.value.reason


@given(grants(), SEALERS)
def test_every_card_comes_back(grant: Grant, sealer: Sealer) -> None:
    """A card's text has a known width and says its grant, key and seal."""
    text = encode(grant, sealer)
    card = decode(text, keys_for(grant))
    assert (card.grant, card.key_id, card.kind) == (grant, sealer.key_id, sealer.kind)
    assert CARRIERS[len(text)].kind is sealer.kind
    assert encode(grant, sealer) == text


@pytest.mark.parametrize("grant", [SMALL, WIDEST])
@pytest.mark.parametrize("sealer", [ed25519(), cmac()], ids=["ed25519", "cmac"])
def test_every_single_bit_is_sealed(grant: Grant, sealer: Sealer) -> None:
    """Each bit of body and seal, flipped alone, is refused before the card is believed."""
    text, keys = encode(grant, sealer), keys_for(grant)
    carrier = CARRIERS[len(text)]
    for bit in range(8 * (carrier.body_bytes + carrier.seal_bytes) - 1):
        flipped = f"{int(text) ^ 1 << bit:0{carrier.digits}d}"
        assert reason_of(flipped, keys) in {Reason.BAD_SEAL, Reason.UNKNOWN_KEY, Reason.UNSUPPORTED_FORMAT}


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: text[1:],
        lambda text: "0" + text,
        lambda text: text + " ",
        lambda text: " " + text[1:],
        lambda text: "+" + text[1:],
        lambda text: "-" + text[1:],
        lambda text: text[:9] + "_" + text[10:],
        lambda text: text.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")),
        lambda text: "²" * len(text),
        lambda text: "9" * len(text),
        lambda text: f"{CARRIERS[len(text)].limit:0{len(text)}d}",
        lambda text: f"{CARRIERS[len(text)].limit + int(text):0{len(text)}d}",
        lambda text: text[:0],
        lambda text: "https://example.org/" + text,
        lambda text: text[:-1] + "\0",
    ],
)
@pytest.mark.parametrize("sealer", [ed25519(), cmac()], ids=["ed25519", "cmac"])
def test_texts_that_are_not_cards(sealer: Sealer, spoil) -> None:  # type: ignore[no-untyped-def]
    """Another spelling of a good number, or none at all, is NOT_A_CARD."""
    text = encode(SMALL, sealer)
    assert reason_of(spoil(text), keys_for(SMALL)) is Reason.NOT_A_CARD


def test_formats_of_the_future_are_refused_before_the_key() -> None:
    """Format 1 is UNSUPPORTED_FORMAT, whatever its key id and seal."""
    raw = RawSealer(ed25519(), SMALL)
    assert reason_of(raw.text(pack(SMALL, 9) | 1, CARRIERS[202]), keys_for(SMALL)) is Reason.UNSUPPORTED_FORMAT


def test_keys_that_the_lock_has_not() -> None:
    """A key id that is not there is UNKNOWN_KEY; a kind of seal without any key is UNSUPPORTED_FORMAT."""
    assert reason_of(encode(SMALL, ed25519(5)), keys_for(SMALL)) is Reason.UNKNOWN_KEY
    assert reason_of(encode(SMALL, cmac(5)), keys_for(SMALL)) is Reason.UNKNOWN_KEY
    only_public = LockKeys(ed25519={0: Ed25519Verifier(PUBLIC)})
    assert reason_of(encode(SMALL, cmac()), only_public) is Reason.UNSUPPORTED_FORMAT
    only_cmac = LockKeys(cmac=keys_for(SMALL).cmac)
    assert reason_of(encode(SMALL, ed25519()), only_cmac) is Reason.UNSUPPORTED_FORMAT


def test_a_scope_without_a_key_is_unknown() -> None:
    """A lock that takes room cards alone under `cmac` has no key for a floor card."""
    rooms_alone = LockKeys(cmac={1: CmacVerifier({Scope.ROOM: bytes(16)})})
    floor_card = Grant(community=1, start_min=0, end_min=1, serial=0, card=SMALL.card.FLOOR, building="1", floor="1")
    assert reason_of(encode(floor_card, cmac()), rooms_alone) is Reason.UNKNOWN_KEY


def test_a_cmac_card_of_another_door_has_another_key() -> None:
    """The same fields under the key of room 2 are a bad seal at room 1."""
    assert reason_of(encode(SMALL._replace(room="2"), cmac()), keys_for(SMALL)) is Reason.BAD_SEAL


@pytest.mark.parametrize(("sealer", "digits"), [(ed25519(), 255), (cmac(), 149)], ids=["ed25519", "cmac"])
def test_a_card_in_a_longer_text_than_it_needs(sealer: Sealer, digits: int) -> None:
    """A short body has no second, longer text, though its seal be right."""
    text = RawSealer(sealer, SMALL).text(pack(SMALL, sealer.key_id), CARRIERS[digits])
    assert reason_of(text, keys_for(SMALL)) is Reason.MALFORMED


@pytest.mark.parametrize("sealer", [ed25519(), cmac()], ids=["ed25519", "cmac"])
def test_sealed_nonsense_is_malformed_or_canonical(sealer: Sealer) -> None:
    """A random body under a right key is either MALFORMED or the only text of its grant; seed 7."""
    random.seed(7)
    raw, keys = RawSealer(sealer, SMALL), keys_for(SMALL)
    seen = set()
    for _ in range(400):
        body = random.getrandbits(random.choice([90, 140, 200, 260])) & ~0xFF | sealer.key_id << 2
        carrier = carrier_of(body, sealer.kind)
        text = raw.text(body, carrier)
        try:
            card = decode(text, keys)
        except DecodeError as error:
            seen.add(error.reason)
        else:
            seen.add(Reason.OPENED)
            assert RawSealer(sealer, SMALL).text(pack(card.grant, card.key_id), carrier) == text
    assert seen == {Reason.MALFORMED, Reason.OPENED}


@given(st.text(max_size=300))
def test_any_text_is_refused_in_one_way(text: str) -> None:
    """Whatever a stranger's code says, decoding raises DecodeError and nothing else."""
    assert reason_of(text, keys_for(SMALL)) is Reason.NOT_A_CARD


def test_the_refusal_says_where_and_not_what() -> None:
    """The message of a refusal holds no digit of the card."""
    text = encode(SMALL, ed25519(5))
    with pytest.raises(DecodeError) as error:
        decode(text, keys_for(SMALL))
    assert text not in str(error.value)
    assert error.value.where == "head: key id 5 is not known here"


def test_the_top_bit_is_always_free() -> None:
    """Every carrier's number is below 2^(8k - 1) and fits its digits."""
    for digits, carrier in CARRIERS.items():
        assert carrier.limit <= 10**digits < carrier.limit * 2**9
        assert carrier.limit == 1 << 8 * (carrier.body_bytes + carrier.seal_bytes) - 1


def test_seals_are_told_apart() -> None:
    """What is signed starts with a label of the seal, so that no tag is ever a signature's message."""
    assert len(ED25519_LABEL) == len(CMAC_LABEL) == 16
    assert ED25519_LABEL != CMAC_LABEL
    carrier, body, seal = split(encode(SMALL, ed25519()))
    assert carrier.kind is SealKind.ED25519
    assert Ed25519Verifier(PUBLIC).verify(ED25519_LABEL + body, seal)
    assert not Ed25519Verifier(PUBLIC).verify(CMAC_LABEL + body, seal)

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lockcore import Reason, SealKind, decode, encode
from lockcore.document import DocumentError
from lockcore.errors import QrlockError
from lockcore.keyring import KeyRing, KeyRingError, KeyState, lock_keys
from lockcore.lock_keys import LockKeyExport
from lockcore.seal import CmacSealer, SealKeyError
from lockcore.secret_pem import from_pem, public_of, sealer, to_pem
from tests.bench_keys import MASTER, PRIVATE, PUBLIC, ed25519
from tests.test_body import SMALL
from tests.test_payload import reason_of

ED, MAC = SealKind.ED25519, SealKind.CMAC
RING = KeyRing(SMALL.community).with_key(ED, PUBLIC).with_key(MAC, None)


def states(ring: KeyRing) -> list[str]:
    """Where each key is in its life."""
    return [key.state for key in ring.keys]


def test_a_key_lives_once() -> None:
    """A key is next, current, last and retired, in that order, and its id is never given again."""
    ring = KeyRing(1).with_key(ED, PUBLIC).with_key(ED, PUBLIC)
    assert states(ring) == ["current", "next"]
    ring = ring.rotated(ED)
    assert states(ring) == ["last", "current"]
    ring = ring.retired(0).with_key(ED, PUBLIC)
    assert states(ring) == ["retired", "current", "next"]
    assert ring.current(ED).key_id == 1


def test_two_keys_of_a_kind_are_live_at_most() -> None:
    """A third key has to wait, because a lock takes two; another kind of seal does not count."""
    ring = KeyRing(1).with_key(ED, PUBLIC).with_key(ED, PUBLIC).with_key(MAC, None)
    with pytest.raises(KeyRingError, match="retire one first"):
        ring.with_key(ED, PUBLIC)


def test_sixteen_ids_and_no_more() -> None:
    """A ring that has used its 16 ids makes no further key."""
    ring = KeyRing(1)
    for key_id in range(16):
        ring = ring.with_key(ED, PUBLIC).retired(key_id)
    with pytest.raises(KeyRingError, match="16 key ids"):
        ring.with_key(ED, PUBLIC)


@pytest.mark.parametrize(
    "step",
    [
        lambda ring: ring.rotated(ED),
        lambda ring: ring.retired(2),
        lambda ring: ring.retired(-1),
        lambda ring: ring.retired(0).retired(0),
        lambda ring: ring.retired(0).current(ED),
    ],
)
def test_steps_that_a_ring_refuses(step) -> None:  # type: ignore[no-untyped-def]
    """What is not there cannot be rotated to, retired or sealed with."""
    with pytest.raises(KeyRingError):
        step(RING)


def test_rings_and_exports_come_back_from_their_documents() -> None:
    """What was written is read."""
    ring = RING.with_key(ED, PUBLIC).rotated(ED)
    assert KeyRing.from_json(ring.to_json()) == ring
    export = lock_keys(ring, {1: MASTER}, "1", "1", "1")
    assert LockKeyExport.from_json(export.to_json()) == export


def test_a_lock_gets_what_it_needs_and_no_more() -> None:
    """Its keys check its cards under both seals; no secret of the issuer is among them."""
    export = lock_keys(RING, {1: MASTER}, "1", "1", "1")
    keys = export.verifiers()
    for issuer in (ed25519(0), CmacSealer(1, MASTER)):
        assert decode(encode(SMALL, issuer), keys).grant == SMALL
        floor_card = SMALL._replace(card=SMALL.card.FLOOR, room=None)
        assert decode(encode(floor_card, issuer), keys).grant == floor_card
    assert not {PRIVATE.hex(), MASTER.hex()} & set(export.to_json().split('"'))
    assert PUBLIC.hex() not in repr(export)


def test_a_room_only_lock_has_no_wider_cmac_keys() -> None:
    """Whoever reads it out cannot forge a floor card; under `ed25519` it takes floor cards all the same."""
    keys = lock_keys(RING, {1: MASTER}, "1", "1", "1", room_only=True).verifiers()
    floor_card = SMALL._replace(card=SMALL.card.FLOOR, room=None)
    assert decode(encode(SMALL, CmacSealer(1, MASTER)), keys).grant == SMALL
    assert reason_of(encode(floor_card, CmacSealer(1, MASTER)), keys) is Reason.UNKNOWN_KEY
    assert decode(encode(floor_card, ed25519(0)), keys).grant == floor_card


def test_retiring_a_key_voids_its_cards() -> None:
    """A lock that was told knows the key no more."""
    ring = RING.with_key(ED, public_of(bytes(32)))
    assert decode(encode(SMALL, ed25519(0)), ring.public_keys()).grant == SMALL
    assert reason_of(encode(SMALL, ed25519(0)), ring.retired(0).public_keys()) is Reason.UNKNOWN_KEY


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (lambda d: d.pop("keys"), "'keys' is missing"),
        (lambda d: d.update(colour="red"), "'colour' is not a field"),
        (lambda d: d.update(qrlock="key ring 2"), "does not say"),
        (lambda d: d.update(community=1), "community"),
        (lambda d: d.update(community="0"), "community"),
        (lambda d: d["keys"][0].update(state="dead"), "key 0"),
        (lambda d: d["keys"][0].update(public=""), "key 0"),
        (lambda d: d["keys"][0].update(public="ZZ" * 32), "key 0"),
        (lambda d: d["keys"][1].update(public=PUBLIC.hex()), "key 1"),
        (lambda d: d["keys"][1].pop("kind"), "key 1"),
        (lambda d: d.update(keys=d["keys"] * 9), "16"),
    ],
)
def test_a_spoilt_ring_is_refused(spoil, says: str) -> None:  # type: ignore[no-untyped-def]
    """A ring file with anything wrong is refused by the name of what is wrong."""
    document = json.loads(RING.to_json())
    spoil(document)
    with pytest.raises(QrlockError, match=says):
        KeyRing.from_json(json.dumps(document))


@pytest.mark.parametrize("text", ["", "[]", "7", '{"qrlock": 1}', "{" * 100_000, '{"a": 1, "a": 2}', "\ufeff{}"])
def test_what_is_no_document(text: str) -> None:
    """A file that is something else altogether is refused in the same way."""
    with pytest.raises(DocumentError):
        KeyRing.from_json(text)


@given(st.text())
def test_exports_of_any_text(text: str) -> None:
    """Reading a lock's keys from any text raises the package's own error."""
    with pytest.raises(QrlockError):
        LockKeyExport.from_json(text)


@pytest.mark.parametrize("kind", SealKind)
def test_secrets_come_back_from_their_pem(kind: SealKind) -> None:
    """A PEM holds one key of its kind, and seals like the key that was written."""
    pem = to_pem(kind, PRIVATE)
    assert from_pem(kind, pem) == PRIVATE
    other = MAC if kind is ED else ED
    with pytest.raises(SealKeyError):
        from_pem(other, pem)
    assert encode(SMALL, sealer(kind, 3, PRIVATE)) == encode(SMALL, sealer(kind, 3, from_pem(kind, pem)))


@pytest.mark.parametrize("kind", SealKind)
@pytest.mark.parametrize("cut", [0, 10, 40, 60, -1])
def test_broken_pems_say_nothing(kind: SealKind, cut: int) -> None:
    """A cut or doubled PEM is refused without a word of what it holds."""
    pem = to_pem(kind, PRIVATE)
    broken = pem * 2 if cut == -1 and kind is MAC else pem[:cut] if cut != -1 else pem.replace("A", "B")
    with pytest.raises(SealKeyError) as error:
        from_pem(kind, broken)
    assert str(error.value) == f"not a PEM of one {kind} key"


def test_states_have_an_order() -> None:
    """The four states are the whole life of a key."""
    assert [state.value for state in KeyState] == ["next", "current", "last", "retired"]

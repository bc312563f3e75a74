import json

import pytest
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.cmac import CMAC

from lockcore import CmacVerifier, Ed25519Verifier, Grant, Scope, cmac_keys, ed25519_profile
from lockcore.seal import CmacSealer, Ed25519Sealer, SealKeyError
from tests import ed25519_cases as curve
from tests.bench_keys import MASTER, PUBLIC
from tests.public_data import public_data
from tests.test_body import SMALL


@pytest.mark.parametrize("case", curve.cases(), ids=lambda case: case.name)
def test_the_profile_on_cases_made_here(case: curve.Case) -> None:
    """Each constructed input gets the profile's verdict."""
    assert curve.profile_holds(case.public, case.message, case.signature) is case.holds


def test_what_the_library_accepts_and_the_profile_refuses() -> None:
    """It is the low-order A, in either encoding, the neutral R, and a low-order R that A's torsion part cancels."""
    more = [
        case.name
        for case in curve.cases()
        if curve.library_holds(case.public, case.message, case.signature) > case.holds
    ]
    assert len(more) == 13
    others = [name for name in more if not name.startswith("A is torsion point")]
    assert others == ["R is torsion point 0", "A of mixed order, R the torsion part of -[k]A"]


def test_the_low_order_points_are_all_of_them() -> None:
    """The five y coordinates are those of the eight points that the curve's own arithmetic finds."""
    assert {y for _, y in curve.TORSION} == ed25519_profile.LOW_ORDER_Y
    assert len(set(curve.TORSION)) == 8
    assert curve.ORDER == ed25519_profile.L


def test_cctv() -> None:
    """Of the 914 public edge cases exactly those hold whose flags allow it."""
    cases = curve.cctv(public_data("cctv/ed25519vectors.json").read_text())
    assert len(cases) == 914
    wrong = [c.name for c in cases if curve.profile_holds(c.public, c.message, c.signature) is not c.holds]
    assert not wrong
    assert sum(case.holds for case in cases) == 43


def test_wycheproof_ed25519() -> None:
    """Every signature of Wycheproof gets the verdict that the file gives."""
    cases = curve.wycheproof(public_data("wycheproof/ed25519_test.json").read_text())
    assert len(cases) > 100
    assert not [c.name for c in cases if curve.profile_holds(c.public, c.message, c.signature) is not c.holds]


def test_wycheproof_aes_cmac() -> None:
    """The library's AES-128-CMAC is the one that Wycheproof means."""
    groups = json.loads(public_data("wycheproof/aes_cmac_test.json").read_text())["testGroups"]
    tests = [test for group in groups if group["keySize"] == group["tagSize"] == 128 for test in group["tests"]]
    assert len(tests) > 50
    for test in tests:
        mac = CMAC(AES(bytes.fromhex(test["key"])))
        mac.update(bytes.fromhex(test["msg"]))
        assert (mac.finalize().hex() == test["tag"]) is (test["result"] == "valid"), test["tcId"]


def test_scopes_have_keys_of_their_own() -> None:
    """No two scopes, addresses or key ids share a derived key, however their texts run together."""
    addresses = {
        (Scope.ROOM, 1, "1", "01A", "1"),
        (Scope.ROOM, 1, "1", "0", "1A1"),
        (Scope.ROOM, 11, "1", "0", "1"),
        (Scope.ROOM, 1, "11", "0", "1"),
        (Scope.ROOM_ALONE, 1, None, None, "1"),
        (Scope.FLOOR, 1, "1", "1", None),
        (Scope.BUILDING, 1, "1", None, None),
    }
    derived = [cmac_keys.derive(MASTER, key_id, address) for key_id in (0, 1) for address in addresses]
    assert len(set(derived)) == 2 * len(addresses)


def test_the_derivation_input_is_written_out() -> None:
    """Label, key id, scope and fields each follow their length (FORMAT.md, section 7)."""
    info = cmac_keys.key_info(3, (Scope.ROOM, 12, "1", "4", "401G"))
    assert info == b"\x12qrlock cmac key v1\x01\x03\x01\x00\x0212\x011\x014\x04401G"


def test_a_lock_has_the_four_keys_of_its_doors() -> None:
    """The four scopes of a lock name the cards that may open it."""
    scopes = [
        Grant(community=9, start_min=0, end_min=1, serial=0, **fields).scope
        for fields in (
            {"building": "1", "floor": "2", "room": "3"},
            {"room": "3"},
            {"card": SMALL.card.FLOOR, "building": "1", "floor": "2"},
            {"card": SMALL.card.BUILDING, "building": "1"},
        )
    ]
    assert [address[0] for address in cmac_keys.lock_addresses(9, "1", "2", "3")] == scopes


def test_the_sealer_forgets_scopes_and_not_cards() -> None:
    """Keeping one scope at a time gives the same seals as keeping them all."""
    few, many = CmacSealer(1, MASTER, scopes_kept=1), CmacSealer(1, MASTER)
    for room in ("1", "2", "1", "3"):
        grant = SMALL._replace(room=room)
        assert few.seal(grant, b"body") == many.seal(grant, b"body")


@pytest.mark.parametrize(
    "make",
    [
        lambda: Ed25519Sealer(0, bytes(31)),
        lambda: CmacSealer(0, bytes(16)),
        lambda: Ed25519Sealer(16, bytes(32)),
        lambda: Ed25519Sealer(-1, bytes(32)),
        lambda: CmacSealer(16, MASTER),
        lambda: CmacSealer(True, MASTER),
        lambda: Ed25519Verifier(PUBLIC[:-1]),
        lambda: Ed25519Verifier(bytes(32)),
        lambda: CmacVerifier({Scope.ROOM: bytes(15)}),
    ],
)
def test_keys_that_cannot_be(make) -> None:  # type: ignore[no-untyped-def]
    """A key of the wrong length or number, or that the profile refuses, is said to be wrong when it is loaded."""
    with pytest.raises(SealKeyError):
        make()

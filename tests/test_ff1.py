from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lockcore import QrlockError, ff1
from tests import ff1_by_the_book

NIST_KEY = bytes.fromhex("2b7e151628aed2a6abf7158809cf4f3cef4359d8d580aa4f7f036d6f04fc6a94")
NIST_TWEAK = bytes.fromhex("39383736353433323130")
NIST_TWEAK_36 = bytes.fromhex("3737373770717273373737")
NIST = [
    # sample, bytes of the key, tweak, ciphertext of 0123456789
    (1, 16, b"", "2433477484"),
    (2, 16, NIST_TWEAK, "6124200773"),
    (4, 24, b"", "2830668132"),
    (5, 24, NIST_TWEAK, "2496655549"),
    (7, 32, b"", "6657667009"),
    (8, 32, NIST_TWEAK, "1001623463"),
]
NIST_36 = [
    # sample, bytes of the key, ciphertext of 0123456789abcdefghi
    (3, 16, "a9tv40mll9kdu509eum"),
    (6, 24, "xbj3kv35jrawxv32ysr"),
    (9, 32, "xs8a0azh2avyalyzuwd"),
]
WYCHEPROOF = [
    # of aes_ff1_base10_test.json: case, key, tweak, plaintext, ciphertext; odd lengths and the edges of each step
    (19, "474bbf2aff5c252419c49a07d50e2bdf", "d64296c362368a3d", "302141", "166088"),
    (20, "26dbd1998c3a046ac3ff11937079c034", "5e551c3daad7e5fa", "000000", "894813"),
    (21, "26dbd1998c3a046ac3ff11937079c034", "5e551c3daad7e5fa", "999999", "851002"),
    (150, "475b7573760904fa57ad2cb88ea52f32", "8778e31da2c09349654cc259f7", "99996564", "19388815"),
    (158, "4c00ade3e32b12866bb56e736e18eaf4", "3f0bf1e88240178e", "000000000", "664625998"),
    (170, "4c00ade3e32b12866bb56e736e18eaf4", "3f0bf1e88240178e", "833842664", "000000000"),
    (171, "4c00ade3e32b12866bb56e736e18eaf4", "3f0bf1e88240178e", "131383594", "999999999"),
    (174, "36e6ec14d7abaf2fa03904af42244b5f", "cd66f4441820c024bad7e3c0", "101641060", "000066298"),
    (177, "36e6ec14d7abaf2fa03904af42244b5f", "cd66f4441820c024bad7e3c0", "234116619", "999931397"),
    (188, "36e6ec14d7abaf2fa03904af42244b5f", "a47f8f6506c48bb33832c45d", "665755165", "813080615"),
    (795, "803b8c7284f7da1e37b0a019e63e34aa", "f2cabd495cbc28e2b012",
     "03985391470403853309094", "93543950335916658041583"),
    (800, "803b8c7284f7da1e37b0a019e63e34aa", "f2cabd495cbc28e2b012",
     "88697131354340505293601", "93543950334635383610185"),
    (819, "cc7c241656fbbb47d85dd0963ac63c5b", "de48d09d117319da",
     "999999999999999999999999", "338851983196089747569846"),
    (3159, "10f839fb115e21f8a7b1801099f9f34b49c9f25e460cba5017097b0e7d7de4c5", "0d692649ef453bd8b640",
     "87819870567270283886", "67380042826288197865"),
    (3167, "dda27ee12a33f1e1d641185aa62d77f8788cb29adf7c1d869e5476e04cf8d6a2", "a07df02be247e7f9",
     "496563852342787349040", "393410431379230350069"),
    (3180, "28648ae225b31d1b26051edbaf12560a65fdedd99c2dce41109b6d9e23647c62", "15ed7a9f2c4ead98",
     "076459801476131695482", "000000000000000000000"),
    (3192, "5f8dfaddff519676a9e8d7fcaeeafd3513b45b84f7047fbc0f71f3b73169ec02", "48bb26cae5a1ed771fad",
     "658012289498771758464", "000000000045970615989"),
    (3196, "5f8dfaddff519676a9e8d7fcaeeafd3513b45b84f7047fbc0f71f3b73169ec02", "61b67424758f5d916c05",
     "379789221997980455218", "091121504326668759824"),
]  # fmt: skip

texts = st.integers(ff1.DIGITS_MIN, ff1.DIGITS_MAX).flatmap(lambda n: st.text("0123456789", min_size=n, max_size=n))
keys = st.sampled_from(ff1.KEY_BYTES).flatmap(lambda n: st.binary(min_size=n, max_size=n))
tweaks = st.binary(max_size=40)


@pytest.mark.parametrize(("sample", "key_bytes", "tweak", "ciphertext"), NIST)
def test_the_samples_of_the_standard(sample: int, key_bytes: int, tweak: bytes, ciphertext: str) -> None:
    """NIST's six samples in radix 10, both ways, with each size of key."""
    assert ff1.encrypt("0123456789", NIST_KEY[:key_bytes], tweak) == ciphertext, sample
    assert ff1.decrypt(ciphertext, NIST_KEY[:key_bytes], tweak) == "0123456789"


@pytest.mark.parametrize(("case", "key", "tweak", "plaintext", "ciphertext"), WYCHEPROOF)
def test_cases_of_wycheproof(case: int, key: str, tweak: str, plaintext: str, ciphertext: str) -> None:
    """Other lengths than ten, halves of unequal length, and rounds at the edges of their arithmetic."""
    assert ff1.encrypt(plaintext, bytes.fromhex(key), bytes.fromhex(tweak)) == ciphertext, case
    assert ff1.decrypt(ciphertext, bytes.fromhex(key), bytes.fromhex(tweak)) == plaintext


@pytest.mark.parametrize(("sample", "key_bytes", "ciphertext"), NIST_36)
def test_the_second_implementation_is_the_standard(sample: int, key_bytes: int, ciphertext: str) -> None:
    """What lockcore is held against passes NIST's samples in radix 36, which lockcore does not have."""
    text = "0123456789abcdefghi"
    assert ff1_by_the_book.encrypt(text, NIST_KEY[:key_bytes], NIST_TWEAK_36, radix=36) == ciphertext, sample


@given(texts, keys, tweaks)
def test_two_implementations_agree(text: str, key: bytes, tweak: bytes) -> None:
    """Any text, key and tweak give what the standard's steps give, and come back."""
    encrypted = ff1.encrypt(text, key, tweak)
    assert encrypted == ff1_by_the_book.encrypt(text, key, tweak)
    assert ff1.decrypt(encrypted, key, tweak) == text


@pytest.mark.parametrize("length", range(ff1.DIGITS_MIN, ff1.DIGITS_MAX + 1))
def test_every_length_by_both(length: int) -> None:
    """No length was left to chance: the least, the greatest and one other text of each."""
    for text in ("0" * length, "9" * length, ("314159265358979" * 4)[:length]):
        encrypted = ff1.encrypt(text, NIST_KEY[:16], NIST_TWEAK)
        assert encrypted == ff1_by_the_book.encrypt(text, NIST_KEY[:16], NIST_TWEAK)
        assert ff1.decrypt(encrypted, NIST_KEY[:16], NIST_TWEAK) == text


def test_it_permutes() -> None:
    """Different texts of one length stand for different texts."""
    given_texts = {"".join(digits) for digits in permutations("012345")}
    assert len({ff1.encrypt(text, NIST_KEY[:16]) for text in given_texts}) == len(given_texts)


@pytest.mark.parametrize("text", ["", "12345", "1" * 57, "12345 ", "-12345", "1234567a", "٣٣٣٣٣٣", "²²²²²²"])
@pytest.mark.parametrize("way", [ff1.encrypt, ff1.decrypt])
def test_what_is_no_text_of_digits(way, text: str) -> None:  # type: ignore[no-untyped-def]
    """Too short, too long and anything but ASCII digits is refused in the package's own words."""
    with pytest.raises(ff1.Ff1Error, match="6 to 56 digits"):
        way(text, bytes(16))


@pytest.mark.parametrize("length", [0, 15, 17, 31, 33])
def test_keys_that_aes_does_not_take(length: int) -> None:
    """A key of another length is refused, and not shown."""
    with pytest.raises(QrlockError, match="16, 24 or 32 bytes"):
        ff1.encrypt("123456", b"\x55" * length)

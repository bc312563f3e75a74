import re
from collections import Counter

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from vectors.families import decode
from vectors.families.by_the_book import ED25519, LABELS
from vectors.families.site import KEY_ID, keys_of
from vectors.pack.flags import FLAGS
from vectors.pack.schema import ID
from vectors.pack.vector import Vector


@pytest.fixture(scope="module")
def by_id() -> dict[str, Vector]:
    """The family's vectors; their ids are well formed, and no two are the same."""
    vectors = decode.family(1).vectors
    found = {vector.id: vector for vector in vectors}
    assert len(found) == len(vectors) and all(re.search(ID, id) for id in found)
    return found


BOTH_SIDES = (
    # rule of FORMAT.md, section 8: the last that holds, the first that does not
    ("number-last.cmac-101", "number-limit.cmac-101"),
    ("ed25519-keys-15-4-says-15-by-15.ed25519-202", "ed25519-keys-15-4-says-14-by-15.ed25519-202"),
    ("community-1.cmac-101", "community-0.cmac-101"),
    ("community-99999999999.cmac-101", "community-100000000000.cmac-101"),
    ("building-zzzz.cmac-101", "building-code-1793140.cmac-101"),
    ("floor-zzzz.cmac-101", "floor-code-1793140.cmac-101"),
    ("building-a.cmac-101", "building-text-9.cmac-101"),
    ("floor-999z.cmac-101", "floor-text-9999.cmac-101"),
    ("room-zzzzzzzz.cmac-101", "room-code-2901713047668.cmac-101"),
    ("start-minute-29.cmac-101", "start-minute-30.cmac-101"),
    ("end-minute-29.cmac-101", "end-minute-30.cmac-101"),
    ("one-minute.cmac-101", "end-at-start.cmac-101"),
    ("last-half-hour.cmac-101", "end-over-late.cmac-101"),
    ("cut-off-last.cmac-101", "cut-off-at-end.cmac-101"),
    ("cut-off-bit-24.cmac-101", "cut-off-bit-25.cmac-101"),
    ("times-254.cmac-101", "times-255.cmac-101"),
    ("times-0.cmac-101", "floor-card-times-1.cmac-101"),
    ("lost-card-revision-1.cmac-101", "lost-card-revision-0.cmac-101"),
    ("lost-card-revision-255.cmac-101", "lost-3.cmac-101"),
    ("serial-4294967295.cmac-101", "serial-2-32.cmac-101"),
    ("body-bits-207.cmac-101.wide", "longer-text-body-bits-207.cmac-149"),
    ("body-bits-159.ed25519-202.wide", "longer-text-body-bits-159.ed25519-255"),
    ("room-only-room-card.cmac-101", "room-only-floor-card.cmac-101"),
    ("cmac-alone.cmac-101", "cmac-alone.ed25519-202"),
)


def test_the_family_is_whole(by_id: dict[str, Vector]) -> None:
    """Flags are known, more than four in five must be refused, and every reason occurs."""
    assert all(flag in FLAGS for vector in by_id.values() for flag in vector.flags)
    reasons = Counter(vector.expect.reason for vector in by_id.values())
    assert len(by_id) >= 700 and reasons[""] < len(by_id) / 5
    assert set(reasons) == {"", "NOT_A_CARD", "UNSUPPORTED_FORMAT", "UNKNOWN_KEY", "BAD_SEAL", "MALFORMED"}


@pytest.mark.parametrize(("holds", "breaks"), BOTH_SIDES)
def test_every_rule_has_vectors_on_both_sides(by_id: dict[str, Vector], holds: str, breaks: str) -> None:
    """The last value that holds goes further than the first that does not."""
    last, first = by_id[f"decode.{holds}"].expect, by_id[f"decode.{breaks}"].expect
    assert last.accepted or (last.step or 0) > (first.step or 0)
    assert not first.accepted


def test_every_byte_of_a_card_is_changed_once(by_id: dict[str, Vector]) -> None:
    """Both ends of each byte of body and seal, in each of the four widths."""
    for name, body, seal in (
        ("cmac-101", 26, 16),
        ("cmac-149", 45, 16),
        ("ed25519-202", 20, 64),
        ("ed25519-255", 42, 64),
    ):
        for part, length in (("body", body), ("seal", seal)):
            assert all(f"decode.flip-{part}-{at}-{bit}.{name}" in by_id for at in range(length) for bit in (0, 7))


@pytest.mark.parametrize(("digits", "body_bytes"), [(202, 20), (255, 42)])
def test_a_bare_library_takes_the_neutral_r(by_id: dict[str, Vector], digits: int, body_bytes: int) -> None:
    """Only rule 2 of FORMAT.md, section 6, refuses it: OpenSSL, which does not have that rule, verifies the seal."""
    vector = by_id[f"decode.r-neutral.ed25519-{digits}"]
    sealed = int(str(vector.steps[0].do["text"])).to_bytes(body_bytes + 64, "big")
    public = Ed25519PublicKey.from_public_bytes(keys_of().ed25519[KEY_ID])
    public.verify(sealed[body_bytes:], LABELS[ED25519] + sealed[:body_bytes])
    assert vector.expect.reason == "BAD_SEAL"


@pytest.mark.parametrize("digits", [202, 255])
def test_every_encoding_of_a_low_order_r_is_refused(by_id: dict[str, Vector], digits: int) -> None:
    """The eight points, and the six encodings of four of them that are not canonical."""
    found = [v for id, v in by_id.items() if id.startswith("decode.r-") and id.endswith(f"-{digits}")]
    assert Counter(flag for vector in found for flag in vector.flags) == {"LowOrder": 8, "NonCanonical": 6}
    assert {vector.expect.reason for vector in found} == {"BAD_SEAL"}

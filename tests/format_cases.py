"""Cards that find a decoder's mistakes, each with one defect or at one limit: section 11 of lockcore/FORMAT.md.

`python -m tests.format_cases` prints the section; a test holds the document against it, and the verdicts against
`decode`. All are sealed with the right key, for else nothing but the seal would be tried.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.cmac import CMAC

from lockcore import CmacVerifier, Ed25519Verifier, LockKeys, Reason, cmac_keys
from lockcore.address import room_code
from lockcore.body import head
from lockcore.carrier import CARRIERS, Carrier, SealKind
from lockcore.seal import CMAC_LABEL, ED25519_LABEL
from tests.bench_keys import MASTER, PUBLIC, ed25519
from vectors.families.raw_body import body, top

COMMUNITY, ROOM_401G, START, TWO_DAYS = 1_000_000_001, 234_664, 208_540, 92
ADDRESSES = cmac_keys.lock_addresses(COMMUNITY, "1", "4", "401G")
DERIVED = {address[0]: cmac_keys.derive(MASTER, 1, address) for address in ADDRESSES}
LOCK = LockKeys(ed25519={0: Ed25519Verifier(PUBLIC)}, cmac={1: CmacVerifier(DERIVED)})


class Case(NamedTuple):
    """A body, the width that it is written in, and what becomes of it; OPENED: it is accepted."""

    name: str
    body: int
    reason: Reason = Reason.MALFORMED
    digits: int = 101


def raw(**codes: int | None) -> int:
    """The guest's card of section 10, under `cmac` key 1, but for these codes."""
    usual: dict[str, int | None] = {
        "community": COMMUNITY, "building": 1, "floor": 4, "room": ROOM_401G, "start_half": START, "length": TWO_DAYS,
        "serial": 4711,
    }  # fmt: skip
    return body(**(usual | codes)) | 1 << 2  # type: ignore[arg-type]  # each code is of the type that it should be


OK = Reason.OPENED
CASES = (
    Case("a room card without building and floor", raw(scope=1, building=None, floor=None), OK),
    Case("a building card", raw(scope=3, floor=None, room=None), OK),
    Case("29 minutes beyond the half hour", raw(start=28 << 1 | 1, end=28 << 1 | 1), OK),
    Case("start 30 minutes beyond the half hour", raw(start=29 << 1 | 1)),
    Case("end 32 minutes beyond the half hour", raw(end=31 << 1 | 1)),
    Case("building ZZZZ", raw(building=1_793_139), OK),
    Case("building beyond ZZZZ", raw(building=1_793_140)),
    Case("floor 1087, the last of rung 1", raw(floor=1087), OK),
    Case("floor 1088, the first of rung 2", raw(floor=1088), OK),
    Case("building 5 as a text", raw(building=65_536 + 5)),
    Case("building 9999 as a text", raw(building=65_536 + room_code("9999"))),
    Case("room ZZZZZZZZ", raw(room=2_901_713_047_667), OK),
    Case("room beyond ZZZZZZZZ", raw(room=2_901_713_047_668)),
    Case("serial 2^32 - 1", raw(serial=2**32 - 1), OK),
    Case("serial 2^32", raw(serial=2**32)),
    Case("serial 135168, the first of rung 2", raw(serial=135_168), OK),
    Case("end at the start", raw(length=0)),
    Case("end before the start, in one half hour", raw(length=0, start=5 << 1 | 1, end=4 << 1 | 1)),
    Case("end 15 half hours later, the last of rung 0", raw(length=15), OK),
    Case("end 16 half hours later, the first of rung 1", raw(length=16), OK),
    Case("end 1040 half hours later, the first of rung 2", raw(length=1040), OK),
    Case("end in the last half hour there is", raw(start_half=2**20 - 2, length=1), OK),
    Case("end after the last half hour there is", raw(start_half=2**20 - 1, length=1)),
    Case("cut-off a minute before the end", raw(above=top(cut_off=TWO_DAYS * 30 - 1)), OK),
    Case("cut-off at the end", raw(above=top(cut_off=TWO_DAYS * 30))),
    Case("cut-off 5 minutes after the start, and bit 25 of it set", raw(above=top(cut_off=2**25 + 5))),
    Case("times 254", raw(above=top(times=254)), OK),
    Case("times 255", raw(above=top(times=255))),
    Case("lost 3", raw(above=top(lost=3, revision=1))),
    Case("lost card, revision 1", raw(above=top(lost=2, revision=1)), OK),
    Case("lost card, revision 0", raw(above=top(lost=2))),
    Case("times on a floor card", raw(scope=2, room=None, above=top(times=1))),
    Case("lost on a building card", raw(scope=3, floor=None, room=None, above=top(lost=1))),
    Case("community 99999999999", raw(community=99_999_999_999), OK),
    Case("community 10^11", raw(community=10**11)),
    Case("community 0", raw(community=0)),
    Case("format 1", raw() | 1, Reason.UNSUPPORTED_FORMAT),
    Case("key id 9", raw() | 8 << 2, Reason.UNKNOWN_KEY),
    Case("the same card in the longer text", raw(), Reason.MALFORMED, 149),
    Case("under `ed25519`, whose key is 0: key id 1", raw(), Reason.UNKNOWN_KEY, 202),
    Case("under `ed25519`, in the longer text", raw() & ~(1 << 2), Reason.MALFORMED, 255),
)


def text_of(case: Case) -> str:
    """The case sealed for the lock at 1000000001, building 1, floor 4, room 401G."""
    carrier = CARRIERS[case.digits]
    plain = case.body.to_bytes(carrier.body_bytes, "big")
    return str(int.from_bytes(plain + _seal(carrier, case.body, plain), "big")).zfill(carrier.digits)


def _seal(carrier: Carrier, number: int, plain: bytes) -> bytes:
    if carrier.kind is SealKind.ED25519:
        return ed25519(0)._sign(ED25519_LABEL + plain)
    tagging = CMAC(AES(DERIVED[head(number)[2]]))
    tagging.update(CMAC_LABEL + plain)
    return tagging.finalize()


def lines() -> Iterator[str]:
    """The section's table, line by line."""
    yield "| card | verdict | text |"
    yield "|---|---|---|"
    for case in CASES:
        verdict = "accepted" if case.reason is OK else case.reason.value
        yield f"| {case.name} | {verdict} | `{text_of(case)}` |"


if __name__ == "__main__":
    print("\n".join(lines()))

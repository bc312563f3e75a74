"""The verdicts of the profile and of the library on the cases of `vectors.families.ed25519_cases`.

`python -m tests.ed25519_cases` prints each case with both, and, where the public vectors are at hand, how many of
those each accepts.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from lockcore.errors import QrlockError
from lockcore.seal import Ed25519Verifier
from vectors.families.ed25519_cases import ORDER, TORSION, Case, cases

__all__ = ["ORDER", "TORSION", "Case", "cases", "cctv", "library_holds", "profile_holds", "wycheproof"]


def profile_holds(public: bytes, message: bytes, signature: bytes) -> bool:
    """The verdict of lockcore; a public key that it refuses is a refusal."""
    try:
        return Ed25519Verifier(public).verify(message, signature)
    except QrlockError:
        return False


def library_holds(public: bytes, message: bytes, signature: bytes) -> bool:
    """The verdict of `cryptography` alone."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def cctv(text: str) -> list[Case]:
    """The cases of the public CCTV file, with the profile's verdict told by their flags.

    The flags say what A and R are, and whether an equation without cofactor is left with a low-order rest.
    """
    refused = {"low_order_A", "low_order_R", "non_canonical_A", "non_canonical_R", "low_order_residue"}
    return [
        Case(
            f"CCTV {case['number']}",
            bytes.fromhex(case["key"]),
            case["msg"].encode(),
            bytes.fromhex(case["sig"]),
            not refused & set(case["flags"] or []),
        )
        for case in json.loads(text)
    ]


def wycheproof(text: str) -> list[Case]:
    """The cases of the public Wycheproof file, with the verdict that it gives."""
    return [
        Case(
            f"Wycheproof {test['tcId']}",
            bytes.fromhex(group["publicKey"]["pk"]),
            bytes.fromhex(test["msg"]),
            bytes.fromhex(test["sig"]),
            test["result"] == "valid",
        )
        for group in json.loads(text)["testGroups"]
        for test in group["tests"]
    ]


def main() -> None:
    """Print the table, with A, message and R and S after `--bytes`, and counts for the public files that are named."""
    print("profile  library  input")
    for case in cases():
        verdicts = (profile_holds, library_holds)
        profile, library = (
            "accepts" if holds(case.public, case.message, case.signature) else "refuses" for holds in verdicts
        )
        print(f"{profile:8} {library:8} {case.name}")
        if "--bytes" in sys.argv:
            print(f"  A {case.public.hex()}\n  M {case.message.hex()}\n  S {case.signature.hex()}")
    for name in [name for name in sys.argv[1:] if name != "--bytes"]:
        text = Path(name).read_text()
        public = cctv(text) if text.startswith("[") else wycheproof(text)
        counts = [
            sum(holds(c.public, c.message, c.signature) for c in public) for holds in (profile_holds, library_holds)
        ]
        print(f"{counts[0]:8} {counts[1]:8} of {len(public)} in {Path(name).name}")


if __name__ == "__main__":
    main()

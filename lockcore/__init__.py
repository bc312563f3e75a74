"""lockcore: a card grant becomes a compact sealed text and a QR symbol, and comes back.

FORMAT.md beside this file says every bit. Nothing here reads a clock, a file or a random source, and no answer
depends on an earlier call: what is kept between calls are bounded caches of pure functions (the codes of doors and
the tables of symbols). Symbols are in `lockcore.symbol` and arrays of cards in `lockcore.batch`; they need NumPy and
are imported by who needs them.
"""

from lockcore.carrier import SealKind
from lockcore.errors import QrlockError
from lockcore.grant import CardType, Grant, GrantError, Lost, OpenType, Scope
from lockcore.payload import Card, LockKeys, decode, encode
from lockcore.reason import DecodeError, Reason
from lockcore.seal import CmacSealer, CmacVerifier, Ed25519Sealer, Ed25519Verifier, Sealer

__all__ = [
    "Card",
    "CardType",
    "CmacSealer",
    "CmacVerifier",
    "DecodeError",
    "Ed25519Sealer",
    "Ed25519Verifier",
    "Grant",
    "GrantError",
    "LockKeys",
    "Lost",
    "OpenType",
    "QrlockError",
    "Reason",
    "Scope",
    "SealKind",
    "Sealer",
    "decode",
    "encode",
]

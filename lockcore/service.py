"""Sealed commands for the service port: for one lock, for one moment, by whoever holds the service key.

SERVICE.md. The seal covers the lock's id and a nonce that the lock has just given out, neither of which travels with
the command: the lock puts in its own, so a command for another lock or another time has no seal here.
"""

from __future__ import annotations

from enum import StrEnum

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from lockcore import service_command
from lockcore.errors import QrlockError
from lockcore.field_error import FieldError
from lockcore.placement import is_lock_id, item
from lockcore.seal import Ed25519Verifier, SealKeyError
from lockcore.service_command import Command, CommandError

LABEL = b"qrlock service\x00\x01"
NONCE_BYTES = 16
SEAL_BYTES = 64
DATA_BYTES_MAX = service_command.BYTES_MAX + SEAL_BYTES
"""355: the buffer that a lock needs for a command."""


class ServiceReason(StrEnum):
    """Why a command was refused, in the order in which a lock looks; the value is the text for log and port."""

    BAD_SEAL = "BAD_SEAL"
    MALFORMED = "MALFORMED"


class ServiceError(QrlockError):
    """Bytes that are no command for this lock and nonce; `where` names the part, never its content."""

    def __init__(self, reason: ServiceReason, where: str) -> None:
        super().__init__(f"{reason}: {where}")
        self.reason = reason
        self.where = where

    def __reduce__(self) -> tuple[type[ServiceError], tuple[ServiceReason, str]]:
        """Pickle by the two arguments, so that a worker process can report it."""
        return ServiceError, (self.reason, self.where)


def seal_command(command: Command, lock_id: str, nonce: bytes, private: bytes) -> bytes:
    """What to send to a lock: the command's bytes and its seal, 65 to `DATA_BYTES_MAX`.

    lock_id   the lock's, 1 to 16 of 0-9A-Z
    nonce     the 16 bytes that the lock gave out for this command
    private   the 32 bytes of the Ed25519 service key

    CommandError names the lock id or the nonce if it cannot be one; SealKeyError. Not encrypted: who listens at the
    port reads keys in it.
    """
    if len(private) != 32:
        raise SealKeyError("an Ed25519 private key has 32 bytes")
    packed = service_command.pack(command)
    return packed + Ed25519PrivateKey.from_private_bytes(private).sign(message(packed, lock_id, nonce))


def open_command(data: bytes, lock_id: str, nonce: bytes, verifier: Ed25519Verifier) -> Command:
    """The command in `data`, sealed for this lock and nonce by the key of `verifier`.

    ServiceError with the reason, and nothing else, whatever `data` holds; nothing in it is parsed before the seal
    holds. CommandError if the lock's own id or nonce cannot be one. To use a nonce once is the lock's part.
    """
    packed, seal = data[:-SEAL_BYTES], data[-SEAL_BYTES:]
    if len(data) > DATA_BYTES_MAX or not verifier.verify(message(packed, lock_id, nonce), seal):
        raise ServiceError(ServiceReason.BAD_SEAL, "seal: not of these bytes for this lock and nonce")
    try:
        return service_command.unpack(packed)
    except FieldError as broken:
        raise ServiceError(ServiceReason.MALFORMED, str(broken)) from None


def message(packed: bytes, lock_id: str, nonce: bytes) -> bytes:
    """What is sealed: label, the lock's id after its length, nonce, command; CommandError for the second or third."""
    if not is_lock_id(lock_id):
        raise CommandError("lock id", "1 to 16 of 0-9A-Z")
    if type(nonce) is not bytes or len(nonce) != NONCE_BYTES:
        raise CommandError("nonce", f"{NONCE_BYTES} bytes")
    return LABEL + item(lock_id) + nonce + packed

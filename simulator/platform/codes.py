"""What a reply's `status` can be, and the error that becomes such a reply (PLATFORM.md, Codes)."""

from __future__ import annotations

from enum import IntEnum

from lockcore.errors import QrlockError


class Code(IntEnum):
    """The numbers that clients see. Up to 6209 they were seen at the vendor's; those marked ours are our own."""

    SUCCESS = 200
    REFUSED = 403
    """The signature or the account is not good for this; in XML it is told as 4003."""
    BAD_BODY = 4001
    """Ours: the body is no document of the kind that `Accept` says, or too large."""
    BAD_PARAMETER = 4002
    """Ours: `info` begins with the parameter's name."""
    REFUSED_XML = 4003
    UNKNOWN_CALL = 4004
    """Ours: `c` and `a` name no call."""
    STALE = 4005
    """Ours: the time in the signature is more than a day off, or none."""
    REPLAYED = 4006
    """Ours: this signed request was used already, too long ago or too often to be sent again."""
    NOT_CERTIFIED = 4007
    TOO_MANY = 4008
    """Ours: more requests than the limit."""
    COMMUNITY = 5001
    """There is no such community, or it is none of this account's."""
    BUSY = 5003
    """Ours: the database does not answer now. What was asked may be done all the same, if a commit was lost."""
    NO_DATA = 5118
    """There is no such card, or none that can still be handed out."""
    ROOM = 6209
    """There is no such room, or more than one."""
    USED_UP = 6301
    """Ours: no serial, revision or password is left."""


class PlatformError(QrlockError):
    """A request that is not carried out: nothing was changed, but that of BUSY this is not sure.

    `info` has no comma and no colon, `code` goes with it.
    """

    def __init__(self, code: Code, info: str) -> None:
        super().__init__(info)
        self.code = code
        self.info = info


class ParameterError(PlatformError):
    """A parameter that breaks a rule; the message names the parameter first, and never repeats what was in it."""

    def __init__(self, name: str, rule: str) -> None:
        super().__init__(Code.BAD_PARAMETER, f"{name} {rule}")
        self.name = name
        self.rule = rule

"""What an attacker gains where a vector fails: every flag with its type, its effect and the threat it stands for.

The numbers are those of `python -m simulator.threats`, which shows each attack working on a lock that is weak there.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any, NamedTuple


class FlagType(StrEnum):
    """What kind of fault a failing vector shows."""

    FORGERY = "FORGERY"
    """A door opens to a card that nobody issued."""
    SCOPE = "SCOPE"
    """A card opens more doors than it was issued for."""
    MALLEABILITY = "MALLEABILITY"
    """One card has two texts: what counts texts is cheated."""
    DOWNGRADE = "DOWNGRADE"
    REPLAY = "REPLAY"
    """What is over opens again."""
    COUNTING = "COUNTING"
    CLOCK = "CLOCK"
    SUPERSESSION = "SUPERSESSION"
    DENIAL = "DENIAL"
    """Who should get in does not, or the lock stands still."""
    DURABILITY = "DURABILITY"
    PARSER = "PARSER"
    GUESSING = "GUESSING"
    LEAK = "LEAK"
    AUDIT = "AUDIT"
    INTEROPERABILITY = "INTEROPERABILITY"
    """Nobody gains; a guest stands before a closed door, or two makers' parts do not fit."""


class Flag(NamedTuple):
    """One flag: its type, what it is about, what fails with it, and the threats it stands for."""

    type: FlagType
    description: str
    effect: str
    threats: tuple[int, ...] = ()

    def record(self) -> dict[str, Any]:
        """As the file has it."""
        return {
            "type": self.type.value,
            "description": self.description,
            "effect": self.effect,
            "threats": list(self.threats),
        }


FLAGS = {
    "Forged": Flag(
        FlagType.FORGERY,
        "A seal by a key that is not the issuer's, or none at all.",
        "Anyone makes cards for any door of the site.",
        (1,),
    ),
    "WrongKey": Flag(
        FlagType.FORGERY,
        "A seal by another community's key, or a key for another purpose.",
        "Whoever runs one site opens another.",
        (1, 4),
    ),
    "KeyReadOut": Flag(
        FlagType.FORGERY,
        "A seal by what can be read out of another lock.",
        "One lock taken apart opens its neighbours.",
        (2,),
    ),
    "Altered": Flag(
        FlagType.FORGERY,
        "A good card with bits of body or seal changed.",
        "A guest turns one card into another.",
        (1, 3),
    ),
    "WiderScope": Flag(
        FlagType.SCOPE,
        "A room card made to read as a floor's or a building's.",
        "A guest's card becomes a master card.",
        (3,),
    ),
    "ScopeConfusion": Flag(
        FlagType.SCOPE,
        "Addresses that are equal when written without lengths between them.",
        "A card for one door opens another.",
        (3,),
    ),
    "OtherDoor": Flag(FlagType.SCOPE, "A good card of another door.", "A card for one door opens others.", (4,)),
    "OtherCommunity": Flag(
        FlagType.SCOPE, "A good card of another community.", "Cards of one hotel open the next.", (4,)
    ),
    "Copied": Flag(
        FlagType.COUNTING,
        "The same code once more, from another phone.",
        "A screenshot opens oftener than the card allows.",
        (5,),
    ),
    "CutInCommit": Flag(
        FlagType.DURABILITY, "Power goes while a use is stored.", "Pulling the battery gives a use back.", (6,)
    ),
    "CutRepeated": Flag(
        FlagType.DURABILITY,
        "Power goes again and again at one step, or during recovery.",
        "Patience with the battery corrupts the store.",
        (7,),
    ),
    "CutInTurn": Flag(
        FlagType.DURABILITY,
        "Power goes while a block of the flash is begun.",
        "Counters and marks are lost or come back old.",
        (6, 7),
    ),
    "ImageRestored": Flag(
        FlagType.DURABILITY,
        "An older block, or one from another life, ring or epoch, lies in the flash.",
        "Old counters count again.",
        (8,),
    ),
    "TornSlot": Flag(
        FlagType.DURABILITY,
        "Bytes that are no whole slot: torn, blank, misplaced, or with a wrong checksum.",
        "Noise is taken for a count, or hides one.",
        (6, 7, 8),
    ),
    "CountLimit": Flag(
        FlagType.COUNTING, "A count at its limits: 0, 1, 254, 255.", "A card opens without end, or wraps around.", (9,)
    ),
    "CountExhausted": Flag(
        FlagType.COUNTING, "A card whose uses are used up.", "Counted cards open uncounted.", (5, 9)
    ),
    "FlashFull": Flag(FlagType.COUNTING, "No place to remember another card.", "The lock opens uncounted.", (9,)),
    "ClockRolledBack": Flag(
        FlagType.CLOCK,
        "The clock reads before what is known to have been.",
        "Turning back the clock brings expired cards back.",
        (10,),
    ),
    "ClockUnset": Flag(
        FlagType.CLOCK, "The clock lost its time.", "Pulling the battery makes every card valid.", (10,)
    ),
    "HighWaterMark": Flag(
        FlagType.CLOCK,
        "Now is the later of clock and high-water mark, and the mark is durable.",
        "A little turned back, again and again, is for ever.",
        (10,),
    ),
    "TimeBoundary": Flag(
        FlagType.CLOCK,
        "The first or last minute of a window, or one beside it.",
        "A card opens a minute too long, or not at all.",
        (11,),
    ),
    "Calendar": Flag(
        FlagType.CLOCK,
        "The ends of the calendar, leap days, a window that is none.",
        "A wrapped date is valid for ever.",
        (11,),
    ),
    "ClockPoisoning": Flag(
        FlagType.DENIAL, "A card from the far future.", "One card makes every other one expired.", (11,)
    ),
    "LossReport": Flag(FlagType.SUPERSESSION, "A loss report, and what it voids.", "A lost card still opens.", (12,)),
    "LossReportOrder": Flag(
        FlagType.SUPERSESSION,
        "Loss reports late, twice, or in another order.",
        "An older report brings lost cards back.",
        (12, 14),
    ),
    "LossReportDenied": Flag(
        FlagType.DENIAL,
        "A loss report that must not count: forged, expired, used up, another room's.",
        "Anyone locks a guest out.",
        (13,),
    ),
    "CutInSupersession": Flag(
        FlagType.DURABILITY,
        "Power goes while a loss report is stored.",
        "A report is lost though it opened, or counts by half.",
        (12,),
    ),
    "Reissue": Flag(
        FlagType.SUPERSESSION,
        "Cards shown in another order than they were made.",
        "A card that was replaced opens, or the new one does not.",
        (14,),
    ),
    "SignatureMalleability": Flag(
        FlagType.MALLEABILITY,
        "Another signature made from a good one: S + L, another encoding of R.",
        "One card has two texts.",
        (15,),
    ),
    "LowOrder": Flag(FlagType.FORGERY, "A key or an R of low order.", "One signature holds for every card.", (15,)),
    "NonCanonical": Flag(
        FlagType.MALLEABILITY,
        "An encoding of a point at or above p.",
        "Locks of two makers disagree about a card.",
        (15,),
    ),
    "Cofactor": Flag(
        FlagType.INTEROPERABILITY,
        "A signature that holds only if it is multiplied by the cofactor, or A of mixed order.",
        "Locks of two makers disagree about a card.",
        (15,),
    ),
    "Truncated": Flag(
        FlagType.PARSER, "Bytes or digits too few or too many.", "Memory beyond the input is read.", (15, 19)
    ),
    "SecondSpelling": Flag(
        FlagType.MALLEABILITY,
        "Another spelling of a good card: longer text, other rung, spaces.",
        "One card has two texts.",
        (16,),
    ),
    "Downgrade": Flag(
        FlagType.DOWNGRADE,
        "An older or unknown format, another seal's bytes, a card in clear.",
        "What was broken before is accepted still.",
        (17,),
    ),
    "InstallMode": Flag(
        FlagType.DOWNGRADE,
        "A command without a seal, or a lock that was never given keys.",
        "A lock left in its factory state takes anyone's keys.",
        (17,),
    ),
    "UnknownKey": Flag(
        FlagType.FORGERY,
        "A key id that this lock does not hold, or not for this scope.",
        "A retired key opens on.",
        (18,),
    ),
    "KeyRotation": Flag(
        FlagType.FORGERY,
        "Keys given and retired by a service command.",
        "A retired key opens on, or a cut leaves no keys.",
        (18,),
    ),
    "ParserLimit": Flag(
        FlagType.PARSER,
        "A field at its limit or one beyond.",
        "Arithmetic wraps, and a refused card is another, valid one.",
        (19,),
    ),
    "ForeignText": Flag(
        FlagType.PARSER,
        "A text that is no card: letters, other scripts' digits, NUL, a link.",
        "A stranger's code confuses or crashes the lock.",
        (19,),
    ),
    "CameraNoise": Flag(
        FlagType.DENIAL,
        "A frame without a code, or with what looks like one.",
        "A picture keeps the lock busy, or is read as a card.",
        (20,),
    ),
    "TwoCodes": Flag(
        FlagType.SCOPE,
        "Two codes in one frame, or one changed for another.",
        "One card is checked and another one opens.",
        (21,),
    ),
    "OnePresentation": Flag(
        FlagType.COUNTING,
        "A code in sight for many frames is one use.",
        "A guest loses his uses, or an attacker's are not counted.",
        (21,),
    ),
    "PassageMode": Flag(
        FlagType.REPLAY, "Passage mode and its end.", "A door stands open after its card's end.", (22,)
    ),
    "ModelMismatch": Flag(
        FlagType.SCOPE,
        "A card that asks what this model cannot do.",
        "A limit is ignored: the card opens without it.",
        (23,),
    ),
    "AuditLog": Flag(
        FlagType.AUDIT,
        "What is written down, in the same commit as the use.",
        "An opening leaves no trace, or the log can be washed.",
        (24,),
    ),
    "PasswordGuess": Flag(
        FlagType.GUESSING,
        "Wrong entries and the lock-out, across reboots and clocks.",
        "Somebody tries numbers until one opens.",
        (25,),
    ),
    "Password": Flag(
        FlagType.REPLAY,
        "A password outside its window, used, void, or another room's.",
        "A password opens what it should not.",
        (25, 12),
    ),
    "RefusalLeaks": Flag(
        FlagType.LEAK,
        "What the door shows of a refusal: the same for steps 2 to 6.",
        "A forger learns how near he is.",
        (26,),
    ),
    "ServiceCommand": Flag(
        FlagType.FORGERY,
        "A command with a wrong seal, nonce or lock id, or a malformed one.",
        "Anyone at the port sets clock and keys.",
        (10, 17, 18),
    ),
    "BadGrant": Flag(
        FlagType.INTEROPERABILITY,
        "A grant that breaks a rule.",
        "An issuer makes a card that locks refuse, or worse, read as another.",
    ),
    "Good": Flag(FlagType.INTEROPERABILITY, "A good card, word or picture.", "A guest stands before a closed door."),
    "DamagedSymbol": Flag(
        FlagType.INTEROPERABILITY,
        "A symbol with damaged modules, within or beyond what can be corrected.",
        "A guest stands before a closed door, or a wrong text is read.",
    ),
    "HardFrame": Flag(
        FlagType.INTEROPERABILITY,
        "A frame that is blurred, small, dim, slanted or covered.",
        "A guest stands before a closed door.",
    ),
}
"""By name. A name never changes meaning."""

OUT_OF_SCOPE = {
    27: "a glitch in the processor cannot be put into a file; `python -m simulator.threats` shows it on both locks",
}
"""Threats that no vector can show, each with the reason."""


def threats_named() -> frozenset[int]:
    """Threats that a flag stands for."""
    return frozenset(number for flag in FLAGS.values() for number in flag.threats)

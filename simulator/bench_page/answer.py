"""What came of a frame, or of keys, as the page is told."""

from __future__ import annotations

from typing import Any

from simulator.bench.drive import Outcome
from simulator.bench_page import picture
from simulator.bench_page.showing import PowerCut, Shown
from simulator.lock.decisions import EnterPassage, LeavePassage, StartTimer
from simulator.readers import Candidate


def of_frame(shown: Shown, decode_ms: float | None) -> dict[str, Any]:
    """A frame: picture, outlines, stages, and the lock's verdict. `decode_ms`: unpacking the upload, if there was one.

    "outlines" has every code with its four corners in px of the frame, and whether the lock took it; "stages_ms" the
    lock's stages; "reader_ms" what "read" was made of.
    """
    taken = shown.took.candidate if shown.took else None
    return {
        "picture": picture.shown(shown.frame.image),
        "outlines": [_outline(each, taken) for each in shown.look.candidates],
        "in_view": shown.look.in_view,
        "stages_ms": _stages_ms(shown, decode_ms),
        "reader_ms": shown.look.stages_ms,
        "latency_ms": shown.took.latency_ms if shown.took else None,
        "writes": shown.writes,
        **_verdict_of(shown),
    }


def of_outcome(outcome: Outcome, otherwise: str) -> dict[str, Any]:
    """What the lock decided, in one word, and all that it said but for timers; `otherwise` is why it said nothing."""
    refusal = outcome.refusal
    said = [type(decision).__name__ for decision in outcome.decisions if not isinstance(decision, StartTimer)]
    return {
        "decision": _word(outcome),
        "reason": refusal.reason.value if refusal else "",
        "outside": refusal.signal.value if refusal else "",
        "events": said,
        "note": "" if said else otherwise,
    }


def _word(outcome: Outcome) -> str:
    kinds = [type(decision) for decision in outcome.decisions]
    if outcome.opened:
        return "OPEN"
    if outcome.refusal:
        return "REFUSED"
    if EnterPassage in kinds:
        return "PASSAGE_ON"
    return "PASSAGE_OFF" if LeavePassage in kinds else "NOTHING"


def _verdict_of(shown: Shown) -> dict[str, Any]:
    if shown.power_cut:
        return _of_power_cut(shown.power_cut)
    if shown.took:
        told = of_outcome(shown.took.outcome, "the presentation goes on: nothing is decided anew")
        return {**told, "note": "; ".join(filter(None, (told["note"], _not_cut(shown))))}
    if shown.missed:
        return of_outcome(Outcome(()), shown.missed.why)
    return of_outcome(Outcome(()), "in sight, not read" if shown.look.in_view else "nothing in sight")


def _of_power_cut(power_cut: PowerCut) -> dict[str, Any]:
    how = power_cut.cut.phase.name.lower()
    return {
        **of_outcome(power_cut.outcome, ""),
        "decision": "POWER_CUT",
        "note": f"the power went at write {power_cut.cut.write} ({how}) and came back; the lock has booted",
    }


def _not_cut(shown: Shown) -> str:
    return f"no power cut: {shown.writes} writes, none was number {shown.asked.write}" if shown.asked else ""


def _outline(candidate: Candidate, taken: Candidate | None) -> dict[str, Any]:
    corners = [[round(x, 1), round(y, 1)] for x, y in candidate.corners]
    return {"corners": corners, "taken": taken == candidate, "reader": candidate.reader}


def _stages_ms(shown: Shown, decode_ms: float | None) -> dict[str, float]:
    """In a frame without a code, all that was done was reading."""
    stages_ms = shown.took.stages_ms if shown.took else {"read": sum(shown.look.stages_ms.values())}
    return stages_ms if decode_ms is None else {"unpack": decode_ms, **stages_ms}

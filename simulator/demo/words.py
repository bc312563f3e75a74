"""A demo step in words, for the terminal and the page alike."""

from __future__ import annotations

from lockcore import Lost, OpenType, civil
from simulator.bench.present import Missed, Presentation
from simulator.demo.run import Step
from simulator.lock.decisions import EnterPassage, LeavePassage


def verdict(shown: Presentation | Missed) -> tuple[str, str]:
    """What the lock did, as "opened", "refused" or "other", and in words with its reason."""
    if isinstance(shown, Missed):
        return "other", f"no decision: {shown.why}"
    if (refusal := shown.outcome.refusal) is not None:
        return "refused", f"refused: {refusal.reason} (outside: {refusal.signal})"
    words = ["opened"] if shown.outcome.opened else []
    for decision in shown.outcome.decisions:
        if isinstance(decision, EnterPassage):
            words.append(f"passage mode until {civil.text_of(decision.until_min)}")
        elif isinstance(decision, LeavePassage):
            words.append("passage mode off")
    return ("opened" if shown.outcome.opened else "other"), ", ".join(words)


def grant_words(step: Step) -> dict[str, str]:
    """What the step's card says, for people; empty where it is no card."""
    grant = step.grant
    if grant is None:
        return {"card": "none of ours"}
    named = [("building", grant.building), ("floor", grant.floor), ("room", grant.room)]
    place = ", ".join(f"{name} {text}" for name, text in named if text is not None)
    words = {
        "card": f"{grant.card.name.lower()} card, serial {grant.serial}, revision {grant.revision}: {place}",
        "window": f"{civil.text_of(grant.start_min)} to {civil.text_of(grant.end_min)}",
    }
    if grant.cut_off_min is not None:
        words["cut-off"] = civil.text_of(grant.cut_off_min)
    if grant.times:
        words["times"] = str(grant.times)
    if grant.open_type is OpenType.NORMALLY_OPEN:
        words["open type"] = "normally open"
    if grant.lost is not Lost.NONE:
        words["reports lost"] = grant.lost.name.lower()
    return words

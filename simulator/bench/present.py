"""Frames in front of a lock: what its camera saw, which code it took, what it decided, and how long that took."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from lockcore import DecodeError, QrlockError
from lockcore.payload import split
from simulator.bench.drive import Outcome
from simulator.bench.session import Session
from simulator.frames import Frame
from simulator.lock.events import ClockRead
from simulator.readers import Candidate, Reader
from simulator.stopwatch import Stopwatch

STAGES = ("read", "verify", "decide", "store")


@dataclass(frozen=True, kw_only=True, slots=True)
class Presentation:
    """One frame in which the lock took a code, what came of it, and the time of each of the `STAGES` it had."""

    frame: Frame
    candidate: Candidate
    outcome: Outcome
    stages_ms: dict[str, float]


@dataclass(frozen=True, kw_only=True, slots=True)
class Missed:
    """A presentation in which the lock took no code at all, by the name of its first frame."""

    name: str
    why: str


class TwoCards(QrlockError):
    """Several cards in one frame: a lock acts on none, for it cannot know which one is meant."""


def presentations(
    frames: Iterable[Frame], reader: Reader, session: Session, minute: Callable[[], int | None]
) -> Iterator[Presentation | Missed]:
    """Show the frames to the lock of `session`, one after another; what FrameError and the session raise comes through.

    `minute` is asked for the clock's reading at every presentation and every frame with a code. A frame that is
    `cut` from what came before is shown after the last code has been out of sight for the lock's gap.
    """
    gap_ms = session.stored.profile.presentation_gap_ms
    base_ms = last_ms = 0
    missed: Missed | None = None
    for frame in frames:
        if frame.cut:
            if missed:
                yield missed
            base_ms, missed = last_ms + gap_ms, Missed(name=frame.name, why="no code in the picture")
        last_ms = base_ms + round(frame.at_ms)
        try:
            presentation = _present(frame, reader, session, last_ms, minute, first=missed is not None)
        except TwoCards as error:
            missed = missed and Missed(name=missed.name, why=str(error))
            continue
        if presentation:
            missed = None
            yield presentation
    if missed:
        yield missed


def _present(
    frame: Frame, reader: Reader, session: Session, at_ms: int, minute: Callable[[], int | None], *, first: bool
) -> Presentation | None:
    watch = Stopwatch()
    with watch.stage("read"):
        candidates = reader.read(frame.image)
    chosen = choose(candidates)
    if chosen is None:
        return None
    if first:
        session.tell(ClockRead(minute()))  # what time alone did to passage mode is no part of what the code does
    outcome = session.present(chosen.text, at_ms, minute(), watch)
    stages_ms = {stage: watch.stages_ms[stage] for stage in STAGES if stage in watch.stages_ms}
    return Presentation(frame=frame, candidate=chosen, outcome=outcome, stages_ms=stages_ms)


def choose(candidates: Sequence[Candidate]) -> Candidate | None:
    """The code to act on: the one card, whatever else is there, or the first of what is none; TwoCards."""
    cards = {candidate.text: candidate for candidate in candidates if _may_be_card(candidate.text)}
    if len(cards) > 1:
        raise TwoCards(f"{len(cards)} cards in one frame, and the lock acts on none")
    return next(iter([*cards.values(), *candidates]), None)


def _may_be_card(text: str) -> bool:
    try:
        split(text)
    except DecodeError:
        return False
    return True

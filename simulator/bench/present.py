"""Frames in front of a lock: what its camera saw, which code it took, what it decided, and how long that took."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from simulator.bench.drive import Outcome
from simulator.bench.session import Session
from simulator.bench.sight import OutOfSight, PayloadRead, SeveralCards, Sight, SightEvent, StillInSight
from simulator.bench.watcher import Look, Watcher
from simulator.frames import Frame
from simulator.lock.events import ClockRead, CodeRead
from simulator.readers import Candidate, Reader
from simulator.stopwatch import Stopwatch

STAGES = ("read", "verify", "decide", "store")


@dataclass(frozen=True, kw_only=True, slots=True)
class Presentation:
    """One frame in which the lock took a code, what came of it, and the time of each of the `STAGES` it had.

    `latency_ms` is from the first frame with the code in view to the decision: between the frames, as they were
    taken, and the stages of this one.
    """

    frame: Frame
    candidate: Candidate
    outcome: Outcome
    stages_ms: dict[str, float]
    latency_ms: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Missed:
    """A presentation in which the lock took no code at all, by the name of its first frame."""

    name: str
    why: str


def presentations(
    frames: Iterable[Frame], reader: Reader, session: Session, minute: Callable[[], int | None]
) -> Iterator[Presentation | Missed]:
    """Show the frames to the lock of `session`, one after another; what FrameError and the session raise comes through.

    `minute` is asked for the clock's reading at every presentation and every frame with a code. A frame that is
    `cut` from what came before is shown after the last code has been out of sight for the lock's gap. A reader that
    follows symbols (`watcher.Following`) forgets them there.
    """
    camera = Camera(reader, session, minute)
    for frame in frames:
        if frame.cut and camera.missed:
            yield camera.missed
        presentation = camera.show(frame)
        if presentation:
            yield presentation
    if camera.missed:
        yield camera.missed


class Camera:
    """A camera in front of the lock of `session`; reader and `minute` as for `presentations`.

    `missed` is the presentation that goes on, as long as the lock took no code in it.
    """

    def __init__(self, reader: Reader, session: Session, minute: Callable[[], int | None]) -> None:
        self._watcher = Watcher(reader)
        self._session = session
        self._minute = minute
        self._gap_ms = session.stored.profile.presentation_gap_ms
        self._sight = Sight(self._gap_ms)
        self._base_ms = self._last_ms = 0
        self.missed: Missed | None = None
        self.look = Look((), False, {})
        """What the last frame showed."""

    @property
    def in_sight(self) -> bool:
        """Whether something has been in view within the lock's gap before the last frame."""
        return self._sight.in_sight

    def show(self, frame: Frame) -> Presentation | None:
        """What the lock took in this frame."""
        if frame.cut:
            self._base_ms = self._last_ms + self._gap_ms
            self.missed = Missed(name=frame.name, why="no code in the picture")
        # Some containers have stamps that run back for a frame; to a lock, no time passed then.
        self._last_ms = max(self._last_ms, self._base_ms + round(frame.at_ms))
        if self._sight.passes(self._last_ms) or frame.cut:
            self._watcher.forget()
        watch = Stopwatch()
        with watch.stage("read"):
            self.look = self._watcher.look(frame.image)
        events = self._sight.see(self.look.candidates, self.look.in_view, self._last_ms)
        taken = [self._take(event, frame, watch) for event in events]
        return next(filter(None, taken), None)

    def _take(self, event: SightEvent, frame: Frame, watch: Stopwatch) -> Presentation | None:
        match event:
            case PayloadRead():
                return self._present(event, frame, watch)
            case StillInSight():
                # The clock as it was: what was not read now is not judged by a later one.
                self._session.tell(CodeRead(event.text, event.at_ms))
            case SeveralCards():
                self.missed = self.missed and replace(self.missed, why=event.why)
            case OutOfSight():
                pass  # `passes` told it before the frame was read
        return None

    def _present(self, read: PayloadRead, frame: Frame, watch: Stopwatch) -> Presentation:
        if self.missed:
            self._session.tell(ClockRead(self._minute()))  # what time alone did to passage mode is not the code's doing
        self.missed = None
        outcome = self._session.present(read.text, read.at_ms, self._minute(), watch)
        stages_ms = {stage: watch.stages_ms[stage] for stage in STAGES if stage in watch.stages_ms}
        latency_ms = read.at_ms - read.first_in_view_ms + sum(stages_ms.values())
        return Presentation(
            frame=frame, candidate=read.candidate, outcome=outcome, stages_ms=stages_ms, latency_ms=latency_ms
        )

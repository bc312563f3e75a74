"""Deadlines by a made-up clock: what is begun, what is learnt, and a zxing-cpp that does not come back."""

from __future__ import annotations

from collections.abc import Iterator
from threading import Event

import numpy as np
import numpy.typing as npt
import pytest
from threadpoolctl import ThreadpoolController

from lockcore.symbol import matrix
from simulator.camera import Scenario, shoot, shoot_scene
from simulator.readers.deadline import FORGOTTEN, MARGIN_MS, SLOWER, SLOWEST, Deadline
from simulator.readers.one_thread import one_thread
from simulator.readers.reader import Candidate
from simulator.readers.soft.attempt import FAST_MS
from simulator.readers.soft.finders import Levels, Peak, find
from simulator.readers.soft.retries import Retry
from simulator.readers.soft.soft import LEVEL_MS, LEVEL_PX_MS
from simulator.readers.stream import RETRY_MS, CardStream
from simulator.readers.zxing_in_time import ZxingInTime

Frame = npt.NDArray[np.uint8]
TEXT = "8675309142" * 10 + "8"
HARD = shoot(matrix(TEXT), Scenario(defocus_modules=0.6), 1).frame
WALL = shoot_scene([], Scenario(background="shapes"), 1).frame
BUSY = np.kron(np.random.default_rng(2).integers(0, 2, (60, 80), np.uint8) * 255, np.ones((4, 4), np.uint8))


class Clock:
    """Seconds that pass when they are told to; with `tick_ms`, so many milliseconds whenever it is looked at too."""

    def __init__(self, tick_ms: float = 0.0) -> None:
        self.now_ms, self.tick_ms = 0.0, tick_ms

    def __call__(self) -> float:
        """What it shows."""
        self.now_ms += self.tick_ms
        return self.now_ms / 1000


def test_what_would_not_end_in_time_is_not_begun() -> None:
    """Time that has passed is gone, and a new frame has all of it."""
    clock = Clock()
    deadline = Deadline(50.0 + MARGIN_MS, clock)
    deadline.begin()
    assert deadline.allows(49.0) and not deadline.allows(51.0)
    clock.now_ms = 40.0
    assert deadline.left_ms() == pytest.approx(10.0)
    assert deadline.allows(9.0) and not deadline.allows(11.0)
    deadline.begin()
    assert deadline.allows(49.0)


def test_without_a_deadline_everything_is_allowed() -> None:
    """For however long it takes."""
    clock = Clock()
    deadline = Deadline(0.0, clock)
    clock.now_ms = 1e9
    deadline.end()
    assert deadline.allows(1e6)


def late(deadline: Deadline, clock: Clock, took_ms: float) -> None:
    """A frame that took so long."""
    deadline.begin()
    clock.now_ms += took_ms
    deadline.end()
    deadline.begin()


def test_frames_that_are_late_teach_it_and_others_let_it_forget() -> None:
    """Up to a limit, and slowly."""
    clock = Clock()
    deadline = Deadline(50.0 + MARGIN_MS, clock)
    late(deadline, clock, 60.0)
    assert deadline.allows(49 / SLOWER) and not deadline.allows(51 / SLOWER)
    late(deadline, clock, 40.0)
    assert not deadline.allows(50 / SLOWER / FORGOTTEN + 0.1)
    for _ in range(20):
        late(deadline, clock, 60.0)
    assert deadline.allows(49 / SLOWEST) and not deadline.allows(51 / SLOWEST)
    for _ in range(1000):
        late(deadline, clock, 1.0)
    assert deadline.allows(49.9)


class Blind:
    """A zxing-cpp that reads nothing, at once: how long the real one takes is not for a made-up clock to say."""

    is_late = False

    def read(self, *_: object) -> list[Candidate]:
        """Nothing."""
        return []


def without_zxing(deadline_ms: float, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> CardStream:
    """A stream that has so many milliseconds for what it does itself."""
    stream = CardStream(deadline_ms=deadline_ms + MARGIN_MS, clock=clock)
    for name in ("_zxing", "_again"):
        monkeypatch.setattr(stream, name, Blind())
    return stream


@pytest.mark.parametrize(
    ("deadline_ms", "stages"),
    [
        (LEVEL_MS - 0.5, []),
        (RETRY_MS - 0.5, ["finders"]),
        (RETRY_MS + 0.5, ["retries", "finders"]),
        (FAST_MS - 0.5, ["retries", "finders"]),
        (1000.0, None),
    ],
)
def test_a_search_begins_only_what_would_end(
    deadline_ms: float, stages: list[str] | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Filters, the pyramid's levels, and symbols to be read; with time enough, the symbol is read."""
    begun: list[str] = []

    def noted_retries(_: Frame) -> Iterator[Retry]:
        begun.append("retries")
        yield from ()

    def noted_find(levels: Levels, scales: tuple[float, ...], sign: int = 1) -> list[Peak]:
        begun.append("finders")
        return find(levels, scales, sign)

    stream = without_zxing(deadline_ms, Clock(), monkeypatch)
    monkeypatch.setattr("simulator.readers.stream.retries", noted_retries)
    monkeypatch.setattr("simulator.readers.soft.soft.find", noted_find)
    read = stream.read(HARD)
    assert bool(read) == (stages is None)
    assert stages is None or list(dict.fromkeys(begun)) == stages


def test_levels_end_before_the_deadline(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each takes as long as it may; where there is more time, more are looked at."""
    clock, levels = Clock(), 0

    def slow_find(frame: Levels, scales: tuple[float, ...], sign: int = 1) -> list[Peak]:  # noqa: ARG001
        nonlocal levels
        levels += 1
        clock.now_ms += LEVEL_MS + LEVEL_PX_MS * scales[0] ** 2 * frame.shape[0] * frame.shape[1]
        return []

    looked = []
    streams = [without_zxing(deadline_ms, clock, monkeypatch) for deadline_ms in (5.0, 15.0, 1e9)]
    monkeypatch.setattr("simulator.readers.soft.soft.find", slow_find)
    for stream, deadline_ms in zip(streams, (5.0, 15.0, 1e9), strict=True):
        clock.now_ms, levels = 0.0, 0
        assert stream.read(WALL) == []
        assert clock.now_ms < deadline_ms
        looked.append(levels)
    assert 0 < looked[0] < looked[1] < looked[2]


class Stuck:
    """A zxing-cpp that comes back when it is let go."""

    def __init__(self) -> None:
        self.go, self.asked = Event(), 0

    def read(self, _: Frame) -> list[Candidate]:
        """Its one candidate, in the end."""
        self.asked += 1
        self.go.wait(30)
        square = ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0))
        return [Candidate("late", square, "stuck")]


@pytest.fixture
def stuck() -> Iterator[Stuck]:
    """Let go at the end, whatever happens."""
    reader = Stuck()
    yield reader
    reader.go.set()


def in_time(stuck: Stuck, monkeypatch: pytest.MonkeyPatch) -> ZxingInTime:
    """A reader in time whose zxing-cpp is stuck."""
    reader = ZxingInTime()
    monkeypatch.setattr(reader, "_zxing", stuck)
    return reader


def test_zxing_is_not_waited_for_beyond_its_time(stuck: Stuck, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor asked again, of whatever frame, until it is done; what it says then is of a frame that is gone."""
    reader = in_time(stuck, monkeypatch)
    assert reader.read(BUSY, 1.0) == []
    assert reader.read(BUSY, 1.0) == reader.read(HARD, 1000.0) == reader.read(HARD, float("inf")) == []
    assert stuck.asked == 1
    stuck.go.set()
    assert reader._late is not None
    assert reader._late.result(30)[0].text == "late"
    assert [each.text for each in reader.read(BUSY, 30_000.0)] == ["late"]
    assert stuck.asked == 2


def test_without_a_deadline_no_thread_is_needed(stuck: Stuck, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is waited for as long as it takes."""
    reader = in_time(stuck, monkeypatch)
    stuck.go.set()
    assert len(reader.read(BUSY, float("inf"))) == 1
    assert reader._thread is None


def test_beside_a_zxing_that_is_late_steps_take_longer(monkeypatch: pytest.MonkeyPatch) -> None:
    """So fewer are begun."""
    stream = without_zxing(FAST_MS + 1, Clock(), monkeypatch)
    assert stream._allows(FAST_MS)
    monkeypatch.setattr(stream._again, "is_late", True)
    assert not stream._allows(FAST_MS)
    assert stream._allows(FAST_MS / 2)


def test_algebra_has_one_thread_within_and_as_many_as_before_after() -> None:
    """Even where an error ends it."""

    def threads() -> list[int]:
        return [each["num_threads"] for each in ThreadpoolController().select(user_api="blas").info()]

    with ThreadpoolController().limit(limits=2, user_api="blas"):
        before = threads()
        with one_thread():
            assert set(threads()) == {1}
        with pytest.raises(ValueError, match="ends"), one_thread():
            raise ValueError("ends")
        assert threads() == before

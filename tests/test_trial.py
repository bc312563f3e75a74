"""Trials of readers: frames follow from their numbers, figures from the records, whoever did the work."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from simulator.trial.conditions import CONDITIONS, VERSIONS, case, digits, empty
from simulator.trial.record import Frame, Record
from simulator.trial.statistics import latency, share
from simulator.trial.summary import by_condition, summary
from simulator.trial.sweep import EMPTY, Job, jobs, sweep, work


def test_there_are_sixty_five_conditions_with_names_of_their_own() -> None:
    """As many as the field's were measured on."""
    assert len({condition.name for condition in CONDITIONS}) == len(CONDITIONS) == 65


def test_a_frame_follows_from_condition_half_and_number() -> None:
    """The same again, and no other's; versions come in turns."""
    first = case(CONDITIONS[0], "tune", 0)
    assert first.shot.frame.tobytes() == case(CONDITIONS[0], "tune", 0).shot.frame.tobytes()
    others = [case(CONDITIONS[0], "test", 0), case(CONDITIONS[1], "tune", 0), case(CONDITIONS[0], "tune", 5)]
    assert len({other.shot.frame.tobytes() for other in [first, *others]}) == 4
    assert [case(CONDITIONS[0], "tune", number).version for number in range(5)] == list(VERSIONS)
    assert empty("tune", 1).tobytes() == empty("tune", 1).tobytes() != empty("tune", 4).tobytes()


@pytest.mark.parametrize("condition", CONDITIONS[::7], ids=lambda condition: condition.name)
def test_every_symbol_is_whole_in_its_frame(condition: object) -> None:
    """What is cut off would be nobody's to read."""
    for number in range(5):
        shown = case(condition, "tune", number)  # type: ignore[arg-type]
        height, width = shown.shot.frame.shape
        corners = shown.shot.corners(17 + 4 * shown.version)
        assert corners.min() > -3 and corners[:, 0].max() < width + 3 and corners[:, 1].max() < height + 3


def test_a_version_is_full_of_digits() -> None:
    """A card's text from version 3 on."""
    from random import Random

    assert [len(digits(version, Random(1))) for version in VERSIONS] == [63, 101, 149, 202, 255]


def test_a_share_has_wilsons_interval() -> None:
    """Worked by hand: 8 of 10; none; and none of none."""
    found = share(8, 10)
    assert (found.low, found.high) == pytest.approx((0.4902, 0.9433), abs=1e-3)
    assert share(0, 10).low == 0 and share(0, 10).high == pytest.approx(0.2775, abs=1e-3)
    assert (share(0, 0).low, share(0, 0).high, share(0, 0).share) == (0, 1, 0)
    assert str(share(8, 10)) == "80.0 % (49.0 to 94.3)"


def test_latency_is_mean_quantiles_and_longest() -> None:
    """Of nothing there is none."""
    found = latency([1.0, 2.0, 3.0, 4.0])
    assert found is not None and (found.mean_ms, found.p50_ms, found.max_ms) == (2.5, 2.5, 4.0)
    assert latency([]) is None


def test_a_record_comes_back_from_its_line() -> None:
    """To a tenth of a microsecond."""
    record = Record("zxing-cpp", Frame("glare 0.1", "test", 7), 5, True, False, 0.4321)
    assert Record.from_json(record.to_json()) == record


def records() -> list[Record]:
    """Two readers: one reads half of two frames, one says something of an empty one."""
    return [
        Record("a", Frame("tilt 0", "test", 0), 3, True, False, 1.0),
        Record("a", Frame("tilt 0", "test", 1), 4, False, False, 3.0),
        Record("b", Frame("tilt 0", "test", 0), 3, False, True, 5.0),
        Record("b", Frame(EMPTY, "test", 0), 0, False, True, 7.0),
    ]


def test_figures_are_a_readers_own() -> None:
    """Empty frames count for latency and wrong texts, not for what could be read."""
    a, b = summary("a", records()), summary("b", records())
    assert (a.read.hits, a.read.of, a.wrong) == (1, 2, 0)
    assert a.hit is not None and a.hit.p50_ms == 1.0 and a.miss is not None and a.miss.p50_ms == 3.0
    assert a.empty is None
    assert (b.read.hits, b.read.of, b.wrong) == (0, 1, 2)
    assert b.empty is not None and b.empty.max_ms == 7.0
    table = by_condition(("a", "b"), records())
    assert list(table) == ["tilt 0"] and table["tilt 0"]["a"].hits == 1


def test_jobs_cover_every_frame_once() -> None:
    """In ranges."""
    todo = jobs(("zxing-cpp",), "tune", 20)
    frames = [(job.condition, number) for job in todo for number in range(job.first, job.first + job.frames)]
    assert len(frames) == len(set(frames)) == 66 * 20


def test_whoever_does_the_work_the_records_are_the_same_but_for_the_time() -> None:
    """In the order of the jobs."""
    todo = [Job(("zxing-cpp", "opencv"), name, "tune", 0, 2) for name in ("module px 4", "glare 0.25", EMPTY)]
    alone = [[record.without_times() for record in done] for _, done in sweep(todo)]
    with ThreadPoolExecutor(2) as executor:
        together = [[record.without_times() for record in done] for _, done in sweep(todo, executor)]
    assert alone == together
    assert all(record.read for record in alone[0] if record.reader == "zxing-cpp")
    assert not any(record.wrong for done in alone for record in done)


def test_the_time_of_reading_is_the_readers_own() -> None:
    """Making the frame is not in it."""
    (record,) = work(Job(("zxing-cpp",), "module px 4", "tune", 0, 1))
    assert 0 < record.latency_ms < 100

"""Which reader a lock looks through."""

from __future__ import annotations

import pytest

from simulator.bench.reader_choice import LIVE_DEADLINE_MS, reader_for
from simulator.bench.watcher import Following
from simulator.readers import ReaderError
from tests.test_present import Script


def chosen(name: str, *sources: str) -> tuple[str, list[float]]:
    """The name of the reader, and the deadlines with which a follower was made."""
    made: list[float] = []

    def follow(deadline_ms: float) -> Script:
        made.append(deadline_ms)
        return Script([])

    return reader_for(name, sources, follow).name, made


@pytest.mark.parametrize(
    ("sources", "deadline_ms"),
    [(("a.mp4",), 0.0), (("a.toml", "b.avi"), 0.0), (("camera:0",), LIVE_DEADLINE_MS),
     (("a.mp4", "rtsp://host"), LIVE_DEADLINE_MS)],
)  # fmt: skip
def test_the_default_reader_follows_what_goes_on(sources: tuple[str, ...], deadline_ms: float) -> None:
    """With a deadline only where a camera would run ahead."""
    assert chosen("qrlock", *sources) == ("script", [deadline_ms])


@pytest.mark.parametrize(
    ("name", "sources"),
    [("qrlock", ("a.png",)), ("qrlock", ("a.mp4", "a.png")), ("qrlock", ()), ("zxing-cpp", ("a.mp4",)),
     ("qrlock-fast", ("camera:0",))],
)  # fmt: skip
def test_single_pictures_and_other_readers_are_read_one_by_one(name: str, sources: tuple[str, ...]) -> None:
    """A reader that somebody named is the one they get."""
    assert chosen(name, *sources) == (name, [])


def test_what_follows_is_the_stream() -> None:
    """Which is a reader of frames in turn."""
    reader = reader_for("qrlock", ("a.mp4",))
    assert reader.name == "qrlock-stream" and isinstance(reader, Following)


def test_a_reader_that_is_none_is_an_error() -> None:
    """As for single pictures."""
    with pytest.raises(ReaderError, match="no reader named"):
        reader_for("eyes", ("a.mp4",))

"""A browser's camera before a lock: when a presentation begins and ends, and when the lock is let go."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from lockcore.civil import TimeError
from simulator.bench.session import LockBusy, opened
from simulator.bench_page.picture import Grey
from simulator.bench_page.showing import Shown
from simulator.bench_page.webcam import IDLE_S, Webcam
from simulator.bench_page.wish import Cut, Wish
from simulator.flash.power import Phase
from simulator.home import Home
from simulator.readers import Candidate
from simulator.stopwatch import Stopwatch
from tests.bench_page_case import NOON, card, home_with_keys
from tests.test_sight import CORNERS

IMAGE: Grey = np.zeros((2, 2), np.uint8)


class Told:
    """A reader that reads what it is told, whatever the picture shows."""

    name = "told"
    in_view = False
    texts: Sequence[str] = ()

    def read(self, frame: Grey, watch: Stopwatch | None = None) -> list[Candidate]:
        """The texts."""
        del frame, watch
        return [Candidate(text, CORNERS, self.name) for text in self.texts]

    def forget(self) -> None:
        """Nothing is kept."""


class Sitting:
    """A camera before a door, and a clock that goes when it is told to."""

    def __init__(self, home: Home) -> None:
        self.now_s = 100.0
        self.reader = Told()
        self.path = home.lock("door")
        self.text = card(home).text
        self.webcam = Webcam(self.path, lambda: self.now_s, lambda _: self.reader)

    def show(self, *texts: str, after_s: float = 0.25, cut: Cut | None = None) -> Shown:
        """A frame with these codes, so long after the last."""
        self.now_s += after_s
        self.reader.texts = texts
        return self.webcam.show(IMAGE, Wish(NOON, cut))

    def opens(self, *texts: str, after_s: float = 0.25) -> bool:
        """Whether a frame opens the door."""
        took = self.show(*texts, after_s=after_s).took
        return took is not None and took.outcome.opened

    @property
    def is_free(self) -> bool:
        """Whether another command could use the lock now."""
        try:
            with opened(self.path, timeout_s=0):
                return True
        except LockBusy:
            return False


@pytest.fixture
def sitting(tmp_path: Path) -> Sitting:
    """A camera before the door of a home."""
    return Sitting(home_with_keys(tmp_path))


def test_a_card_in_sight_opens_once(sitting: Sitting) -> None:
    """And again after two seconds out of sight, but not after less."""
    text = sitting.text
    assert [sitting.opens(text), sitting.opens(text), sitting.opens(text, after_s=1.5)] == [True, False, False]
    assert [sitting.opens(after_s=2.5), sitting.opens(text)] == [False, True]


def test_the_lock_is_free_while_nothing_is_in_sight(sitting: Sitting) -> None:
    """Before a card comes, and after it has been gone for two seconds."""
    free = []
    for texts, after_s in (((), 0.1), ((sitting.text,), 0.1), ((), 1.0), ((), 1.5)):
        sitting.show(*texts, after_s=after_s)
        free.append(sitting.is_free)
    assert free == [True, False, False, True]


def test_a_camera_that_falls_silent_lets_go(sitting: Sitting) -> None:
    """After a while, and not before."""
    sitting.show(sitting.text)
    sitting.now_s += IDLE_S - 1
    sitting.webcam.end_if_idle()
    assert not sitting.is_free
    sitting.now_s += 1
    sitting.webcam.end_if_idle()
    assert sitting.is_free


def test_a_presentation_goes_on_after_a_button_took_the_lock(sitting: Sitting) -> None:
    """The card that is still in sight does not open again; one that was gone does."""
    assert sitting.opens(sitting.text)
    sitting.webcam.end()
    assert not sitting.opens(sitting.text)
    sitting.webcam.end()
    assert sitting.opens(sitting.text, after_s=2.5)


def test_a_power_cut_ends_the_sitting(sitting: Sitting) -> None:
    """The lock has booted and is free; the card was not let in, and after its gap is."""
    cut = sitting.show(sitting.text, cut=Cut(1, Phase.BEFORE))
    assert cut.power_cut and cut.took is None and sitting.is_free
    assert sitting.opens(sitting.text)


def test_a_cut_that_hits_nothing_leaves_the_sitting(sitting: Sitting) -> None:
    """In a frame without a code nothing is written."""
    shown = sitting.show(cut=Cut(1, Phase.TORN))
    assert (shown.power_cut, shown.writes) == (None, 0)
    assert sitting.opens(sitting.text)


def test_a_frame_that_fails_lets_go(sitting: Sitting) -> None:
    """What is wrong comes through, and the next frame begins anew."""
    sitting.show(sitting.text)
    with pytest.raises(TimeError):
        sitting.webcam.show(IMAGE, Wish("noon"))
    assert sitting.is_free and not sitting.opens(sitting.text)

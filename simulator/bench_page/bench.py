"""What the page's buttons do to a lock: each is what a command of `qrlock lock` does, on the same file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from lockcore import address, civil
from lockcore.errors import QrlockError
from simulator import atomic_file
from simulator.bench import lock_file, service_port
from simulator.bench.clock import clock_of, offset_min_here
from simulator.bench.present import Camera
from simulator.bench.session import Session, opened
from simulator.bench_page import answer, loss
from simulator.bench_page.errors import PageError
from simulator.bench_page.loss import NOBODY, Reporter
from simulator.bench_page.picture import Grey
from simulator.bench_page.showing import Shown, show
from simulator.bench_page.view import lock_path, view
from simulator.bench_page.webcam import TIMEOUT_S, Webcams
from simulator.bench_page.wish import Wish
from simulator.desk.key_store import KeyStore
from simulator.frames import Frame
from simulator.home import Home
from simulator.lock.events import ClockRead, KeyPressed
from simulator.lock.profile import profile_of
from simulator.readers import make_reader

Fields = dict[str, Any]


class Bench:
    """The locks of one home. All of it blocks; every method but `create` and `locks` is PageError 404 without a lock.

    What a lock has been made to do is told with its `view` after it, as "state".
    """

    def __init__(self, home: Home, reporter: Reporter = NOBODY) -> None:
        """`reporter` is asked for loss reports before the desk is."""
        self.home = home
        self._reporter = reporter
        self.webcams = Webcams()

    def create(self, name: str, model: str, place: tuple[str, str, str], community: int | None) -> Fields:
        """A new lock, with the community's keys as they are now; QrlockError for what cannot be, or is there."""
        path, profile = self.home.lock(name), profile_of(model)
        number = self.home.only_community() if community is None else community
        building, floor, room = address.place(place[0]), address.place(place[1]), address.room(place[2])
        keys = KeyStore(self.home.community(number), number)
        keys.ring()
        exported = keys.lock_keys(building, floor, room)
        atomic_file.make_folder(path.parent)
        lock_file.create(
            path,
            profile=profile,
            lock_id=lock_file.new_lock_id(),
            utc_offset_min=offset_min_here(),
            keys=exported,
        )
        return {"name": name, "state": view(path)}

    def desk_issues(self, name: str) -> bool:
        """Whether cards for this lock are the desk's to issue, as far as can be told."""
        path = lock_path(self.home, name)
        try:
            return not self._reporter.issues(lock_file.load(path).lock().lock.given.placement.community)
        except QrlockError:  # a file that is no lock, a database that does not answer: the page is shown all the same
            return True

    def photo(self, name: str, image: Grey, decode_ms: float, wish: Wish) -> Fields:
        """Hold a still picture before the lock's camera."""
        path = lock_path(self.home, name)
        with self._at(path) as session:
            shown = _still(image, "photo", wish, session)
        return {**answer.of_frame(shown, decode_ms), "state": view(path)}

    def frame(self, name: str, image: Grey, decode_ms: float, wish: Wish) -> Fields:
        """Hold the next frame of the browser's camera before the lock's; "state" only where something was written."""
        path = lock_path(self.home, name)
        shown = self.webcams.of(path).show(image, wish)
        told = answer.of_frame(shown, decode_ms)
        return {**told, "state": view(path)} if shown.writes else told

    def report_loss(self, name: str, serial: int | None, wish: Wish) -> Fields:
        """Issue a loss report for the lock's room, or for a card, and hold it before the camera."""
        path = lock_path(self.home, name)
        with self._at(path) as session:
            now_min = clock_of(wish.at, session.stored.clock_offset_min)()
            if now_min is None:
                now_min = clock_of(None, session.stored.clock_offset_min)() or 0
            door = session.lock.lock.given.placement
            card = self._reporter.report(door, serial) or loss.report(self.home, door, serial, now_min)
            shown = _still(loss.drawn(card), "loss report", wish, session)
        told = answer.of_frame(shown, None)
        return {**told, "card": {"serial": card.serial, "revision": card.revision}, "state": view(path)}

    def press(self, name: str, keys: str, at: str | None) -> Fields:
        """Press keys on the keypad; digits without a twelfth are forgotten. PageError where there is no keypad."""
        path = lock_path(self.home, name)
        pressed = [KeyPressed(key) for key in keys]
        with self._at(path) as session:
            if not session.stored.profile.keypad:
                raise PageError(400, f"{name}: a {session.stored.profile.model} has no keypad")
            minute = clock_of(at, session.stored.clock_offset_min)
            outcome = session.tell(ClockRead(minute()), *pressed)
        return {**answer.of_outcome(outcome, "no entry: it takes twelve digits"), "state": view(path)}

    def set_clock(self, name: str, time: str, at: str | None) -> Fields:
        """Set the lock's clock by a sealed command; ServiceRefused."""
        path, set_min = lock_path(self.home, name), civil.parse(time)
        with self._at(path) as session:
            service_port.set_clock(self.home, session, set_min, clock_of(at, session.stored.clock_offset_min))
        return {"state": view(path)}

    def collect(self, name: str, at: str | None) -> Fields:
        """All records, by a sealed command; ServiceRefused."""
        path = lock_path(self.home, name)
        with self._at(path) as session:
            records = service_port.collect(self.home, session, clock_of(at, session.stored.clock_offset_min))
        return {"records": records, "state": view(path)}

    @contextmanager
    def _at(self, path: Path) -> Iterator[Session]:
        self.webcams.release(path)
        with opened(path, TIMEOUT_S) as session:
            yield session


def _still(image: Grey, name: str, wish: Wish, session: Session) -> Shown:
    minute = clock_of(wish.at, session.stored.clock_offset_min)
    frame = Frame(image, 0.0, name, cut=True)
    return show(Camera(make_reader(), session, minute), frame, session, wish.cut, minute)

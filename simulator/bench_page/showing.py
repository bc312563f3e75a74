"""One frame before a lock, with the power that may go on the way: what came of it."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from simulator.bench.drive import Outcome
from simulator.bench.present import Camera, Missed, Presentation
from simulator.bench.session import Session
from simulator.bench.watcher import Look
from simulator.bench_page.wish import Cut
from simulator.flash.device import Device
from simulator.flash.power import Cuts, PowerLoss
from simulator.frames import Frame


@dataclass(frozen=True, slots=True)
class PowerCut:
    """The power went and came back; `outcome` is what the lock did when its clock was read after the boot."""

    cut: Cut
    outcome: Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What one frame showed and what the lock made of it.

    `took` is None where the lock took no code, and where the power went; `missed` why none of this presentation.
    `writes` are the units that the flash wrote or erased, one that was cut among them; `asked` the cut that was wanted.
    """

    frame: Frame
    look: Look
    took: Presentation | None
    missed: Missed | None
    power_cut: PowerCut | None
    writes: int
    asked: Cut | None


def show(camera: Camera, frame: Frame, session: Session, cut: Cut | None, minute: Callable[[], int | None]) -> Shown:
    """Hold `frame` before the camera of the lock of `session`.

    After a power cut the lock has booted with what is stored, torn slots and all, and the file says the same: the
    camera is then of no more use, for time has begun anew in the lock. QrlockError as `Camera.show`.
    """
    device = session.stored.device
    begun = device.step
    took = power_cut = None
    with _planned(device, cut):
        try:
            took = camera.show(frame)
        except PowerLoss:
            assert cut is not None
            session.lock.written()
            power_cut = PowerCut(cut, session.lock.power_on(minute()))
    return Shown(
        frame=frame,
        look=camera.look,
        took=took,
        missed=camera.missed,
        power_cut=power_cut,
        writes=device.step - begun,
        asked=cut,
    )


@contextmanager
def _planned(device: Device, cut: Cut | None) -> Iterator[None]:
    """A cut holds for the block alone: what is written when the lock is put away goes well."""
    if cut is not None:
        device.plan(Cuts(secrets.randbelow(10**9), ((device.step + cut.write - 1, cut.phase),)))
    try:
        yield
    finally:
        device.plan(Cuts(0))

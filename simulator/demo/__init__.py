"""The main job end to end: keys, cards, symbols, a camera, locks, and a page that shows all of it."""

from simulator.demo.run import DemoError, Step, run
from simulator.demo.scenario import SCENES, Scene

__all__ = ["SCENES", "DemoError", "Scene", "Step", "run"]

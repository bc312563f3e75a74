"""A simulated lock camera: from a symbol on a phone to the grey frames that a sensor delivers."""

from simulator.camera.scenario import CameraError, Scenario
from simulator.camera.shot import Shot, shoot, shoot_scene

__all__ = ["CameraError", "Scenario", "Shot", "shoot", "shoot_scene"]

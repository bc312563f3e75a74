"""A simulated lock camera: from a symbol, or a picture of a phone's screen, to the grey frames of a sensor."""

from simulator.camera.scenario import CameraError, Scenario
from simulator.camera.screen import ScreenImage
from simulator.camera.shot import Shot, shoot, shoot_scene

__all__ = ["CameraError", "Scenario", "ScreenImage", "Shot", "shoot", "shoot_scene"]

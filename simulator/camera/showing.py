"""What a scenario file has the phone show, and how often it is photographed."""

from __future__ import annotations

from dataclasses import dataclass, field

from simulator.camera.scenario import CameraError

FRAMES_MAX = 100_000
SEED_MAX = 2**63 - 1
_SOURCES = ("text", "card", "screen")


@dataclass(frozen=True, slots=True, kw_only=True)
class Showing:
    """One of the first three, and the rest.

    text       digits, shown as their smallest symbol
    card       a file: a picture of a symbol, or a text file of digits; the symbol is drawn anew
    screen     a file: a picture of a phone's whole screen
    width_mm   of that screen
    seed       that every frame follows from, 0 to 2^63 - 1
    frames     how many, 1 to 100,000

    CameraError for any other value. The text is a card's, so `repr` has none of it.
    """

    text: str | None = field(default=None, repr=False)
    card: str | None = None
    screen: str | None = None
    width_mm: float = 70.0
    seed: int = 0
    frames: int = 1

    def __post_init__(self) -> None:
        """Refuse what cannot be shown."""
        for name in _SOURCES:
            value = getattr(self, name)
            if value is not None and not (type(value) is str and value):
                raise CameraError(f"{name}: a text")
        if self.text is not None and not (self.text.isascii() and self.text.isdigit()):
            raise CameraError("text: digits only")
        if sum(getattr(self, name) is not None for name in _SOURCES) > 1:
            raise CameraError("show: one of text, card and screen")
        if type(self.width_mm) not in (int, float):
            raise CameraError("width_mm: a number")
        for name, least, most in (("seed", 0, SEED_MAX), ("frames", 1, FRAMES_MAX)):
            value = getattr(self, name)
            if type(value) is not int or not least <= value <= most:
                raise CameraError(f"{name}: a whole number, {least} to {most}")

    def check_width_given(self) -> None:
        """CameraError where a width was given though a text is shown, which has none."""
        if self.text is not None:
            raise CameraError("width_mm: of a screen, and text is none; leave one of them out")

"""Frames as a guest's phone makes them: each with one thing wrong, in three steps. A reader should get them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from lockcore import symbol
from vectors.exact.camera import Shot, photograph
from vectors.exact.pose import Pose
from vectors.exact.scene import Card, Patch, specks
from vectors.families.frame_plan import Pixels, Plan, card_text, stages_of

_SIZE = (320, 240)
_USUAL_64 = 7 * 32
"""Three and a half pixels a module."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Wrong:
    """What is changed of a usual frame: members of Shot, Card and Pose."""

    shot: dict[str, Any] = field(default_factory=dict)
    card: dict[str, Any] = field(default_factory=dict)
    pose: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class Trouble:
    """One kind of degradation.

    says   a comment in which {} is the step's measure
    kind   of card
    steps  three measures, and one that is harder still and not in the pack
    wrong  what a measure changes; also gets the symbol's side in modules and a label for what is drawn by chance
    """

    says: str
    kind: str
    steps: tuple[int, int, int, int]
    wrong: Callable[[int, int, str], Wrong]


def _shot(name: str, **more: Any) -> Callable[[int, int, str], Wrong]:
    return lambda measure, _side, _label: Wrong(shot={name: measure, **more})


def _pose(**more: Any) -> Callable[[int, int, str], Wrong]:
    return lambda measure, _side, _label: Wrong(pose={"tilt": measure, **more})


def _contrast(dark: int) -> Callable[[int, int, str], Wrong]:
    return lambda measure, _side, _label: Wrong(
        card={"dark": dark, "light": dark + measure}, shot={"around": dark + measure // 2, "clutter": 0, "noise_16": 16}
    )


def _bright(measure: int, _side: int, _label: str) -> Wrong:
    return Wrong(card={"dark": measure, "light": 300}, shot={"around": 240})


def _reflection(measure: int, side: int, _label: str) -> Wrong:
    return Wrong(card={"patches": (Patch(right=side * 5 // 8, down=side // 2, radius=measure, level=200, added=True),)})


def _finger(measure: int, side: int, _label: str) -> Wrong:
    return Wrong(card={"patches": (Patch(right=side, down=side * 5 // 8, radius=measure, level=95),)})


def _dirt(measure: int, side: int, label: str) -> Wrong:
    return Wrong(card={"patches": specks(label, measure, side, 1, 60)})


def _small(measure: int, _side: int, _label: str) -> Wrong:
    return Wrong(pose={"module_64": measure})


def _edge(measure: int, _side: int, _label: str) -> Wrong:
    return Wrong(card={"quiet": 1}, shot={"around": measure, "clutter": 0})


def _inverted(measure: int, _side: int, _label: str) -> Wrong:
    return Wrong(card={"dark": 210, "light": 40}, shot={"around": 40, "clutter": 0, "noise_16": measure})


def _mirrored(measure: int, _side: int, _label: str) -> Wrong:
    return Wrong(card={"mirrored": True}, pose={"tilt": measure, "axis": 30})


def _all_at_once(measure: int, _side: int, _label: str) -> Wrong:
    return Wrong(
        shot={
            "defocus_16": 5 + measure, "motion_16": 8 + measure, "fading_256": 40 + 12 * measure,
            "noise_16": 40 + 4 * measure,
        },
        pose={"tilt": 20, "axis": 60, "turn": 25, "module_64": 4 * 64},
        card={"dark": 50, "light": 180},
    )  # fmt: skip


_SMALLER, _SMALL, _LARGE, _LARGER = "cmac-small", "cmac-large", "ed25519-small", "ed25519-large"
TROUBLES = {
    "defocus": Trouble(
        says="Out of focus by {}/16 px.", kind=_LARGE, steps=(10, 18, 24, 28), wrong=_shot("defocus_16")
    ),
    "motion-level": Trouble(
        says="Moved sideways, {}/16 px each way.", kind=_LARGER, steps=(12, 20, 28, 34), wrong=_shot("motion_16")
    ),
    "motion-slanting": Trouble(
        says="Moved aslant, {}/16 px each way.",
        kind=_SMALL,
        steps=(14, 24, 32, 38),
        wrong=_shot("motion_16", motion=(1, 1)),
    ),
    "dim": Trouble(
        says="A dark screen: {} levels from black to white.", kind=_LARGE, steps=(50, 20, 10, 7), wrong=_contrast(8)
    ),
    "flat": Trouble(
        says="Veiled: {} levels from black to white.", kind=_LARGER, steps=(60, 30, 20, 16), wrong=_contrast(120)
    ),
    "bright": Trouble(
        says="Overexposed: black is at {}, white runs over.", kind=_SMALL, steps=(150, 210, 230, 238), wrong=_bright
    ),
    "fading": Trouble(
        says="{}/256 of the light are lost at one side.",
        kind=_LARGE,
        steps=(120, 180, 220, 240),
        wrong=_shot("fading_256"),
    ),
    "noise": Trouble(says="Noise of {}/16 levels.", kind=_LARGER, steps=(400, 700, 960, 1100), wrong=_shot("noise_16")),
    "stripes": Trouble(
        says="A dimmed screen's bars take {}/256 of the light.",
        kind=_LARGE,
        steps=(60, 90, 120, 140),
        wrong=_shot("stripes_256", stripes_rows=36),
    ),
    "reflection": Trouble(
        says="A lamp's reflection, {} modules in radius.", kind=_LARGE, steps=(4, 5, 6, 7), wrong=_reflection
    ),
    "finger": Trouble(
        says="A finger over one side, {} modules in radius.", kind=_LARGER, steps=(5, 7, 9, 10), wrong=_finger
    ),
    "dirt": Trouble(says="{} specks of dirt, a module in radius.", kind=_SMALL, steps=(6, 10, 14, 17), wrong=_dirt),
    "small": Trouble(says="A module is {}/64 px wide.", kind=_LARGE, steps=(120, 96, 80, 72), wrong=_small),
    "small-cmac": Trouble(says="A module is {}/64 px wide.", kind=_SMALLER, steps=(120, 96, 80, 72), wrong=_small),
    "tilt-upright": Trouble(
        says="Tilted by {} degrees about an upright axis.", kind=_LARGE, steps=(40, 50, 60, 65), wrong=_pose()
    ),
    "tilt-level": Trouble(
        says="Tilted by {} degrees about a level axis.", kind=_SMALLER, steps=(40, 50, 60, 65), wrong=_pose(axis=90)
    ),
    "tilt-slanting": Trouble(
        says="Tilted by {} degrees about a slanting axis.",
        kind=_LARGER,
        steps=(35, 45, 55, 60),
        wrong=_pose(axis=45, turn=10),
    ),
    "edge": Trouble(
        says="A quiet zone of one module before a ground of level {}.",
        kind=_LARGE,
        steps=(100, 60, 40, 20),
        wrong=_edge,
    ),
    "inverted": Trouble(
        says="Light on dark, with noise of {}/16 levels.", kind=_SMALL, steps=(32, 160, 320, 400), wrong=_inverted
    ),
    "mirrored": Trouble(
        says="Seen in a mirror, tilted by {} degrees.", kind=_LARGE, steps=(0, 25, 45, 50), wrong=_mirrored
    ),
    "all-at-once": Trouble(
        says="Blurred, moved, dim, slanting and noisy, step {}.", kind=_LARGER, steps=(2, 6, 9, 11), wrong=_all_at_once
    ),
}
"""By name. The measures leave a margin: the harder one is read too."""


def frame(trouble: Trouble, measure: int, text: str, label: str) -> Pixels:
    """The frame of this card with so much trouble."""
    matrix = symbol.matrix(text)
    wrong = trouble.wrong(measure, len(matrix), label)
    shot = {"width": _SIZE[0], "height": _SIZE[1], "around": 110, "clutter": 30, "noise_16": 32} | wrong.shot
    pose = Pose(**({"module_64": _USUAL_64} | wrong.pose))
    return photograph(Shot(label=label, **shot), Card(matrix=matrix, pose=pose, **wrong.card))


def plans(seed: int) -> Iterator[Plan]:
    """Three of each trouble."""
    for number, (name, trouble) in enumerate(TROUBLES.items()):
        text = card_text(trouble.kind, 400 + number)
        frames = [partial(frame, trouble, measure, text, f"frame {seed}: {name}") for measure in trouble.steps]
        for step, measure in enumerate(trouble.steps[:3]):
            yield Plan(
                id=f"frame.hard.{name}-{step + 1}", comment=trouble.says.format(measure), flags=("HardFrame",),
                texts=(text,), pixels=frames[step], harder=frames[step + 1], stages=stages_of(text),
            )  # fmt: skip

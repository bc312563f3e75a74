"""The family `frame`: a lock's camera frames to be read, from undegraded to hard, and those that hold no code."""

from __future__ import annotations

from collections.abc import Iterable

from vectors.exact.png import grey_png
from vectors.families import frame_hard, frame_plain, frame_refused
from vectors.families.ask import DisagreementError, question
from vectors.families.frame_plan import Plan
from vectors.pack.vector import ACCEPTED, Family, Group, Vector, refused

NAME = "frame"


def family(seed: int) -> Family:
    """Every group with its pictures; DisagreementError where the reference reads another thing than is stated."""
    pictures: dict[str, bytes] = {}
    groups = (
        _group("plain", "Undegraded symbols of every size.", ("read",), frame_plain.plans(seed), pictures),
        _group("several", "More than one symbol in a frame.", ("read",), frame_plain.several(seed), pictures),
        _group("foreign", "Other people's codes.", ("read",), frame_plain.foreign(seed), pictures),
        _group("hard", "One thing wrong, in three steps.", ("read-hard",), frame_hard.plans(seed), pictures),
        _group("refused", "Nothing here may be read.", ("read",), frame_refused.plans(seed), pictures),
    )
    return Family(
        name=NAME, algorithm="QR symbols (ISO/IEC 18004:2015) in grey frames",
        header=(
            "A lock's camera frames. `texts` is what must be read: no more, no less, in any order.",
            "Frames are drawn in whole numbers alone (vectors/exact/camera.py), the same to the byte everywhere.",
            "Of a hard frame the reference also reads the next harder step, so that none is a matter of luck.",
        ),
        groups=groups, pictures=pictures,
    )  # fmt: skip


def _group(name: str, comment: str, needs: tuple[str, ...], plans: Iterable[Plan], pictures: dict[str, bytes]) -> Group:
    """The group of these plans; their pictures are added to `pictures`."""
    return Group(name=name, comment=comment, needs=needs, vectors=[_vector(plan, pictures) for plan in plans])


def _vector(plan: Plan, pictures: dict[str, bytes]) -> Vector:
    pictures[plan.path] = grey_png(plan.pixels())
    if plan.harder is not None:
        _asked(plan, {plan.path: grey_png(plan.harder())})
    return _asked(plan, pictures)


def _asked(plan: Plan, pictures: dict[str, bytes]) -> Vector:
    """The vector, if the reference reads exactly the stated texts in this picture."""
    stages = plan.stages and {**plan.stages, "frame": plan.path}
    verdict = ACCEPTED if plan.texts else refused("NO_CODE")
    vector = question(
        plan.id,
        plan.comment,
        plan.flags,
        {"op": "read", "picture": plan.path},
        verdict,
        pictures=pictures,
        stages=stages,
    )
    if vector.steps[0].expect["texts"] != sorted(plan.texts):
        raise DisagreementError(f"{plan.id}: the reference reads another text than is stated")
    return vector

"""Asking the reference while a vector is made: it must come to the verdict that the generator has stated."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from lockcore import QrlockError
from vectors.conform.simulator import Simulator
from vectors.exact.png import pixels_of
from vectors.pack.request import filled
from vectors.pack.vector import ACCEPTED, OPENS, Request, Step, Vector, Verdict, refused


class DisagreementError(QrlockError):
    """The reference comes to another verdict than the vector states: one of the two is wrong."""


def step(
    device: Simulator, do: Request, given: Mapping[str, Any], id: str, pictures: Mapping[str, bytes] | None = None
) -> Step:
    """The step of this request, with what the reference answers; DisagreementError where it is an error.

    The PNG of a `picture` is looked for in `pictures`, which are a Family's.
    """
    answer = device.answer({"id": 0} | _with_pixels(filled(do, given), pictures or {}))
    del answer["id"]
    if "error" in answer:
        raise DisagreementError(f"{id}: {do['op']}: {answer['error']}")
    return Step(do=do, expect=answer)


def _with_pixels(request: dict[str, Any], pictures: Mapping[str, bytes]) -> dict[str, Any]:
    """The request as a device gets it: a picture of the pack is opened for it."""
    if "picture" not in request:
        return request
    pixels = pixels_of(pictures[request.pop("picture")])
    height, width = pixels.shape
    return request | {"width": width, "height": height, "grey": b64encode(pixels.tobytes()).decode()}


def question(
    id: str, comment: str, flags: tuple[str, ...], do: Request, expect: Verdict, *,
    given: Mapping[str, Any] | None = None, pictures: Mapping[str, bytes] | None = None, **more: Any,
) -> Vector:  # fmt: skip
    """A vector of one question; the answer must come to the stated reason, or to none where it is accepted.

    An answer comes to what it has as `refused`; a reading without a text comes to NO_CODE.
    """
    asked = step(Simulator(), do, given or {}, id, pictures)
    came_to = "NO_CODE" if asked.expect.get("texts") == [] else asked.expect.get("refused", "")
    if came_to != expect.reason:
        raise DisagreementError(f"{id}: stated {expect}, but the reference answers {dict(asked.expect)}")
    return Vector(id=id, comment=comment, flags=flags, steps=(asked,), expect=expect, **more)


def life(
    id: str, comment: str, flags: tuple[str, ...], requests: Iterable[Request], expect: Verdict, *,
    given: Mapping[str, Any], **more: Any,
) -> Vector:  # fmt: skip
    """A vector of a lock's life, from `new` or `load` on; the last `show`, `press` or `command` must come to `expect`.

    Requests after that one (`state`, `log`) ask what it left behind. Steps are those of a presentation: an entry at
    the keypad and a service command have none.
    """
    device = Simulator()
    steps = tuple(step(device, do, given, id) for do in requests)
    deciding = [each for each in steps if each.do["op"] in ("show", "press", "command", "boot")][-1]
    came_to = verdict_of(deciding.expect["did"])
    if deciding.do["op"] in ("press", "command"):
        expect, came_to = replace(expect, step=None), replace(came_to, step=None)
    if came_to != expect:
        raise DisagreementError(f"{id}: stated {expect}, but the reference does {deciding.expect['did']}")
    return Vector(id=id, comment=comment, flags=flags, steps=steps, expect=expect, **more)


def kept(
    id: str, comment: str, flags: tuple[str, ...], requests: Iterable[Request], expect: Verdict,
    found: Mapping[str, Any], *, given: Mapping[str, Any], **more: Any,
) -> Vector:  # fmt: skip
    """A vector of what is in a flash; each member of `found` must be in the answer to the last `state`."""
    device = Simulator()
    steps = tuple(step(device, do, given, id) for do in requests)
    state = [each.expect for each in steps if each.do["op"] == "state"][-1]
    wrong = {name: state.get(name) for name, value in found.items() if state.get(name) != value}
    if wrong:
        raise DisagreementError(f"{id}: stated {dict(found)}, but the reference finds {wrong}")
    return Vector(id=id, comment=comment, flags=flags, steps=steps, expect=expect, **more)


def verdict_of(did: list[str]) -> Verdict:
    """What these doings come to: a loss of power, a refusal, a service port's no, else an acceptance.

    Only where the bolt opens does an acceptance have a step: a card that ends passage mode, an answer of the port, or
    a boot that holds the bolt again opens nothing.
    """
    if "POWER_LOST" in did:
        return refused("POWER_LOST")
    if "NOT_COMMISSIONED" in did:
        return refused("NOT_COMMISSIONED")
    words = [text.split() for text in did]
    for first, *rest in words:
        if first == "REFUSE" or (first == "ANSWER" and rest[0] != "DONE"):
            return refused(rest[0])
    return OPENS if any(first == "OPEN" for first, *_ in words) else ACCEPTED

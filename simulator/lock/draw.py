"""The transition table as a Mermaid diagram, for LOCK.md and `qrlock lock draw`."""

from __future__ import annotations

from collections import defaultdict

from simulator.lock.transitions import TRANSITIONS, State


def mermaid() -> str:
    """A `stateDiagram-v2`: an arrow for each pair of states, with the events that may lead along it."""
    arrows: dict[tuple[State, State], list[str]] = defaultdict(list)
    for (state, event), transition in TRANSITIONS.items():
        for end in transition.ends:
            arrows[state, end].append(event.__name__)
    lines = [f"    {start} --> {end} : {', '.join(events)}" for (start, end), events in arrows.items()]
    return "\n".join(["stateDiagram-v2", f"    [*] --> {State.READY} : Booted", *lines, ""])

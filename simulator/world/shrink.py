"""From a life in which lock and rules disagree to a short one: leave acts out while they still do.

Delta debugging (Zeller and Hildebrandt, 2002): halves first, then quarters, down to single acts. That works because
what happens is decided before the lock is asked: leaving an act out changes no other.
"""

from __future__ import annotations

from collections.abc import Sequence

from simulator.world.replay import Life, disagreement

TRIES_MAX = 1000


def shrunk(life: Life) -> Life:
    """A life with some of the acts of `life`, which must end in a disagreement, as this one does."""
    happenings = dict(zip(life.acts, life.happenings(), strict=True))
    acts: Sequence[int] = life.acts
    tries, size = 0, len(acts) // 2
    while size and tries < TRIES_MAX:
        before = len(acts)
        place = 0
        while place < len(acts) and tries < TRIES_MAX:
            fewer = (*acts[:place], *acts[place + size :])
            tries += 1
            if disagreement(life.seed, [happenings[act] for act in fewer]) is None:
                place += size
            else:
                acts = fewer
        size = size if size == 1 and len(acts) < before else size // 2
    return Life(life.seed, tuple(acts))

"""`qrlock fuzz-lock`: locks in seeded worlds, beside an oracle of the rules."""

from __future__ import annotations

from typing import Annotated

import typer

from simulator.cli.options import JsonOption


def fuzz_lock(
    seed: Annotated[int, typer.Option(min=0, help="The first world's; the others follow.")] = 1,
    hours: Annotated[int, typer.Option(min=1, help="How long locks live, in their own time.")] = 10_000,
    json: JsonOption = False,
) -> None:
    """Let guests, staff, attackers and power cuts at locks until they have lived for so many hours.

    Prints the seed first. Exit status 2 with a line that names seed and step where a lock and the rules disagree.
    """
    from lockcore.errors import QrlockError
    from simulator.cli.output import print_fields, print_json
    from simulator.world.run import worlds
    from simulator.world.world import Tally

    if not json:
        print(f"seed {seed}", flush=True)
    total, lived = Tally(), 0
    for world in worlds(seed):
        if isinstance(world, str):
            raise QrlockError(f"lock and rules disagree: {world}")
        total.add(world)
        lived += 1
        if total.hours >= hours:
            break
    fields = {
        "seed": seed, "worlds": lived, "hours": total.hours, "presentations": total.presentations, "cuts": total.cuts,
        **dict(total.answers.most_common()),
    }  # fmt: skip
    if json:
        print_json(fields)
    else:
        print_fields(fields)

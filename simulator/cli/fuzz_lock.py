"""`qrlock fuzz-lock`: locks in seeded worlds, beside an oracle of the rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from simulator.cli.options import JsonOption

if TYPE_CHECKING:
    from simulator.world.tally import Tally


def fuzz_lock(
    seed: Annotated[int, typer.Option(min=0, help="The first world's; the others follow.")] = 1,
    hours: Annotated[int, typer.Option(min=1, help="How long locks live, in their own time.")] = 10_000,
    replay: Annotated[
        str, typer.Option(metavar="LINE", help='Live through these acts of one world: "seed 7: 12,15,80-84".')
    ] = "",
    json: JsonOption = False,
) -> None:
    """Let guests, staff, issuer, attackers and power cuts at locks until they have lived for so many hours.

    Prints the seed first. Where a lock and the rules disagree: exit status 2, and a line for --replay that names as
    few acts as could be found.
    """
    if replay:
        return _replay(replay, json)
    from simulator.cli.output import print_fields, print_json

    if not json:
        print(f"seed {seed}", flush=True)
    lived, total = _lived(seed, hours)
    fields = {"seed": seed, "worlds": lived, **_counts(total)}
    return print_json(fields) if json else print_fields(fields)


def _lived(seed: int, hours: int) -> tuple[int, Tally]:
    """How many worlds it took, and what they saw; QrlockError at the first disagreement."""
    from lockcore.errors import QrlockError
    from simulator.cli.progress import progress_bar
    from simulator.world.run import worlds
    from simulator.world.tally import Tally

    total, count = Tally(), 0
    with progress_bar("hours", hours) as tell:
        for world in worlds(seed):
            if isinstance(world, str):
                raise QrlockError(f"lock and rules disagree: {world}")
            total.add(world)
            count += 1
            tell(total.hours)
            if total.hours >= hours:
                break
    return count, total


def _counts(total: Tally) -> dict[str, int]:
    counts = {name: count for name, count in vars(total).items() if name != "answers"}
    return counts | dict(total.answers.most_common())


def _replay(line: str, json: bool) -> None:
    """Print what happens in this life, and how it ends."""
    from lockcore.errors import QrlockError
    from simulator.cli.output import print_json
    from simulator.world.replay import disagreement, parse

    life = parse(line)
    happenings = life.happenings()
    said = disagreement(life.seed, happenings)
    if json:
        print_json({"acts": list(life.acts), "disagreement": said})
    else:
        for number, happening in zip(life.acts, happenings, strict=True):
            print(f"{number}: {happening}")
    if said is not None:
        raise QrlockError(f"lock and rules disagree: {life}: {said}")
    if not json:
        print(f"lock and rules agree: {life}")

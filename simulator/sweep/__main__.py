"""`python -m simulator.sweep [--singles] [--replay LINE]`: exit status 1 where something broke, 2 for bad input."""

from __future__ import annotations

import argparse
import sys

from lockcore import QrlockError
from simulator.sweep.run import Broken
from simulator.sweep.sweep import replay, sweep


def main() -> int:
    """Print a line a scenario and geometry, and every run that broke something."""
    parser = argparse.ArgumentParser(prog="python -m simulator.sweep")
    parser.add_argument("--singles", action="store_true", help="single cuts only")
    parser.add_argument("--replay", metavar="LINE", help="one run, as a failure printed it")
    options = parser.parse_args()
    if options.replay:
        return _replayed(options.replay)
    runs, broken = 0, 0
    for swept in sweep(pairs=not options.singles, repeats=not options.singles):
        runs += swept.runs
        broken += len(swept.broken)
        print(
            f"{swept.scenario:44} {swept.geometry:6} {swept.steps:4} steps  {swept.singles:4} singles"
            f"  {swept.pairs:6} pairs  {swept.repeats:4} x 300 in a row  {len(swept.broken)} broken",
            flush=True,
        )
        for line in swept.broken:
            print(f"  {line}")
    print(f"{runs} runs")
    return 1 if broken or not runs else 0


def _replayed(line: str) -> int:
    try:
        print(f"holds, in {replay(line)} steps")
    except Broken as broken:
        print(broken)
        return 1
    except QrlockError as error:
        print(f"simulator.sweep: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())

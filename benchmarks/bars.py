"""`python -m benchmarks.bars NAME`: the bars of an issue, measured anew.

Exit status 0 if all hold, 1 if one falls short or was left out of a whole run, 2 for a name that is none.
"""

from __future__ import annotations

import argparse
import json
import sys

from benchmarks import bars_core
from benchmarks.line import Line, Verdict

BARS = {"core": bars_core.lines}


def main() -> int:
    """Print the lines as they are measured."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.bars", description="Measure the bars of an issue.")
    parser.add_argument("name", choices=BARS)
    parser.add_argument("--quick", action="store_true", help="what fits in 60 s")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    if not options.json:
        print(f"seed {options.seed}; ratios are medians over interleaved batches, see benchmarks/timing.py", flush=True)
    lines = []
    for line in BARS[options.name](options.seed, options.quick):
        lines.append(line)
        if not options.json:
            print(line, flush=True)
    if options.json:
        print(json.dumps({"seed": options.seed, "lines": [line.record() for line in lines]}, indent=2))
    return status(lines, options.quick)


def status(lines: list[Line], quick: bool) -> int:
    """0 if every bar was measured and holds; a quick run may leave some out."""
    failing = {Verdict.FALLS_SHORT} if quick else {Verdict.FALLS_SHORT, Verdict.LEFT_OUT}
    return int(any(line.verdict in failing for line in lines))


if __name__ == "__main__":
    sys.exit(main())

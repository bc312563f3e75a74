"""The bars of an issue, measured anew: `python -m benchmarks.bars NAME [--quick] [--json] [--seed N]`.

A line a bar, with its number, the figure, the target, and whether it holds. Exit status 0 if all hold, 1 if one
falls short or was left out of a run that is not `--quick`, 2 for a name there is none of. Each name is a module
`bars_NAME` with `HOW`, a sentence, and `lines(seed, quick)`.
"""

from __future__ import annotations

import json
import pkgutil
import platform
import sys
from argparse import ArgumentParser
from collections.abc import Iterable, Sequence
from importlib import import_module
from pathlib import Path

from benchmarks.line import Line, Verdict

_PREFIX = "bars_"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command with these arguments, or the process's; the exit status."""
    parser = ArgumentParser(prog="python -m benchmarks.bars", description="Measure the bars of an issue.")
    parser.add_argument("name", help="which issue: " + ", ".join(names()))
    parser.add_argument("--quick", action="store_true", help="what fits in 60 s; names what it leaves out")
    parser.add_argument("--json", action="store_true", help="one JSON object in place of lines")
    parser.add_argument("--seed", type=int, default=1, help="of everything random (1)")
    options = parser.parse_args(arguments)
    if options.name not in names():
        print(f"no bars for {options.name!r}; there are: {', '.join(names())}", file=sys.stderr)
        return 2
    issue = import_module(f"benchmarks.{_PREFIX}{options.name}")
    report = as_json if options.json else as_lines
    seen = report(options.name, options.seed, issue.HOW, issue.lines(options.seed, options.quick))
    return status(seen, options.quick)


def names() -> list[str]:
    """The issues there are bars for."""
    modules = pkgutil.iter_modules([str(Path(__file__).parent)])
    return sorted(module.name.removeprefix(_PREFIX) for module in modules if module.name.startswith(_PREFIX))


def as_lines(name: str, seed: int, how: str, lines: Iterable[Line]) -> list[Line]:
    """Print seed, method, each line as it comes, and a sum; the lines."""
    print(f"seed {seed}; bars of {name!r} on Python {platform.python_version()}, {platform.machine()}")
    print(how, flush=True)
    seen = []
    for line in lines:
        seen.append(line)
        print(line, flush=True)
    print(summary(seen))
    return seen


def as_json(name: str, seed: int, how: str, lines: Iterable[Line]) -> list[Line]:
    """Print one JSON object when all is measured; the lines."""
    seen = list(lines)
    report = {"name": name, "seed": seed, "how": how, "lines": [line.record() for line in seen]}
    print(json.dumps(report, indent=1, ensure_ascii=False))
    return seen


def status(lines: Sequence[Line], quick: bool) -> int:
    """0 if there are bars and all hold, else 1; only a quick run may leave some out."""
    failing = {Verdict.FALLS_SHORT} if quick else {Verdict.FALLS_SHORT, Verdict.LEFT_OUT}
    verdicts = {line.verdict for line in lines}
    return int(Verdict.HOLDS not in verdicts or not verdicts.isdisjoint(failing))


def summary(lines: Sequence[Line]) -> str:
    """How many bars hold, fall short and were left out, in one line."""
    counted = (Verdict.HOLDS, Verdict.FALLS_SHORT, Verdict.LEFT_OUT)
    return ", ".join(f"{sum(line.verdict is verdict for line in lines)} {verdict}" for verdict in counted)


if __name__ == "__main__":
    sys.exit(main())

"""`python -m simulator.threats [--json]`: attack every weak lock and the reference, and print what was seen.

Exit status 0 if every row is as it should be, else 1.
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from typing import Any

from simulator.cli.output import print_json, print_rows
from simulator.threats.row import Expected, Measured, Threat, measure
from simulator.threats.table import THREATS

_SEEN = {None: "–", True: "works", False: "fails"}
COLUMNS = ("threat", "attack", "weak lock", "there", "reference", "as it should be")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command with these arguments, or the process's; the exit status."""
    parser = ArgumentParser(prog="python -m simulator.threats", description="Attack weak locks and the reference.")
    parser.add_argument("--json", action="store_true", help="one JSON document in place of the table")
    parser.add_argument("threat", nargs="*", help="numbers or labels, such as 6 or 6b; else all")
    options = parser.parse_args(arguments)
    wanted = [threat for threat in THREATS if not options.threat or _is_wanted(threat, options.threat)]
    seen = [(threat, measure(threat)) for threat in wanted]
    if options.json:
        print_json([_document(threat, measured) for threat, measured in seen])
    else:
        _print_table(seen)
    return 0 if seen and all(measured.holds(threat) for threat, measured in seen) else 1


def _is_wanted(threat: Threat, wanted: list[str]) -> bool:
    return threat.label in wanted or str(threat.number) in wanted


def _document(threat: Threat, measured: Measured) -> dict[str, Any]:
    return {
        "threat": threat.label,
        "title": threat.title,
        "weakness": threat.weakness,
        "gain": threat.gain,
        "works_on_weak": measured.weak,
        "works_on_reference": measured.reference,
        "expected_of_reference": threat.expected.value,
        "note": threat.note,
        "as_it_should_be": measured.holds(threat),
    }


def _print_table(seen: list[tuple[Threat, Measured]]) -> None:
    print_rows((_row(threat, measured) for threat, measured in seen), COLUMNS)
    for threat, _ in seen:
        if threat.note:
            print(f"{threat.label}: {threat.note}")
    held = sum(measured.holds(threat) for threat, measured in seen)
    print(f"{held} of {len(seen)} rows as they should be, of {len({threat.number for threat, _ in seen})} threats")


def _row(threat: Threat, measured: Measured) -> dict[str, str]:
    expected = "" if threat.expected is Expected.FAILS else f" ({threat.expected})"
    return {
        "threat": threat.label,
        "attack": f"{threat.title} → {threat.gain}",
        "weak lock": threat.weakness or "–",
        "there": _SEEN[measured.weak],
        "reference": _SEEN[measured.reference] + expected,
        "as it should be": "yes" if measured.holds(threat) else "NO",
    }


if __name__ == "__main__":
    sys.exit(main())

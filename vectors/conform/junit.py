"""Results as JUnit XML, as build servers read it: a suite a family, a case a test."""

from __future__ import annotations

import re
from itertools import groupby
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from vectors.conform.results import Outcome, Results, Verdict

_not_xml = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 has no way to write."""


def junit(results: Results) -> bytes:
    """The file, well formed whatever the device has said. Its times are the run's."""
    suites = Element("testsuites", _counts(results.outcomes, "qrlock conform"))
    for family, outcomes in groupby(results.outcomes, lambda outcome: outcome.family):
        cases = list(outcomes)
        suite = SubElement(suites, "testsuite", _counts(cases, family))
        for outcome in cases:
            _case(suite, outcome)
    indent(suites)
    file: bytes = tostring(suites, encoding="utf-8", xml_declaration=True)
    return file + b"\n"


def _counts(outcomes: list[Outcome] | tuple[Outcome, ...], name: str) -> dict[str, str]:
    verdicts = [outcome.verdict for outcome in outcomes]
    return {
        "name": clean(name),
        "tests": str(len(verdicts)),
        "failures": str(verdicts.count(Verdict.FAIL)),
        "errors": "0",
        "skipped": str(verdicts.count(Verdict.SKIP)),
        "time": _seconds(sum(outcome.ms for outcome in outcomes)),
    }


def _case(suite: Element, outcome: Outcome) -> None:
    name = {"classname": f"qrlock.{outcome.family}", "name": outcome.id, "time": _seconds(outcome.ms)}
    case = SubElement(suite, "testcase", {key: clean(value) for key, value in name.items()})
    if outcome.verdict is Verdict.SKIP:
        SubElement(case, "skipped", {"message": clean(outcome.why)})
    elif outcome.verdict is Verdict.FAIL:
        failure = SubElement(case, "failure", {"type": clean(outcome.how), "message": clean(outcome.why)})
        failure.text = clean("\n".join((outcome.comment, outcome.why, *outcome.effects)))


def _seconds(ms: float) -> str:
    return f"{ms / 1000:.6f}"


def clean(text: str) -> str:
    """The text without characters that XML cannot hold."""
    return _not_xml.sub("\ufffd", text)

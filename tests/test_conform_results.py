"""What a run leaves: results that two transports agree on, JUnit that every reader can read, words for people."""

import json
from collections.abc import Mapping
from typing import Any
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from tests.conform_devices import RIGHT, Scripted, in_process, pack, program, vector
from vectors.conform.command import Command
from vectors.conform.junit import clean, junit
from vectors.conform.report import family_rows, report_lines
from vectors.conform.results import Outcome, Results, Verdict
from vectors.conform.run import run

WRONG = {"refused": "BAD_SEAL"}
THREE = pack(vector("a"), vector("b"), vector("c", needs=("flash",)))


def results(*answers: Mapping[str, Any], **hello: Any) -> Results:
    """Of a device that says these answers to three tests, of which it cannot do the third."""
    return run(THREE, in_process(Scripted(answers or (RIGHT,), **hello)))


def test_results_are_one_document() -> None:
    """Counts, families, what was missing, each test in the order of the pack, and the times apart."""
    record = results(RIGHT, WRONG).record()
    assert json.loads(json.dumps(record)) == record
    assert record["counts"] == {"pass": 1, "fail": 1, "skip": 1}
    assert record["families"] == {"decode": record["counts"]}
    assert record["missing"] == {"flash": 1}
    assert record["device"]["can"] == ["decode"]
    assert [(result["id"], result["verdict"]) for result in record["results"]] == [
        ("decode.a", "pass"), ("decode.b", "fail"), ("decode.c", "skip"),
    ]  # fmt: skip
    assert record["results"][0] == {"id": "decode.a", "family": "decode", "verdict": "pass"}
    assert record["results"][2]["missing"] == ["flash"]
    assert record["times"].keys() == {"total_ms", "tests_ms"}
    assert record["times"]["tests_ms"].keys() == {"decode.a", "decode.b"}


def test_two_ways_to_one_device_give_the_same_results() -> None:
    """Equal to the byte but for the times."""
    device = Command(program('right(id) if asked == 1 else say(\'{"id": %d, "refused": "BAD_SEAL"}\\n\' % id)'))
    outside = run(THREE, device)
    device.close()
    inside = results(RIGHT, WRONG)
    one, other = (json.dumps(each.record() | {"times": None}) for each in (inside, outside))
    assert one == other


def test_people_read_counts_then_failures_with_what_is_at_stake() -> None:
    """And what was left out, and why."""
    said = results(RIGHT, WRONG)
    assert family_rows(said) == [{"family": "decode", "pass": 1, "fail": 1, "skip": 1}]
    assert list(report_lines(said)) == [
        "skipped 1: the device has not declared flash",
        "",
        "FAIL decode.b: wrong answer",
        "  what it is  A text that is no card.",
        '  why         step 1 of 1, decode: refused must be "NOT_A_CARD", came "BAD_SEAL"',
        "  at stake    A stranger's code confuses or crashes the lock.",
        "",
        "1 pass, 1 fail, 1 skip",
    ]


def test_what_was_not_answered_is_one_line() -> None:
    """However many tests it is."""
    said = list(report_lines(results(protocol=9)))
    assert (
        said[1] == "3 tests not answered, from decode.a on: the device never said hello: bad hello: protocol: it is 1"
    )
    assert len(said) == 4


def test_where_nothing_was_asked_people_are_told() -> None:
    """That nothing is shown by it."""
    assert list(report_lines(results(can=[])))[-1].endswith("nothing was asked, so nothing is shown")


def test_build_servers_read_junit() -> None:
    """A suite a family, a case a test, with failure or skip."""
    suites = ElementTree.fromstring(junit(results(RIGHT, WRONG)))
    assert (suites.get("tests"), suites.get("failures"), suites.get("skipped")) == ("3", "1", "1")
    (suite,) = suites
    passed, failed, skipped = suite
    assert (suite.get("name"), passed.get("name"), len(passed)) == ("decode", "decode.a", 0)
    assert "BAD_SEAL" in str(failed[0].get("message"))
    assert "confuses or crashes" in str(failed[0].text)
    assert (skipped[0].tag, skipped[0].get("message")) == ("skipped", "the device has not declared flash")


@given(st.text(), st.text(st.characters(categories=["Cc", "Cs", "Co", "Cn"])))
def test_junit_is_well_formed_whatever_is_in_it(why: str, how: str) -> None:
    """Control characters, halves of characters, what XML has no way to write."""
    outcome = Outcome(id="decode.a", family="decode", verdict=Verdict.FAIL, how=how, why=why, effects=(why,))
    made = Results(outcomes=(outcome,), manifest_sha256=None, hello=None)
    (suite,) = ElementTree.fromstring(junit(made))
    assert suite[0][0].tag == "failure"
    assert len(clean(why)) == len(why)


@given(st.binary(max_size=60), st.sampled_from(["answer", "babble", "error"]))
def test_whatever_a_device_says_the_reports_stand_it(said: bytes, place: str) -> None:
    """Any bytes as answer, error or babble: JUnit is well formed, and what people see is plain."""

    class Babbling(Scripted):
        def answer(self, request: Mapping[str, Any]) -> dict[str, Any]:
            answer = super().answer(request)
            if request["op"] != "hello":
                text = said.decode("utf-8", "surrogateescape")
                answer = {"id": request["id"], ("error" if place == "error" else "refused"): text}
                if place == "babble":
                    raise ValueError(text)
            return answer

    made = run(THREE, in_process(Babbling()))
    ElementTree.fromstring(junit(made))
    assert all(line.isascii() and line.isprintable() for line in report_lines(made))

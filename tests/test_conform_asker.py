"""What the runner asks, skips and gives up, with devices in process."""

import json
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conform_devices import ASK, HELLO, RIGHT, Scripted, hows, in_process, pack, vector
from vectors.conform.in_process import InProcess
from vectors.conform.pack_file import Pack
from vectors.conform.run import run
from vectors.conform.trouble import TransportError, Trouble, Word
from vectors.pack.errors import PackError

WRONG = {"refused": "BAD_SEAL"}


class Failing:
    """A transport that answers by words, one a question: a Word is raised, anything else said."""

    keeps_answers = False

    def __init__(self, *says: Word | str) -> None:
        self._says, self.restarts, self.asked = list(says), 0, 0

    def ask(self, line: bytes, by: float) -> bytes:  # noqa: ARG002
        """The next in turn; the last for ever."""
        asked = json.loads(line)
        if asked["op"] == "hello":
            return json.dumps({"id": asked["id"], **HELLO}).encode()
        self.asked += 1
        say = self._says.pop(0) if len(self._says) > 1 else self._says[0]
        if isinstance(say, Word):
            raise Trouble(say)
        return json.dumps({"id": asked["id"], "refused": say}).encode()

    def more(self, by: float) -> bytes:  # noqa: ARG002
        """Never anything."""
        raise Trouble(Word.HUNG)

    def waiting(self) -> bytes:
        """Nor anything before."""
        return b""

    def restart(self, by: float) -> None:  # noqa: ARG002
        """Count it."""
        self.restarts += 1

    def close(self) -> None:
        """Nothing to do."""


def many(count: int) -> Pack:
    """That many tests."""
    return pack(*(vector(f"n{number}") for number in range(count)))


def test_a_device_that_answers_rightly_passes() -> None:
    """Each request has what its group gives, and an id above the one before."""
    device = Scripted()
    results = run(pack(), in_process(device))
    assert results.counts == {"pass": 3, "fail": 0, "skip": 0}
    assert results.conforms
    assert [asked["id"] for asked in device.asked] == [2, 3, 4]
    assert device.asked[0]["text"] == "12"


def test_the_first_step_that_differed_is_told() -> None:
    """With its number, its request, what must come back and what came; the steps after it are not asked."""
    device = Scripted([RIGHT, WRONG])
    (outcome,) = run(pack(vector("life", (ASK, RIGHT), (ASK, RIGHT), (ASK, RIGHT))), in_process(device)).outcomes
    assert outcome.why == 'step 2 of 3, decode: refused must be "NOT_A_CARD", came "BAD_SEAL"'
    assert outcome.how == "wrong answer"
    assert outcome.effects == ("A stranger's code confuses or crashes the lock.",)
    assert len(device.asked) == 2


def test_a_devices_own_error_is_a_failure_and_no_more() -> None:
    """It is not started again for it, and asked on."""
    results = run(pack(), in_process(Scripted([{"error": "no memory"}, RIGHT])))
    assert hows(results.outcomes) == ["error", "pass", "pass"]
    assert "no memory" in results.failures[0].why


def test_a_skip_is_by_declaration_alone() -> None:
    """What was missing is told, and nothing skipped counts for anything."""
    device = Scripted()
    life = {"op": "new", "profile": "QRM", "geometry": "nor"}
    results = run(pack(vector("a", needs=("flash",)), vector("b", (life, RIGHT)), vector("c")), in_process(device))
    assert [outcome.missing for outcome in results.outcomes] == [("flash",), ("profile QRM",), ()]
    assert results.missing == {"flash": 1, "profile QRM": 1}
    assert len(device.asked) == 1


def test_where_nothing_was_asked_nothing_conforms() -> None:
    """A device that can do nothing has not passed."""
    results = run(pack(), in_process(Scripted(can=[])))
    assert results.counts == {"pass": 0, "fail": 0, "skip": 3}
    assert not results.conforms


def test_after_three_failures_to_answer_the_rest_is_not_asked() -> None:
    """With no test passed between them; a wrong answer is none that ends the row."""
    device = Failing(Word.HUNG, "BAD_SEAL", Word.DIED, Word.BABBLED)
    results = run(many(8), device)
    assert hows(results.outcomes) == ["no answer in time", "wrong answer", "died", "babbled", *["not answered"] * 4]
    assert device.asked == 4


def test_a_test_passed_ends_the_row() -> None:
    """Two failures to answer, a pass, and two more are no three in a row."""
    device = Failing(Word.HUNG, Word.HUNG, "NOT_A_CARD", Word.HUNG, Word.HUNG, "NOT_A_CARD")
    results = run(many(6), device)
    assert hows(results.outcomes).count("pass") == 2
    assert device.restarts == 4


@pytest.mark.parametrize("hello", [{"protocol": 2}, {"can": ["sing"]}, {"device": 5}])
def test_a_device_without_a_statement_is_asked_nothing(hello: Mapping[str, Any]) -> None:
    """All tests fail, each with the reason."""
    results = run(pack(), in_process(Scripted(**hello)))
    assert hows(results.outcomes) == ["not answered"] * 3
    assert results.hello is None
    assert "bad hello" in results.trouble
    assert not results.conforms


def test_a_device_that_is_another_one_after_a_restart_is_in_trouble() -> None:
    """What it declares then must be what it declared."""
    devices = iter([Scripted([]), Scripted(can=["decode", "read"]), Scripted(), Scripted()])
    results = run(pack(), InProcess(lambda: next(devices)))
    assert hows(results.outcomes) == ["died", "bad hello", "pass"]


def test_a_mutant_that_raises_has_died() -> None:
    """Its exception is told in plain characters, and is no traceback of the runner's."""

    class Mutant(Scripted):
        def answer(self, request: Mapping[str, Any]) -> dict[str, Any]:
            if request["op"] == "hello":
                return super().answer(request)
            raise AssertionError("é\n")

    results = run(pack(), in_process(Mutant()))
    assert hows(results.outcomes) == ["died"] * 3
    assert "AssertionError" in results.failures[0].why
    assert results.failures[0].why.isascii()


def test_fail_fast_stops_at_the_first_failure() -> None:
    """What comes after it has no result."""
    results = run(many(5), in_process(Scripted([RIGHT, WRONG])), fail_fast=True)
    assert hows(results.outcomes) == ["pass", "wrong answer"]
    assert not results.complete


def test_ids_and_families_choose() -> None:
    """By globs and names; what chooses nothing is an error that is told."""
    asked = run(pack(), in_process(Scripted()), only=("*.t*",)).outcomes
    assert [outcome.id for outcome in asked] == ["decode.two", "decode.three"]
    assert len(run(pack(), in_process(Scripted()), families=("decode",)).outcomes) == 3
    for choice in ({"only": ("*.nine",)}, {"families": ("dance",)}):
        with pytest.raises(PackError):
            run(pack(), in_process(Scripted()), **choice)  # type: ignore[arg-type]


def test_the_progress_is_told() -> None:
    """After each test, how many are done."""
    told: list[float] = []
    run(pack(), in_process(Scripted()), tell=told.append)
    assert told == [1, 2, 3]


@pytest.mark.parametrize("limit", [0.0, -1.0, float("nan"), float("inf"), 1e9])
def test_a_time_limit_is_one(limit: float) -> None:
    """More than nothing, and less than for ever."""
    with pytest.raises(TransportError, match="time limit"):
        run(pack(), in_process(Scripted()), timeout_s=limit)


class Raw(Failing):
    """A transport over which these lines come, whatever is asked."""

    def __init__(self, lines: list[bytes]) -> None:
        super().__init__()
        self._lines = lines

    def ask(self, line: bytes, by: float) -> bytes:
        """The next of them."""
        return super().ask(line, by) if b'"hello"' in line else self.more(by)

    def more(self, by: float) -> bytes:
        """And the next; after the last one, none in time."""
        return self._lines.pop(0) if self._lines else super().more(by)


class Ahead(Failing):
    """A transport where this lies before the first question after hello, and then rightly answers what is asked."""

    def __init__(self, lies: bytes) -> None:
        super().__init__("NOT_A_CARD")
        self._looks, self._lies = 0, lies

    def waiting(self) -> bytes:
        """Hello is looked before and after; what comes third is before the first question."""
        self._looks += 1
        return self._lies if self._looks == 3 else b""


@pytest.mark.parametrize("lies", [b'{"id": 2, "refused": "NOT_A_CARD"}\r\n', b'{"id": 2, "refused": "NOT_A_C', b" {"])
def test_an_answer_that_was_there_before_its_question_is_none(lies: bytes) -> None:
    """With the right id too, and if only its first byte was there."""
    assert hows(run(pack(), Ahead(lies)).outcomes) == ["spoke unasked", "pass", "pass"]


@pytest.mark.parametrize("lies", [b"", b"\r", b" \t"])
def test_white_space_before_a_question_begins_no_answer(lies: bytes) -> None:
    """A device may end its lines as it likes."""
    assert run(pack(), Ahead(lies)).conforms


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda deeper: st.lists(deeper, max_size=3) | st.dictionaries(st.sampled_from(("id", "refused")), deeper),
)


@given(st.lists(st.binary(max_size=20) | JSON.map(lambda value: json.dumps(value).encode()), max_size=6))
def test_whatever_lines_come_are_results(lines: list[bytes]) -> None:
    """Each test comes out in some way, and the words for it are plain."""
    results = run(pack(), Raw(lines))
    assert len(results.outcomes) == 3
    assert all(outcome.why.isascii() and outcome.why.isprintable() for outcome in results.outcomes)

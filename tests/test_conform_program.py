"""Programs as devices, good and bad: whatever they do is a result with its word."""

import os
import select
import sys
from pathlib import Path

import pytest

from tests.conform_devices import ASK, LATER_S, RIGHT, SOON_S, hows, pack, program, vector
from vectors.conform.asker import Asker
from vectors.conform.command import Command, ended, words_of
from vectors.conform.pack_file import Pack
from vectors.conform.results import Results
from vectors.conform.run import run
from vectors.conform.trouble import TransportError

ONE = pack(vector("one"))
TWO = pack(vector("one"), vector("two"))


def asked(body: str, timeout_s: float = LATER_S, of: Pack = ONE, grace_s: float | None = None) -> Results:
    """The results of a program with this body; one that hangs is not waited for at the end."""
    device = Command(program(body), grace_s=timeout_s if grace_s is None else grace_s)
    try:
        return run(of, device, timeout_s=timeout_s)
    finally:
        device.close()


def came_to(body: str, timeout_s: float = LATER_S) -> tuple[str, str]:
    """How and why the one test failed."""
    (outcome,) = asked(body, timeout_s).failures
    return outcome.how, outcome.why


def test_a_good_program_passes() -> None:
    """Over its standard input and output."""
    assert asked("right(id)", of=pack()).counts == {"pass": 3, "fail": 0, "skip": 0}


@pytest.mark.parametrize(
    "before",
    [
        r"say('starting\n')", r"say('\n' * 100)", r"say(b'\xff\xfe\x00\n')", r"say('[1]\n5\nnull\n')", r"say('{\n')",
        r"say('[' * 50_000 + '\n')", r"""say('NaN\n{"id": NaN}\n')""", r"say('1' * 10_000 + '\n')",
    ],
)  # fmt: skip
def test_a_little_babble_does_no_harm(before: str) -> None:
    """Lines that are no JSON object, whatever they are, before the answer."""
    assert asked(f"{before}\nright(id)").conforms


def test_an_answer_may_come_in_pieces() -> None:
    """Byte by byte, after a line of something else."""
    line = r"""b'ready\n{"refused": "NOT_A_CARD", "id": %d}\r\n' % id"""
    assert asked(f"for byte in {line}:\n    say(bytes([byte]))").conforms


def test_what_a_program_says_aside_does_not_block_it() -> None:
    """Megabytes on its error stream before each answer."""
    assert asked("os.write(2, b'debugging\\n' * 200_000)\nright(id)").conforms


def test_a_program_that_talks_when_it_should_listen_is_heard() -> None:
    """A long question and much babble at one time fill both pipes, and nobody waits for ever."""
    long = ({"op": "decode", "text": "1" * 300_000}, RIGHT)
    body = "right(id)\nos.write(2, b'later\\n' * 50_000)\nsay('later\\n' * 50_000)"
    results = asked(body, of=pack(vector("one"), vector("two", long)))
    assert hows(results.outcomes) == ["pass", "babbled"]


def test_a_program_that_hangs_is_not_waited_for() -> None:
    """Beyond the time limit; what it had begun to say is told."""
    assert came_to("signal.pause()", SOON_S) == ("no answer in time", "step 1 of 1, decode: no answer in time")
    how, why = came_to("""say('{"id"')\nsignal.pause()""", SOON_S)
    assert how == "no answer in time"
    assert r"{\"id\"" in why


def test_a_program_that_does_not_listen_is_not_waited_for() -> None:
    """A question longer than the pipe is given up at the time limit."""
    long = pack(vector("one", (ASK, RIGHT), ({"op": "decode", "text": "1" * 300_000}, RIGHT)))
    results = asked("right(id)\nsignal.pause()", SOON_S, long)
    assert "does not take" in results.failures[0].why


@pytest.mark.parametrize(
    ("said", "how"),
    [
        (r"""say('{"id": %d, "refused": \n' % id)""", "not JSON"), (r"say(b'\xff\n')", "not JSON"),
        (r"say('[]\n')", "no JSON object"), (r"say('true\n')", "no JSON object"),
    ],
)  # fmt: skip
def test_what_is_said_in_place_of_an_answer_is_told(said: str, how: str) -> None:
    """When the time is over, by what came last."""
    came, why = came_to(f"{said}\nsignal.pause()", SOON_S)
    assert came == how
    assert "it said" in why


@pytest.mark.parametrize("id", ["id + 1", "0", "'null'", "'true'", "'\"1\"'", "'%d.0' % id", "'[[[]]]'"])
def test_another_id_is_no_answer(id: str) -> None:
    """Nor is one of another type."""
    how, why = came_to(f"""say('{{"id": %s, "refused": "NOT_A_CARD"}}\\n' % ({id}))""")
    assert how == "wrong id"
    assert "asked 2" in why


@pytest.mark.parametrize("more", ["id", "id + 1", "'null'"])
def test_a_second_answer_fails_the_question_that_it_came_with(more: str) -> None:
    """Whatever its id: nothing else has been asked yet."""
    body = f"""say('{{"id": %d, "refused": "NOT_A_CARD"}}\\n{{"id": %s, "refused": "NOT_A_CARD"}}\\n' % (id, {more}))"""
    results = asked(body if more == "id" else f"right(id) if asked > 1 else {body}")
    assert [(failure.how, "after it had answered 2" in failure.why) for failure in results.failures] == [
        ("spoke unasked", True)
    ]


def test_an_answer_that_was_begun_before_its_question_is_told() -> None:
    """A device that guesses what it will be asked; it is started again, and the next test finds it in step."""
    ahead = """'{"id": %d, "refused": "NOT_A_CARD"}\\n{"id": %d, ' % (id, id + 1)"""
    results = asked(f"""say({ahead} if asked == 1 else '"refused": "NOT_A_CARD"}}\\n')""", of=TWO)
    assert hows(results.outcomes) == ["pass", "spoke unasked"]
    assert "before it was asked 3" in results.failures[0].why


def test_babble_between_questions_does_no_harm() -> None:
    """Lines after an answer and half of one: each question finds them lying there, and its own answer behind them."""
    assert asked(r"""say('\n'); right(id); say('done\n[1]\nwaiting: ')""", of=pack()).conforms


@pytest.mark.parametrize(
    "members", ['"id": %d, "refused": "BAD_SEAL"', '"id": 2, "id": %d', '"id": %d, "re\\\\u0066used": "NOT_A_CARD"']
)
def test_an_answer_with_a_member_twice_is_none(members: str) -> None:
    """Also where the last of the two, or both, are right, and however it is spelt."""
    how, why = came_to("""say('{MEMBERS, "refused": "NOT_A_CARD"}\\n' % id)""".replace("MEMBERS", members))
    assert how == "a member twice"
    assert "NOT_A_CARD" in why


def test_what_stands_in_a_list_is_babble_all_the_same() -> None:
    """With a member twice too; it is no object."""
    assert asked("""say('[{"a": 1, "a": 2}]\\n')\nright(id)""").conforms


def test_too_much_babble_is_a_failure() -> None:
    """64 KiB of lines, and a mebibyte without an end."""
    for say, how in (("'babble\\n' * 1000", "babbled"), ("'x' * 100_000", "line too long")):
        results = asked(f"while True:\n    say({say})", grace_s=SOON_S)
        assert hows(results.outcomes) == [how]


@pytest.mark.parametrize(
    ("end", "told"),
    [
        ("sys.exit(3)", "exit status 3"), ("os._exit(0)", "exit status 0"),
        ("os.kill(os.getpid(), signal.SIGSEGV)", "signal 11 (SIGSEGV)"),
        ("say('{')\nos._exit(1)", "exit status 1, the line was not ended"),
    ],
)  # fmt: skip
def test_a_death_is_told_with_its_status(end: str, told: str) -> None:
    """Or its signal, and with the last words on the error stream."""
    how, why = came_to(f"os.write(2, b'first\\nlast \\x1b[0m\\n')\n{end}")
    assert how == "died"
    assert told in why
    assert r"last \\u001b" in why or r"last \u001b" in why


def test_a_signal_without_a_name_is_told_too() -> None:
    """By its number."""
    assert ended(-9) == "signal 9 (SIGKILL)"
    assert ended(-63) == "signal 63"


def test_a_program_that_stops_talking_but_lives_has_closed_the_line() -> None:
    """It is killed with all that it has started."""
    device = Command(program("os.close(1)\nsignal.pause()"), grace_s=SOON_S)
    try:
        results = run(ONE, device)
    finally:
        device.close()
    assert hows(results.outcomes) == ["closed the line"]


def test_a_program_that_died_is_started_again_for_the_next_test() -> None:
    """Each of its lives begins with hello."""
    dying = asked("os._exit(1) if asked == 2 else right(id)", of=pack(*(vector(f"n{n}") for n in range(5))))
    assert hows(dying.outcomes) == ["pass", "died", "pass", "died", "pass"]


def test_a_program_that_never_says_hello_is_asked_nothing() -> None:
    """Three lives, and every test is not answered, with the reason."""
    device = Command([sys.executable, "-I", "-S", "-c", "import sys; sys.exit('no licence')"])
    results = run(pack(), device)
    device.close()
    assert hows(results.outcomes) == ["not answered"] * 3
    assert "exit status 1" in results.trouble
    assert "no licence" in results.trouble


def test_a_program_that_hangs_at_hello_is_not_waited_for() -> None:
    """The time for starting is limited too."""
    device = Command([sys.executable, "-I", "-S", "-c", "import signal; signal.pause()"], grace_s=SOON_S)
    asker = Asker(ONE, device, timeout_s=SOON_S, start_s=SOON_S)
    asker.greet()
    device.close()
    assert asker.hello is None
    assert "no answer in time" in asker.trouble


def test_nothing_of_a_program_is_left(tmp_path: Path) -> None:
    """What it has started, and does not listen to the end of its input, is killed with it."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    held = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    body = f"os.open({str(pipe)!r}, os.O_WRONLY)\nif not os.fork():\n    while True: signal.pause()\nright(id)"
    assert asked(body, grace_s=SOON_S).conforms
    readable, _, _ = select.select([held], [], [], LATER_S)
    assert readable, "somebody still holds the other end"
    assert os.read(held, 1) == b""
    os.close(held)


def test_a_program_may_end_by_itself(tmp_path: Path) -> None:
    """When its input ends, it has a moment to write what it has counted, and to talk on."""
    last = tmp_path / "last"
    ending = (
        f"import atexit; atexit.register(lambda: open({str(last)!r}, 'w').write('done'))\nright(id)\nsay('x' * 99_999)"
    )
    assert asked(ending).conforms
    assert last.read_text() == "done"


def test_closing_twice_is_allowed() -> None:
    """And a program that ignores everything ends all the same."""
    device = Command(program("signal.signal(signal.SIGTERM, signal.SIG_IGN)"), grace_s=SOON_S)
    device.close()
    device.close()


@pytest.mark.parametrize("words", [["/nonexistent/device"], ["/"], ["a\0b"], [""]])
def test_a_program_that_cannot_start_is_bad_input(words: list[str]) -> None:
    """One clear error before anything is asked."""
    with pytest.raises(TransportError):
        Command(words)


def test_a_command_line_is_split_as_a_shell_would() -> None:
    """With its quotes; one that does not end them is an error."""
    assert words_of("qemu -kernel 'my lock.elf'") == ["qemu", "-kernel", "my lock.elf"]
    for command in ("", "  ", "'open"):
        with pytest.raises(TransportError):
            words_of(command)


def test_a_program_that_is_gone_cannot_be_started_again(tmp_path: Path) -> None:
    """It fails its tests, and is no traceback."""
    copy = tmp_path / "device"
    copy.write_text(f"#!{sys.executable} -IS\n{program(f'os.unlink({str(copy)!r}); os._exit(1)')[-1]}")
    copy.chmod(0o755)
    device = Command([str(copy)])
    results = run(pack(), device)
    device.close()
    assert hows(results.outcomes) == ["died", "not there again", "not there again"]

"""Devices at a TCP port and behind a serial line, which here is a pseudo-terminal."""

import json
import os
import socket
import sys
import tty
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from subprocess import PIPE, Popen
from threading import Thread

import pytest

from tests.conform_devices import HELLO, LATER_S, RIGHT, SOON_S, hows, pack, vector
from vectors.conform.asker import Asker
from vectors.conform.devices import DeviceChoice, DeviceError, simulator
from vectors.conform.run import run
from vectors.conform.serial_line import SerialLine
from vectors.conform.serve import answer
from vectors.conform.simulator import Simulator
from vectors.conform.tcp import Tcp, address_of
from vectors.conform.trouble import TransportError

HALF_S = 0.5
"""A time limit that is let pass once, and kept by threads of a busy computer."""
Serve = Callable[[socket.socket], None]


@contextmanager
def listening(*lives: Serve) -> Iterator[Tcp]:
    """A line to a port where each connection is served by the next of these, in a thread."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            for life in lives:
                connection, _ = server.accept()
                with connection:
                    life(connection)

        thread = Thread(target=serve)
        thread.start()
        device = Tcp("127.0.0.1", server.getsockname()[1])
        try:
            yield device
        finally:
            device.close()
            thread.join(LATER_S)
            assert not thread.is_alive()


def answers(count: int) -> Serve:
    """Serve hello and so many right answers, then close the line."""

    def serve(connection: socket.socket) -> None:
        with connection.makefile("rb") as lines:
            for number, line in enumerate(lines):
                connection.sendall(right(line))
                if number == count:
                    return

    return serve


def right(line: bytes) -> bytes:
    """The right answer to a line."""
    asked = json.loads(line)
    return json.dumps({"id": asked["id"], **(HELLO if asked["op"] == "hello" else RIGHT)}).encode() + b"\n"


def mute(connection: socket.socket) -> None:
    """Say hello, and nothing else until the line is closed."""
    with connection.makefile("rb") as lines:
        connection.sendall(right(lines.readline()))
        lines.read()


def test_a_device_at_a_port_passes() -> None:
    """Over one connection."""
    with listening(answers(3)) as device:
        assert run(pack(), device).conforms


def test_a_closed_connection_fails_one_test_and_is_made_anew() -> None:
    """The test in which it was closed, and no other."""
    with listening(answers(1), answers(9)) as device:
        results = run(pack(*(vector(f"n{number}") for number in range(4))), device)
        assert hows(results.outcomes) == ["pass", "closed the line", "pass", "pass"]
        assert results.failures[0].why == "step 1 of 1, decode: closed the line"


def test_a_mute_device_is_connected_to_anew() -> None:
    """After the time limit."""
    with listening(mute, answers(9)) as device:
        assert hows(run(pack(), device, timeout_s=HALF_S).outcomes) == ["no answer in time", "pass", "pass"]


def test_a_port_that_is_gone_is_tried_until_the_time_is_over() -> None:
    """Then it is one more failure to answer."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        device = Tcp("127.0.0.1", server.getsockname()[1])
        server.accept()[0].close()
    asker = Asker(pack(), device, timeout_s=SOON_S, start_s=SOON_S)
    asker.greet()
    device.close()
    assert asker.trouble.startswith("not there again")


@pytest.mark.parametrize(
    "text", ["", "host", "host:", ":1", "host:0", "host:65536", "host:-1", "host:1e3", "host:٣", "host:999999999999"]
)
def test_an_address_is_host_and_port(text: str) -> None:
    """Anything else is one clear error."""
    with pytest.raises(TransportError, match="HOST:PORT"):
        address_of(text)


def test_addresses_of_the_newer_kind_stand_in_brackets() -> None:
    """The brackets are not part of it."""
    assert address_of("[::1]:4000") == ("::1", 4000)
    assert address_of("lock.local:4000") == ("lock.local", 4000)


@pytest.mark.parametrize("host", ["127.0.0.1", "a\0b", "x" * 70])
def test_a_port_where_nobody_listens_is_bad_input(host: str) -> None:
    """As is a name that can be nobody's."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        free = server.getsockname()[1]
    with pytest.raises(TransportError):
        Tcp(host, free)


@contextmanager
def behind_a_line(serve: Callable[[int], None]) -> Iterator[SerialLine]:
    """A serial line to what a thread does at the other end of it."""
    ours, theirs = os.openpty()
    tty.setraw(theirs)
    thread = Thread(target=serve, args=(ours,))
    thread.start()
    device = SerialLine(os.ttyname(theirs))
    try:
        yield device
    finally:
        device.close()
        os.close(theirs)  # the other end reads an error then, and its thread ends
        thread.join(LATER_S)
        os.close(ours)
        assert not thread.is_alive()


def lines_at(descriptor: int) -> Iterator[bytes]:
    """The lines that come there, until the line is closed."""
    held = b""
    while True:
        try:
            held += os.read(descriptor, 4096)
        except OSError:
            return
        *whole, held = held.split(b"\n")
        yield from (line for line in whole if line.strip())


def test_a_device_behind_a_line_passes() -> None:
    """As at any other."""

    def serve(line: int) -> None:
        for asked in lines_at(line):
            os.write(line, right(asked))

    with behind_a_line(serve) as device:
        assert run(pack(), device).conforms


def test_a_line_is_in_step_again_after_a_crash() -> None:
    """The empty line ends what was half said; late answers and what the boot says are dropped before hello's answer."""
    heard: list[bytes] = []

    def serve(line: int) -> None:
        for number, asked in enumerate(lines_at(line)):
            heard.append(asked)
            if number == 1:
                os.write(line, b'{"id": 2, "ref')  # and it crashes here
            elif number == 2:
                os.write(line, b'\nboot 1.0\n{"id": 2, "refused": "NOT_A_CARD"}\n[]\n{"id": true}\n' + right(asked))
            else:
                os.write(line, right(asked))

    with behind_a_line(serve) as device:
        results = run(pack(), device, timeout_s=HALF_S)
    assert hows(results.outcomes) == ["no answer in time", "pass", "pass"]
    ids = [json.loads(line)["id"] for line in heard]
    assert ids == sorted(set(ids))


def test_what_an_earlier_run_left_on_the_line_is_dropped() -> None:
    """Before the first answer to hello, anything may come."""

    def serve(line: int) -> None:
        for number, asked in enumerate(lines_at(line)):
            os.write(line, b'us": 5}\n{"id": 900, "did": []}\n' * (not number) + right(asked))

    with behind_a_line(serve) as device:
        assert run(pack(), device).conforms


@pytest.mark.parametrize("place", ["/nonexistent/tty", "/dev/null", "", "a\0b"])
def test_a_port_that_is_none_is_bad_input(place: str) -> None:
    """One clear line."""
    with pytest.raises(TransportError) as error:
        SerialLine(place)
    assert "\n" not in str(error.value)


def test_without_pyserial_the_error_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is an extra."""
    monkeypatch.setitem(sys.modules, "serial", None)
    with pytest.raises(TransportError, match=r"qrlock\[serial\]"):
        SerialLine("/dev/null")


def test_one_device_is_named() -> None:
    """None, two, or a baud rate without a port are errors."""
    for choice in (DeviceChoice(), DeviceChoice(simulator=True, tcp="a:1"), DeviceChoice(simulator=True, baud=9600)):
        with pytest.raises(DeviceError):
            choice.connected()


def test_the_simulator_serves_at_a_port() -> None:
    """The same results as in this process, but for times; empty lines and nonsense do it no harm."""
    asked = pack()
    inside = run(asked, simulator())
    with Popen([sys.executable, "-m", "vectors.conform.serve", "--tcp", "0"], stderr=PIPE) as process:
        assert process.stderr is not None
        try:
            address = process.stderr.readline().decode().rsplit(" ", 1)[1].strip()
            device = DeviceChoice(tcp=address).connected()
            outside = run(asked, device)
            device.close()
        finally:
            process.kill()
    assert inside == outside
    assert inside.record() | {"times": None} == outside.record() | {"times": None}


@pytest.mark.parametrize("line", [b"{", b"[]", b"\xff", b"[" * 100_000, b'{"id": 5}', b'{"id": 5, "op": []}'])
def test_the_served_simulator_answers_whatever_comes(line: bytes) -> None:
    """With an error, and lives on."""
    assert "error" in answer(Simulator(), line)

"""The vectors as tests of pytest: `pytest --qrlock-pack DIR --qrlock-command "…"`.

Installed with qrlock, and idle without a pack: whatever it needs is imported when it is used.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vectors.conform.asker import Asker
    from vectors.conform.devices import DeviceChoice
    from vectors.conform.pack_record import Test
    from vectors.conform.transport import Transport

_MARK = "qrlock-vector"
"""A keyword of each vector, by which its report is known, in another process too."""
_TRANSPORT: pytest.StashKey[Transport] = pytest.StashKey()


def pytest_addoption(parser: pytest.Parser) -> None:
    """The pack and the device."""
    group = parser.getgroup("qrlock", "qrlock vectors")
    group.addoption("--qrlock-pack", metavar="DIR", help="ask every vector of this pack, each as a test")
    group.addoption("--qrlock-simulator", action="store_true", help="ask the built-in simulator")
    group.addoption("--qrlock-command", metavar="PROGRAM", help="ask this program, on its stdin and stdout")
    group.addoption("--qrlock-tcp", metavar="HOST:PORT", help="ask what listens there")
    group.addoption("--qrlock-serial", metavar="DEVICE", help="ask behind this serial port")
    group.addoption("--qrlock-baud", type=int, metavar="N", help="of the serial port")
    group.addoption("--qrlock-timeout-s", type=float, default=5.0, metavar="S", help="how long an answer may take")


def pytest_configure(config: pytest.Config) -> None:
    """With a pack, see whether anything of it is asked."""
    if config.getoption("--qrlock-pack") is not None:
        config.pluginmanager.register(Watch())


class Watch:
    """A session in which every vector was skipped has shown nothing, and fails (vectors/README.md)."""

    def __init__(self) -> None:
        self._asked = self._skipped = 0

    @property
    def nothing_asked(self) -> bool:
        """Whether there were vectors, and none was asked."""
        return self._skipped > 0 and self._asked == 0

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Count the vectors."""
        if _MARK in report.keywords:
            self._skipped += report.skipped
            self._asked += report.when == "call" and not report.skipped

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Fail where all else was well."""
        if self.nothing_asked and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Say why."""
        if self.nothing_asked:
            terminalreporter.write_line("qrlock: nothing was asked: the device declares none of what the vectors need")


class VectorFailed(Exception):
    """A vector that the device failed; its text says why, and what an attacker gains."""


class VectorItem(pytest.Item):
    """One vector."""

    def __init__(self, *, asker: Asker, test: Test, **more: Any) -> None:
        super().__init__(**more)
        self._asker, self._test = asker, test
        self.keywords[_MARK] = True

    def runtest(self) -> None:
        """Ask it; skip it where the device has not declared what it needs."""
        from vectors.conform.report import block
        from vectors.conform.results import Verdict

        if self._asker.hello is None and not self._asker.trouble:
            self._asker.greet()
        outcome = self._asker.ask(self._test)
        if outcome.verdict is Verdict.SKIP:
            pytest.skip(outcome.why)
        if outcome.verdict is Verdict.FAIL:
            raise VectorFailed("\n".join(block(outcome)))

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """Of a failed vector, or a picture that is none, what there is to say and no traceback."""
        from lockcore.errors import QrlockError

        told = isinstance(excinfo.value, (VectorFailed, QrlockError))
        return str(excinfo.value) if told else super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, None, str]:
        """Its place is the pack."""
        return self.path, None, self.name


class PackCollector(pytest.Collector):
    """All vectors of a pack."""

    def __init__(self, *, asker: Asker, tests: tuple[Test, ...], **more: Any) -> None:
        super().__init__(**more)
        self._asker, self._tests = asker, tests

    def collect(self) -> Iterator[VectorItem]:
        """An item each, under its id."""
        for test in self._tests:
            yield VectorItem.from_parent(self, name=test.id, asker=self._asker, test=test)


def _choice(config: pytest.Config) -> DeviceChoice:
    from vectors.conform.devices import DeviceChoice

    names = ("simulator", "command", "tcp", "serial", "baud")
    return DeviceChoice(**{name: config.getoption(f"--qrlock-{name}") for name in names})


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(session: pytest.Session, config: pytest.Config, items: list[pytest.Item]) -> None:
    """Add the vectors to what was collected, before `-k` chooses; pytest.UsageError for a bad pack or device."""
    place = config.getoption("--qrlock-pack")
    if place is None:
        return
    from lockcore.errors import QrlockError
    from vectors.conform.asker import Asker
    from vectors.conform.pack_file import read_pack

    try:
        pack = read_pack(Path(place))
        transport = config.stash[_TRANSPORT] = _choice(config).connected()
        asker = Asker(pack, transport, config.getoption("--qrlock-timeout-s"))
    except QrlockError as error:
        raise pytest.UsageError(f"qrlock: {error}") from None
    name = Path(place).name
    under = PackCollector.from_parent(session, name=name, path=Path(place), nodeid=name, asker=asker, tests=pack.tests)
    items.extend(session.genitems(under))  # which tells pytest that they were collected


def pytest_unconfigure(config: pytest.Config) -> None:
    """Let go of the device."""
    transport = config.stash.get(_TRANSPORT, None)
    if transport is not None:
        transport.close()

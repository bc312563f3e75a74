"""A lock on disk: created once, read strictly, saved whole, used by one at a time."""

from __future__ import annotations

import base64
import json
import os
import stat
import zlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from lockcore import Grant, OpenType, QrlockError, Reason, cmac_keys, encode
from lockcore.grant import Scope
from lockcore.key_set import KeySet
from lockcore.lock_keys import LockKeyExport
from simulator import atomic_file
from simulator.bench import lock_file
from simulator.bench.drive import Outcome
from simulator.bench.lock_file import LockFileError
from simulator.bench.session import Session, opened
from simulator.lock.decisions import EnterPassage
from simulator.lock.events import ClockRead
from simulator.lock.log import Line, lines_of
from simulator.lock.memory import Memory
from simulator.lock.profile import PROFILES
from tests.bench_keys import MASTER, PUBLIC, SERVICE_PUBLIC, cmac, ed25519
from tests.lock_bench import DOOR, END, GAP_MS, NOON, QRA, card, reason_of

CMAC_KEYS = {
    address[0]: cmac_keys.derive(MASTER, 1, address)
    for address in cmac_keys.lock_addresses(DOOR.community, DOOR.building, DOOR.floor, DOOR.room)
}
KEYS = LockKeyExport(
    community=DOOR.community,
    building=DOOR.building,
    floor=DOOR.floor,
    room=DOOR.room,
    ed25519={0: PUBLIC},
    cmac={1: CMAC_KEYS},
    service=SERVICE_PUBLIC,
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A QRA that was just mounted."""
    path = tmp_path / "lock.json"
    lock_file.create(path, profile=QRA, lock_id="L1", utc_offset_min=480, keys=KEYS)
    return path


def show(session: Session, shown: Grant, at_ms: int = GAP_MS) -> Outcome:
    """Show a card at noon."""
    return session.present(encode(shown, ed25519()), at_ms, NOON)


def refusals(path: Path) -> list[Line]:
    """What the lock's file has in its ring of refusals."""
    return [line for row in lock_file.load(path).lock().store.refusals() for line in lines_of(row)]


def spoil(path: Path, change: Callable[[Any], object]) -> None:
    """Change the document in a file."""
    document = json.loads(path.read_text())
    change(document)
    path.write_text(json.dumps(document))


def test_what_was_created_is_loaded(path: Path) -> None:
    """Profile, door, offset, keys and an empty memory."""
    loaded = lock_file.load(path)
    given = loaded.lock().lock.given
    assert (loaded.profile, given.placement, loaded.utc_offset_min) == (QRA, DOOR, 480)
    assert (given.keys, loaded.lock().memory) == (KeySet.of_export(KEYS), Memory())


def test_only_a_lock_with_a_keypad_gets_the_passcode_key(tmp_path: Path) -> None:
    """What a lock does not need it does not hold."""
    held = {}
    for model in ("QRA", "QRP"):
        path = tmp_path / f"{model}.json"
        keys = replace(KEYS, passcode=bytes(16))
        lock_file.create(path, profile=PROFILES[model], lock_id="L1", utc_offset_min=0, keys=keys)
        held[model] = lock_file.load(path).lock().lock.given.keys.passcode
    assert held == {"QRA": None, "QRP": bytes(16)}


def test_a_lock_is_not_overwritten(path: Path) -> None:
    """A second create is an error and leaves the first."""
    before = path.read_bytes()
    with pytest.raises(LockFileError, match=r"lock\.json: there is a lock already"):
        lock_file.create(path, profile=QRA, lock_id="L2", utc_offset_min=0, keys=KEYS)
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "wrong",
    [
        {"geometry": "disk"},
        {"blocks": 5},
        {"keys": replace(KEYS, service=b"")},
        {"lock_id": "l 1"},
        {"lock_id": ""},
        {"utc_offset_min": 841},
        {"utc_offset_min": -721},
    ],
)
def test_a_lock_that_cannot_be_is_not_created(tmp_path: Path, wrong: dict[str, Any]) -> None:
    """Bad input is one error of ours, and no file."""
    path = tmp_path / "lock.json"
    with pytest.raises(QrlockError):
        lock_file.create(path, **{"profile": QRA, "lock_id": "L1", "utc_offset_min": 0, "keys": KEYS, **wrong})
    assert not path.exists()


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX's")
def test_only_its_owner_reads_a_lock(path: Path) -> None:
    """At first and after every save: it may hold cmac keys."""
    with opened(path) as session:
        show(session, card())
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_both_seals_open_a_lock_from_its_file(path: Path) -> None:
    """The keys come back as verifiers."""
    with opened(path) as session:
        assert show(session, card()).opened
        assert session.present(encode(card(101), cmac()), 3 * GAP_MS, NOON).opened


def test_the_memory_goes_on_in_the_next_session(path: Path) -> None:
    """One opening of one is one opening, however often the file is opened."""
    verdicts = []
    for _ in range(2):
        with opened(path) as session:
            verdicts.append(reason_of(show(session, card(times=1))))
    assert verdicts == [Reason.OPENED, Reason.COUNT_EXHAUSTED]


def test_a_session_begins_with_a_boot(path: Path) -> None:
    """Before two seconds the last presentation goes on, and passage mode is entered again."""
    hold = card(open_type=OpenType.NORMALLY_OPEN)
    with opened(path) as session:
        show(session, hold)
    with opened(path) as session:
        assert show(session, hold, at_ms=GAP_MS - 1).decisions == (EnterPassage(until_min=END),)
    with opened(path) as session:
        assert session.tell(ClockRead(NOON)).decisions == (EnterPassage(until_min=END),)


def test_the_file_is_written_before_the_bolt_opens(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that takes nothing opens nothing, and the session stays shut."""

    def full(*_: object) -> None:
        raise atomic_file.FileError("the disk is full")

    before = path.read_bytes()
    with opened(path) as session:
        monkeypatch.setattr(atomic_file, "replace", full)
        with pytest.raises(QrlockError, match="full"):
            show(session, card(times=1))
        assert show(session, card(times=1), at_ms=9 * GAP_MS).decisions == ()
    assert path.read_bytes() == before


@pytest.mark.parametrize("after", [False, True])
def test_an_interrupted_save_leaves_the_old_file_or_the_new_one(
    path: Path, monkeypatch: pytest.MonkeyPatch, after: bool
) -> None:
    """Ctrl-C just before the rename or just after it; nothing is left beside, the next session works."""
    rename = Path.replace

    def interrupted(self: Path, target: Path) -> Path:
        if after:
            rename(self, target)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), opened(path) as session:
        session.tell(ClockRead(NOON))
        monkeypatch.setattr(Path, "replace", interrupted)
        show(session, card(times=1))
    monkeypatch.undo()
    assert [entry.used for entry in lock_file.load(path).lock().memory.entries.values()] == [1] * after
    assert {file.name for file in path.parent.iterdir()} == {"lock.json", ".lock.json.lock"}
    with opened(path) as session:
        assert reason_of(show(session, card(times=1))) is (Reason.COUNT_EXHAUSTED if after else Reason.OPENED)


def test_a_session_that_ends_well_keeps_the_hourly_counts(path: Path) -> None:
    """A session that an exception ends loses them, like a power cut."""
    with pytest.raises(ZeroDivisionError), opened(path) as session:
        session.present("no card", 0, NOON)
        raise ZeroDivisionError
    assert refusals(path) == []
    with opened(path) as session:
        session.present("no card", 0, NOON)
    assert [line.repeats for line in refusals(path)] == [1]


def test_a_lock_is_used_by_one_at_a_time(path: Path) -> None:
    """The second one waits for its timeout and is told."""
    with (
        opened(path),
        pytest.raises(LockFileError, match=r"lock\.json: another command is using this lock"),
        opened(path, timeout_s=0),
    ):
        pass
    with opened(path, timeout_s=0):
        pass


def test_a_lock_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    """And nothing is made in its place."""
    with pytest.raises(LockFileError, match="there is no lock file"), opened(tmp_path / "none" / "lock.json"):
        pass
    assert list(tmp_path.iterdir()) == []


SPOILT: list[tuple[Callable[[Any], object], str]] = [
    (lambda d: d.pop("flash"), "flash"),
    (lambda d: d.update(modle="QRA"), "modle"),
    (lambda d: d["profile"].update(model=1), "model"),
    (lambda d: d["profile"].update(times=True), "times"),
    (lambda d: d["profile"].update(entries_max=0), "entries_max"),
    (lambda d: d.update(utc_offset_min="480"), "utc_offset_min"),
    (lambda d: d.update(utc_offset_min=9999), "utc_offset_min"),
    (lambda d: d.update(clock_ahead_min=None), "clock_ahead_min"),
    (lambda d: d.update(clock_ahead_min=-(1 << 25)), "clock_ahead_min"),
    (lambda d: d.update(qrlock="lock 1"), "lock 2"),
    (lambda d: d["flash"].update(geometry="disk"), "disk"),
    (lambda d: d["flash"].update(blocks=7), "image"),
    (lambda d: d["flash"].update(blocks=0), "blocks"),
    (lambda d: d["flash"].update(erases=[-1]), "erases"),
    (lambda d: d["flash"].update(image="?"), "image"),
    (lambda d: d["flash"].update(image="QUJD"), "image"),
]


@pytest.mark.parametrize(("change", "named"), SPOILT)
def test_a_spoilt_file_is_one_error_that_names_file_and_field(
    path: Path, change: Callable[[Any], object], named: str
) -> None:
    """Never a traceback of another kind, never a default."""
    spoil(path, change)
    with pytest.raises(LockFileError, match=rf"lock\.json: .*{named}"):
        lock_file.load(path)


@pytest.mark.parametrize("content", [b"", b"[]", b"{", b"null", b"\xff\xfe", b'{"qrlock": "lock 2"}', b"[" * 100_000])
def test_a_file_that_is_no_lock_is_an_error_that_names_it(path: Path, content: bytes) -> None:
    """Whatever it is."""
    path.write_bytes(content)
    with pytest.raises(QrlockError, match=r"lock\.json: "):
        lock_file.load(path)


def test_a_flash_on_which_no_lock_was_commissioned_is_an_error(path: Path) -> None:
    """A blank one, or one whose configuration is gone."""
    blank = base64.b64encode(zlib.compress(b"\xff" * 20 * 4096)).decode()
    spoil(path, lambda d: d["flash"].update(image=blank))
    with pytest.raises(QrlockError, match="no lock was commissioned"):
        lock_file.load(path).lock()


def test_errors_and_reprs_hold_no_secret(path: Path) -> None:
    """Neither a key of the lock nor part of one."""
    loaded = lock_file.load(path)
    secret = CMAC_KEYS[Scope.ROOM]
    shown = repr((loaded, loaded.lock().lock.given))
    assert secret.hex() not in shown and repr(secret)[2:-1] not in shown

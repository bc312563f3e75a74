"""Making a pack: every family in a process of its own, then the manifest, and only then the folder."""

from __future__ import annotations

import json
import signal
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

from lockcore import QrlockError
from vectors.pack import manifest
from vectors.pack.errors import PackError
from vectors.pack.families import FAMILIES, made
from vectors.pack.family_file import json_bytes, record
from vectors.pack.open_pack import files_at, manifest_at
from vectors.pack.schema import SCHEMAS

SEED = 1
"""Of the released packs."""
COSTLY_FIRST = ("frame", "lock", "flash", "symbol", "decode", "encode", "seal", "passcode", "card")
"""So that two processes end together; the order of the pack is that of FAMILIES."""
Tell = Callable[[str], None]


def files_of(name: str, seed: int) -> dict[str, bytes]:
    """A family's files by their path in the pack: the vectors, their schema and their pictures."""
    family = made(name, seed)
    return {
        f"{name}.json": json_bytes(record(family)),
        f"schema/{name}.schema.json": json_bytes(SCHEMAS[name]),
        **family.pictures,
    }


def generated(seed: int, names: Sequence[str] = FAMILIES, workers: int = 2, tell: Tell = print) -> dict[str, bytes]:
    """All files of a pack but the manifest's, by path; `tell` hears each family's name when it is done."""
    costly_first = sorted(names, key=COSTLY_FIRST.index)
    files: dict[str, bytes] = {}
    for name, made_files in _made(seed, costly_first, workers):
        files |= made_files
        tell(name)
    return {path: files[path] for path in sorted(files)}


def _made(seed: int, names: Sequence[str], workers: int) -> Iterator[tuple[str, dict[str, bytes]]]:
    if workers == 1:
        yield from ((name, files_of(name, seed)) for name in names)
        return
    pool = ProcessPoolExecutor(workers, get_context("spawn"), initializer=_leave_interrupts)
    try:
        with _no_interrupt():
            names_of = {pool.submit(files_of, name, seed): name for name in names}
        for done in as_completed(names_of):
            yield names_of[done], done.result()
    except BrokenProcessPool:
        raise PackError("a process that made a family was killed; nothing is written") from None
    except BaseException:
        _end(pool)
        raise
    pool.shutdown()


@contextmanager
def _no_interrupt() -> Iterator[None]:
    """Ctrl-C waits meanwhile; processes begun here never hear it, not even before `_leave_interrupts`."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _leave_interrupts() -> None:
    """In a worker: Ctrl-C goes to every process of the terminal, and the one that waits for the workers ends them."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _end(pool: ProcessPoolExecutor) -> None:
    """Without waiting for what the workers are at."""
    workers = list((pool._processes or {}).values())
    pool.shutdown(wait=False, cancel_futures=True)
    for worker in workers:
        worker.terminate()
    for worker in workers:
        worker.join()


def generate(
    out: Path, seed: int = SEED, names: Sequence[str] = FAMILIES, *,
    private: bytes = manifest.EVERYBODYS_KEY, workers: int = 2, tell: Tell = lambda _: None,
) -> manifest.Manifest:  # fmt: skip
    """Write a pack of these families to `out`, which is new, empty, or a pack already; the manifest that it has now.

    PackError where the folder holds something else: then nothing is written. The pack is made beside it and moved
    there whole, so an interruption leaves what was there.
    """
    _check_place(out)
    names = [name for name in FAMILIES if name in names]
    files = generated(seed, names, workers, tell)
    listed = manifest.manifest_of(seed, files, (json.loads(files[f"{name}.json"]) for name in names))
    data = listed.to_bytes()
    signature, public = manifest.sign(data, private)
    signed = {manifest.NAME: data, manifest.SIGNATURE_NAME: signature.encode(), manifest.PUBLIC_NAME: public.encode()}
    _put(out, files | signed)
    return listed


def _check_place(out: Path) -> None:
    """PackError unless `out` is new, an empty folder, or a pack and nothing besides."""
    if out.exists() and not out.is_dir():
        raise PackError(f"{out}: is no folder")
    if not out.exists() or not any(out.iterdir()):
        return
    try:
        others = files_at(out) - manifest_at(out).files.keys()
    except QrlockError:
        raise PackError(f"{out}: holds something that is no pack; give an empty folder, or a new name") from None
    if others:
        raise PackError(f"{out}: holds {min(others)[:80]!a}, which is no part of the pack there; move it away")


def _put(out: Path, files: Mapping[str, bytes]) -> None:
    """Make a folder of these files in the place of the pack at `out`, which comes back where that does not work."""
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(prefix=f".{out.name}-", dir=out.parent) as beside:
            new, old = Path(beside) / "new", Path(beside) / "old"
            for path, content in files.items():
                (new / path).parent.mkdir(parents=True, exist_ok=True)
                (new / path).write_bytes(content)
            _exchange(out, new, old)
    except OSError as error:
        raise PackError(f"{out}: {error.strerror}") from None


def _exchange(out: Path, new: Path, old: Path) -> None:
    try:
        if out.exists():
            out.rename(old)
        new.rename(out)
    except BaseException:
        if old.exists() and not out.exists():
            old.rename(out)
        raise

"""Bar 4 of issue "vectors": what the C core takes of flash, RAM and stack, that it has no heap, and its fuzzer."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic
from typing import Any

from benchmarks.firmware import FIRMWARE, FirmwareError, build_folder, built, command
from benchmarks.line import Line, bar, figure, left_out
from vectors.conform.command import Command
from vectors.conform.pack_file import Pack, read_pack
from vectors.conform.run import run

FUZZ_S, FUZZ_QUICK_S = 600, 5
CORPUS = FIRMWARE / "fuzz" / "corpus"
HEAP = frozenset(("malloc", "calloc", "realloc", "free", "aligned_alloc", "alloca", "_sbrk", "_malloc_r", "_free_r"))
STDIO = frozenset(("printf", "puts", "fopen", "fwrite", "abort", "exit"))
COUNTED = ("-icount", "shift=0")
"""The emulator's clock goes on by one nanosecond an instruction."""
DEEP = ("decode.room-card.*", "lock.service.recommission*", "flash.nor.turn*", "passcode.*one-time*")
"""What is asked before the stack is measured: both seals, the longest commands, a block that turns over."""
ASKED = ("decode.room-card.ed25519-202", "decode.room-card.cmac-101")
"""What instructions are counted for."""


def lines(place: Path, seed: int, quick: bool) -> Iterator[Line]:
    """Sizes, heap, stack and instructions, and the fuzzer for ten minutes; `quick` for seconds."""
    try:
        if quick:
            yield left_out("4", "what the board's build takes", "fetches sources, with --quick")
        else:
            yield from _sizes()
            yield _heap()
            yield from _measured(read_pack(place))
        yield from _fuzzed(seed, quick)
    except FirmwareError as error:
        yield bar("4", "the C core", f"not measured: {error}", "built", False)


def _sizes() -> Iterator[Line]:
    """What `make size` prints: text, data and bss of the core alone and of what is linked with it, a lock's state."""
    title = ""
    for line in map(str.strip, built("size").splitlines()):
        words = line.split()
        if line.endswith(":"):
            title = line[:-1]
        elif len(words) == 1:
            yield figure("4", title, f"{int(words[0], 0):,} bytes")
        elif len(words) == 6 and words[0].isdigit():
            counts = zip(("text", "data", "bss"), words[:3], strict=True)
            yield figure("4", title, ", ".join(f"{name} {int(count):,}" for name, count in counts) + " bytes")


def _heap() -> Line:
    """Which of the words for heap and stdio the core's objects ask the linker for."""
    built("arm")
    objects = sorted(str(path) for path in (build_folder() / "arm").glob("core-*.o"))
    listed = subprocess.run(["arm-none-eabi-nm", "-u", *objects], capture_output=True, text=True, check=True).stdout
    wanted = {words[-1] for line in listed.splitlines() if (words := line.split())}
    found = sorted(wanted & (HEAP | STDIO))
    return bar(
        "4", f"heap or stdio in {len(objects)} objects of the core", ", ".join(found) or "none", "none", not found
    )


def _measured(pack: Pack) -> Iterator[Line]:
    """Instructions of a card's steps 1 to 4, and the deepest stack after the vectors of `DEEP`; all must pass."""
    program, *words = command("arm")
    device = Command([program, *COUNTED, *words])
    try:
        for id in ASKED:
            passed = run(pack, device, only=(id,), timeout_s=60).conforms
            count = f"{_measure(device)['instructions']:,}" if passed else "not passed"
            yield bar("4", f"instructions of {id}", count, "passed", passed)
        passed = run(pack, device, only=DEEP, timeout_s=60).conforms
        stack = f"{_measure(device)['stack_bytes']:,} bytes"
        yield bar("4", "deepest stack, the harness's among it", stack if passed else "not passed", "passed", passed)
    finally:
        device.close()


def _measure(device: Command) -> dict[str, Any]:
    """What the harness has counted: of the request before this one, and since the board started."""
    answer: dict[str, Any] = json.loads(device.ask(b'{"id": 1, "op": "measure"}\n', monotonic() + 60))
    return answer


def _fuzzed(seed: int, quick: bool) -> Iterator[Line]:
    """What reads bytes from outside under libFuzzer and both sanitizers, begun with the firmware's corpus."""
    built("fuzz")
    limit_s = FUZZ_QUICK_S if quick else FUZZ_S
    with TemporaryDirectory(prefix="qrlock-fuzz-") as folder:
        found = Path(folder, "found")
        found.mkdir()
        limits = (f"-seed={seed}", f"-max_total_time={limit_s}", "-max_len=4096", "-timeout=10")
        told = ("-print_final_stats=1", "-verbosity=0", f"-artifact_prefix={folder}/")
        words = [str(build_folder() / "fuzz"), *limits, *told, str(found), str(CORPUS)]
        ended = subprocess.run(words, capture_output=True, text=True, check=False)
    runs = next((line.split()[-1] for line in ended.stderr.splitlines() if "number_of_executed_units" in line), "0")
    name = f"faults of the parser in {limit_s} s of libFuzzer, {int(runs):,} inputs"
    if quick:
        yield left_out("4", "ten minutes of libFuzzer", "minutes, with --quick")
    last = ended.stderr.strip().splitlines()[-1:] if ended.returncode else ["none"]
    yield bar("4", name, " ".join(last), "none, under both sanitizers", ended.returncode == 0 and int(runs) > 0)

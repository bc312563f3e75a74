"""The pack before the C core on the emulated board: `python -m benchmarks.vectors_board [--every N]`.

`--every 8` asks each eighth test, for whoever has no ten minutes. Exit status 0 if all that is asked passes, 1 if not.
With progress on the error stream.
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from dataclasses import replace

from benchmarks.firmware import FirmwareError, command
from benchmarks.vectors_conform import BOARD_TIMEOUT_S
from benchmarks.vectors_pack import pack
from vectors.conform.command import Command
from vectors.conform.pack_file import read_pack
from vectors.conform.run import run
from vectors.pack.generate import SEED

TOLD_EVERY = 500


def main(arguments: Sequence[str] | None = None) -> int:
    """Run it; the exit status."""
    parser = ArgumentParser(prog="python -m benchmarks.vectors_board", description="Ask the emulated board.")
    parser.add_argument("--every", type=int, default=1, help="ask each so many-th test")
    every = parser.parse_args(arguments).every

    def tell(done: float) -> None:
        if done % TOLD_EVERY == 0:
            print(f"board: {done:.0f} tests", file=sys.stderr, flush=True)

    try:
        device = Command(command("arm"))
    except FirmwareError as error:
        print(error, file=sys.stderr)
        return 1
    whole = read_pack(pack(SEED).place)
    asked = replace(whole, tests=whole.tests[:: max(every, 1)])
    results = run(asked, device, timeout_s=BOARD_TIMEOUT_S, tell=tell)
    device.close()
    for failure in results.failures[:20]:
        print(f"{failure.id}: {failure.how}: {failure.why}")
    print(results.counts)
    return int(not results.conforms)


if __name__ == "__main__":
    sys.exit(main())

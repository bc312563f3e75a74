"""The whole pack before the C core on the emulated board: `python -m benchmarks.vectors_board`.

Exit status 0 if all that is asked passes, 1 if not. With progress on the error stream.
"""

from __future__ import annotations

import sys

from benchmarks.firmware import FirmwareError, command
from benchmarks.vectors_conform import BOARD_TIMEOUT_S
from benchmarks.vectors_pack import pack
from vectors.conform.command import Command
from vectors.conform.pack_file import read_pack
from vectors.conform.run import run
from vectors.pack.generate import SEED

EVERY = 500


def main() -> int:
    """Run it; the exit status."""

    def tell(done: float) -> None:
        if done % EVERY == 0:
            print(f"board: {done:.0f} tests", file=sys.stderr, flush=True)

    try:
        device = Command(command("arm"))
    except FirmwareError as error:
        print(error, file=sys.stderr)
        return 1
    results = run(read_pack(pack(SEED).place), device, timeout_s=BOARD_TIMEOUT_S, tell=tell)
    device.close()
    for failure in results.failures[:20]:
        print(f"{failure.id}: {failure.how}: {failure.why}")
    print(results.counts)
    return int(not results.conforms)


if __name__ == "__main__":
    sys.exit(main())

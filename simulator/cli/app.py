"""The command line as a whole: its commands, and what becomes of an error.

Exit status: 0 done; 2 bad input, with one line on stderr that says what and where; 3 refused by the lock;
130 interrupted, but `serve` ends with 0 when it is told to.
What a command needs beyond this is imported when it runs, so that `qrlock --help` is quick.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import cache

import typer
from typer.main import get_command

from lockcore.errors import QrlockError
from simulator.cli import service
from simulator.cli.bench import bench
from simulator.cli.card import app as card
from simulator.cli.conform import conform
from simulator.cli.demo import demo
from simulator.cli.fuzz_lock import fuzz_lock
from simulator.cli.keys import app as keys
from simulator.cli.lock import app as lock
from simulator.cli.platform import app as platform
from simulator.cli.present import present
from simulator.cli.read import read
from simulator.cli.serve import serve
from simulator.cli.shoot import shoot
from simulator.cli.vectors import app as vectors

BAD_INPUT = 2
INTERRUPTED = 130

app = typer.Typer(
    name="qrlock",
    help="The reference lock: cards as signed QR codes, and simulated locks that decide on them.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
lock.command("present")(present)
lock.command("press")(service.press)
lock.command("passcode")(service.passcode)
lock.command("collect")(service.collect)
lock.add_typer(service.app, name="service")
app.add_typer(keys, name="keys")
app.add_typer(card, name="card")
app.add_typer(lock, name="lock")
app.add_typer(vectors, name="vectors")
app.add_typer(platform, name="platform")
app.command("read")(read)
app.command("shoot")(shoot)
app.command("demo")(demo)
app.command("bench")(bench)
app.command("fuzz-lock")(fuzz_lock)
app.command("conform")(conform)
app.command("serve")(serve)


@cache
def _command() -> Callable[[], object]:
    """The commands as they are run; made of all those functions once in a process, which takes a tenth of a second."""
    return get_command(app)


def main() -> None:
    """Run the command in `sys.argv`."""
    try:
        _command()()
    except QrlockError as error:
        print(f"qrlock: {error}", file=sys.stderr)
        sys.exit(BAD_INPUT)
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)

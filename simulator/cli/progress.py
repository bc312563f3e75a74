"""A bar on the error stream while something takes long; nothing where nobody looks at it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def progress_bar(what: str, total: float) -> Iterator[Callable[[float], None]]:
    """The function given says how much of `total` is done."""
    from rich.console import Console
    from rich.progress import Progress

    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(what, total=total)
        yield lambda done: bar.update(task, completed=done)


@contextmanager
def counted(what: str, total: int) -> Iterator[Callable[[str], None]]:
    """The function given is told the name of each thing that is done."""
    done: list[str] = []
    with progress_bar(what, total) as tell:

        def one(name: str) -> None:
            done.append(name)
            tell(len(done))

        yield one

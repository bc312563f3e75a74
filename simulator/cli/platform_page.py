"""Options of lists that are too long for one page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from simulator.platform.data.listings import Page

LimitOption = Annotated[int, typer.Option("--limit", min=1, max=1000, help="How many at most.")]
BeyondOption = Annotated[
    int | None,
    typer.Option("--beyond", min=0, max=2**63 - 1, help="The next page: the id that the last one ended at."),
]


def page_of(limit: int, beyond: int | None) -> Page:
    """The page that the options ask for."""
    from simulator.platform.data.listings import Page

    return Page(limit=limit, beyond_id=beyond)


def print_more(limit: int, ids: Sequence[object]) -> None:
    """How to get to the next page, where there may be one."""
    if len(ids) == limit:
        print(f"more: --beyond {ids[-1]}")

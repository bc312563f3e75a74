"""Many cards at once: arrays in, arrays out, on as many processes as the caller's executor has.

Sealing holds the interpreter, so threads gain nothing: give a `ProcessPoolExecutor`, and keep it, for starting
one costs more than sealing a thousand cards. Work goes out in slices of rows and comes back in their order, so
the result does not depend on the executor.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import Executor
from functools import partial
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from lockcore import payload, symbol
from lockcore.carrier import CARRIERS, SealKind
from lockcore.errors import QrlockError
from lockcore.grant import CardType, Grant, GrantError, Lost, OpenType
from lockcore.secret_pem import sealer

GRANTS = np.dtype(
    [
        ("community", np.uint64),
        ("start_min", np.uint32),
        ("end_min", np.uint32),
        ("serial", np.uint32),
        ("card", np.uint8),
        ("building", "S5"),
        ("floor", "S5"),
        ("room", "S8"),
        ("cut_off_min", np.uint32),
        ("times", np.uint8),
        ("open_type", np.uint8),
        ("lost", np.uint8),
        ("revision", np.uint8),
    ]
)
"""One grant a row, the fields of `Grant` in their order; what a card does not name is b"", no cut-off is 0."""

TEXT = np.dtype("S255")
"""One card's text; a shorter one ends where its digits do."""

SLICE_ROWS = 1000

_Out = TypeVar("_Out")


class BatchError(QrlockError):
    """A row that is no grant, or no text of a card; the message begins with its number, the first being row 0."""


def grant_rows(grants: Iterable[Grant]) -> NDArray[np.void]:
    """The grants as an array of `GRANTS`."""
    return np.array([_row(grant) for grant in grants], GRANTS)


def encode(
    grants: NDArray[np.void], kind: SealKind, key_id: int, secret: bytes, *, executor: Executor | None = None
) -> NDArray[np.bytes_]:
    """The texts, (n,) of `TEXT`, of (n,) grants of `GRANTS`, sealed under one key; BatchError names a bad row.

    `secret` is the key's 32 bytes. Without an executor all is done in this process.
    """
    starts = range(0, len(grants), SLICE_ROWS)
    seal = partial(_encode_slice, kind, key_id, secret)
    slices = _each(seal, [(start, grants[start : start + SLICE_ROWS]) for start in starts], executor)
    return np.concatenate([np.empty(0, TEXT), *slices])


def symbols(
    texts: NDArray[np.bytes_], *, mask: int | None = None, executor: Executor | None = None
) -> dict[int, tuple[NDArray[np.intp], NDArray[np.uint8]]]:
    """The symbols of (n,) texts at level M: by number of digits, which rows have it, and their modules.

    The modules of m rows are (m, side, side) uint8, 1 dark, in the QR version of that width (FORMAT.md, section 9).
    BatchError for a row of another width, SymbolError where there is anything but digits.
    """
    lengths = np.char.str_len(texts)
    strange = np.flatnonzero(~np.isin(lengths, list(CARRIERS)))
    if len(strange):
        raise BatchError(f"row {strange[0]}: not as many digits as a card's text has")
    drawn = {}
    for digits in sorted(CARRIERS):
        rows = np.flatnonzero(lengths == digits)
        starts = range(0, len(rows), SLICE_ROWS)
        slices = _each(partial(_draw_slice, mask, digits), [texts[rows[s : s + SLICE_ROWS]] for s in starts], executor)
        if len(rows):
            drawn[digits] = rows, np.concatenate(slices)
    return drawn


def _each(work: Callable[..., _Out], slices: list[object], executor: Executor | None) -> list[_Out]:
    return list(map(work, slices) if executor is None else executor.map(work, slices))


def _encode_slice(kind: SealKind, key_id: int, secret: bytes, rows: tuple[int, NDArray[np.void]]) -> NDArray[np.bytes_]:
    first, grants = rows
    issuer = sealer(kind, key_id, secret)
    fields = zip(*(grants[name].tolist() for name in GRANTS.names or ()), strict=True)
    return np.array([payload.encode(_grant(first + n, row), issuer) for n, row in enumerate(fields)], TEXT)


def _draw_slice(mask: int | None, digits: int, texts: NDArray[np.bytes_]) -> NDArray[np.uint8]:
    return symbol.matrices(texts.astype(f"S{digits}"), level="M", mask=mask)


def _row(grant: Grant) -> tuple[Any, ...]:
    names = (grant.building, grant.floor, grant.room)
    return (*grant[:5], *((name or "").encode() for name in names), grant.cut_off_min or 0, *grant[9:])


def _grant(number: int, row: tuple[Any, ...]) -> Grant:
    (community, start_min, end_min, serial, card, building, floor, room,
     cut_off_min, times, open_type, lost, revision) = row  # fmt: skip
    try:
        return Grant(
            community, start_min, end_min, serial, CardType(card), _name(building), _name(floor), _name(room),
            cut_off_min or None, times, OpenType(open_type), Lost(lost), revision,
        )  # fmt: skip
    except (GrantError, ValueError) as error:
        raise BatchError(f"row {number}: {error}") from None


def _name(text: bytes) -> str | None:
    return text.decode("latin-1") or None

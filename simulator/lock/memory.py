"""What a lock must not forget when the power goes, as it stands in RAM. Immutable: every row makes a new memory.

The memory is all rows so far, folded; a snapshot is the shortest list of rows that folds to the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import reduce
from types import MappingProxyType
from typing import NamedTuple

from lockcore import CardType
from simulator.lock import rows
from simulator.lock.rows import Kind, Row, Service

PASSWORDS_FROM = 1 << 40
"""Subjects from here on are passwords; below are cards, by their serial."""


class Entry(NamedTuple):
    """What the lock knows of one subject: uses counted, and the first revision that a loss report left valid."""

    end_min: int
    used: int = 0
    valid_from_revision: int = 0


class Passage(NamedTuple):
    """Passage mode and the card whose end it lasts to."""

    until_min: int
    card: int
    serial: int
    revision: int


class Keypad(NamedTuple):
    """Wrong entries in a row since the last lock-out, lock-outs in a row, and the first minute after the last one.

    `until_min` is `rows.NO_MINUTE` while the lock-out waits for a clock to begin anew.
    """

    wrong: int = 0
    lock_outs: int = 0
    until_min: int = 0


class Memory(NamedTuple):
    """The durable state of a lock. The first is `Memory()`.

    entries                by subject; shared between memories and never changed in place
    room_mark              room cards with a lower serial are void here; never goes down
    high_water_min         the latest minute that is known to have been; only service sets it back
    purged_until_min       counted cards and passwords that end then or earlier stay expired: their counts may be gone
    voids_purged_until_min the same for cards that no count is kept of: a mark of theirs may be gone
    passage                None while the bolt opens once a card
    presented              subject of the last accepted presentation, which the first moments after a boot continue
    """

    entries: Mapping[int, Entry] = MappingProxyType({})
    room_mark: int = 0
    high_water_min: int = 0
    purged_until_min: int = 0
    voids_purged_until_min: int = 0
    passage: Passage | None = None
    presented: int | None = None
    keypad: Keypad = Keypad()

    def voids(self, card: int, serial: int, revision: int) -> bool:
        """Whether a loss report superseded this card: step 8."""
        if card == CardType.ROOM and serial < self.room_mark:
            return True
        entry = self.entries.get(serial)
        return entry is not None and revision < entry.valid_from_revision

    def after(self, row: Row) -> Memory:
        """The memory that a row leaves; rows that only the log is interested in leave it as it is."""
        change = _CHANGES.get(row.kind)
        return self if change is None else change(self, row)


def of_rows(written: Iterable[Row]) -> Memory:
    """All rows folded, a snapshot's among them."""
    return reduce(Memory.after, written, Memory())


_ENTRY = Kind.ENTRY


def snapshot_of(memory: Memory) -> Iterator[Row]:
    """Rows that fold to this memory; at most `SNAPSHOT_ROWS_BESIDE_ENTRIES` and one for each entry."""
    yield Row(Kind.MARKS, subject=memory.room_mark, minute=memory.high_water_min, end_min=memory.purged_until_min)
    if memory.voids_purged_until_min:
        yield Row(Kind.VOIDS_PURGED, end_min=memory.voids_purged_until_min)
    if memory.presented is not None:
        yield Row(Kind.PRESENTED, subject=memory.presented)
    if memory.passage is not None:
        until_min, card, serial, revision = memory.passage
        yield Row(Kind.PASSAGE, card=card, revision=revision, subject=serial, end_min=until_min)
    if memory.keypad != Keypad():
        yield keypad_row(memory.keypad, memory.high_water_min)
    for subject, (end_min, used, first) in memory.entries.items():
        yield Row(_ENTRY, 0, 0, 0, subject, 0, end_min, used, first)  # by place: there may be 64 of them


SNAPSHOT_ROWS_BESIDE_ENTRIES = 5


def keypad_row(keypad: Keypad, minute: int) -> Row:
    """The row that makes `keypad` the keypad's state."""
    wrong, lock_outs, until_min = keypad
    return Row(Kind.KEYPAD, minute=minute, end_min=until_min, used=wrong, valid_from_revision=lock_outs)


def without_ended(memory: Memory, now_min: int) -> Memory:
    """`memory` without the entries whose end has passed, and with what makes up for their counts and marks."""
    ended = [entry for entry in memory.entries.values() if entry.end_min <= now_min]
    return memory._replace(
        entries={subject: entry for subject, entry in memory.entries.items() if entry.end_min > now_min},
        purged_until_min=max([memory.purged_until_min, *(entry.end_min for entry in ended)]),
        voids_purged_until_min=max(
            [memory.voids_purged_until_min, *(entry.end_min for entry in ended if entry.valid_from_revision)]
        ),
    )


def without_superseded(memory: Memory, serial: int) -> Memory:
    """`memory` without what a room's new mark voids: cards with a lower serial, and every password."""
    kept = {subject: entry for subject, entry in memory.entries.items() if serial <= subject < PASSWORDS_FROM}
    return memory._replace(entries=kept)


def _after_card(memory: Memory, row: Row) -> Memory:
    _, effects, card, revision, subject, minute, end_min, used, valid_from_revision = row
    if effects & rows.PURGED:
        memory = without_ended(memory, minute)
    if effects & rows.ROOM_VOIDED:
        memory = without_superseded(memory, subject)
    entries, room_mark, _, purged_min, voids_purged_min, passage, presented, keypad = memory
    if effects & rows.REMEMBERED:
        entries = {**entries, subject: Entry(end_min, used, valid_from_revision)}
    if effects & (rows.PASSAGE_OFF | rows.PASSAGE_ENDED):
        passage = None
    if effects & rows.PASSAGE_ON:
        passage = Passage(end_min, card, subject, revision)
    if effects & rows.ROOM_VOIDED:
        room_mark = subject
    if effects & (rows.OPENED | rows.PASSAGE_OFF) and subject < PASSWORDS_FROM:
        presented = subject
    return Memory(entries, room_mark, minute, purged_min, voids_purged_min, passage, presented, keypad)


def _after_clock(memory: Memory, row: Row) -> Memory:
    if row.effects & rows.PASSAGE_ENDED:
        memory = memory._replace(passage=None)
    return memory._replace(high_water_min=row.minute) if row.effects & rows.MARK else memory


def _after_password(memory: Memory, row: Row) -> Memory:
    return _after_card(memory, row)._replace(keypad=Keypad())


def _after_keypad(memory: Memory, row: Row) -> Memory:
    return memory._replace(keypad=Keypad(row.used, row.valid_from_revision, row.end_min))


def _after_service(memory: Memory, row: Row) -> Memory:
    if row.effects == Service.CLOCK_SET:
        # what is left of a lock-out cannot be told from the new clock; one that is over must not come back with it
        until_min = rows.NO_MINUTE if memory.keypad.until_min > memory.high_water_min else 0
        return memory._replace(high_water_min=row.minute, keypad=memory.keypad._replace(until_min=until_min))
    return memory._replace(keypad=Keypad()) if row.effects == Service.LOCK_OUT_ENDED else memory


def _after_marks(memory: Memory, row: Row) -> Memory:
    return memory._replace(room_mark=row.subject, high_water_min=row.minute, purged_until_min=row.end_min)


_CHANGES: dict[int, Callable[[Memory, Row], Memory]] = {
    Kind.CARD: _after_card,
    Kind.CLOCK: _after_clock,
    Kind.PASSWORD: _after_password,
    Kind.KEYPAD: _after_keypad,
    Kind.SERVICE: _after_service,
    Kind.MARKS: _after_marks,
    Kind.VOIDS_PURGED: lambda memory, row: memory._replace(voids_purged_until_min=row.end_min),
    Kind.PRESENTED: lambda memory, row: memory._replace(presented=row.subject),
    Kind.PASSAGE: lambda memory, row: memory._replace(
        passage=Passage(row.end_min, row.card, row.subject, row.revision)
    ),
    Kind.ENTRY: lambda memory, row: memory._replace(
        entries={**memory.entries, row.subject: Entry(row.end_min, row.used, row.valid_from_revision)}
    ),
}
"""What a row of each kind does to the memory."""

/* The memory as rows again (LOCK.md, Rows; FLASH.md, section 6: entries and at most five more). */
#include <string.h>

#include "memory.h"

static bool marks(const struct qr_memory *m, struct qr_row *row)
{
    row->kind = QR_ROW_MARKS;
    row->subject = m->room_mark;
    row->minute = m->high_water;
    row->end = m->purged_until;
    return true; /* in every snapshot, of a new memory too */
}

static bool voids_purged(const struct qr_memory *m, struct qr_row *row)
{
    row->kind = QR_ROW_VOIDS_PURGED;
    row->end = m->voids_purged_until;
    return m->voids_purged_until != 0;
}

static bool presented(const struct qr_memory *m, struct qr_row *row)
{
    row->kind = QR_ROW_PRESENTED;
    row->subject = m->presented;
    return m->any_presented;
}

static bool passage(const struct qr_memory *m, struct qr_row *row)
{
    row->kind = QR_ROW_PASSAGE;
    row->card = m->passage.card;
    row->revision = m->passage.revision;
    row->subject = m->passage.serial;
    row->end = m->passage.end;
    return m->passage.on;
}

static bool keypad(const struct qr_memory *m, struct qr_row *row)
{
    row->kind = QR_ROW_KEYPAD;
    row->minute = m->high_water;
    row->used = m->wrong;
    row->first = m->lock_outs;
    row->end = m->locked_until;
    return m->wrong != 0 || m->lock_outs != 0 || m->locked_until != 0;
}

static void entry(const struct qr_entry *e, struct qr_row *row)
{
    row->kind = QR_ROW_ENTRY;
    row->subject = e->subject;
    row->end = e->end;
    row->used = e->used;
    row->first = e->first;
}

/* What else is as in a new memory needs no row: a part that is there takes the next place. */
bool qr_memory_snapshot(const struct qr_memory *m, unsigned i, struct qr_row *row)
{
    static bool (*const PARTS[5])(const struct qr_memory *, struct qr_row *) = {marks, voids_purged, presented,
                                                                               passage, keypad};
    for (int part = 0; part < 5; part++) {
        memset(row, 0, sizeof *row);
        if (PARTS[part](m, row) && i-- == 0)
            return true;
    }
    memset(row, 0, sizeof *row);
    if (i >= m->entries)
        return false;
    entry(&m->entry[i], row);
    return true;
}

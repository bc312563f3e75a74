/* The memory as rows again (LOCK.md, Rows; FLASH.md, section 6: entries and at most five more). */
#include "memory.h"

/* What a kind does not name is 0. */
static bool marks(const struct qr_memory *m, struct qr_row *row)
{
    *row = (struct qr_row){
        .kind = QR_ROW_MARKS, .subject = m->room_mark, .minute = m->high_water, .end = m->purged_until};
    return true; /* in every snapshot, of a new memory too */
}

static bool voids_purged(const struct qr_memory *m, struct qr_row *row)
{
    *row = (struct qr_row){.kind = QR_ROW_VOIDS_PURGED, .end = m->voids_purged_until};
    return m->voids_purged_until != 0;
}

static bool presented(const struct qr_memory *m, struct qr_row *row)
{
    *row = (struct qr_row){.kind = QR_ROW_PRESENTED, .subject = m->presented};
    return m->any_presented;
}

static bool passage(const struct qr_memory *m, struct qr_row *row)
{
    const struct qr_passage *p = &m->passage;
    *row = (struct qr_row){
        .kind = QR_ROW_PASSAGE, .card = p->card, .revision = p->revision, .subject = p->serial, .end = p->end};
    return p->on;
}

static bool keypad(const struct qr_memory *m, struct qr_row *row)
{
    *row = (struct qr_row){.kind = QR_ROW_KEYPAD, .minute = m->high_water, .used = m->wrong, .first = m->lock_outs,
                           .end = m->locked_until};
    return m->wrong != 0 || m->lock_outs != 0 || m->locked_until != 0;
}

/* What else is as in a new memory needs no row: a part that is there takes the next place. */
bool qr_memory_snapshot(const struct qr_memory *m, unsigned i, struct qr_row *row)
{
    static bool (*const PARTS[5])(const struct qr_memory *, struct qr_row *) = {marks, voids_purged, presented,
                                                                               passage, keypad};
    const struct qr_entry *e;
    for (int part = 0; part < 5; part++)
        if (PARTS[part](m, row) && i-- == 0)
            return true;
    if (i >= m->entries)
        return false;
    e = &m->entry[i];
    *row = (struct qr_row){
        .kind = QR_ROW_ENTRY, .subject = e->subject, .end = e->end, .used = e->used, .first = e->first};
    return true;
}

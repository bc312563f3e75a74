#include "memory.h"

#include <string.h>

#include "body.h"

void qr_memory_clear(struct qr_memory *m) { memset(m, 0, sizeof *m); }

/* The subject's place, or the one after the last. */
static unsigned place_of(const struct qr_memory *m, uint64_t subject)
{
    unsigned i = 0;
    while (i < m->entries && m->entry[i].subject != subject)
        i++;
    return i;
}

const struct qr_entry *qr_memory_find(const struct qr_memory *m, uint64_t subject)
{
    unsigned i = place_of(m, subject);
    return i < m->entries ? &m->entry[i] : NULL;
}

bool qr_entry_voided(const struct qr_entry *entry, uint64_t mark)
{
    return entry->subject >= QR_PASSWORDS || entry->subject < mark;
}

static void remember(struct qr_memory *m, const struct qr_row *row)
{
    unsigned i = place_of(m, row->subject);
    if (i == QR_ENTRIES_MAX)
        return; /* a row that no lock wrote */
    if (i == m->entries)
        m->entries++;
    m->entry[i].subject = row->subject;
    m->entry[i].end = row->end;
    m->entry[i].used = row->used;
    m->entry[i].first = row->first;
}

static void raise(uint32_t *to, uint32_t value)
{
    if (*to < value)
        *to = value;
}

/* Rule 10: what has ended by the minute goes, and what went is told by the latest end of it. */
static void purge(struct qr_memory *m, uint32_t minute)
{
    unsigned kept = 0;
    for (unsigned i = 0; i < m->entries; i++) {
        const struct qr_entry *e = &m->entry[i];
        if (e->end > minute) {
            m->entry[kept++] = *e;
            continue;
        }
        raise(&m->purged_until, e->end);
        if (e->first > 0)
            raise(&m->voids_purged_until, e->end);
    }
    m->entries = (uint8_t)kept;
}

static void void_room(struct qr_memory *m, uint64_t mark)
{
    unsigned kept = 0;
    for (unsigned i = 0; i < m->entries; i++)
        if (!qr_entry_voided(&m->entry[i], mark))
            m->entry[kept++] = m->entry[i];
    m->entries = (uint8_t)kept;
    m->room_mark = (uint32_t)mark;
}

static void begin_passage(struct qr_memory *m, const struct qr_row *row)
{
    m->passage.on = true;
    m->passage.card = row->card;
    m->passage.revision = row->revision;
    m->passage.serial = (uint32_t)row->subject;
    m->passage.end = row->end;
}

/* CARD and PASSWORD, in the order in which LOCK.md names the effects. */
static void read_accepted(struct qr_memory *m, const struct qr_row *row)
{
    if (row->effects & QR_PURGED)
        purge(m, row->minute);
    if (row->effects & QR_ROOM_VOIDED)
        void_room(m, row->subject);
    if (row->effects & QR_REMEMBERED)
        remember(m, row);
    if (row->effects & (QR_PASSAGE_OFF | QR_PASSAGE_ENDED))
        memset(&m->passage, 0, sizeof m->passage);
    if (row->effects & QR_PASSAGE_ON)
        begin_passage(m, row);
    m->high_water = row->minute;
}

static void read_card(struct qr_memory *m, const struct qr_row *row)
{
    read_accepted(m, row);
    if (row->effects & (QR_OPENED | QR_PASSAGE_OFF)) {
        m->any_presented = true;
        m->presented = row->subject;
    }
}

static void set_keypad(struct qr_memory *m, uint8_t wrong, uint8_t lock_outs, uint32_t locked_until)
{
    m->wrong = wrong;
    m->lock_outs = lock_outs;
    m->locked_until = locked_until;
}

static void read_clock(struct qr_memory *m, const struct qr_row *row)
{
    if (row->effects & QR_PASSAGE_ENDED)
        memset(&m->passage, 0, sizeof m->passage);
    if (row->effects & QR_MARK)
        m->high_water = row->minute;
}

static void read_service(struct qr_memory *m, const struct qr_row *row)
{
    if (row->effects == QR_CLOCK_SET) {
        m->locked_until = m->locked_until > m->high_water ? QR_NO_MINUTE : 0;
        m->high_water = row->minute;
    } else if (row->effects == QR_LOCK_OUT_ENDED) {
        set_keypad(m, 0, 0, 0);
    }
}

static void read_snapshot_row(struct qr_memory *m, const struct qr_row *row)
{
    switch (row->kind) {
    case QR_ROW_MARKS:
        m->room_mark = (uint32_t)row->subject;
        m->high_water = row->minute;
        m->purged_until = row->end;
        break;
    case QR_ROW_VOIDS_PURGED:
        m->voids_purged_until = row->end;
        break;
    case QR_ROW_PRESENTED:
        m->any_presented = true;
        m->presented = row->subject;
        break;
    case QR_ROW_PASSAGE:
        begin_passage(m, row);
        break;
    case QR_ROW_ENTRY:
        remember(m, row);
        break;
    default:
        break;
    }
}

void qr_memory_read(struct qr_memory *m, const struct qr_row *row)
{
    switch (row->kind) {
    case QR_ROW_CARD:
        read_card(m, row);
        break;
    case QR_ROW_CLOCK:
        read_clock(m, row);
        break;
    case QR_ROW_PASSWORD:
        read_accepted(m, row);
        set_keypad(m, 0, 0, 0);
        break;
    case QR_ROW_KEYPAD:
        set_keypad(m, row->used, row->first, row->end);
        break;
    case QR_ROW_SERVICE:
        read_service(m, row);
        break;
    default:
        read_snapshot_row(m, row);
        break;
    }
}

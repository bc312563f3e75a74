#include "commit.h"

#include <string.h>

/* Rule 13: passage mode ends with the card that it lasts for. */
static bool voids_passage(const struct qr_passage *passage, const struct qr_grant *g, const struct qr_use *use)
{
    if (!passage->on)
        return false;
    if (use->raises_room && passage->card == QR_CARD_ROOM && passage->serial < g->serial)
        return true;
    return use->raises_card && passage->serial == g->serial && passage->revision < g->revision;
}

/* Rule 14: a later end takes over. */
static bool begins_passage(const struct qr_passage *passage, const struct qr_grant *g, const struct qr_use *use,
                           bool voided)
{
    if (!use->opens || g->open_type != QR_NORMALLY_OPEN)
        return false;
    return !passage->on || voided || g->end > passage->end;
}

static uint8_t effects(const struct qr_memory *m, const struct qr_grant *g, const struct qr_use *use)
{
    bool voided = !use->switches_off && voids_passage(&m->passage, g, use);
    unsigned all = 0;
    all |= use->opens ? QR_OPENED : 0u;
    all |= use->remembers ? QR_REMEMBERED : 0u;
    all |= begins_passage(&m->passage, g, use, voided) ? QR_PASSAGE_ON : 0u;
    all |= use->switches_off ? QR_PASSAGE_OFF : 0u;
    all |= voided ? QR_PASSAGE_ENDED : 0u;
    all |= use->raises_room ? QR_ROOM_VOIDED : 0u;
    all |= use->raises_card ? QR_CARD_VOIDED : 0u;
    all |= use->purges ? QR_PURGED : 0u;
    return (uint8_t)all;
}

void qr_commit_card(const struct qr_memory *m, const struct qr_grant *g, const struct qr_use *use, uint32_t now,
                    struct qr_row *row)
{
    const struct qr_entry *entry = qr_memory_find(m, g->serial);
    memset(row, 0, sizeof *row);
    row->kind = QR_ROW_CARD;
    row->effects = effects(m, g, use);
    row->card = g->card;
    row->revision = g->revision;
    row->subject = g->serial;
    row->minute = now;
    row->end = g->end;
    if (entry != NULL) {
        row->used = entry->used;
        row->first = entry->first;
    }
    if (use->opens && g->times > 0)
        row->used++;
    if (use->raises_card)
        row->first = g->revision;
}

void qr_commit_passcode(const struct qr_passcode *p, bool purges, uint32_t now, struct qr_row *row)
{
    memset(row, 0, sizeof *row);
    row->kind = QR_ROW_PASSWORD;
    row->effects = (uint8_t)(QR_OPENED | (purges ? QR_PURGED : 0));
    row->subject = QR_PASSWORDS + p->number;
    row->minute = now;
    row->end = (p->start_h + p->length_h) * 60;
    if (p->kind == QR_ONE_TIME) {
        row->effects |= QR_REMEMBERED;
        row->used = 1;
    }
}

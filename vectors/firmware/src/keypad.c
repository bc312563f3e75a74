#include "keypad.h"

#include <string.h>

bool qr_keypad_press(struct qr_digits *d, char key, uint32_t ms)
{
    if (d->count == QR_PASSCODE_DIGITS || ms - d->last_ms >= QR_KEYPAD_PAUSE_MS)
        d->count = 0;
    d->last_ms = ms;
    if (key == '*') {
        d->count = 0;
        return false;
    }
    d->typed[d->count++] = key;
    return d->count == QR_PASSCODE_DIGITS;
}

/* Rule 24: by the clock and the mark alone. */
static bool locked(const struct qr_door *door)
{
    return qr_now(door->memory, door->clock) < door->memory->locked_until;
}

static bool in_window(const struct qr_passcode *p, uint32_t now)
{
    return p->start_h * 60 <= now && now < (p->start_h + p->length_h) * 60;
}

static enum qr_reason one_time(const struct qr_door *door, const struct qr_passcode *p, uint32_t now, bool *purges)
{
    uint64_t subject = QR_PASSWORDS + p->number;
    if ((p->start_h + p->length_h) * 60 <= door->memory->purged_until)
        return QR_EXPIRED;
    if (qr_memory_find(door->memory, subject) != NULL)
        return QR_PASSWORD_USED;
    return qr_find_place(door, subject, false, false, now, purges) ? QR_ACCEPTED : QR_STORE_FULL;
}

enum qr_reason qr_keypad_judge(const struct qr_door *door, const uint8_t *key, const char *typed,
                               struct qr_passcode *passcode, bool *number_known, bool *purges)
{
    enum qr_reason reason = qr_judge_clock(door->memory, door->clock);
    *purges = false;
    *number_known = key != NULL && qr_passcode_read(key, typed, passcode);
    if (locked(door))
        return QR_LOCKED_OUT;
    if (reason != QR_ACCEPTED)
        return reason;
    if (!*number_known || !in_window(passcode, qr_now(door->memory, door->clock)))
        return QR_WRONG_PASSWORD;
    if (passcode->kind == QR_PERIOD)
        return QR_ACCEPTED;
    return one_time(door, passcode, qr_now(door->memory, door->clock), purges);
}

/* 5, 10, 20 ... 1,280, 1,440 minutes, and the minute that runs, which may be nearly over. */
static uint32_t lock_out_end(uint8_t lock_outs, uint32_t now)
{
    return now + 1 + (lock_outs > 9 ? 1440u : 5u << (lock_outs - 1));
}

static void keypad_row(const struct qr_memory *m, uint32_t minute, struct qr_row *row)
{
    memset(row, 0, sizeof *row);
    row->kind = QR_ROW_KEYPAD;
    row->minute = minute;
    row->used = m->wrong;
    row->first = m->lock_outs;
    row->end = m->locked_until;
}

void qr_keypad_wrong(const struct qr_memory *m, uint32_t now, struct qr_row *row)
{
    keypad_row(m, now, row);
    row->end = 0; /* an entry is judged when no lock-out runs */
    if (row->used < QR_WRONG_IN_A_ROW - 1) { /* asked before counting: a flash may say 255 */
        row->used++;
        return;
    }
    row->used = 0;
    if (row->first < 255)
        row->first++;
    row->end = lock_out_end(row->first, now);
}

/* "During" is by the mark: what the mark has reached the end of is over. */
bool qr_keypad_clock(const struct qr_memory *m, uint32_t clock, struct qr_row *row)
{
    if (m->locked_until <= m->high_water)
        return false;
    keypad_row(m, clock == QR_NO_MINUTE ? QR_NO_MINUTE : qr_now(m, clock), row);
    if (clock == QR_NO_MINUTE) {
        row->end = QR_NO_MINUTE;
        return m->locked_until != QR_NO_MINUTE;
    }
    if (m->locked_until != QR_NO_MINUTE || qr_judge_clock(m, clock) != QR_ACCEPTED)
        return false;
    row->end = lock_out_end(m->lock_outs == 0 ? 1 : m->lock_outs, qr_now(m, clock));
    return true;
}

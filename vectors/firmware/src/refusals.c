#include "refusals.h"

#include <string.h>

#include "body.h"

void qr_refusals_clear(struct qr_refusals *r)
{
    memset(r, 0, sizeof *r);
    r->hour = QR_NO_MINUTE;
}

/* FNV-1a, with a bit that no serial has. Two texts that come to the same cost one line of the log and no more. */
uint64_t qr_code_of_text(const uint8_t *text, size_t length)
{
    uint64_t sum = 0xcbf29ce484222325u;
    for (size_t i = 0; i < length; i++)
        sum = (sum ^ text[i]) * 0x100000001b3u;
    return sum | (uint64_t)1 << 63;
}

static bool in_sight(const struct qr_refused *r, uint32_t ms) { return r->used && ms - r->seen_ms < QR_OUT_OF_SIGHT_MS; }

/* A place that is free, or that of the code that has been out of sight for longest. */
static struct qr_refused *place(struct qr_refusals *r, uint32_t ms)
{
    struct qr_refused *oldest = &r->seen[0];
    for (int i = 0; i < QR_REFUSALS_IN_SIGHT; i++) {
        if (!in_sight(&r->seen[i], ms))
            return &r->seen[i];
        if (ms - r->seen[i].seen_ms > ms - oldest->seen_ms)
            oldest = &r->seen[i];
    }
    return oldest;
}

bool qr_refusal_is_new(struct qr_refusals *r, uint64_t code, enum qr_reason reason, uint32_t ms)
{
    struct qr_refused *at;
    for (int i = 0; i < QR_REFUSALS_IN_SIGHT; i++)
        if (in_sight(&r->seen[i], ms) && r->seen[i].code == code && r->seen[i].reason == reason) {
            r->seen[i].seen_ms = ms;
            return false;
        }
    at = place(r, ms);
    at->used = true;
    at->code = code;
    at->reason = (uint8_t)reason;
    at->seen_ms = ms;
    return true;
}

void qr_refusal_count(struct qr_refusals *r, enum qr_reason reason)
{
    if (r->counts[reason] < 0xFFFF)
        r->counts[reason]++;
}

static bool any(const struct qr_refusals *r)
{
    return r->counts[QR_NOT_A_CARD] || r->counts[QR_UNSUPPORTED_FORMAT] || r->counts[QR_UNKNOWN_KEY] ||
           r->counts[QR_BAD_SEAL];
}

static void hour_row(const struct qr_refusals *r, struct qr_row *row)
{
    memset(row, 0, sizeof *row);
    row->kind = QR_ROW_HOUR_COUNTS;
    row->minute = r->hour;
    row->subject = r->counts[QR_NOT_A_CARD] | (uint32_t)r->counts[QR_UNSUPPORTED_FORMAT] << 16;
    row->end = r->counts[QR_UNKNOWN_KEY] | (uint32_t)r->counts[QR_BAD_SEAL] << 16;
}

bool qr_refusals_hour(struct qr_refusals *r, uint32_t minute, bool flush, struct qr_row *row)
{
    uint32_t hour = minute == QR_NO_MINUTE ? QR_NO_MINUTE : minute / 60 * 60;
    bool due = any(r) && (flush || hour != r->hour);
    if (due) {
        hour_row(r, row);
        memset(r->counts, 0, sizeof r->counts);
    }
    r->hour = hour;
    return due;
}

void qr_refusal_row(enum qr_reason reason, uint64_t subject, uint32_t minute, struct qr_row *row)
{
    memset(row, 0, sizeof *row);
    row->kind = QR_ROW_REFUSED;
    row->effects = (uint8_t)reason;
    row->subject = subject;
    row->minute = minute;
}

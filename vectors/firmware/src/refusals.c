#include "refusals.h"

#include <string.h>

#include "body.h"
#include "crc32.h"

void qr_refusals_clear(struct qr_refusals *r)
{
    memset(r, 0, sizeof *r);
    r->hour = QR_NO_MINUTE;
}

/* A sum over length and text; its upper bits are ones, which no serial has. Two texts that come to the same cost one
 * line of the log and no more. */
uint64_t qr_code_of_text(const uint8_t *text, size_t length)
{
    return ~(uint64_t)qr_crc32((uint32_t)length, text, length);
}

/* The refusal's place. They stand newest first: one that is not there takes the place of the one out of sight for
 * longest. */
static unsigned place(const struct qr_refusals *r, uint64_t code, enum qr_reason reason)
{
    unsigned i = 0;
    while (i < QR_REFUSALS_IN_SIGHT - 1 && !(r->seen[i].code == code && r->seen[i].reason == reason))
        i++;
    return i;
}

bool qr_refusal_is_new(struct qr_refusals *r, uint64_t code, enum qr_reason reason, uint32_t ms)
{
    unsigned i = place(r, code, reason);
    struct qr_refused was = r->seen[i];
    memmove(&r->seen[1], &r->seen[0], i * sizeof was);
    r->seen[0].used = true;
    r->seen[0].code = code;
    r->seen[0].reason = (uint8_t)reason;
    r->seen[0].seen_ms = ms;
    return !was.used || was.code != code || was.reason != reason || ms - was.seen_ms >= QR_OUT_OF_SIGHT_MS;
}

void qr_refusal_count(struct qr_refusals *r, enum qr_reason reason)
{
    if (r->counts[reason] != UINT16_MAX)
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

/* What is remembered of refusals until it is logged (LOCK.md, rules 3 and 7). All of it is volatile. */
#ifndef QR_REFUSALS_H
#define QR_REFUSALS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "reason.h"
#include "row.h"

enum { QR_OUT_OF_SIGHT_MS = 2000, QR_REFUSALS_IN_SIGHT = 8 };

/* One code refused for one reason. */
struct qr_refused {
    uint64_t code;   /* a serial, or a sum over a text whose serial is not known */
    uint32_t seen_ms;
    uint8_t reason;
    bool used;
};

struct qr_refusals {
    struct qr_refused seen[QR_REFUSALS_IN_SIGHT]; /* the newest first */
    uint16_t counts[QR_MALFORMED]; /* steps 1 to 3, by reason */
    uint32_t hour;                 /* minute in which the hour of the counts began, or QR_NO_MINUTE */
};

void qr_refusals_clear(struct qr_refusals *refusals);

/* What stands for a text whose serial is not known. No text is kept. */
uint64_t qr_code_of_text(const uint8_t *text, size_t length);

/* True the first time within 2,000 ms: then it is one refusal. */
bool qr_refusal_is_new(struct qr_refusals *refusals, uint64_t code, enum qr_reason reason, uint32_t ms);

/* Counts a refusal of steps 1 to 3. */
void qr_refusal_count(struct qr_refusals *refusals, enum qr_reason reason);

/* True if there are counts of an hour that is over at this minute: row has them, and they begin anew. With flush the
 * hour need not be over. */
bool qr_refusals_hour(struct qr_refusals *refusals, uint32_t minute, bool flush, struct qr_row *row);

/* The row of one refusal of steps 4 to 10 or of the keypad. */
void qr_refusal_row(enum qr_reason reason, uint64_t subject, uint32_t minute, struct qr_row *row);

#endif

/* What a lock must not forget: all rows read in order (LOCK.md, Rows). */
#ifndef QR_MEMORY_H
#define QR_MEMORY_H

#include <stdbool.h>
#include <stdint.h>

#include "row.h"

enum { QR_ENTRIES_MAX = 64 };

/* A count, a card's mark or a used one-time passcode (rule 8). */
struct qr_entry {
    uint64_t subject;
    uint32_t end;
    uint8_t used;
    uint8_t first; /* lowest revision that is still valid */
};

struct qr_passage {
    bool on;
    uint8_t card;
    uint8_t revision;
    uint32_t serial;
    uint32_t end;
};

struct qr_memory {
    uint32_t room_mark;          /* room cards of lower serials are void */
    uint32_t high_water;         /* minute */
    uint32_t purged_until;       /* latest end of an entry that was dropped for its place */
    uint32_t voids_purged_until; /* the same of entries that held a card's mark */
    uint32_t locked_until;       /* first minute after the lock-out; QR_NO_MINUTE: it waits for a clock */
    uint8_t wrong;               /* wrong entries in a row */
    uint8_t lock_outs;           /* lock-outs in a row */
    bool any_presented;
    uint8_t entries;
    uint64_t presented;          /* the subject accepted last */
    struct qr_passage passage;
    struct qr_entry entry[QR_ENTRIES_MAX]; /* the one that came first at the head */
};

void qr_memory_clear(struct qr_memory *memory);

/* What reading the row does. Reading it twice does no harm. Rows of no known kind do nothing. */
void qr_memory_read(struct qr_memory *memory, const struct qr_row *row);

/* NULL if there is none. */
const struct qr_entry *qr_memory_find(const struct qr_memory *memory, uint64_t subject);

/* True if a report for the room with this mark drops the entry (rules 10, 22). */
bool qr_entry_voided(const struct qr_entry *entry, uint64_t mark);

/* Row i of the shortest list that reads to the same memory; false from its end on. */
bool qr_memory_snapshot(const struct qr_memory *memory, unsigned i, struct qr_row *row);

#endif

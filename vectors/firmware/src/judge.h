/* Steps 5 to 10: whether this lock opens to this grant now (LOCK.md, One presentation). */
#ifndef QR_JUDGE_H
#define QR_JUDGE_H

#include <stdbool.h>
#include <stdint.h>

#include "body.h"
#include "memory.h"
#include "placement.h"
#include "profile.h"
#include "reason.h"

struct qr_door {
    const struct qr_profile *profile;
    const struct qr_placement *placement;
    const struct qr_memory *memory;
    uint32_t clock; /* minute, or QR_NO_MINUTE */
};

/* What a grant that is accepted would be here. */
struct qr_use {
    bool opens;        /* an opening, which counts */
    bool switches_off; /* ends passage mode, which began with this serial (rule 15) */
    bool raises_room;  /* a loss report that raises the room's mark */
    bool raises_card;  /* a loss report that raises the card's mark */
    bool remembers;    /* needs an entry */
    bool purges;       /* and for its place those that have ended go */
};

/* Step 7, for cards and for the keypad alike. */
enum qr_reason qr_judge_clock(const struct qr_memory *memory, uint32_t clock);

/* From step 8 on: the later of clock and mark; the mark alone if the clock is unset. */
uint32_t qr_now(const struct qr_memory *memory, uint32_t clock);

/* True if the grant is a loss report that would raise a mark. */
bool qr_raises_mark(const struct qr_memory *memory, const struct qr_grant *grant);

/* False if the table has no place for one more, even when those that have ended go; purges is set if they must.
 * With raises_room, entries below mark (and passwords) count as gone already. */
bool qr_find_place(const struct qr_door *door, uint64_t subject, bool report, bool raises_room, uint32_t now,
                   bool *purges);

/* The first reason, or QR_ACCEPTED with use set. ongoing: the serial's presentation goes on, so that nothing but a
 * mark is at stake (rule 6). */
enum qr_reason qr_judge(const struct qr_door *door, const struct qr_grant *grant, bool ongoing, struct qr_use *use);

#endif

/* What a lock can do is its profile, never its name (LOCK.md, Models). */
#ifndef QR_PROFILE_H
#define QR_PROFILE_H

#include <stdbool.h>
#include <stdint.h>

/* LOCK.md, Models: the same for all of them. */
enum { QR_CLOCK_TOLERANCE_MIN = 10, QR_OPEN_MS = 5000 };

struct qr_profile {
    const char *name;
    bool counts_times;
    bool passage_mode;
    bool voids_card;
    bool keypad;
    uint8_t entries_max; /* 2 to QR_ENTRIES_MAX */
};

/* NULL if no model has this name. */
const struct qr_profile *qr_profile(const char *name);

#endif

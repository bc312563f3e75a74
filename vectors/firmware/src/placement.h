/* The door that cards are compared with, and the lock's name (SERVICE.md, section 4). */
#ifndef QR_PLACEMENT_H
#define QR_PLACEMENT_H

#include <stdbool.h>

#include "address.h"
#include "cursor.h"

enum { QR_PLACEMENT_MAX = 43 };

struct qr_placement {
    uint64_t community;
    struct qr_address address;
    char lock_id[QR_LOCK_ID_MAX + 1];
};

/* False if what stands at the cursor is no placement, in which case the placement is undefined. */
bool qr_placement_read(struct qr_cursor *from, struct qr_placement *placement);

/* The bytes written, at most QR_PLACEMENT_MAX. */
size_t qr_placement_write(const struct qr_placement *placement, uint8_t *to);

#endif

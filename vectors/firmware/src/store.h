/* A lock's three rings (FLASH.md, section 5): its configuration, its refusals, its memory with the log in it. */
#ifndef QR_STORE_H
#define QR_STORE_H

#include <stdbool.h>
#include <stdint.h>

#include "key_set.h"
#include "memory.h"
#include "placement.h"
#include "ring.h"

struct qr_store {
    struct qr_ring configuration;
    struct qr_ring refusals;
    struct qr_ring rows;
    bool commissioned; /* there is a configuration; else nothing below it is set */
    uint32_t epoch;
    struct qr_placement placement;
    struct qr_key_set keys;
    struct qr_memory memory;
};

/* Reads all that is durable; writes nothing. Of a flash that is not usable it reads nothing: not commissioned. */
void qr_store_mount(struct qr_store *store, const struct qr_flash *flash);

/* True when the row is durable; the memory has read it then. False is a boot (LOCK.md, rule 2). */
bool qr_store_commit(struct qr_store *store, const struct qr_row *row);

/* A row in the ring of refusals. False if power is gone; that a worn ring does not take it is no failure. */
bool qr_store_refusal(struct qr_store *store, const struct qr_row *row);

/* The configuration as a whole, and the store mounted anew: under another epoch the memory is empty from then on, and
 * so are log and refusals. placement and keys may be the store's own. False of a flash
 * that is not usable. */
bool qr_store_configure(struct qr_store *store, uint32_t epoch, const struct qr_placement *placement,
                        const struct qr_key_set *keys);

/* Erases ahead, for nobody will come for a while. False if power is gone. */
bool qr_store_prepare(struct qr_store *store);

#endif

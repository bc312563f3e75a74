/* Blocks of slots written round and round, of which one counts (FLASH.md, section 3). */
#ifndef QR_RING_H
#define QR_RING_H

#include <stdbool.h>
#include <stdint.h>

#include "slot.h"

enum { QR_NO_BLOCK = 0xFFFF };

struct qr_ring {
    const struct qr_flash *flash;
    uint8_t tag[QR_TAG_MAX];
    uint8_t tag_length;
    bool prepared;      /* the block after the one in use was erased ahead */
    uint16_t first;     /* block of the flash where the ring begins */
    uint16_t count;     /* blocks in the ring, 2 at least */
    uint16_t in_use;    /* place in the ring of the block that counts, or QR_NO_BLOCK */
    uint16_t snapshot;  /* slots of its snapshot */
    uint16_t next;      /* slot that the next row goes into */
    uint32_t sequence;  /* its number */
    uint32_t highest;   /* the highest number that any header has, whole block or not */
};

/* Payload i of a snapshot; false from its end on. Asked in any order. */
struct qr_snapshot {
    bool (*payload)(const void *of, unsigned i, uint8_t payload[QR_PAYLOAD]);
    const void *of;
};

/* Called for each payload, oldest first. */
typedef void qr_reader(void *who, const uint8_t payload[QR_PAYLOAD]);

/* Finds the block that counts. Writes nothing. flash, tag, first and count are set, in_use is QR_NO_BLOCK, and all else
 * is 0. */
void qr_ring_mount(struct qr_ring *ring);

/* Snapshot and rows of the block that counts; without one nothing, as snapshot and next are 0 then. */
void qr_ring_read(const struct qr_ring *ring, qr_reader *reader, void *who);

/* Rows of all blocks that are whole, history too, without snapshots. */
void qr_ring_log(const struct qr_ring *ring, qr_reader *reader, void *who);

/* Adds a row; where that begins a block, state is the snapshot before the row. QR_DIFFERS: no block takes it. */
enum qr_written qr_ring_append(struct qr_ring *ring, const uint8_t payload[QR_PAYLOAD],
                               const struct qr_snapshot *state);

/* Begins a block at once, with this snapshot as the new state. */
enum qr_written qr_ring_replace(struct qr_ring *ring, const struct qr_snapshot *state);

/* Erases ahead if the block in use is nearly full. False if power is gone. */
bool qr_ring_prepare(struct qr_ring *ring);

#endif

/* A ring read: which block counts, and what is in it. ring_write.c has the other half. */
#include "ring.h"

#include <string.h>

#include "bytes.h"
#include "crc32.h"
#include "ring_block.h"

struct qr_place qr_ring_place(const struct qr_ring *ring, uint16_t block, uint32_t sequence, uint16_t n)
{
    struct qr_place place = {ring->flash, ring->tag, ring->tag_length, (uint16_t)(ring->first + block), n,
                             n == 0 ? 0 : sequence};
    return place;
}

uint16_t qr_ring_slots(const struct qr_ring *ring) { return (uint16_t)(QR_FLASH_BLOCK / qr_slot_length(ring->flash)); }

/* A block as its header has it. */
struct header {
    uint32_t sequence;
    uint16_t snapshot;
};

static bool read_header(const struct qr_ring *ring, uint16_t block, struct header *header)
{
    uint8_t payload[QR_PAYLOAD];
    struct qr_place place = qr_ring_place(ring, block, 0, 0);
    if (qr_slot_read(&place, payload) != QR_WHOLE || payload[0] != QR_KIND_HEADER || payload[1] != QR_LAYOUT)
        return false;
    header->sequence = qr_get32le(payload + 2);
    header->snapshot = qr_get16le(payload + 6);
    return true;
}

static bool seal_holds(const struct qr_ring *ring, uint16_t block, const struct header *h, uint32_t crc)
{
    uint8_t payload[QR_PAYLOAD];
    struct qr_place place = qr_ring_place(ring, block, h->sequence, (uint16_t)(h->snapshot + 1));
    return qr_slot_read(&place, payload) == QR_WHOLE && payload[0] == QR_KIND_SEAL && payload[1] == QR_LAYOUT &&
           qr_get16le(payload + 2) == h->snapshot && qr_get32le(payload + 4) == crc;
}

static bool is_whole(const struct qr_ring *ring, uint16_t block, const struct header *h)
{
    uint8_t payload[QR_PAYLOAD];
    uint32_t crc = 0;
    if (h->snapshot > qr_ring_slots(ring) - 2)
        return false;
    for (uint16_t n = 1; n <= h->snapshot; n++) {
        struct qr_place place = qr_ring_place(ring, block, h->sequence, n);
        if (qr_slot_read(&place, payload) != QR_WHOLE)
            return false;
        crc = qr_crc32(crc, payload, QR_PAYLOAD);
    }
    return seal_holds(ring, block, h, crc);
}

static bool is_blank(const struct qr_ring *ring, uint16_t block, uint16_t n)
{
    uint8_t payload[QR_PAYLOAD];
    struct qr_place place = qr_ring_place(ring, block, ring->sequence, n);
    return qr_slot_read(&place, payload) == QR_BLANK;
}

/* The slot after the last one that is not blank; torn slots count, as they cannot be written again. In a block that is
 * whole the seal is not blank, so this ends there at the latest. */
static uint16_t next_slot(const struct qr_ring *ring, uint16_t block)
{
    uint16_t n = qr_ring_slots(ring);
    while (is_blank(ring, block, (uint16_t)(n - 1)))
        n--;
    return n;
}

/* The block with the highest (or lowest) number among those between two numbers, both left out. */
static bool find(const struct qr_ring *ring, bool highest, int64_t above, int64_t below, uint16_t *block,
                 struct header *found)
{
    bool any = false;
    struct header h;
    for (uint16_t b = 0; b < ring->count; b++) {
        if (!read_header(ring, b, &h) || h.sequence <= above || h.sequence >= below)
            continue;
        if (any && (h.sequence > found->sequence) != highest)
            continue; /* no two blocks have the same number */
        any = true;
        *block = b;
        *found = h;
    }
    return any;
}

void qr_ring_mount(struct qr_ring *ring)
{
    struct header h;
    uint16_t block;
    for (int64_t below = INT64_MAX; find(ring, true, INT64_MIN, below, &block, &h); below = h.sequence) {
        if (ring->highest == 0)
            ring->highest = h.sequence; /* the first one that is found has it */
        if (is_whole(ring, block, &h)) {
            ring->in_use = block;
            ring->sequence = h.sequence;
            ring->snapshot = h.snapshot;
            ring->next = next_slot(ring, block);
            return;
        }
    }
}

static void read_slots(const struct qr_ring *ring, uint16_t block, uint32_t sequence, uint16_t from, uint16_t to,
                       qr_reader *reader, void *who)
{
    uint8_t payload[QR_PAYLOAD];
    for (uint16_t n = from; n < to; n++) {
        struct qr_place place = qr_ring_place(ring, block, sequence, n);
        if (qr_slot_read(&place, payload) == QR_WHOLE)
            reader(who, payload);
    }
}

void qr_ring_read(const struct qr_ring *ring, qr_reader *reader, void *who)
{
    read_slots(ring, ring->in_use, ring->sequence, 1, (uint16_t)(ring->snapshot + 1), reader, who);
    read_slots(ring, ring->in_use, ring->sequence, (uint16_t)(ring->snapshot + 2), ring->next, reader, who);
}

void qr_ring_log(const struct qr_ring *ring, qr_reader *reader, void *who)
{
    struct header h;
    uint16_t block;
    for (int64_t above = INT64_MIN; find(ring, false, above, INT64_MAX, &block, &h); above = h.sequence)
        if (is_whole(ring, block, &h))
            read_slots(ring, block, h.sequence, (uint16_t)(h.snapshot + 2), qr_ring_slots(ring), reader, who);
}

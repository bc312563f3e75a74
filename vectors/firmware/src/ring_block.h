/* What the two halves of a ring share. */
#ifndef QR_RING_BLOCK_H
#define QR_RING_BLOCK_H

#include "ring.h"

enum { QR_KIND_HEADER = 0xF0, QR_KIND_SEAL = 0xF1, QR_LAYOUT = 1, QR_PREPARE_SLOTS = 8 };

/* block is a place in the ring. Of slot 0 the checksum takes sequence 0. */
struct qr_place qr_ring_place(const struct qr_ring *ring, uint16_t block, uint32_t sequence, uint16_t n);

uint16_t qr_ring_slots(const struct qr_ring *ring);

#endif

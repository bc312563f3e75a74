/* A ring written: rows appended, blocks begun, erased ahead (FLASH.md, section 3). */
#include <string.h>

#include "bytes.h"
#include "crc32.h"
#include "ring_block.h"

static bool is_blank(const struct qr_flash *flash, uint32_t offset, uint32_t length)
{
    uint8_t bytes[32];
    for (uint32_t at = 0; at < length; at += sizeof bytes) {
        flash->read(offset + at, bytes, sizeof bytes);
        for (size_t i = 0; i < sizeof bytes; i++)
            if (bytes[i] != QR_ERASED)
                return false;
    }
    return true;
}

/* Where it is not blank, its first unit first: the header goes before what it speaks of. */
static enum qr_written erase_block(const struct qr_ring *ring, uint16_t block)
{
    const struct qr_flash *flash = ring->flash;
    uint32_t offset = (uint32_t)(ring->first + block) * QR_FLASH_BLOCK;
    for (uint32_t at = 0; at < QR_FLASH_BLOCK; at += flash->erase_unit)
        if (!is_blank(flash, offset + at, flash->erase_unit) && !flash->erase(offset + at))
            return QR_POWER_GONE;
    return is_blank(flash, offset, QR_FLASH_BLOCK) ? QR_WRITTEN : QR_DIFFERS;
}

static enum qr_written write_slot(const struct qr_ring *ring, uint16_t block, uint32_t sequence, uint16_t n,
                                  const uint8_t payload[QR_PAYLOAD])
{
    struct qr_place place = qr_ring_place(ring, block, sequence, n);
    return qr_slot_write(&place, payload);
}

static enum qr_written write_header(const struct qr_ring *ring, uint16_t block, uint32_t sequence, uint16_t slots)
{
    uint8_t payload[QR_PAYLOAD] = {QR_KIND_HEADER, QR_LAYOUT};
    qr_put32le(payload + 2, sequence);
    qr_put16le(payload + 6, slots);
    return write_slot(ring, block, sequence, 0, payload);
}

static enum qr_written write_seal(const struct qr_ring *ring, uint16_t block, uint32_t sequence, uint16_t slots,
                                  uint32_t crc)
{
    uint8_t payload[QR_PAYLOAD] = {QR_KIND_SEAL, QR_LAYOUT};
    qr_put16le(payload + 2, slots);
    qr_put32le(payload + 4, crc);
    return write_slot(ring, block, sequence, (uint16_t)(slots + 1), payload);
}

/* The seal makes the block count, so it comes last. */
static enum qr_written write_block(const struct qr_ring *ring, uint16_t block, uint32_t sequence,
                                   const struct qr_snapshot *state, uint16_t slots)
{
    uint8_t payload[QR_PAYLOAD];
    uint32_t crc = 0;
    enum qr_written done = erase_block(ring, block);
    if (done == QR_WRITTEN)
        done = write_header(ring, block, sequence, slots);
    for (uint16_t i = 0; done == QR_WRITTEN && state->payload(state->of, i, payload); i++) {
        crc = qr_crc32(crc, payload, QR_PAYLOAD);
        done = write_slot(ring, block, sequence, (uint16_t)(i + 1), payload);
    }
    return done == QR_WRITTEN ? write_seal(ring, block, sequence, slots, crc) : done;
}

static uint16_t slots_of(const struct qr_snapshot *state)
{
    uint8_t payload[QR_PAYLOAD];
    uint16_t slots = 0;
    while (state->payload(state->of, slots, payload))
        slots++;
    return slots;
}

static void use(struct qr_ring *ring, uint16_t block, uint16_t slots)
{
    ring->in_use = block;
    ring->sequence = ring->highest;
    ring->snapshot = slots;
    ring->next = (uint16_t)(slots + 2);
    ring->prepared = false;
}

static uint16_t block_after(const struct qr_ring *ring, uint16_t block)
{
    return (uint16_t)(block == QR_NO_BLOCK ? 0 : (block + 1) % ring->count);
}

/* Tries all blocks but the one in use. Each try takes a number of its own; after the last number no block takes it. */
enum qr_written qr_ring_replace(struct qr_ring *ring, const struct qr_snapshot *state)
{
    uint16_t slots = slots_of(state), block = ring->in_use;
    enum qr_written done = QR_DIFFERS;
    for (uint16_t left = ring->count; done == QR_DIFFERS && left != 0; left--) {
        block = block_after(ring, block);
        if (block != ring->in_use && ring->highest != UINT32_MAX)
            done = write_block(ring, block, ++ring->highest, state, slots);
    }
    if (done == QR_WRITTEN)
        use(ring, block, slots);
    return done;
}

/* The next slot, or one after it, in the block in use. */
static enum qr_written append_here(struct qr_ring *ring, const uint8_t payload[QR_PAYLOAD])
{
    enum qr_written done = QR_DIFFERS;
    while (ring->in_use != QR_NO_BLOCK && done == QR_DIFFERS && ring->next < qr_ring_slots(ring))
        done = write_slot(ring, ring->in_use, ring->sequence, ring->next++, payload);
    return done;
}

enum qr_written qr_ring_append(struct qr_ring *ring, const uint8_t payload[QR_PAYLOAD],
                               const struct qr_snapshot *state)
{
    enum qr_written done = append_here(ring, payload);
    for (uint16_t left = ring->count; done == QR_DIFFERS && left != 0; left--) {
        done = qr_ring_replace(ring, state);
        if (done == QR_WRITTEN)
            done = append_here(ring, payload);
    }
    return done;
}

bool qr_ring_prepare(struct qr_ring *ring)
{
    if (ring->prepared ||
        (ring->in_use != QR_NO_BLOCK && qr_ring_slots(ring) - ring->next > QR_PREPARE_SLOTS))
        return true;
    ring->prepared = true;
    return erase_block(ring, block_after(ring, ring->in_use)) != QR_POWER_GONE;
}

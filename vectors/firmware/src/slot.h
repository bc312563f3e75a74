/* A slot: 20 bytes of payload and a checksum over it, its place, its block's life and its ring (FLASH.md, 2). */
#ifndef QR_SLOT_H
#define QR_SLOT_H

#include <stdbool.h>
#include <stdint.h>

#include "../port/flash.h"

enum { QR_PAYLOAD = 20, QR_TAG_MAX = 5 };
enum { QR_SLOT_MAX = QR_PROGRAM_UNIT_MAX }; /* all units divide it, and it is longer than payload and checksum */

enum qr_slot { QR_WHOLE, QR_BLANK, QR_TORN };
enum qr_written { QR_WRITTEN, QR_DIFFERS, QR_POWER_GONE };

/* Where a slot is. */
struct qr_place {
    const struct qr_flash *flash;
    const uint8_t *tag;
    uint8_t tag_length;
    uint16_t block;    /* of the flash */
    uint16_t n;        /* slot of the block */
    uint32_t sequence; /* number of the block; 0 for its header */
};

/* Bytes of a slot: 24 and what fills its last program unit. */
uint16_t qr_slot_length(const struct qr_flash *flash);

/* The payload is set if the slot is whole. */
enum qr_slot qr_slot_read(const struct qr_place *place, uint8_t payload[QR_PAYLOAD]);

/* Programs the slot and reads it back. The payload's kind is 1 to 0xFE. */
enum qr_written qr_slot_write(const struct qr_place *place, const uint8_t payload[QR_PAYLOAD]);

#endif

/* The flash beneath the store (FLASH.md, section 1). Offsets count bytes from the first block of the store.
 *
 * The store programs whole units that are aligned, erases whole units that are aligned, and reads anything. */
#ifndef QR_PORT_FLASH_H
#define QR_PORT_FLASH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { QR_FLASH_BLOCK = 4096, QR_PROGRAM_UNIT_MAX = 32, QR_ERASED = 0xFF /* each byte, when erased */ };

struct qr_flash {
    uint16_t program_unit; /* bytes programmed at once: 4, 8, 16 or 32 */
    uint16_t erase_unit;   /* bytes erased at once: a multiple of 32 that divides QR_FLASH_BLOCK */
    uint16_t blocks;       /* of QR_FLASH_BLOCK bytes; 6 at least: FLASH.md, section 5 */
    void (*read)(uint32_t offset, uint8_t *to, size_t length);
    /* False when power is gone: then nothing more of the lock counts until it boots. That a unit could not be written
     * is no failure here; the store reads everything back. */
    bool (*program)(uint32_t offset, const uint8_t *unit);
    bool (*erase)(uint32_t offset);
};

/* Whether the three numbers are as said above. The store asks before it reads or writes anything: it has no place for a
 * slot of other units, and refuses such a flash as one without a configuration. */
static inline bool qr_flash_is_usable(const struct qr_flash *flash)
{
    uint16_t program = flash->program_unit, erase = flash->erase_unit;
    return (program == 4 || program == 8 || program == 16 || program == QR_PROGRAM_UNIT_MAX) && erase != 0 &&
           erase % 32 == 0 && QR_FLASH_BLOCK % erase == 0 && flash->blocks >= 6;
}

#endif

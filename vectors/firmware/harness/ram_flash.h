/* A flash in RAM that behaves like the real ones, power cuts included (FLASH.md, section 1; PROTOCOL.md, section 4). */
#ifndef HARNESS_RAM_FLASH_H
#define HARNESS_RAM_FLASH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "../port/flash.h"

enum { RAM_FLASH_BLOCKS_MAX = 24, RAM_FLASH_CUTS_MAX = 64 };

/* Blank, with power, without a plan of cuts. NULL if there is no such geometry or it has too many blocks. */
const struct qr_flash *ram_flash_new(const char *geometry, size_t length, uint64_t blocks);

/* Fills a part of it, as an image does. False if it does not fit. */
bool ram_flash_fill(uint32_t offset, uint8_t byte);

/* A plan of cuts takes the place of the one before; false if it is none: then that one stays. Steps count from now on. */
bool ram_flash_plan(const char *plan, size_t length);

/* Power comes back; steps go on counting. */
void ram_flash_power(void);

#endif

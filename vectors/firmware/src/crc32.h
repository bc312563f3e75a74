/* CRC-32 as in zlib (FLASH.md, section 2). Begin with 0; what it returns goes on. */
#ifndef QR_CRC32_H
#define QR_CRC32_H

#include <stddef.h>
#include <stdint.h>

uint32_t qr_crc32(uint32_t crc, const uint8_t *bytes, size_t count);

#endif

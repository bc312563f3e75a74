/* Numbers in bytes. Cards, keys and commands are big-endian (FORMAT.md 1, SERVICE.md); flash is little-endian
 * (FLASH.md 2). Written out byte by byte, so that no platform's order or alignment matters. */
#ifndef QR_BYTES_H
#define QR_BYTES_H

#include <stdint.h>

static inline uint16_t qr_get16be(const uint8_t *b) { return (uint16_t)(b[0] << 8 | b[1]); }

static inline uint32_t qr_get32be(const uint8_t *b) { return (uint32_t)qr_get16be(b) << 16 | qr_get16be(b + 2); }

static inline uint16_t qr_get16le(const uint8_t *b) { return (uint16_t)(b[1] << 8 | b[0]); }

static inline uint32_t qr_get32le(const uint8_t *b) { return (uint32_t)qr_get16le(b + 2) << 16 | qr_get16le(b); }

static inline void qr_put16be(uint8_t *b, uint32_t n)
{
    b[0] = (uint8_t)(n >> 8);
    b[1] = (uint8_t)n;
}

static inline void qr_put32be(uint8_t *b, uint32_t n)
{
    qr_put16be(b, n >> 16);
    qr_put16be(b + 2, n);
}

static inline void qr_put16le(uint8_t *b, uint32_t n)
{
    b[0] = (uint8_t)n;
    b[1] = (uint8_t)(n >> 8);
}

static inline void qr_put32le(uint8_t *b, uint32_t n)
{
    qr_put16le(b, n);
    qr_put16le(b + 2, n >> 16);
}

#endif

/* HKDF-SHA-256 (RFC 5869) without salt, for keys of 16 bytes, with an info as long as the one there is. */
#ifndef QR_HKDF_H
#define QR_HKDF_H

#include <stddef.h>
#include <stdint.h>

enum { QR_HKDF_INFO = 29 };

void qr_hkdf16(const uint8_t *material, size_t length, const uint8_t info[QR_HKDF_INFO], uint8_t key[16]);

#endif

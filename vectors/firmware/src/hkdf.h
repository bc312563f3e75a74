/* HKDF-SHA-256 (RFC 5869) without salt, for keys of 16 bytes. */
#ifndef QR_HKDF_H
#define QR_HKDF_H

#include <stddef.h>
#include <stdint.h>

enum { QR_HKDF_INFO_MAX = 63 };

/* info_length is at most QR_HKDF_INFO_MAX. */
void qr_hkdf16(const uint8_t *material, size_t length, const uint8_t *info, size_t info_length, uint8_t key[16]);

#endif

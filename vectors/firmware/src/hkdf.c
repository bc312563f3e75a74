#include "hkdf.h"

#include <string.h>

#include "../port/crypto.h"

/* 16 bytes are less than one hash, so expanding is one HMAC over info and the byte 1. */
void qr_hkdf16(const uint8_t *material, size_t length, const uint8_t info[QR_HKDF_INFO], uint8_t key[16])
{
    static const uint8_t NO_SALT[32];
    uint8_t extracted[32];
    uint8_t expanded[32];
    uint8_t block[QR_HKDF_INFO + 1];
    port_hmac_sha256(NO_SALT, sizeof NO_SALT, material, length, extracted);
    memcpy(block, info, QR_HKDF_INFO);
    block[QR_HKDF_INFO] = 1;
    port_hmac_sha256(extracted, sizeof extracted, block, sizeof block, expanded);
    memcpy(key, expanded, 16);
}

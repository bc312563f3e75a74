#include "hkdf.h"

#include <string.h>

#include "../port/crypto.h"

/* 16 bytes are less than one hash, so expanding is one HMAC over info and the byte 1. */
void qr_hkdf16(const uint8_t *material, size_t length, const uint8_t *info, size_t info_length, uint8_t key[16])
{
    static const uint8_t NO_SALT[32];
    uint8_t extracted[32];
    uint8_t expanded[32];
    uint8_t block[QR_HKDF_INFO_MAX + 1];
    port_hmac_sha256(NO_SALT, sizeof NO_SALT, material, length, extracted);
    memcpy(block, info, info_length);
    block[info_length] = 1;
    port_hmac_sha256(extracted, sizeof extracted, block, info_length + 1, expanded);
    memcpy(key, expanded, 16);
}

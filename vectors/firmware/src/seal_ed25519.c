#include "seal_ed25519.h"

#include <string.h>

#include "../port/crypto.h"
#include "digits.h"

/* The y coordinates of the eight points of low order, little-endian: 0, 1, p - 1, y8, p - y8. All of this is public,
 * so nothing here needs constant time. */
static const uint8_t LOW_ORDER[5][32] = {
    {0},
    {1},
    {0xec, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
     0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f},
    {0xc7, 0x17, 0x6a, 0x70, 0x3d, 0x4d, 0xd8, 0x4f, 0xba, 0x3c, 0x0b, 0x76, 0x0d, 0x10, 0x67, 0x0f,
     0x2a, 0x20, 0x53, 0xfa, 0x2c, 0x39, 0xcc, 0xc6, 0x4e, 0xc7, 0xfd, 0x77, 0x92, 0xac, 0x03, 0x7a},
    {0x26, 0xe8, 0x95, 0x8f, 0xc2, 0xb2, 0x27, 0xb0, 0x45, 0xc3, 0xf4, 0x89, 0xf2, 0xef, 0x98, 0xf0,
     0xd5, 0xdf, 0xac, 0x05, 0xd3, 0xc6, 0x33, 0x39, 0xb1, 0x38, 0x02, 0x88, 0x6d, 0x53, 0xfc, 0x05},
};

/* p = 2^255 - 19, so only ff..ff with 0xed or more in the lowest byte reaches it. */
static bool below_p(const uint8_t y[32])
{
    if (y[31] != 0x7f || y[0] < 0xed)
        return true;
    for (int i = 1; i < 31; i++)
        if (y[i] != 0xff)
            return true;
    return false;
}

static bool canonical_of_high_order(const uint8_t point[32])
{
    uint8_t y[32];
    memcpy(y, point, 32);
    y[31] &= 0x7f; /* the sign is not part of y */
    for (int i = 0; i < 5; i++)
        if (memcmp(y, LOW_ORDER[i], 32) == 0)
            return false;
    return below_p(y);
}

bool qr_ed25519_key_loads(const uint8_t key[32]) { return canonical_of_high_order(key); }

/* Rules 1 and 2 are asked here whatever the library does. Rules 3 and 4 are the library's, as port/crypto.h demands: each
 * port says where that was checked, and the vectors of the family `seal` tell of a library that does otherwise. */
bool qr_ed25519_holds(const uint8_t signature[64], const uint8_t *message, size_t length, const uint8_t key[32])
{
    return canonical_of_high_order(signature) && port_ed25519_verify(signature, message, length, key);
}

bool qr_ed25519_card_holds(const uint8_t signature[64], const uint8_t *body, size_t count, const uint8_t key[32])
{
    static const char LABEL[] = "qrlock card v1\0\1"; /* 16 bytes, and a zero that is not taken */
    uint8_t message[16 + QR_BODY_BYTES_MAX];
    memcpy(message, LABEL, sizeof LABEL - 1);
    memcpy(message + 16, body, count);
    return qr_ed25519_holds(signature, message, 16 + count, key);
}

#include "seal_cmac.h"

#include <string.h>

#include "../port/crypto.h"
#include "digits.h"

/* Times x in GF(2^128), without a branch on the key's bits. */
static void double_block(uint8_t block[16])
{
    uint8_t top = (uint8_t)(block[0] >> 7);
    for (int i = 0; i < 15; i++)
        block[i] = (uint8_t)(block[i] << 1 | block[i + 1] >> 7);
    block[15] = (uint8_t)(block[15] << 1 ^ (0x87 & -top));
}

static void xor_into(uint8_t *block, const uint8_t *bytes, size_t count)
{
    for (size_t i = 0; i < count; i++)
        block[i] ^= bytes[i];
}

void qr_cmac(const uint8_t key[16], const uint8_t *message, size_t length, uint8_t tag[16])
{
    uint8_t subkey[16] = {0};
    port_aes128(key, subkey, subkey);
    double_block(subkey);
    memset(tag, 0, 16);
    for (; length > 16; message += 16, length -= 16) {
        xor_into(tag, message, 16);
        port_aes128(key, tag, tag);
    }
    xor_into(tag, message, length);
    if (length < 16) {
        tag[length] ^= 0x80;
        double_block(subkey);
    }
    xor_into(tag, subkey, 16);
    port_aes128(key, tag, tag);
}

static bool same_in_constant_time(const uint8_t *a, const uint8_t *b, size_t count)
{
    volatile uint8_t difference = 0;
    for (size_t i = 0; i < count; i++)
        difference = (uint8_t)(difference | (a[i] ^ b[i]));
    return difference == 0;
}

bool qr_cmac_card_holds(const uint8_t tag[16], const uint8_t *body, size_t count, const uint8_t key[16])
{
    static const char LABEL[] = "qrlock card v1\0\2"; /* 16 bytes, and a zero that is not taken */
    uint8_t message[16 + QR_BODY_BYTES_MAX];
    uint8_t right[16];
    memcpy(message, LABEL, sizeof LABEL - 1);
    memcpy(message + 16, body, count);
    qr_cmac(key, message, 16 + count, right);
    return same_in_constant_time(tag, right, 16);
}

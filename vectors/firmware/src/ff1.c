#include "ff1.h"

#include <string.h>

#include "../port/crypto.h"
#include "bytes.h"

enum { HALF = 1000000 };

/* S(i, x) mod 10^6: the first 8 bytes of AES(AES(P) xor Q). Reduced at once, so that a sum fits 32 bits. */
static uint32_t round_value(const uint8_t key[16], const uint8_t start[16], uint8_t i, uint32_t x)
{
    uint8_t block[16];
    memcpy(block, start, 16);
    block[12] ^= i;
    block[13] ^= (uint8_t)(x >> 16);
    block[14] ^= (uint8_t)(x >> 8);
    block[15] ^= (uint8_t)x;
    port_aes128(key, block, block);
    return (uint32_t)(((uint64_t)qr_get32be(block) << 32 | qr_get32be(block + 4)) % HALF);
}

uint64_t qr_ff1_decipher(const uint8_t key[16], uint64_t number)
{
    static const uint8_t P[16] = {1, 2, 1, 0, 0, 10, 10, 6, 0, 0, 0, 12, 0, 0, 0, 0};
    uint8_t start[16];
    uint32_t a = (uint32_t)(number / HALF), b = (uint32_t)(number % HALF), c;
    port_aes128(key, P, start);
    for (int i = 9; i >= 0; i--) {
        c = (b + HALF - round_value(key, start, (uint8_t)i, a)) % HALF;
        b = a;
        a = c;
    }
    return (uint64_t)a * HALF + b;
}

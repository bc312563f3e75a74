/* The microcontroller's cryptography: a few files of libsodium 1.0.20 for Ed25519 and SHA-256, and tiny-AES-c. Both
 * are fetched when the firmware is built (README.md); here are only the calls.
 *
 * Checked in libsodium 1.0.20, crypto_sign/ed25519/ref10/open.c: the same rules as in 1.0.18 (port/host_crypto.c):
 * sc25519_is_canonical for S, ge25519_has_small_order and ge25519_is_canonical by bytes, then [S]B - [k]A without a
 * cofactor, encoded and compared with R. That holds as long as ED25519_COMPAT is not defined. A later libsodium has to
 * be read again: one that multiplies by the cofactor would break rule 4.
 *
 * tiny-AES-c reads a table of 256 bytes by key and data: on a microcontroller without a data cache that takes the same
 * time whatever is read. One with a cache, or with an AES unit, uses something else here. */
#include <string.h>

#define CBC 0
#define CTR 0
#define ECB 1
#include "aes.h"
#include "crypto.h"
#include "crypto_auth_hmacsha256.h"
#include "crypto_sign_ed25519.h"

bool port_ed25519_verify(const uint8_t signature[64], const uint8_t *message, size_t length, const uint8_t key[32])
{
    return crypto_sign_ed25519_verify_detached(signature, message, length, key) == 0;
}

void port_hmac_sha256(const uint8_t *key, size_t key_length, const uint8_t *data, size_t length, uint8_t mac[32])
{
    crypto_auth_hmacsha256_state state;
    crypto_auth_hmacsha256_init(&state, key, key_length);
    crypto_auth_hmacsha256_update(&state, data, length);
    crypto_auth_hmacsha256_final(&state, mac);
}

void port_aes128(const uint8_t key[16], const uint8_t in[16], uint8_t out[16])
{
    struct AES_ctx aes;
    AES_init_ctx(&aes, key);
    memmove(out, in, 16);
    AES_ECB_encrypt(&aes, out);
}

/* What those files want of libsodium's utils.c, which allocates and maps memory. */
void sodium_memzero(void *const bytes, const size_t count)
{
    volatile unsigned char *at = bytes;
    for (size_t i = 0; i < count; i++)
        at[i] = 0;
}

int sodium_memcmp(const void *const a, const void *const b, size_t count)
{
    const volatile unsigned char *x = a, *y = b;
    unsigned char difference = 0;
    for (size_t i = 0; i < count; i++)
        difference = (unsigned char)(difference | (x[i] ^ y[i]));
    return (1 & ((difference - 1) >> 8)) - 1;
}

int sodium_is_zero(const unsigned char *bytes, const size_t count)
{
    volatile unsigned char any = 0;
    for (size_t i = 0; i < count; i++)
        any = (unsigned char)(any | bytes[i]);
    return 1 & ((any - 1) >> 8);
}

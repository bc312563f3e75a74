/* The host's cryptography: libsodium for Ed25519 and SHA-256, Mbed TLS for AES.
 *
 * Checked for libsodium 1.0.18: crypto_sign_verify_detached refuses S >= L, R of low order, A that is not canonical or
 * of low order or off the curve, computes [S]B - [k]A without a cofactor and compares its encoding with the bytes of
 * R. So rules 3 and 4 of FORMAT.md, section 6, are kept, and what more it refuses is refused by rules 1 and 2. */
#include <mbedtls/aes.h>
#include <sodium.h>

#include "crypto.h"

bool port_ed25519_verify(const uint8_t signature[64], const uint8_t *message, size_t length, const uint8_t key[32])
{
    return crypto_sign_verify_detached(signature, message, length, key) == 0;
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
    mbedtls_aes_context aes;
    mbedtls_aes_init(&aes);
    mbedtls_aes_setkey_enc(&aes, key, 128);
    mbedtls_aes_crypt_ecb(&aes, MBEDTLS_AES_ENCRYPT, in, out);
    mbedtls_aes_free(&aes);
}

/* The cryptography that a lock needs from a library or from hardware. Nothing of it is written in src/. */
#ifndef QR_PORT_CRYPTO_H
#define QR_PORT_CRYPTO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Ed25519 of RFC 8032: rules 3 and 4 of FORMAT.md, section 6, that is S below L and the equation without a cofactor.
 * May refuse more of what rules 1 and 2 refuse, and nothing else. */
bool port_ed25519_verify(const uint8_t signature[64], const uint8_t *message, size_t length, const uint8_t key[32]);

/* HMAC-SHA-256 (RFC 2104). */
void port_hmac_sha256(const uint8_t *key, size_t key_length, const uint8_t *data, size_t length, uint8_t mac[32]);

/* One block of AES-128, forwards. out may be in. Timing should not depend on key or data. */
void port_aes128(const uint8_t key[16], const uint8_t in[16], uint8_t out[16]);

#endif

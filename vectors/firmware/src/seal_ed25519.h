/* The signature on cards and on service commands: the profile of FORMAT.md, section 6. */
#ifndef QR_SEAL_ED25519_H
#define QR_SEAL_ED25519_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Rules 1 and 2 for a public key; asked when keys are loaded. */
bool qr_ed25519_key_loads(const uint8_t key[32]);

/* All four rules for a signature over message. The key loads. */
bool qr_ed25519_holds(const uint8_t signature[64], const uint8_t *message, size_t length, const uint8_t key[32]);

/* The same over a card's body, whose label is put before it. count is at most QR_BODY_BYTES_MAX. */
bool qr_ed25519_card_holds(const uint8_t signature[64], const uint8_t *body, size_t count, const uint8_t key[32]);

#endif

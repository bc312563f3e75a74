/* The text of a card: decimal digits to body and seal bytes (FORMAT.md, section 1). */
#ifndef QR_DIGITS_H
#define QR_DIGITS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { QR_CARD_BYTES_MAX = 106, QR_BODY_BYTES_MAX = 45 };

enum qr_seal { QR_CMAC, QR_ED25519 };

struct qr_width {
    uint8_t digits;       /* length of the text */
    uint8_t seal;         /* enum qr_seal */
    uint8_t seal_bytes;
    uint8_t body_bytes;
    uint8_t shorter_bits; /* a body below 2^this has a shorter text; 0: there is none */
};

/* NULL if no card has that many digits. */
const struct qr_width *qr_width(size_t digits);

/* True if the text is digits and their number is below the width's limit. bytes[0 .. body + seal) is written. */
bool qr_digits_to_bytes(const struct qr_width *width, const uint8_t *text, uint8_t bytes[QR_CARD_BYTES_MAX]);

#endif

#include "digits.h"

#include <string.h>

static const struct qr_width WIDTHS[] = {
    {.digits = 101, .seal = QR_CMAC, .seal_bytes = 16, .body_bytes = 26},
    {.digits = 149, .seal = QR_CMAC, .seal_bytes = 16, .body_bytes = QR_BODY_BYTES_MAX, .shorter_bits = 207},
    {.digits = 202, .seal = QR_ED25519, .seal_bytes = 64, .body_bytes = 20},
    {.digits = 255, .seal = QR_ED25519, .seal_bytes = 64, .body_bytes = QR_CARD_BYTES_MAX - 64, .shorter_bits = 159},
};

const struct qr_width *qr_width(size_t digits)
{
    for (size_t i = 0; i < sizeof WIDTHS / sizeof WIDTHS[0]; i++)
        if (WIDTHS[i].digits == digits)
            return &WIDTHS[i];
    return NULL;
}

/* number = number * 10 + digit; what does not fit comes back. */
static uint32_t append_digit(uint8_t *number, size_t bytes, uint32_t digit)
{
    uint32_t carry = digit;
    for (size_t i = bytes; i-- > 0;) {
        carry += number[i] * 10u;
        number[i] = (uint8_t)carry;
        carry >>= 8;
    }
    return carry;
}

bool qr_digits_to_bytes(const struct qr_width *width, const uint8_t *text, uint8_t bytes[QR_CARD_BYTES_MAX])
{
    size_t count = (size_t)width->body_bytes + width->seal_bytes;
    memset(bytes, 0, count);
    for (size_t i = 0; i < width->digits; i++)
        if (text[i] < '0' || text[i] > '9' || append_digit(bytes, count, (uint32_t)(text[i] - '0')) != 0)
            return false;
    return (bytes[0] & 0x80) == 0; /* every limit is half of what the bytes can hold */
}

#include "digits.h"

#include <string.h>

static const struct qr_width WIDTHS[] = {
    {101, QR_CMAC, 16, 26, 0},
    {149, QR_CMAC, 16, 45, 207},
    {202, QR_ED25519, 64, 20, 0},
    {255, QR_ED25519, 64, 42, 159},
};

const struct qr_width *qr_width(size_t digits)
{
    for (size_t i = 0; i < sizeof WIDTHS / sizeof WIDTHS[0]; i++)
        if (WIDTHS[i].digits == digits)
            return &WIDTHS[i];
    return NULL;
}

/* number = number * factor + add; what does not fit comes back. */
static uint32_t multiply_add(uint8_t *number, size_t bytes, uint32_t factor, uint32_t add)
{
    uint32_t carry = add;
    for (size_t i = bytes; i-- > 0;) {
        carry += number[i] * factor; /* at most 255 * 10^4 + 10^4 - 1 + what was carried: far below 2^32 */
        number[i] = (uint8_t)carry;
        carry >>= 8;
    }
    return carry;
}

bool qr_digits_to_bytes(const struct qr_width *width, const uint8_t *text, uint8_t bytes[QR_CARD_BYTES_MAX])
{
    size_t count = (size_t)width->body_bytes + width->seal_bytes;
    memset(bytes, 0, count);
    for (size_t i = 0; i < width->digits;) {
        uint32_t group = 0, factor = 1;
        for (; factor < 10000 && i < width->digits; i++, factor *= 10) {
            if (text[i] < '0' || text[i] > '9')
                return false;
            group = group * 10 + (uint32_t)(text[i] - '0');
        }
        if (multiply_add(bytes, count, factor, group) != 0)
            return false;
    }
    return (bytes[0] & 0x80) == 0; /* every limit is half of what the bytes can hold */
}

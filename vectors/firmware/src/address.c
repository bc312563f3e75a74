#include "address.h"

#include <string.h>

enum { NUMBERS = 65536 }; /* codes below this are numbers, those from it on texts */

static bool is_digit(uint8_t c) { return c >= '0' && c <= '9'; }

static bool all_digits(const uint8_t *text, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (!is_digit(text[i]))
            return false;
    return true;
}

bool qr_is_alphanumeric(const uint8_t *text, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (!is_digit(text[i]) && !(text[i] >= 'A' && text[i] <= 'Z'))
            return false;
    return true;
}

static bool is_canonical_number(const uint8_t *text, size_t length)
{
    uint32_t value = 0;
    if (length > 1 && text[0] == '0')
        return false;
    for (size_t i = 0; i < length; i++)
        value = value * 10 + (uint32_t)(text[i] - '0');
    return value < NUMBERS;
}

bool qr_is_part(const uint8_t *text, size_t length)
{
    if (all_digits(text, length))
        return is_canonical_number(text, length);
    return length <= 4 && qr_is_alphanumeric(text, length);
}

static void write_number(uint32_t value, char *text)
{
    char reversed[5];
    size_t count = 0;
    do {
        reversed[count++] = (char)('0' + value % 10);
        value /= 10;
    } while (value != 0);
    while (count > 0)
        *text++ = reversed[--count];
    *text = '\0';
}

/* The text with this number: shorter ones first, then by value in base 36. False if it is longer than longest. */
static bool write_text(uint64_t number, size_t longest, char *text)
{
    size_t length = 1;
    uint64_t of_this_length = 36;
    while (number >= of_this_length) {
        number -= of_this_length;
        of_this_length *= 36;
        if (++length > longest)
            return false;
    }
    text[length] = '\0';
    while (length-- > 0) {
        text[length] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"[number % 36];
        number /= 36;
    }
    return true;
}

bool qr_part_from_code(uint64_t code, char text[QR_PART_MAX + 1])
{
    if (code < NUMBERS) {
        write_number((uint32_t)code, text);
        return true;
    }
    if (!write_text(code - NUMBERS, 4, text))
        return false;
    return !all_digits((const uint8_t *)text, strlen(text)); /* else a number would have two codes */
}

bool qr_room_from_code(uint64_t code, char text[QR_ROOM_MAX + 1]) { return write_text(code, QR_ROOM_MAX, text); }

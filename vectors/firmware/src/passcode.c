#include "passcode.h"

#include <string.h>

#include "bytes.h"
#include "ff1.h"
#include "hkdf.h"

#define NUMBERS 12482248704u /* 2 * 524288 * 744 * 16 */

void qr_passcode_key(const uint8_t room_key[16], uint32_t mark, uint8_t key[16])
{
    uint8_t info[QR_HKDF_INFO] = "\x17qrlock passcode mark v1\x04"; /* the mark fills the last 4 bytes */
    qr_put32be(info + 25, mark);
    qr_hkdf16(room_key, 16, info, key);
}

bool qr_passcode_read(const uint8_t key[16], const char digits[QR_PASSCODE_DIGITS], struct qr_passcode *p)
{
    uint64_t number = 0;
    for (int i = 0; i < QR_PASSCODE_DIGITS; i++)
        number = number * 10 + (uint64_t)(digits[i] - '0');
    p->number = number = qr_ff1_decipher(key, number);
    if (number >= NUMBERS)
        return false;
    p->sequence = (uint8_t)(number % 16);
    p->length_h = (uint16_t)(number / 16 % 744 + 1);
    p->start_h = (uint32_t)(number / (16 * 744) % 524288);
    p->kind = number >= NUMBERS / 2 ? QR_ONE_TIME : QR_PERIOD;
    return p->start_h + p->length_h <= 524287; /* the end is a minute that a card could name */
}

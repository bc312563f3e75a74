/* Twelve digits to a passcode (PASSCODE.md, sections 1 to 3). */
#ifndef QR_PASSCODE_H
#define QR_PASSCODE_H

#include <stdbool.h>
#include <stdint.h>

enum { QR_PASSCODE_DIGITS = 12 };
enum qr_passcode_kind { QR_PERIOD, QR_ONE_TIME };

struct qr_passcode {
    uint64_t number;   /* below 12,482,248,704 */
    uint32_t start_h;  /* hours since 2015-01-01 00:00 civil */
    uint16_t length_h; /* 1 to 744 */
    uint8_t kind;
    uint8_t sequence;
};

/* The key that passcodes of this room are read under while its supersession mark is mark (section 2). */
void qr_passcode_key(const uint8_t room_key[16], uint32_t mark, uint8_t key[16]);

/* False if the digits, 12 of '0' to '9', are no passcode under this key. */
bool qr_passcode_read(const uint8_t key[16], const char digits[QR_PASSCODE_DIGITS], struct qr_passcode *passcode);

#endif

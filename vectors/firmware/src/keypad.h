/* The keypad: digits, wrong entries, lock-outs (PASSCODE.md, section 4; LOCK.md, rules 20 to 25). */
#ifndef QR_KEYPAD_H
#define QR_KEYPAD_H

#include <stdbool.h>
#include <stdint.h>

#include "judge.h"
#include "passcode.h"
#include "row.h"

enum { QR_KEYPAD_PAUSE_MS = 10000, QR_WRONG_IN_A_ROW = 5 };

struct qr_digits {
    char typed[QR_PASSCODE_DIGITS];
    uint8_t count;
    uint32_t last_ms;
};

/* True when the entry is complete; the digits are in typed then, and the next key begins another. */
bool qr_keypad_press(struct qr_digits *digits, char key, uint32_t ms);

/* QR_ACCEPTED with passcode and purges set, or the first reason. number_known tells whether the digits are
 * a passcode of this room, which the log says of a refusal too.
 * key is NULL where the lock has no room key. */
enum qr_reason qr_keypad_judge(const struct qr_door *door, const uint8_t *key, const char *typed,
                               struct qr_passcode *passcode, bool *number_known, bool *purges);

/* The row of one more wrong entry. */
void qr_keypad_wrong(const struct qr_memory *memory, uint32_t now, struct qr_row *row);

/* True if the lock-out has to change with this reading of the clock (rule 24), which row then does. */
bool qr_keypad_clock(const struct qr_memory *memory, uint32_t clock, struct qr_row *row);

#endif

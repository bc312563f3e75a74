/* A row: what one event changed, 20 bytes (LOCK.md, Rows). */
#ifndef QR_ROW_H
#define QR_ROW_H

#include <stdbool.h>
#include <stdint.h>

enum { QR_ROW_BYTES = 20 };

enum qr_row_kind {
    QR_ROW_CARD = 1,
    QR_ROW_CLOCK = 2,
    QR_ROW_PASSWORD = 3,
    QR_ROW_KEYPAD = 4,
    QR_ROW_SERVICE = 5,
    QR_ROW_REFUSED = 6,
    QR_ROW_HOUR_COUNTS = 7,
    QR_ROW_MARKS = 16,
    QR_ROW_VOIDS_PURGED = 17,
    QR_ROW_PRESENTED = 18,
    QR_ROW_PASSAGE = 19,
    QR_ROW_ENTRY = 20
};

/* Effects of CARD, CLOCK and PASSWORD. In a CLOCK row 1 is the mark. */
enum {
    QR_OPENED = 1,
    QR_MARK = 1,
    QR_REMEMBERED = 2,
    QR_PASSAGE_ON = 4,
    QR_PASSAGE_OFF = 8,
    QR_PASSAGE_ENDED = 16,
    QR_ROOM_VOIDED = 32,
    QR_CARD_VOIDED = 64,
    QR_PURGED = 128
};

/* Effects of SERVICE: a number, not bits. */
enum { QR_CLOCK_SET = 1, QR_KEYS_UPDATED = 2, QR_LOCK_OUT_ENDED = 3, QR_COLLECTED = 4 };

#define QR_NO_SUBJECT 0xFFFFFFFFFFFFu
/* Added to a passcode's number to make its subject; cards' serials are below it. */
#define QR_PASSWORDS ((uint64_t)1 << 40)

struct qr_row {
    uint8_t kind;
    uint8_t effects;
    uint8_t card;
    uint8_t revision;
    uint64_t subject; /* 48 bits */
    uint32_t minute;
    uint32_t end;
    uint8_t used;
    uint8_t first; /* lowest revision that is valid; in KEYPAD rows the lock-outs */
};

/* True if LOCK.md names the kind. Rows of others are passed over as torn slots are. */
bool qr_row_is_known(uint8_t kind);

void qr_row_write(const struct qr_row *row, uint8_t to[QR_ROW_BYTES]);
void qr_row_read(const uint8_t from[QR_ROW_BYTES], struct qr_row *row);

#endif

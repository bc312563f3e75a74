/* Why something was refused, and what the door shows of it (LOCK.md, One presentation). */
#ifndef QR_REASON_H
#define QR_REASON_H

/* The place in this list is what a REFUSED row says (LOCK.md, Rows: kind 6). */
enum qr_reason {
    QR_NOT_A_CARD,
    QR_UNSUPPORTED_FORMAT,
    QR_UNKNOWN_KEY,
    QR_BAD_SEAL,
    QR_MALFORMED,
    QR_WRONG_COMMUNITY,
    QR_WRONG_BUILDING,
    QR_WRONG_FLOOR,
    QR_WRONG_ROOM,
    QR_UNSUPPORTED_TIMES,
    QR_UNSUPPORTED_OPEN_TYPE,
    QR_UNSUPPORTED_LOSS_REPORT,
    QR_CLOCK_UNSET,
    QR_CLOCK_ROLLED_BACK,
    QR_SUPERSEDED,
    QR_NOT_YET_VALID,
    QR_EXPIRED,
    QR_COUNT_EXHAUSTED,
    QR_STORE_FULL,
    QR_NO_REASON_19, /* not in use */
    QR_LOCKED_OUT,
    QR_WRONG_PASSWORD,
    QR_PASSWORD_USED,
    QR_ACCEPTED /* no reason: never stored */
};

enum qr_shown { QR_DARK, QR_REFUSED, QR_TOO_EARLY, QR_OVER, QR_SERVICE, QR_WAIT };

enum qr_shown qr_shown(enum qr_reason reason);

#endif

/* The lock: events in, decisions out (LOCK.md). Time, power and randomness come with the events.
 *
 * Committing is a call that returns whether the row is durable, so there is no state in which it waits for that.
 * Every event returns false when the store failed or power went: then the driver boots the lock, and asks nothing
 * else before (LOCK.md, rule 2). */
#ifndef QR_LOCK_H
#define QR_LOCK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "keypad.h"
#include "presentations.h"
#include "profile.h"
#include "reason.h"
#include "refusals.h"
#include "service.h"
#include "store.h"

enum qr_told {
    QR_TOLD_OPEN,      /* the bolt opens once, for value ms */
    QR_TOLD_HOLD,      /* the bolt is held from now on, to minute value at the latest */
    QR_TOLD_RELEASE,   /* it is held no longer */
    QR_TOLD_REFUSE,    /* for reason; the door shows qr_shown(reason) */
    QR_TOLD_CLOCK,     /* the clock becomes minute value */
    QR_TOLD_HAND_OVER, /* the records go out at the port */
    QR_TOLD_ANSWER     /* at the port; answer */
};

struct qr_decision {
    enum qr_told told;
    uint32_t value;
    enum qr_reason reason;
    enum qr_answer answer;
};

typedef void qr_outside(void *who, const struct qr_decision *decision);

struct qr_lock {
    const struct qr_profile *profile;
    qr_outside *outside;
    void *who;
    struct qr_store store;
    /* What follows is volatile. */
    uint32_t clock;         /* as read last, or QR_NO_MINUTE */
    bool holding;           /* the bolt was told to hold since the boot */
    uint32_t held_until;
    struct qr_presentations presentations;
    struct qr_refusals refusals;
    struct qr_digits digits;
    uint8_t passcode_key[16];
    bool nonce_given;
    uint32_t nonce_ms;
    uint8_t nonce[QR_NONCE];
    struct qr_command command; /* 700 bytes that need not be on the stack */
};

/* Power came: the flash is mounted, 0 ms have passed. False if there is no configuration, or if the flash is none that
 * the store can use (port/flash.h). When true, everything in lock that is read later is set, but for profile, outside
 * and who, which are the driver's. Read the clock next. */
bool qr_lock_boot(struct qr_lock *lock, const struct qr_flash *flash);

/* The clock was read: a minute, or QR_NO_MINUTE, which one above QR_MINUTE_MAX counts as. ms count from the boot, here and below; they may wrap. */
bool qr_lock_clock(struct qr_lock *lock, uint32_t minute);

/* A code was read. text is what the reader decoded. */
bool qr_lock_code(struct qr_lock *lock, const uint8_t *text, size_t length, uint32_t ms);

/* A key was pressed: '0' to '9' or '*'. Nothing happens on a model without a keypad. */
bool qr_lock_key(struct qr_lock *lock, char key, uint32_t ms);

/* The service port was opened; the nonce was never used before. */
void qr_lock_service_opened(struct qr_lock *lock, const uint8_t nonce[QR_NONCE], uint32_t ms);

/* Data came in at the service port. Longer data than QR_DATA_MAX may be cut to one byte more than that. */
bool qr_lock_service_asked(struct qr_lock *lock, const uint8_t *data, size_t length, uint32_t ms);

/* Power will go in good order: what is volatile and counts is noted. */
bool qr_lock_shut_down(struct qr_lock *lock);

#endif

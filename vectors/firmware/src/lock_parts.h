/* What the lock's files share: lock.c, lock_card.c, lock_service.c. */
#ifndef QR_LOCK_PARTS_H
#define QR_LOCK_PARTS_H

#include "lock.h"

/* Tells the outside; what a decision of this kind does not say need not be set. */
void qr_tell(struct qr_lock *lock, struct qr_decision decision);

struct qr_door qr_door_of(const struct qr_lock *lock);

void qr_derive_passcode_key(struct qr_lock *lock);

/* Tells the bolt what passage mode asks of it by the clock as read last, where that has changed. */
void qr_follow_passage(struct qr_lock *lock);

/* Stores what is due by the clock: passage mode that is over, a lock-out that waits or begins anew, the mark. */
bool qr_note_due(struct qr_lock *lock);

/* What a boot forgets, but for the clock. */
void qr_forget_volatile(struct qr_lock *lock);

/* Tells the door first, then logs (rule 3). False if power is gone. */
bool qr_refuse(struct qr_lock *lock, enum qr_reason reason, uint64_t subject, bool log);

#endif

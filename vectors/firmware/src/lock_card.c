/* A code in front of the lock: presentations, refusals, openings (LOCK.md, rules 3 to 16). */
#include <string.h>

#include "commit.h"
#include "decode.h"
#include "lock_parts.h"

/* Steps 1 to 3 are counted by the hour, step 4 is logged without a serial. */
static bool unreadable(struct qr_lock *lock, enum qr_reason reason, const uint8_t *text, size_t length, uint32_t ms)
{
    bool is_new = qr_refusal_is_new(&lock->refusals, qr_code_of_text(text, length), reason, ms);
    if (is_new && reason < QR_MALFORMED)
        qr_refusal_count(&lock->refusals, reason);
    return qr_refuse(lock, reason, QR_NO_SUBJECT, is_new && reason == QR_MALFORMED);
}

/* Rule 4: codes of this serial and community, less than 2,000 ms apart; refused ones too. */
static bool goes_on(struct qr_lock *lock, const struct qr_grant *g, uint32_t ms)
{
    return g->community == lock->store.placement.community &&
           qr_presentation_goes_on(&lock->presentations, g->serial, ms);
}

/* Passage mode is told by holding and releasing; every opening moves the bolt once. */
static void tell_accepted(struct qr_lock *lock, uint8_t effects)
{
    qr_follow_passage(lock);
    if (effects & QR_OPENED)
        qr_tell(lock, (struct qr_decision){.told = QR_TOLD_OPEN, .value = QR_OPEN_MS});
}

static bool accepted(struct qr_lock *lock, const struct qr_grant *g, const struct qr_use *use, uint32_t ms)
{
    const struct qr_memory *m = &lock->store.memory;
    struct qr_row row;
    qr_commit_card(m, g, use, qr_now(m, lock->clock), &row);
    if (!qr_store_commit(&lock->store, &row))
        return false;
    qr_present(&lock->presentations, g->serial, ms);
    if (row.effects & QR_ROOM_VOIDED)
        qr_derive_passcode_key(lock);
    tell_accepted(lock, row.effects);
    return true;
}

bool qr_lock_code(struct qr_lock *lock, const uint8_t *text, size_t length, uint32_t ms)
{
    struct qr_grant grant;
    enum qr_seal seal;
    struct qr_use use;
    bool ongoing;
    const struct qr_door door = qr_door_of(lock);
    enum qr_reason reason = qr_decode(&lock->store.keys, text, length, &grant, &seal);
    if (reason != QR_ACCEPTED)
        return unreadable(lock, reason, text, length, ms);
    ongoing = goes_on(lock, &grant, ms);
    if (ongoing && !qr_raises_mark(&lock->store.memory, &grant))
        return true;
    reason = qr_judge(&door, &grant, ongoing, &use);
    if (reason == QR_ACCEPTED)
        return accepted(lock, &grant, &use, ms);
    if (ongoing)
        return true; /* no report, then, and so it decides nothing (rules 6, 12) */
    return qr_refuse(lock, reason, grant.serial, qr_refusal_is_new(&lock->refusals, grant.serial, reason, ms));
}

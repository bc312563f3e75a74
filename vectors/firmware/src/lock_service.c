/* Service commands carried out (SERVICE.md, section 6; LOCK.md, rules 26 to 29). */
#include <string.h>

#include "lock_parts.h"

void qr_lock_service_opened(struct qr_lock *lock, const uint8_t nonce[QR_NONCE], uint32_t ms)
{
    memcpy(lock->nonce, nonce, QR_NONCE);
    lock->nonce_given = true;
    lock->nonce_ms = ms;
}

static void answer(struct qr_lock *lock, enum qr_answer answer)
{
    qr_tell(lock, (struct qr_decision){.told = QR_TOLD_ANSWER, .answer = answer});
}

static bool note(struct qr_lock *lock, uint8_t what, uint32_t minute)
{
    const struct qr_row row = {.kind = QR_ROW_SERVICE, .effects = what, .minute = minute};
    return qr_store_commit(&lock->store, &row);
}

/* Clock and mark in one row (rule 27). The minute is what the clock reads from then on. */
static bool set_clock(struct qr_lock *lock)
{
    uint32_t minute = lock->command.minute;
    if (!note(lock, QR_CLOCK_SET, minute))
        return false;
    lock->clock = minute;
    qr_follow_passage(lock);
    qr_tell(lock, (struct qr_decision){.told = QR_TOLD_CLOCK, .value = minute});
    answer(lock, QR_DONE);
    return qr_note_due(lock);
}

static bool update_keys(struct qr_lock *lock)
{
    const struct qr_store *store = &lock->store;
    if (!qr_store_configure(&lock->store, store->epoch, &store->placement, &lock->command.keys))
        return false;
    qr_derive_passcode_key(lock);
    if (!note(lock, QR_KEYS_UPDATED, qr_now(&lock->store.memory, lock->clock)))
        return false;
    answer(lock, QR_DONE);
    return true;
}

static bool collect(struct qr_lock *lock)
{
    if (!note(lock, QR_COLLECTED, qr_now(&lock->store.memory, lock->clock)))
        return false;
    qr_tell(lock, (struct qr_decision){.told = QR_TOLD_HAND_OVER});
    answer(lock, QR_DONE);
    return true;
}

/* Without a keypad it is a line in the log and no error (SERVICE.md, section 5). */
static bool end_lock_out(struct qr_lock *lock)
{
    if (!note(lock, QR_LOCK_OUT_ENDED, qr_now(&lock->store.memory, lock->clock)))
        return false;
    answer(lock, QR_DONE);
    return true;
}

/* Rule 29: the old lock until the configuration is durable, the new one from then on. It is a boot, but for the clock,
 * which goes on. After the last epoch there is none, as if no block took it (FLASH.md, section 5). */
static bool recommission(struct qr_lock *lock)
{
    if (lock->store.epoch == UINT32_MAX ||
        !qr_store_configure(&lock->store, lock->store.epoch + 1, &lock->command.placement, &lock->command.keys))
        return false;
    qr_follow_passage(lock);
    qr_forget_volatile(lock);
    qr_derive_passcode_key(lock);
    answer(lock, QR_DONE);
    return qr_note_due(lock);
}

static bool carry_out(struct qr_lock *lock)
{
    switch (lock->command.opcode) {
    case QR_SET_CLOCK:
        return set_clock(lock);
    case QR_UPDATE_KEYS:
        return update_keys(lock);
    case QR_COLLECT:
        return collect(lock);
    case QR_END_LOCK_OUT:
        return end_lock_out(lock);
    default:
        return recommission(lock);
    }
}

/* The nonce ends here, whatever becomes of the data (SERVICE.md, section 1). */
bool qr_lock_service_asked(struct qr_lock *lock, const uint8_t *data, size_t length, uint32_t ms)
{
    bool given = lock->nonce_given && ms - lock->nonce_ms < QR_NONCE_MS;
    enum qr_answer result = QR_NO_NONCE;
    lock->nonce_given = false;
    if (given)
        result = qr_service_open(data, length, lock->store.placement.lock_id, lock->nonce, lock->store.keys.service,
                                 &lock->command);
    if (result == QR_DONE)
        return carry_out(lock);
    answer(lock, result);
    return true;
}

/* Power, clock, keys: the events that are no card and no command. */
#include "lock.h"

#include <string.h>

#include "commit.h"
#include "lock_parts.h"

void qr_tell(struct qr_lock *lock, enum qr_told told, uint32_t value)
{
    const struct qr_decision decision = {told, value, QR_ACCEPTED, QR_DONE};
    lock->outside(lock->who, &decision);
}

struct qr_door qr_door_of(const struct qr_lock *lock)
{
    struct qr_door door = {lock->profile, &lock->store.placement, &lock->store.memory, lock->clock};
    return door;
}

/* PASSCODE.md, section 2: derived when the lock starts and when the mark or the room key changes. */
void qr_derive_passcode_key(struct qr_lock *lock)
{
    if (lock->profile->keypad && lock->store.keys.room_held)
        qr_passcode_key(lock->store.keys.room, lock->store.memory.room_mark, lock->passcode_key);
}

/* Rule 17. */
static bool passage_is_over(const struct qr_memory *m, uint32_t clock)
{
    return qr_judge_clock(m, clock) != QR_ACCEPTED || qr_now(m, clock) >= m->passage.end;
}

void qr_follow_passage(struct qr_lock *lock)
{
    const struct qr_passage *passage = &lock->store.memory.passage;
    bool holds = passage->on && !passage_is_over(&lock->store.memory, lock->clock);
    if (holds && !(lock->holding && lock->held_until == passage->end))
        qr_tell(lock, QR_TOLD_HOLD, passage->end);
    if (!holds && lock->holding)
        qr_tell(lock, QR_TOLD_RELEASE, 0);
    lock->holding = holds;
    lock->held_until = passage->end;
}

void qr_forget_volatile(struct qr_lock *lock)
{
    lock->clock = QR_NO_MINUTE;
    lock->holding = lock->nonce_given = false;
    lock->digits.count = 0;
    memset(&lock->presentations, 0, sizeof lock->presentations);
    qr_refusals_clear(&lock->refusals);
}

/* Rule 5: a boot counts as the last reading of the serial presented last. */
bool qr_lock_boot(struct qr_lock *lock, const struct qr_flash *flash)
{
    qr_store_mount(&lock->store, flash);
    if (!lock->store.commissioned)
        return false;
    qr_forget_volatile(lock);
    if (lock->store.memory.any_presented)
        qr_present(&lock->presentations, (uint32_t)lock->store.memory.presented, 0);
    qr_derive_passcode_key(lock);
    return true;
}

static bool log_hour(struct qr_lock *lock, uint32_t minute, bool flush)
{
    struct qr_row row;
    return !qr_refusals_hour(&lock->refusals, minute, flush, &row) || qr_store_refusal(&lock->store, &row);
}

/* Rule 19. */
static bool mark_is_due(const struct qr_memory *m, uint32_t clock)
{
    return clock != QR_NO_MINUTE && clock >= m->high_water + 60;
}

static void end_passage(const struct qr_passage *passage, struct qr_row *row)
{
    row->effects |= QR_PASSAGE_ENDED;
    row->card = passage->card;
    row->revision = passage->revision;
    row->subject = passage->serial;
}

static bool note_clock(struct qr_lock *lock)
{
    struct qr_row row = {0};
    row.kind = QR_ROW_CLOCK;
    row.minute = lock->clock;
    if (lock->store.memory.passage.on && passage_is_over(&lock->store.memory, lock->clock))
        end_passage(&lock->store.memory.passage, &row);
    if (mark_is_due(&lock->store.memory, lock->clock))
        row.effects |= QR_MARK;
    return row.effects == 0 || qr_store_commit(&lock->store, &row);
}

static bool note_lock_out(struct qr_lock *lock)
{
    struct qr_row row;
    if (!lock->profile->keypad || !qr_keypad_clock(&lock->store.memory, lock->clock, &row))
        return true;
    return qr_store_commit(&lock->store, &row);
}

void qr_read_clock(struct qr_lock *lock, uint32_t minute)
{
    lock->clock = minute;
    qr_follow_passage(lock);
}

bool qr_note_clock(struct qr_lock *lock)
{
    return note_lock_out(lock) && note_clock(lock);
}

bool qr_lock_clock(struct qr_lock *lock, uint32_t minute)
{
    qr_read_clock(lock, minute);
    return log_hour(lock, minute, false) && qr_note_clock(lock);
}

bool qr_lock_shut_down(struct qr_lock *lock) { return log_hour(lock, lock->clock, true); }

bool qr_refuse(struct qr_lock *lock, enum qr_reason reason, uint64_t subject, bool log)
{
    const struct qr_decision decision = {QR_TOLD_REFUSE, 0, reason, QR_DONE};
    struct qr_row row;
    lock->outside(lock->who, &decision);
    if (!log)
        return true;
    qr_refusal_row(reason, subject, lock->clock, &row);
    return qr_store_refusal(&lock->store, &row);
}

static bool entry_refused(struct qr_lock *lock, enum qr_reason reason, uint64_t subject)
{
    struct qr_row row;
    if (!qr_refuse(lock, reason, subject, true))
        return false;
    if (reason != QR_WRONG_PASSWORD)
        return true;
    qr_keypad_wrong(&lock->store.memory, qr_now(&lock->store.memory, lock->clock), &row);
    return qr_store_commit(&lock->store, &row);
}

static bool entry_accepted(struct qr_lock *lock, const struct qr_passcode *passcode, bool purges)
{
    struct qr_row row;
    qr_commit_passcode(passcode, purges, qr_now(&lock->store.memory, lock->clock), &row);
    if (!qr_store_commit(&lock->store, &row))
        return false;
    qr_tell(lock, QR_TOLD_OPEN, QR_OPEN_MS);
    return true;
}

static bool entry(struct qr_lock *lock)
{
    const struct qr_door door = qr_door_of(lock);
    struct qr_passcode passcode;
    bool known, purges;
    enum qr_reason reason = qr_keypad_judge(&door, lock->store.keys.room_held ? lock->passcode_key : NULL,
                                            lock->digits.typed, &passcode, &known, &purges);
    if (reason == QR_ACCEPTED)
        return entry_accepted(lock, &passcode, purges);
    return entry_refused(lock, reason, known ? QR_PASSWORDS + passcode.number : QR_NO_SUBJECT);
}

bool qr_lock_key(struct qr_lock *lock, char key, uint32_t ms)
{
    if (!lock->profile->keypad || !qr_keypad_press(&lock->digits, key, ms))
        return true;
    return entry(lock);
}

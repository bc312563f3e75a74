/* Power, clock, keys: the events that are no card and no command. */
#include "lock.h"

#include "commit.h"
#include "lock_parts.h"

void qr_tell(struct qr_lock *lock, struct qr_decision decision) { lock->outside(lock->who, &decision); }

struct qr_door qr_door_of(const struct qr_lock *lock)
{
    struct qr_door door = {lock->profile, &lock->store.placement, &lock->store.memory, lock->clock};
    return door;
}

/* PASSCODE.md, section 2: derived when the lock starts and when the mark or the room key changes. */
void qr_derive_passcode_key(struct qr_lock *lock)
{
    if (lock->profile->keypad)
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
        qr_tell(lock, (struct qr_decision){.told = QR_TOLD_HOLD, .value = passage->end});
    if (!holds && lock->holding)
        qr_tell(lock, (struct qr_decision){.told = QR_TOLD_RELEASE});
    lock->holding = holds;
    lock->held_until = passage->end;
}

void qr_forget_volatile(struct qr_lock *lock)
{
    static const struct qr_presentations NOTHING_IN_SIGHT;
    static const struct qr_digits NOTHING_TYPED;
    lock->holding = lock->nonce_given = false;
    lock->digits = NOTHING_TYPED;
    lock->presentations = NOTHING_IN_SIGHT;
    qr_refusals_clear(&lock->refusals);
}

/* Rule 5: a boot counts as the last reading of the serial presented last. */
bool qr_lock_boot(struct qr_lock *lock, const struct qr_flash *flash)
{
    qr_store_mount(&lock->store, flash);
    if (!lock->store.commissioned)
        return false;
    lock->clock = QR_NO_MINUTE;
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
    return clock != QR_NO_MINUTE && clock >= m->high_water && clock - m->high_water >= 60;
}

static void end_passage(const struct qr_passage *passage, struct qr_row *row)
{
    row->effects |= QR_PASSAGE_ENDED;
    row->card = passage->card;
    row->revision = passage->revision;
    row->subject = passage->serial;
}

static bool due_passage(struct qr_lock *lock)
{
    const struct qr_memory *m = &lock->store.memory;
    struct qr_row row = {.kind = QR_ROW_CLOCK, .minute = lock->clock};
    if (!m->passage.on || !passage_is_over(m, lock->clock))
        return true;
    row.effects = mark_is_due(m, lock->clock) ? QR_MARK : 0;
    end_passage(&m->passage, &row);
    return qr_store_commit(&lock->store, &row);
}

static bool due_lock_out(struct qr_lock *lock)
{
    struct qr_row row;
    if (!lock->profile->keypad || !qr_keypad_clock(&lock->store.memory, lock->clock, &row))
        return true;
    return qr_store_commit(&lock->store, &row);
}

static bool due_mark(struct qr_lock *lock)
{
    const struct qr_row row = {.kind = QR_ROW_CLOCK, .effects = QR_MARK, .minute = lock->clock};
    if (!mark_is_due(&lock->store.memory, lock->clock))
        return true;
    return qr_store_commit(&lock->store, &row);
}

/* Each in a commit of its own (LOCK.md, In order). */
bool qr_note_due(struct qr_lock *lock) { return due_passage(lock) && due_lock_out(lock) && due_mark(lock); }

/* A clock that is later than any card can name is wrong; without it no sum of a clock and minutes can wrap. */
bool qr_lock_clock(struct qr_lock *lock, uint32_t minute)
{
    lock->clock = minute <= QR_MINUTE_MAX ? minute : QR_NO_MINUTE;
    if (!log_hour(lock, lock->clock, false))
        return false;
    qr_follow_passage(lock);
    return qr_note_due(lock);
}

bool qr_lock_shut_down(struct qr_lock *lock) { return log_hour(lock, lock->clock, true); }

static void tell_refusal(struct qr_lock *lock, enum qr_reason reason)
{
    qr_tell(lock, (struct qr_decision){.told = QR_TOLD_REFUSE, .reason = reason});
}

static bool log_refusal(struct qr_lock *lock, enum qr_reason reason, uint64_t subject)
{
    struct qr_row row;
    qr_refusal_row(reason, subject, lock->clock, &row);
    return qr_store_refusal(&lock->store, &row);
}

bool qr_refuse(struct qr_lock *lock, enum qr_reason reason, uint64_t subject, bool log)
{
    tell_refusal(lock, reason);
    return !log || log_refusal(lock, reason, subject);
}

/* Told only when it is counted: else who cuts the power in between would guess for nothing (rule 23). */
static bool entry_wrong(struct qr_lock *lock, uint64_t subject)
{
    struct qr_row row;
    qr_keypad_wrong(&lock->store.memory, qr_now(&lock->store.memory, lock->clock), &row);
    if (!log_refusal(lock, QR_WRONG_PASSWORD, subject) || !qr_store_commit(&lock->store, &row))
        return false;
    tell_refusal(lock, QR_WRONG_PASSWORD);
    return true;
}

static bool entry_accepted(struct qr_lock *lock, const struct qr_passcode *passcode, bool purges)
{
    struct qr_row row;
    qr_commit_passcode(passcode, purges, qr_now(&lock->store.memory, lock->clock), &row);
    if (!qr_store_commit(&lock->store, &row))
        return false;
    qr_tell(lock, (struct qr_decision){.told = QR_TOLD_OPEN, .value = QR_OPEN_MS});
    return true;
}

static bool entry(struct qr_lock *lock)
{
    const struct qr_door door = qr_door_of(lock);
    struct qr_passcode passcode;
    uint64_t subject;
    bool known, purges;
    enum qr_reason reason = qr_keypad_judge(&door, lock->store.keys.room_held ? lock->passcode_key : NULL,
                                            lock->digits.typed, &passcode, &known, &purges);
    if (reason == QR_ACCEPTED)
        return entry_accepted(lock, &passcode, purges);
    subject = known ? QR_PASSWORDS + passcode.number : QR_NO_SUBJECT;
    return reason == QR_WRONG_PASSWORD ? entry_wrong(lock, subject) : qr_refuse(lock, reason, subject, true);
}

bool qr_lock_key(struct qr_lock *lock, char key, uint32_t ms)
{
    if (!lock->profile->keypad || !qr_keypad_press(&lock->digits, key, ms))
        return true;
    return entry(lock);
}

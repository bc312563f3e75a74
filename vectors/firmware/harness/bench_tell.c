/* What a lock does, in the words of PROTOCOL.md, section 4. */
#include "answer.h"
#include "bench.h"

static void put_refusal(enum qr_reason reason)
{
    static const char *const SHOWN[] = {"DARK", "REFUSED", "TOO_EARLY", "OVER", "SERVICE", "WAIT"};
    answer_put("REFUSE ");
    answer_put(reason_name(reason));
    answer_put(" ");
    answer_put(SHOWN[qr_shown(reason)]);
}

static void put_answer(enum qr_answer answer)
{
    static const char *const ANSWERS[] = {"DONE", "NO_NONCE", "BAD_SEAL", "MALFORMED"};
    answer_put("ANSWER ");
    answer_put(ANSWERS[answer]);
}

static void put_valued(const char *what, uint32_t value)
{
    answer_put(what);
    answer_put_number(value);
}

static void put_decision(const struct qr_decision *d)
{
    switch (d->told) {
    case QR_TOLD_OPEN:
        put_valued("OPEN ", d->value);
        break;
    case QR_TOLD_HOLD:
        put_valued("HOLD ", d->value);
        break;
    case QR_TOLD_RELEASE:
        answer_put("RELEASE");
        break;
    case QR_TOLD_REFUSE:
        put_refusal(d->reason);
        break;
    case QR_TOLD_CLOCK:
        put_valued("CLOCK ", d->value);
        break;
    case QR_TOLD_HAND_OVER:
        answer_put("HAND_OVER");
        break;
    case QR_TOLD_ANSWER:
        put_answer(d->answer);
        break;
    }
}

void bench_tell(void *who, const struct qr_decision *decision)
{
    (void)who;
    answer_item();
    put_decision(decision);
    answer_item_end();
}

void bench_did(const char *text)
{
    answer_item();
    answer_put(text);
    answer_item_end();
}

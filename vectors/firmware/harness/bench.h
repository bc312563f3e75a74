/* One lock on the bench, and the questions that are put to it (PROTOCOL.md, section 4). */
#ifndef HARNESS_BENCH_H
#define HARNESS_BENCH_H

#include "../src/lock.h"
#include "json.h"

/* NULL when the answer's members were written, or what was wrong with the request: then nothing was. */
typedef const char *question(const struct json *request);

question bench_new, bench_load, bench_boot, bench_clock, bench_show, bench_press, bench_wait, bench_port,
    bench_command, bench_idle, bench_shut_down, bench_cut, bench_state, bench_log;

/* The store as it is, or as mounting would find it; NULL if there is no lock. */
const struct qr_store *bench_store(void);

/* An item of `did`: a decision, or a text. */
qr_outside bench_tell;
void bench_did(const char *text);

/* Questions that leave nothing behind (section 3). */
question ask_hello, ask_decode, ask_verify, ask_passcode, ask_measure;

/* The name of a reason as the protocol has it. */
const char *reason_name(enum qr_reason reason);

#endif

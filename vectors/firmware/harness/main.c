/* Requests in, answers out, one line each (PROTOCOL.md, section 1). */
#include "answer.h"
#include "bench.h"
#include "harness.h"
#include "io.h"

static const struct {
    const char *op;
    question *ask;
} OPS[] = {
    {"hello", ask_hello},     {"decode", ask_decode},   {"verify", ask_verify},       {"passcode", ask_passcode},
    {"new", bench_new},       {"load", bench_load},     {"boot", bench_boot},         {"clock", bench_clock},
    {"show", bench_show},     {"press", bench_press},   {"wait", bench_wait},         {"port", bench_port},
    {"command", bench_command}, {"idle", bench_idle},   {"shut_down", bench_shut_down}, {"cut", bench_cut},
    {"state", bench_state},   {"log", bench_log},       {"measure", ask_measure},
};

static question *find(const struct json *request)
{
    for (size_t i = 0; i < sizeof OPS / sizeof OPS[0]; i++)
        if (json_is(request, "op", OPS[i].op))
            return OPS[i].ask;
    return NULL;
}

void harness_answer(char *line, size_t length)
{
    static struct json request;
    bool is_object = json_read(line, length, &request);
    const struct json_member *id = json_find(&request, "id");
    question *ask = is_object ? find(&request) : NULL;
    const char *wrong = "no such request";
    answer_begin(is_object && id->type == JSON_NUMBER, id->number);
    if (ask != NULL)
        wrong = ask(&request);
    if (wrong != NULL)
        answer_text("error", wrong);
    answer_end();
}

static char line[HARNESS_LINE_MAX];

/* The next line that is not empty; false when the stream ends. One that is too long is read to its end, and fails. */
static bool next_line(size_t *length)
{
    int c;
    *length = 0;
    while ((c = io_get()) >= 0) {
        if (c == '\n' && *length > 0)
            return true;
        if (c == '\n' || c == '\r')
            continue;
        if (*length < sizeof line)
            line[*length] = (char)c;
        (*length)++;
    }
    return *length > 0;
}

int harness_run(void)
{
    size_t length;
    while (next_line(&length)) {
        io_measure_begin();
        harness_answer(line, length <= sizeof line ? length : 0);
        io_measure_end();
    }
    return 0;
}

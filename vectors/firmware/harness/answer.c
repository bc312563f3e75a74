#include "answer.h"

#include <string.h>

#include "io.h"

static int items;

void answer_put(const char *text) { io_put(text, strlen(text)); }

void answer_put_number(uint64_t number)
{
    char digits[20];
    size_t at = sizeof digits;
    do {
        digits[--at] = (char)('0' + number % 10);
        number /= 10;
    } while (number != 0);
    io_put(digits + at, sizeof digits - at);
}

void answer_put_bytes(const uint8_t *bytes, size_t count)
{
    static const char DIGITS[] = "0123456789abcdef";
    for (size_t i = 0; i < count; i++) {
        char pair[2] = {DIGITS[bytes[i] >> 4], DIGITS[bytes[i] & 15]};
        io_put(pair, 2);
    }
}

void answer_begin(int has_id, int64_t id)
{
    answer_put("{\"id\": ");
    if (!has_id) {
        answer_put("null");
        return;
    }
    if (id < 0)
        answer_put("-");
    answer_put_number((uint64_t)(id < 0 ? -id : id));
}

void answer_end(void)
{
    answer_put("}\n");
    io_flush();
}

static void put_name(const char *name)
{
    answer_put(", \"");
    answer_put(name);
    answer_put("\": ");
}

void answer_text(const char *name, const char *text)
{
    put_name(name);
    answer_put("\"");
    answer_put(text);
    answer_put("\"");
}

void answer_number(const char *name, uint64_t number)
{
    put_name(name);
    answer_put_number(number);
}

void answer_true(const char *name)
{
    put_name(name);
    answer_put("true");
}

void answer_null(const char *name)
{
    put_name(name);
    answer_put("null");
}

void answer_bytes(const char *name, const uint8_t *bytes, size_t count)
{
    put_name(name);
    answer_put("\"");
    answer_put_bytes(bytes, count);
    answer_put("\"");
}

void answer_list(const char *name)
{
    put_name(name);
    answer_put("[");
    items = 0;
}

void answer_item(void) { answer_put(items++ == 0 ? "\"" : ", \""); }

void answer_item_end(void) { answer_put("\""); }

void answer_list_end(void) { answer_put("]"); }

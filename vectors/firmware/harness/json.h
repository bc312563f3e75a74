/* A request: one JSON object without nested ones, read in place and without a heap (PROTOCOL.md, section 1). */
#ifndef HARNESS_JSON_H
#define HARNESS_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { JSON_MEMBERS_MAX = 24 };

enum json_type { JSON_MISSING, JSON_STRING, JSON_NUMBER, JSON_NULL, JSON_TRUE, JSON_FALSE };

struct json_member {
    const char *name;
    size_t name_length;
    enum json_type type;
    const char *text; /* a string's bytes, in UTF-8, without escapes */
    size_t length;
    int64_t number;
};

struct json {
    struct json_member members[JSON_MEMBERS_MAX];
    size_t count;
};

/* False if the line is no such object. The line is changed, and the members point into it. */
bool json_read(char *line, size_t length, struct json *json);

/* A member, or one of type JSON_MISSING. */
const struct json_member *json_find(const struct json *json, const char *name);

/* The number under a name if it is there and is in 0 .. highest; else false. */
bool json_number(const struct json *json, const char *name, uint64_t highest, uint64_t *number);

/* True if the member is this text. */
bool json_is(const struct json *json, const char *name, const char *text);

/* The bytes under a name, written in hexadecimal; false if they are not there, or are more than most. */
bool json_bytes(const struct json *json, const char *name, uint8_t *bytes, size_t most, size_t *count);

/* The value of a hexadecimal digit, or -1; of one in lower case, as bytes are written, or -1. */
int json_hex(char c);
int json_lower_hex(char c);

#endif

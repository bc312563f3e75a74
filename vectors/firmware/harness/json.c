#include "json.h"

#include <string.h>

struct reader {
    char *at;
    char *end;
};

static void skip_space(struct reader *r)
{
    while (r->at < r->end && (*r->at == ' ' || *r->at == '\t' || *r->at == '\r' || *r->at == '\n'))
        r->at++;
}

static bool take(struct reader *r, char c)
{
    skip_space(r);
    if (r->at == r->end || *r->at != c)
        return false;
    r->at++;
    return true;
}

int json_hex(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

int json_lower_hex(char c) { return c >= 'A' && c <= 'F' ? -1 : json_hex(c); }

static char *put_utf8(char *to, unsigned code)
{
    if (code < 0x80) {
        *to++ = (char)code;
        return to;
    }
    if (code < 0x800) {
        *to++ = (char)(0xC0 | code >> 6);
    } else {
        *to++ = (char)(0xE0 | code >> 12);
        *to++ = (char)(0x80 | (code >> 6 & 0x3F));
    }
    *to++ = (char)(0x80 | (code & 0x3F));
    return to;
}

/* \uXXXX takes six bytes and becomes three at most, so it fits where it stood. */
static char *take_unicode(struct reader *r, char *to)
{
    unsigned code = 0;
    if (r->end - r->at < 4)
        return NULL;
    for (int i = 0; i < 4; i++) {
        int digit = json_hex(*r->at++);
        if (digit < 0)
            return NULL;
        code = code << 4 | (unsigned)digit;
    }
    return put_utf8(to, code);
}

static char *take_escape(struct reader *r, char *to)
{
    static const char NAMES[] = "\"\\/bfnrt", VALUES[] = "\"\\/\b\f\n\r\t";
    const char *found;
    char c;
    if (r->at == r->end)
        return NULL;
    c = *r->at++;
    if (c == 'u')
        return take_unicode(r, to);
    if (c == '\0' || (found = strchr(NAMES, c)) == NULL)
        return NULL;
    *to++ = VALUES[found - NAMES];
    return to;
}

static bool take_string(struct reader *r, const char **text, size_t *length)
{
    char *to;
    if (!take(r, '"'))
        return false;
    *text = to = r->at;
    while (r->at < r->end) {
        char c = *r->at++;
        if (c == '"') {
            *length = (size_t)(to - *text);
            return true;
        }
        if ((unsigned char)c < 0x20)
            return false;
        if (c != '\\')
            *to++ = c;
        else if ((to = take_escape(r, to)) == NULL)
            return false;
    }
    return false;
}

static bool take_word(struct reader *r, const char *word)
{
    size_t length = strlen(word);
    if ((size_t)(r->end - r->at) < length || memcmp(r->at, word, length) != 0)
        return false;
    r->at += length;
    return true;
}

static bool take_number(struct reader *r, int64_t *number)
{
    bool negative = take_word(r, "-");
    char *first = r->at;
    *number = 0;
    while (r->at < r->end && *r->at >= '0' && *r->at <= '9' && *number < (int64_t)1 << 58)
        *number = *number * 10 + (*r->at++ - '0');
    if (negative)
        *number = -*number;
    return r->at > first;
}

static bool take_value(struct reader *r, struct json_member *m)
{
    static const struct {
        const char *word;
        enum json_type type;
    } WORDS[] = {{"null", JSON_NULL}, {"true", JSON_TRUE}, {"false", JSON_FALSE}};
    skip_space(r);
    if (r->at < r->end && *r->at == '"') {
        m->type = JSON_STRING;
        return take_string(r, &m->text, &m->length);
    }
    for (size_t i = 0; i < sizeof WORDS / sizeof WORDS[0]; i++)
        if (take_word(r, WORDS[i].word)) {
            m->type = WORDS[i].type;
            return true;
        }
    m->type = JSON_NUMBER;
    return take_number(r, &m->number);
}

static bool take_member(struct reader *r, struct json *json)
{
    struct json_member *m = &json->members[json->count];
    if (json->count == JSON_MEMBERS_MAX)
        return false;
    memset(m, 0, sizeof *m);
    json->count++;
    return take_string(r, &m->name, &m->name_length) && take(r, ':') && take_value(r, m);
}

bool json_read(char *line, size_t length, struct json *json)
{
    struct reader r = {line, line + length};
    json->count = 0;
    if (!take(&r, '{'))
        return false;
    if (!take(&r, '}')) {
        do {
            if (!take_member(&r, json))
                return false;
        } while (take(&r, ','));
        if (!take(&r, '}'))
            return false;
    }
    skip_space(&r);
    return r.at == r.end;
}

const struct json_member *json_find(const struct json *json, const char *name)
{
    static const struct json_member MISSING;
    for (size_t i = 0; i < json->count; i++) {
        const struct json_member *m = &json->members[i];
        if (m->name_length == strlen(name) && memcmp(m->name, name, m->name_length) == 0)
            return m;
    }
    return &MISSING;
}

bool json_number(const struct json *json, const char *name, uint64_t highest, uint64_t *number)
{
    const struct json_member *m = json_find(json, name);
    if (m->type != JSON_NUMBER || m->number < 0 || (uint64_t)m->number > highest)
        return false;
    *number = (uint64_t)m->number;
    return true;
}

bool json_is(const struct json *json, const char *name, const char *text)
{
    const struct json_member *m = json_find(json, name);
    return m->type == JSON_STRING && m->length == strlen(text) && memcmp(m->text, text, m->length) == 0;
}

bool json_bytes(const struct json *json, const char *name, uint8_t *bytes, size_t most, size_t *count)
{
    const struct json_member *m = json_find(json, name);
    if (m->type != JSON_STRING || m->length % 2 != 0 || m->length / 2 > most)
        return false;
    *count = m->length / 2;
    for (size_t i = 0; i < *count; i++) {
        int high = json_hex(m->text[2 * i]), low = json_hex(m->text[2 * i + 1]);
        if (high < 0 || low < 0)
            return false;
        bytes[i] = (uint8_t)(high << 4 | low);
    }
    return true;
}

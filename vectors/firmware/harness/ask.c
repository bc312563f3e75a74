#include <string.h>

#include "../src/decode.h"
#include "../src/passcode.h"
#include "../src/seal_cmac.h"
#include "../src/seal_ed25519.h"
#include "answer.h"
#include "bench.h"
#include "io.h"

/* Larger than any card's body, for the questions of libraries' vectors. */
enum { BODY_MAX = 1024, BYTES_MAX = 128 };

static void put_list(const char *name, const char *const *texts, size_t count)
{
    answer_list(name);
    for (size_t i = 0; i < count; i++) {
        answer_item();
        answer_put(texts[i]);
        answer_item_end();
    }
    answer_list_end();
}

const char *ask_hello(const struct json *request)
{
    static const char *const CAN[] = {"decode",  "decode-cmac", "verify", "verify-cmac", "passcode",
                                      "lock",    "service",     "reasons", "log",        "flash"};
    static const char *const PROFILES[] = {"QRA", "QRA-C3", "QRB", "QRM", "QRP", "QRA/3", "QRP/3"};
    static const char *const GEOMETRIES[] = {"nor", "stm32", "eeprom"};
    (void)request;
    answer_number("protocol", 1);
    answer_text("device", "qrlock C core 1");
    put_list("can", CAN, sizeof CAN / sizeof CAN[0]);
    put_list("profiles", PROFILES, sizeof PROFILES / sizeof PROFILES[0]);
    put_list("geometries", GEOMETRIES, sizeof GEOMETRIES / sizeof GEOMETRIES[0]);
    return NULL;
}

static void part(const char *name, const char *text)
{
    if (*text == '\0')
        answer_null(name);
    else
        answer_text(name, text);
}

static void put_community(uint64_t community)
{
    char digits[12];
    size_t at = sizeof digits - 1;
    digits[at] = '\0';
    for (; community != 0; community /= 10)
        digits[--at] = (char)('0' + community % 10);
    answer_text("community", digits + at);
}

static void put_grant(const struct qr_grant *g)
{
    static const char *const CARDS[] = {"room", "floor", "building"};
    static const char *const LOST[] = {"none", "room", "card"};
    put_community(g->community);
    answer_text("card", CARDS[g->card]);
    part("building", g->address.building);
    part("floor", g->address.floor);
    part("room", g->address.room);
    answer_number("start", g->start);
    answer_number("end", g->end);
    if (g->cut_off == QR_NO_MINUTE)
        answer_null("cut_off");
    else
        answer_number("cut_off", g->cut_off);
    answer_number("times", g->times);
    answer_text("open_type", g->open_type == QR_SINGLE ? "single" : "normally_open");
    answer_text("lost", LOST[g->lost]);
    answer_number("serial", g->serial);
    answer_number("revision", g->revision);
}

const char *ask_decode(const struct json *request)
{
    static uint8_t bytes[QR_KEY_SET_MAX];
    static struct qr_key_set keys;
    const struct json_member *text = json_find(request, "text");
    struct qr_cursor from = {bytes, 0};
    struct qr_grant grant;
    enum qr_seal seal;
    enum qr_reason reason;
    if (!json_bytes(request, "keys", bytes, sizeof bytes, &from.left) || !qr_key_set_read(&from, &keys) ||
        from.left != 0)
        return "no key set";
    if (text->type != JSON_STRING)
        return "no text";
    reason = qr_decode(&keys, (const uint8_t *)text->text, text->length, &grant, &seal);
    if (reason != QR_ACCEPTED) {
        answer_text("refused", reason_name(reason));
        return NULL;
    }
    answer_text("seal", seal == QR_CMAC ? "cmac" : "ed25519");
    answer_number("key_id", grant.key_id);
    put_grant(&grant);
    return NULL;
}

static void put_verdict(bool key_loads, bool holds)
{
    if (key_loads && holds)
        answer_true("holds");
    else
        answer_text("refused", key_loads ? "BAD_SEAL" : "BAD_KEY");
}

/* Bodies of any length, so the label is put before them here; qr_*_card_holds do the same for cards. */
static const char *verify_ed25519(const struct json *request, uint8_t *message, size_t body)
{
    static uint8_t key[BYTES_MAX], signature[BYTES_MAX];
    size_t key_length, length;
    bool loads;
    if (!json_bytes(request, "public", key, sizeof key, &key_length) ||
        !json_bytes(request, "signature", signature, sizeof signature, &length))
        return "no public key or signature";
    loads = key_length == 32 && qr_ed25519_key_loads(key);
    memcpy(message, "qrlock card v1\0\1", 16);
    put_verdict(loads, loads && length == 64 && qr_ed25519_holds(signature, message, 16 + body, key));
    return NULL;
}

static const char *verify_cmac(const struct json *request, uint8_t *message, size_t body)
{
    static uint8_t key[BYTES_MAX], tag[BYTES_MAX], right[16];
    size_t key_length, length;
    if (!json_bytes(request, "key", key, sizeof key, &key_length) ||
        !json_bytes(request, "tag", tag, sizeof tag, &length))
        return "no key or tag";
    memcpy(message, "qrlock card v1\0\2", 16);
    qr_cmac(key, message, 16 + body, right);
    put_verdict(key_length == 16, length == 16 && memcmp(tag, right, 16) == 0);
    return NULL;
}

const char *ask_verify(const struct json *request)
{
    static uint8_t message[16 + BODY_MAX];
    size_t body;
    if (!json_bytes(request, "body", message + 16, BODY_MAX, &body))
        return "no body";
    if (json_is(request, "seal", "ed25519"))
        return verify_ed25519(request, message, body);
    return json_is(request, "seal", "cmac") ? verify_cmac(request, message, body) : "no such seal";
}

static bool are_digits(const struct json_member *m)
{
    if (m->length != QR_PASSCODE_DIGITS)
        return false;
    for (size_t i = 0; i < m->length; i++)
        if (m->text[i] < '0' || m->text[i] > '9')
            return false;
    return true;
}

const char *ask_passcode(const struct json *request)
{
    const struct json_member *digits = json_find(request, "digits");
    struct qr_passcode p;
    uint8_t room_key[16], key[16];
    uint64_t mark;
    size_t length;
    if (!json_bytes(request, "room_key", room_key, 16, &length) || length != 16 ||
        !json_number(request, "mark", 0xFFFFFFFFu, &mark) || digits->type != JSON_STRING)
        return "no room key, mark or digits";
    qr_passcode_key(room_key, (uint32_t)mark, key);
    if (!are_digits(digits) || !qr_passcode_read(key, digits->text, &p)) {
        answer_text("refused", "WRONG_PASSWORD");
        return NULL;
    }
    answer_text("kind", p.kind == QR_PERIOD ? "period" : "one_time");
    answer_number("start_h", p.start_h);
    answer_number("length_h", p.length_h);
    answer_number("sequence", p.sequence);
    return NULL;
}

const char *ask_measure(const struct json *request)
{
    (void)request;
    answer_number("stack_bytes", io_stack_bytes());
    answer_number("instructions", io_instructions());
    return NULL;
}

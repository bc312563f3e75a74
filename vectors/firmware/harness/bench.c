#include "bench.h"

#include <string.h>

#include "answer.h"
#include "ram_flash.h"

static struct qr_lock lock;
static const struct qr_flash *flash; /* NULL: no lock yet */
static bool on;                      /* it has power and has booted */
static uint32_t now_ms, minute;

static bool power_up(void)
{
    now_ms = 0;
    on = qr_lock_boot(&lock, flash);
    if (!on)
        bench_did("NOT_COMMISSIONED");
    return !on || qr_lock_clock(&lock, minute);
}

/* After an event that failed: power is gone, or the store took no more, which is a boot (LOCK.md, rule 2). Either way
 * the boot is asked for, with its minute (PROTOCOL.md, section 4). */
static void finish(bool done)
{
    if (!done) {
        on = false;
        bench_did("POWER_LOST");
    }
    answer_list_end();
}

static const char *nothing_done(void)
{
    answer_list("did");
    answer_list_end();
    return NULL;
}

static bool take_minute(const struct json *request)
{
    uint64_t number;
    if (json_find(request, "minute")->type == JSON_NULL) {
        minute = QR_NO_MINUTE;
        return true;
    }
    if (!json_number(request, "minute", QR_MINUTE_MAX, &number))
        return false;
    minute = (uint32_t)number;
    return true;
}

static const char *take_model(const struct json *request)
{
    const struct json_member *profile = json_find(request, "profile"), *geometry = json_find(request, "geometry");
    char name[16] = "";
    uint64_t blocks;
    flash = NULL;
    on = false;
    if (profile->type != JSON_STRING || profile->length >= sizeof name)
        return "no profile";
    memcpy(name, profile->text, profile->length);
    if ((lock.profile = qr_profile(name)) == NULL)
        return "no such profile";
    if (geometry->type != JSON_STRING || !json_number(request, "blocks", 0xFFFF, &blocks))
        return "no geometry or blocks";
    if ((flash = ram_flash_new(geometry->text, geometry->length, blocks)) == NULL)
        return "no such geometry, or too many blocks";
    lock.outside = bench_tell;
    return NULL;
}

static bool take_placement(const struct json *request, struct qr_placement *placement)
{
    uint8_t bytes[QR_PLACEMENT_MAX];
    struct qr_cursor from = {bytes, 0};
    return json_bytes(request, "placement", bytes, sizeof bytes, &from.left) &&
           qr_placement_read(&from, placement) && from.left == 0;
}

static bool take_keys(const struct json *request, struct qr_key_set *keys)
{
    uint8_t bytes[QR_KEY_SET_MAX];
    struct qr_cursor from = {bytes, 0};
    return json_bytes(request, "keys", bytes, sizeof bytes, &from.left) && qr_key_set_read(&from, keys) &&
           from.left == 0;
}

const char *bench_new(const struct json *request)
{
    static struct qr_placement placement;
    static struct qr_key_set keys;
    const char *wrong = take_model(request);
    if (wrong == NULL && !(take_placement(request, &placement) && take_keys(request, &keys)))
        wrong = "no placement or key set";
    if (wrong != NULL) {
        flash = NULL;
        return wrong;
    }
    qr_store_mount(&lock.store, flash);
    if (!qr_store_configure(&lock.store, 0, &placement, &keys))
        return "the configuration could not be written";
    return nothing_done();
}

/* Bytes in hexadecimal, from this offset on. The characters used, or 0 if there is none or it does not fit. */
static size_t load_bytes(const char *text, size_t length, uint32_t offset)
{
    size_t at = 0;
    for (; at + 1 < length && json_lower_hex(text[at]) >= 0; at += 2, offset++)
        if (json_lower_hex(text[at + 1]) < 0 ||
            !ram_flash_fill(offset, (uint8_t)(json_lower_hex(text[at]) << 4 | json_lower_hex(text[at + 1]))))
            return 0;
    return at;
}

/* One piece of an image, offset:bytes. The characters used, or 0 if it is none. */
static size_t load_piece(const char *text, size_t length)
{
    size_t at = 0, used;
    uint32_t offset = 0;
    for (; at < length && at < 8 && json_lower_hex(text[at]) >= 0; at++)
        offset = offset << 4 | (uint32_t)json_lower_hex(text[at]);
    if (at == 0 || at == length || text[at++] != ':')
        return 0;
    used = load_bytes(text + at, length - at, offset);
    return used > 0 ? at + used : 0;
}

static bool load_image(const struct json_member *image)
{
    size_t at = 0, used;
    while (image->type == JSON_STRING && at < image->length) {
        if (at > 0 && image->text[at++] != ';')
            return false;
        used = load_piece(image->text + at, image->length - at);
        if (used == 0)
            return false;
        at += used;
    }
    return image->type == JSON_STRING;
}

const char *bench_load(const struct json *request)
{
    const char *wrong = take_model(request);
    if (wrong == NULL && !load_image(json_find(request, "image")))
        wrong = "no image, or one that does not fit";
    if (wrong != NULL) {
        flash = NULL;
        return wrong;
    }
    return nothing_done();
}

const char *bench_boot(const struct json *request)
{
    if (flash == NULL || !take_minute(request))
        return "no lock, or no minute";
    ram_flash_power();
    answer_list("did");
    finish(power_up());
    return NULL;
}

const char *bench_clock(const struct json *request)
{
    if (!on || !take_minute(request))
        return "no power, or no minute";
    answer_list("did");
    finish(qr_lock_clock(&lock, minute));
    return NULL;
}

const char *bench_show(const struct json *request)
{
    const struct json_member *text = json_find(request, "text");
    if (!on || text->type != JSON_STRING)
        return "no power, or no text";
    answer_list("did");
    finish(qr_lock_code(&lock, (const uint8_t *)text->text, text->length, now_ms));
    return NULL;
}

const char *bench_press(const struct json *request)
{
    const struct json_member *keys = json_find(request, "keys");
    bool done = true;
    if (!on || keys->type != JSON_STRING)
        return "no power, or no keys";
    for (size_t i = 0; i < keys->length; i++)
        if ((keys->text[i] < '0' || keys->text[i] > '9') && keys->text[i] != '*')
            return "no such key";
    answer_list("did");
    for (size_t i = 0; done && i < keys->length; i++)
        done = qr_lock_key(&lock, keys->text[i], now_ms);
    finish(done);
    return NULL;
}

/* The lock has nothing that happens by itself: what it waits for is judged when the next event comes. */
const char *bench_wait(const struct json *request)
{
    uint64_t ms;
    if (!on || !json_number(request, "ms", 0xFFFFFFFFu, &ms))
        return "no power, or no time";
    now_ms += (uint32_t)ms;
    return nothing_done();
}

const char *bench_port(const struct json *request)
{
    uint8_t nonce[QR_NONCE];
    size_t length;
    if (!on || !json_bytes(request, "nonce", nonce, sizeof nonce, &length) || length != QR_NONCE)
        return "no power, or no nonce";
    qr_lock_service_opened(&lock, nonce, now_ms);
    return nothing_done();
}

const char *bench_command(const struct json *request)
{
    static uint8_t data[8192];
    uint8_t *end = data + sizeof data;
    size_t length;
    bool done;
    if (!on || !json_bytes(request, "data", data, sizeof data, &length))
        return "no power, or no data";
    memmove(end - length, data, length); /* they end where the buffer does, so that a byte too far is seen */
    answer_list("did");
    done = qr_lock_service_asked(&lock, end - length, length, now_ms);
    minute = lock.clock; /* SetClock may have set it */
    finish(done);
    return NULL;
}

const char *bench_idle(const struct json *request)
{
    (void)request;
    if (!on)
        return "no power";
    answer_list("did");
    finish(qr_store_prepare(&lock.store));
    return NULL;
}

const char *bench_shut_down(const struct json *request)
{
    (void)request;
    if (!on)
        return "no power";
    answer_list("did");
    finish(qr_lock_shut_down(&lock));
    on = false;
    return NULL;
}

const char *bench_cut(const struct json *request)
{
    const struct json_member *steps = json_find(request, "steps");
    if (flash == NULL || steps->type != JSON_STRING || !ram_flash_plan(steps->text, steps->length))
        return "no lock, or no plan of cuts";
    return nothing_done();
}

const struct qr_store *bench_store(void)
{
    if (flash == NULL)
        return NULL;
    if (!on)
        qr_store_mount(&lock.store, flash);
    return &lock.store;
}

/* Everything that reads bytes from outside, given any bytes: the first one says which.
 *
 * The cryptography here accepts every seal, so that what stands behind a seal is reached too: a key that leaked must
 * not be a way to run code in a lock. What is read is written again where there is a writer, and must be the same. */
#include <stdlib.h>
#include <string.h>

#include "../harness/harness.h"
#include "../harness/io.h"
#include "../harness/json.h"
#include "../port/crypto.h"
#include "../src/decode.h"
#include "../src/service.h"

bool port_ed25519_verify(const uint8_t *signature, const uint8_t *message, size_t length, const uint8_t *key)
{
    (void)signature, (void)message, (void)length, (void)key;
    return true;
}

void port_hmac_sha256(const uint8_t *key, size_t key_length, const uint8_t *data, size_t length, uint8_t mac[32])
{
    (void)key, (void)key_length;
    memset(mac, length > 0 ? data[0] : 0, 32);
}

void port_aes128(const uint8_t key[16], const uint8_t in[16], uint8_t out[16])
{
    for (int i = 0; i < 16; i++)
        out[i] = (uint8_t)(in[i] ^ key[i]);
}

int io_get(void) { return -1; }
void io_put(const char *bytes, size_t count) { (void)bytes, (void)count; }
void io_flush(void) {}
void io_measure_begin(void) {}
void io_measure_end(void) {}
uint32_t io_stack_bytes(void) { return 0; }
uint32_t io_instructions(void) { return 0; }

static void text(const uint8_t *bytes, size_t count)
{
    struct qr_key_set keys = {0};
    struct qr_grant grant;
    enum qr_seal seal;
    keys.ed25519_ids = 3;
    keys.cmac_ids = 12;
    keys.cmac_scopes[0] = keys.cmac_scopes[1] = 15;
    qr_decode(&keys, bytes, count, &grant, &seal);
}

static void body(const uint8_t *bytes, size_t count)
{
    struct qr_grant g;
    if (count > QR_BODY_BYTES_MAX || !qr_body_read(bytes, count, 0, &g))
        return;
    if (g.start >= g.end || g.end > QR_MINUTE_MAX || g.community < 1 || g.community > QR_COMMUNITY_MAX ||
        (g.cut_off != QR_NO_MINUTE && (g.cut_off <= g.start || g.cut_off >= g.end)) || g.times > 254 || g.lost > 2)
        abort();
}

static void key_set(const uint8_t *bytes, size_t count)
{
    struct qr_cursor from = {bytes, count};
    struct qr_key_set keys;
    uint8_t again[QR_KEY_SET_MAX];
    if (!qr_key_set_read(&from, &keys))
        return;
    if (qr_key_set_write(&keys, again) != count - from.left || memcmp(again, bytes, count - from.left) != 0)
        abort();
}

static void placement(const uint8_t *bytes, size_t count)
{
    struct qr_cursor from = {bytes, count};
    struct qr_placement p;
    uint8_t again[QR_PLACEMENT_MAX];
    if (!qr_placement_read(&from, &p))
        return;
    if (qr_placement_write(&p, again) != count - from.left || memcmp(again, bytes, count - from.left) != 0)
        abort();
}

static void command(const uint8_t *bytes, size_t count)
{
    static const uint8_t NONCE[QR_NONCE], KEY[32];
    static struct qr_command c;
    qr_command_read(bytes, count, &c);
    qr_service_open(bytes, count, "ABCDEFGHIJKLMNOP", NONCE, KEY, &c);
}

/* Lines of requests: the reader of the harness, and a lock behind it that takes every card and command. */
static void lines(const uint8_t *bytes, size_t count)
{
    static char line[HARNESS_LINE_MAX];
    size_t length = 0;
    for (size_t i = 0; i < count; i++) {
        if (bytes[i] != '\n') {
            line[length++] = (char)bytes[i];
            continue;
        }
        harness_answer(line, length);
        length = 0;
    }
    harness_answer(line, length);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count)
{
    static void (*const READERS[])(const uint8_t *, size_t) = {text, body, key_set, placement, command, lines};
    if (count < 2 || count > HARNESS_LINE_MAX)
        return 0;
    uint8_t *copy = malloc(count - 1); /* ends where the input does, so that a byte too far is seen */
    if (copy == NULL)
        return 0;
    memcpy(copy, bytes + 1, count - 1);
    READERS[bytes[0] % (sizeof READERS / sizeof READERS[0])](copy, count - 1);
    free(copy);
    return 0;
}

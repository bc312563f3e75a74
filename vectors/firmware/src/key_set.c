#include "key_set.h"

#include <string.h>

#include "bytes.h"
#include "seal_ed25519.h"

static unsigned bits_set(unsigned bits)
{
    unsigned count = 0;
    for (; bits != 0; bits &= bits - 1)
        count++;
    return count;
}

static bool take_ids(struct qr_cursor *from, uint16_t *ids)
{
    const uint8_t *bytes = qr_take(from, 2);
    if (bytes != NULL)
        *ids = qr_get16be(bytes);
    return bytes != NULL && bits_set(*ids) <= QR_KEYS_PER_SEAL;
}

static bool take_key(struct qr_cursor *from, uint8_t *key, size_t length)
{
    const uint8_t *bytes = qr_take(from, length);
    if (bytes != NULL)
        memcpy(key, bytes, length);
    return bytes != NULL;
}

static bool take_public_key(struct qr_cursor *from, uint8_t key[32])
{
    return take_key(from, key, 32) && qr_ed25519_key_loads(key);
}

static bool take_ed25519(struct qr_cursor *from, struct qr_key_set *set)
{
    if (!take_ids(from, &set->ed25519_ids))
        return false;
    for (unsigned i = 0; i < bits_set(set->ed25519_ids); i++)
        if (!take_public_key(from, set->ed25519[i]))
            return false;
    return true;
}

static bool take_scoped_keys(struct qr_cursor *from, uint8_t *scopes, uint8_t keys[QR_SCOPES][16])
{
    bool whole = true;
    if (!take_key(from, scopes, 1) || *scopes == 0 || *scopes >> QR_SCOPES != 0)
        return false;
    for (unsigned s = 0; *scopes >> s != 0; s++)
        if (*scopes >> s & 1)
            whole = whole && take_key(from, keys[s], 16);
    return whole;
}

/* An id is given once for both seals (FORMAT.md, section 7). */
static bool take_cmac(struct qr_cursor *from, struct qr_key_set *set)
{
    if (!take_ids(from, &set->cmac_ids) || (set->cmac_ids & set->ed25519_ids) != 0)
        return false;
    for (unsigned i = 0; i < bits_set(set->cmac_ids); i++)
        if (!take_scoped_keys(from, &set->cmac_scopes[i], set->cmac[i]))
            return false;
    return true;
}

static bool take_room_key(struct qr_cursor *from, struct qr_key_set *set)
{
    uint8_t held;
    if (!take_key(from, &held, 1) || held > 1)
        return false;
    set->room_held = held == 1;
    return !set->room_held || take_key(from, set->room, 16);
}

bool qr_key_set_read(struct qr_cursor *from, struct qr_key_set *set)
{
    memset(set, 0, sizeof *set);
    return take_ed25519(from, set) && take_cmac(from, set) && take_room_key(from, set) &&
           take_public_key(from, set->service);
}

static uint8_t *put(uint8_t *to, const uint8_t *bytes, size_t count)
{
    memcpy(to, bytes, count);
    return to + count;
}

size_t qr_key_set_write(const struct qr_key_set *set, uint8_t *to)
{
    uint8_t *start = to;
    qr_put16be(to, set->ed25519_ids);
    to += 2;
    for (unsigned i = 0; i < bits_set(set->ed25519_ids); i++)
        to = put(to, set->ed25519[i], 32);
    qr_put16be(to, set->cmac_ids);
    to += 2;
    for (unsigned i = 0; i < bits_set(set->cmac_ids); i++) {
        to = put(to, &set->cmac_scopes[i], 1);
        for (unsigned s = 0; set->cmac_scopes[i] >> s != 0; s++)
            if (set->cmac_scopes[i] >> s & 1)
                to = put(to, set->cmac[i][s], 16);
    }
    *to++ = set->room_held;
    if (set->room_held)
        to = put(to, set->room, 16);
    return (size_t)(put(to, set->service, 32) - start);
}

/* Which of the keys in a list has this id: as many as there are bits below it. */
static int place(uint16_t ids, unsigned id)
{
    return ids >> id & 1 ? (int)bits_set(ids & ((1u << id) - 1)) : -1;
}

const uint8_t *qr_ed25519_key(const struct qr_key_set *set, unsigned id)
{
    int i = place(set->ed25519_ids, id);
    return i < 0 ? NULL : set->ed25519[i];
}

const uint8_t *qr_cmac_key(const struct qr_key_set *set, unsigned id, unsigned scope)
{
    int i = place(set->cmac_ids, id);
    return i < 0 || !(set->cmac_scopes[i] >> scope & 1) ? NULL : set->cmac[i][scope];
}

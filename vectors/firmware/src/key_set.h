/* All keys of a lock (SERVICE.md, section 3). */
#ifndef QR_KEY_SET_H
#define QR_KEY_SET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "cursor.h"

enum { QR_KEY_SET_MAX = 247, QR_KEYS_PER_SEAL = 2, QR_SCOPES = 4 };

struct qr_key_set {
    uint16_t ed25519_ids;                        /* bit i: key id i */
    uint16_t cmac_ids;
    uint8_t ed25519[QR_KEYS_PER_SEAL][32];       /* in the order of their ids */
    uint8_t cmac_scopes[QR_KEYS_PER_SEAL];       /* bit s: scope s */
    uint8_t cmac[QR_KEYS_PER_SEAL][QR_SCOPES][16];
    uint8_t room[16];
    uint8_t service[32];
    bool room_held;
};

/* False if what stands at the cursor is no key set, in which case the set is undefined. */
bool qr_key_set_read(struct qr_cursor *from, struct qr_key_set *set);

/* The bytes written, at most QR_KEY_SET_MAX. */
size_t qr_key_set_write(const struct qr_key_set *set, uint8_t *to);

/* NULL if the set has none under this id (and scope). */
const uint8_t *qr_ed25519_key(const struct qr_key_set *set, unsigned id);
const uint8_t *qr_cmac_key(const struct qr_key_set *set, unsigned id, unsigned scope);

#endif

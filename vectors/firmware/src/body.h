/* What a card says: the grant, read from the body's bits (FORMAT.md, sections 2 to 5). */
#ifndef QR_BODY_H
#define QR_BODY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "address.h"

/* Minutes since 2015-01-01 00:00 civil (FORMAT.md, section 3). */
#define QR_MINUTE_MAX 31457279u
#define QR_COMMUNITY_MAX 99999999999u
/* No minute: a clock that is unset, a cut-off that is not there. */
#define QR_NO_MINUTE 0xFFFFFFFFu

enum qr_scope { QR_SCOPE_ROOM, QR_SCOPE_ROOM_ALONE, QR_SCOPE_FLOOR, QR_SCOPE_BUILDING };
enum qr_card { QR_CARD_ROOM, QR_CARD_FLOOR, QR_CARD_BUILDING };
enum qr_open_type { QR_SINGLE, QR_NORMALLY_OPEN };
enum qr_lost { QR_LOST_NONE, QR_LOST_ROOM, QR_LOST_CARD };

struct qr_grant {
    uint64_t community;
    struct qr_address address;
    uint32_t start;   /* first minute */
    uint32_t end;     /* first minute after it */
    uint32_t cut_off; /* QR_NO_MINUTE: none */
    uint32_t serial;
    uint8_t key_id;
    uint8_t scope;    /* enum qr_scope */
    uint8_t card;     /* enum qr_card */
    uint8_t times;    /* 0: no limit */
    uint8_t open_type;
    uint8_t lost;
    uint8_t revision;
};

/* The head is the lowest byte of the body, which is its last (FORMAT.md, section 5). */
static inline unsigned qr_head_format(uint8_t head) { return head & 3u; }
static inline unsigned qr_head_key_id(uint8_t head) { return head >> 2 & 15u; }
static inline unsigned qr_head_scope(uint8_t head) { return head >> 6; }

/* True if the body, big-endian in count bytes, is that of a grant; else MALFORMED. A body below 2^shorter_bits has a
 * shorter text and is refused for it; with shorter_bits 0 that is the number 0, which is no grant's. The format is not
 * looked at. */
bool qr_body_read(const uint8_t *body, size_t count, unsigned shorter_bits, struct qr_grant *grant);

#endif

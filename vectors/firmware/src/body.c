#include "body.h"

#include <string.h>

/* From the lowest bit up. Past the top there are zeros (FORMAT.md, section 5). */
struct bits {
    const uint8_t *bytes;
    size_t count;
    unsigned at;
};

/* i is below the top. */
static unsigned bit(const struct bits *b, unsigned i) { return b->bytes[b->count - 1 - i / 8] >> i % 8 & 1u; }

static uint64_t take(struct bits *b, unsigned width)
{
    uint64_t value = 0;
    for (unsigned i = 0; i < width && b->at + i < b->count * 8; i++)
        value |= (uint64_t)bit(b, b->at + i) << i;
    b->at += width;
    return value;
}

static bool any_from(const struct bits *b, unsigned first)
{
    for (unsigned i = first; i < b->count * 8; i++)
        if (bit(b, i))
            return true;
    return false;
}

/* Section 4, Ladder: rungs begin where the one before ends, so there is one code for a number. */
static const uint8_t PART_LADDER[4] = {6, 10, 17, 21};
static const uint8_t ROOM_LADDER[4] = {16, 21, 26, 42};
static const uint8_t END_LADDER[4] = {4, 10, 15, 20};
static const uint8_t SERIAL_LADDER[4] = {12, 17, 24, 32};

static uint64_t take_ladder(struct bits *b, const uint8_t widths[4])
{
    unsigned rung = (unsigned)take(b, 2);
    uint64_t first = 0;
    for (unsigned i = 0; i < rung; i++)
        first += (uint64_t)1 << widths[i];
    return first + take(b, widths[rung]);
}

/* Section 3: minutes beyond the half hour; 30 and more are no minutes. */
static bool take_beyond(struct bits *b, uint32_t *minutes)
{
    *minutes = take(b, 1) ? 1 + (uint32_t)take(b, 5) : 0;
    return *minutes < 30;
}

static bool take_address(struct bits *b, struct qr_grant *g)
{
    static const uint8_t CARDS[4] = {QR_CARD_ROOM, QR_CARD_ROOM, QR_CARD_FLOOR, QR_CARD_BUILDING};
    g->card = CARDS[g->scope];
    if (g->scope != QR_SCOPE_ROOM_ALONE && !qr_part_from_code(take_ladder(b, PART_LADDER), g->address.building))
        return false;
    if ((g->scope == QR_SCOPE_ROOM || g->scope == QR_SCOPE_FLOOR) &&
        !qr_part_from_code(take_ladder(b, PART_LADDER), g->address.floor))
        return false;
    return g->card != QR_CARD_ROOM || qr_room_from_code(take_ladder(b, ROOM_LADDER), g->address.room);
}

static bool take_window(struct bits *b, struct qr_grant *g)
{
    uint32_t half_hour = (uint32_t)take(b, 20), beyond;
    if (!take_beyond(b, &beyond))
        return false;
    g->start = half_hour * 30 + beyond;
    half_hour += (uint32_t)take_ladder(b, END_LADDER); /* 22 bits at most */
    if (half_hour > 0xFFFFF || !take_beyond(b, &beyond))
        return false;
    g->end = half_hour * 30 + beyond;
    return g->start < g->end;
}

static bool take_serial(struct bits *b, struct qr_grant *g)
{
    uint64_t serial = take_ladder(b, SERIAL_LADDER);
    g->serial = (uint32_t)serial;
    return serial <= 0xFFFFFFFFu;
}

/* The last fields, which only room cards may have above zero. */
static bool take_rights(struct bits *b, struct qr_grant *g)
{
    g->times = (uint8_t)take(b, 8);
    g->open_type = (uint8_t)take(b, 1);
    g->lost = (uint8_t)take(b, 2);
    g->revision = (uint8_t)take(b, 8);
    if (g->times > 254 || g->lost > QR_LOST_CARD)
        return false;
    if (g->card != QR_CARD_ROOM && (g->times != 0 || g->lost != QR_LOST_NONE))
        return false;
    return g->lost != QR_LOST_CARD || g->revision > 0;
}

/* All that is left is the cut-off. 25 bits hold every valid one, so any bit above them is refused; 31 are taken, of
 * which the sum with a start is below 2^32. */
static bool take_cut_off(struct bits *b, struct qr_grant *g)
{
    uint32_t after = (uint32_t)take(b, 31);
    g->cut_off = after == 0 ? QR_NO_MINUTE : g->start + after;
    return !any_from(b, b->at) && (after == 0 || g->cut_off < g->end);
}

bool qr_body_read(const uint8_t *body, size_t count, unsigned shorter_bits, struct qr_grant *grant)
{
    struct bits b = {body, count, 2}; /* above the format */
    memset(grant, 0, sizeof *grant);
    if (!any_from(&b, shorter_bits))
        return false;
    grant->key_id = (uint8_t)take(&b, 4);
    grant->scope = (uint8_t)take(&b, 2);
    grant->community = take(&b, 37);
    if (grant->community < 1 || grant->community > QR_COMMUNITY_MAX)
        return false;
    return take_address(&b, grant) && take_window(&b, grant) && take_serial(&b, grant) && take_rights(&b, grant) &&
           take_cut_off(&b, grant);
}

#include "judge.h"

#include <string.h>

static bool names_building(const struct qr_grant *g) { return g->scope != QR_SCOPE_ROOM_ALONE; }

static bool names_floor(const struct qr_grant *g) { return g->scope == QR_SCOPE_ROOM || g->scope == QR_SCOPE_FLOOR; }

static enum qr_reason scope(const struct qr_placement *here, const struct qr_grant *g)
{
    if (g->community != here->community)
        return QR_WRONG_COMMUNITY;
    if (names_building(g) && strcmp(g->address.building, here->address.building) != 0)
        return QR_WRONG_BUILDING;
    if (names_floor(g) && strcmp(g->address.floor, here->address.floor) != 0)
        return QR_WRONG_FLOOR;
    if (g->card == QR_CARD_ROOM && strcmp(g->address.room, here->address.room) != 0)
        return QR_WRONG_ROOM;
    return QR_ACCEPTED;
}

static enum qr_reason capability(const struct qr_profile *profile, const struct qr_grant *g)
{
    if (g->times > 0 && !profile->counts_times)
        return QR_UNSUPPORTED_TIMES;
    if (g->open_type == QR_NORMALLY_OPEN && !profile->passage_mode)
        return QR_UNSUPPORTED_OPEN_TYPE;
    if (g->lost == QR_LOST_CARD && !profile->voids_card)
        return QR_UNSUPPORTED_LOSS_REPORT;
    return QR_ACCEPTED;
}

enum qr_reason qr_judge_clock(const struct qr_memory *memory, uint32_t clock)
{
    if (clock == QR_NO_MINUTE)
        return QR_CLOCK_UNSET;
    return clock + QR_CLOCK_TOLERANCE_MIN < memory->high_water ? QR_CLOCK_ROLLED_BACK : QR_ACCEPTED;
}

uint32_t qr_now(const struct qr_memory *memory, uint32_t clock)
{
    return clock != QR_NO_MINUTE && clock > memory->high_water ? clock : memory->high_water;
}

static uint8_t first_valid(const struct qr_memory *memory, const struct qr_grant *g)
{
    const struct qr_entry *entry = qr_memory_find(memory, g->serial);
    return entry == NULL ? 0 : entry->first;
}

static bool raises_room(const struct qr_memory *memory, const struct qr_grant *g)
{
    return g->lost == QR_LOST_ROOM && g->serial > memory->room_mark;
}

static bool raises_card(const struct qr_memory *memory, const struct qr_grant *g)
{
    return g->lost == QR_LOST_CARD && g->revision > first_valid(memory, g);
}

bool qr_raises_mark(const struct qr_memory *memory, const struct qr_grant *g)
{
    return raises_room(memory, g) || raises_card(memory, g);
}

static enum qr_reason supersession(const struct qr_memory *memory, const struct qr_grant *g)
{
    if (g->card == QR_CARD_ROOM && g->serial < memory->room_mark)
        return QR_SUPERSEDED;
    return g->revision < first_valid(memory, g) ? QR_SUPERSEDED : QR_ACCEPTED;
}

/* Rule 11 first: what was used up and forgotten must not come back when the clock is set back. The same for cards
 * whose mark was forgotten. */
static enum qr_reason window(const struct qr_memory *memory, const struct qr_grant *g, uint32_t now)
{
    if (g->end <= (g->times > 0 ? memory->purged_until : memory->voids_purged_until))
        return QR_EXPIRED;
    if (now < g->start)
        return QR_NOT_YET_VALID;
    return now >= g->end || now >= g->cut_off ? QR_EXPIRED : QR_ACCEPTED;
}

/* Rule 9: all places but one for everybody, the last one for loss reports. */
bool qr_find_place(const struct qr_door *door, uint64_t subject, bool report, bool raises, uint32_t now, bool *purges)
{
    const struct qr_memory *m = door->memory;
    unsigned places = door->profile->entries_max - (report ? 0u : 1u), taken = 0, lasting = 0;
    *purges = false;
    if (qr_memory_find(m, subject) != NULL)
        return true;
    for (unsigned i = 0; i < m->entries; i++) {
        bool stays = !(raises && qr_entry_voided(&m->entry[i], subject));
        taken += stays;
        lasting += stays && m->entry[i].end > now;
    }
    *purges = taken >= places;
    return lasting < places;
}

static enum qr_reason counter(const struct qr_door *door, const struct qr_grant *g, uint32_t now, struct qr_use *use)
{
    const struct qr_entry *entry = qr_memory_find(door->memory, g->serial);
    bool report = use->raises_room || use->raises_card;
    if (!use->switches_off && g->times > 0 && entry != NULL && entry->used >= g->times)
        return QR_COUNT_EXHAUSTED;
    if (use->remembers && !qr_find_place(door, g->serial, report, use->raises_room, now, &use->purges))
        return QR_STORE_FULL;
    return QR_ACCEPTED;
}

static void set_use(const struct qr_memory *m, const struct qr_grant *g, bool ongoing, struct qr_use *use)
{
    memset(use, 0, sizeof *use);
    use->switches_off =
        !ongoing && g->open_type == QR_NORMALLY_OPEN && m->passage.on && m->passage.serial == g->serial;
    use->opens = !ongoing && !use->switches_off;
    use->raises_room = raises_room(m, g);
    use->raises_card = raises_card(m, g);
    use->remembers = use->raises_card || (use->opens && g->times > 0);
}

enum qr_reason qr_judge(const struct qr_door *door, const struct qr_grant *g, bool ongoing, struct qr_use *use)
{
    enum qr_reason reason = scope(door->placement, g);
    uint32_t now;
    if (reason == QR_ACCEPTED)
        reason = capability(door->profile, g);
    if (reason == QR_ACCEPTED)
        reason = qr_judge_clock(door->memory, door->clock);
    if (reason == QR_ACCEPTED)
        reason = supersession(door->memory, g);
    if (reason != QR_ACCEPTED)
        return reason;
    now = qr_now(door->memory, door->clock);
    set_use(door->memory, g, ongoing, use);
    reason = window(door->memory, g, now);
    return reason == QR_ACCEPTED ? counter(door, g, now, use) : reason;
}

#include "ram_flash.h"

#include <string.h>

#include "json.h"

struct cut {
    uint32_t step;
    char how;     /* 'b' before anything changes, 'a' after all has, 't' torn */
    uint8_t keep; /* torn: bits that stay as they were */
};

static uint8_t bytes[RAM_FLASH_BLOCKS_MAX * QR_FLASH_BLOCK];
static struct cut cuts[RAM_FLASH_CUTS_MAX];
static size_t cut_count, cut_next;
static uint32_t steps;
static bool powered;

/* One unit becomes target, or a part of that: a bit of keep that is 1 stays as it was. */
static void change(uint32_t offset, const uint8_t *target, size_t count, uint8_t keep)
{
    for (size_t i = 0; i < count; i++) {
        uint8_t to = target == NULL ? 0xFF : (uint8_t)(bytes[offset + i] & target[i]);
        bytes[offset + i] = (uint8_t)((bytes[offset + i] & keep) | (to & ~keep));
    }
}

static bool step(uint32_t offset, const uint8_t *target, size_t count)
{
    const struct cut *cut = cut_next < cut_count && cuts[cut_next].step == steps ? &cuts[cut_next] : NULL;
    if (!powered)
        return false;
    steps++;
    if (cut == NULL || cut->how != 'b')
        change(offset, target, count, cut != NULL && cut->how == 't' ? cut->keep : 0);
    if (cut == NULL)
        return true;
    cut_next++;
    powered = false;
    return false;
}

static struct qr_flash flash;

static bool program(uint32_t offset, const uint8_t *unit) { return step(offset, unit, flash.program_unit); }

static bool erase(uint32_t offset) { return step(offset, NULL, flash.erase_unit); }

static void read(uint32_t offset, uint8_t *to, size_t length) { memcpy(to, bytes + offset, length); }

static bool set_geometry(const char *name, size_t length)
{
    static const struct {
        const char *name;
        uint16_t program_unit, erase_unit;
    } GEOMETRIES[] = {{"nor", 4, 4096}, {"stm32", 8, 2048}, {"eeprom", 32, 32}};
    for (size_t i = 0; i < sizeof GEOMETRIES / sizeof GEOMETRIES[0]; i++)
        if (strlen(GEOMETRIES[i].name) == length && memcmp(GEOMETRIES[i].name, name, length) == 0) {
            flash.program_unit = GEOMETRIES[i].program_unit;
            flash.erase_unit = GEOMETRIES[i].erase_unit;
            return true;
        }
    return false;
}

const struct qr_flash *ram_flash_new(const char *geometry, size_t length, uint64_t blocks)
{
    if (blocks < 6 || blocks > RAM_FLASH_BLOCKS_MAX || !set_geometry(geometry, length))
        return NULL;
    flash.blocks = (uint16_t)blocks;
    flash.read = read;
    flash.program = program;
    flash.erase = erase;
    memset(bytes, 0xFF, sizeof bytes);
    cut_count = cut_next = 0;
    powered = true;
    return &flash;
}

bool ram_flash_fill(uint32_t offset, uint8_t byte)
{
    if (offset >= (uint32_t)flash.blocks * QR_FLASH_BLOCK)
        return false;
    bytes[offset] = byte;
    return true;
}

static size_t read_step(const char *plan, size_t length, uint32_t *number)
{
    size_t at = 0;
    *number = 0;
    while (at < length && at < 9 && plan[at] >= '0' && plan[at] <= '9')
        *number = *number * 10 + (uint32_t)(plan[at++] - '0');
    return at;
}

/* The characters of one cut, or 0 if it is none. No number has a zero too many before it. */
static size_t read_cut(const char *plan, size_t length, struct cut *cut)
{
    size_t at = read_step(plan, length, &cut->step);
    if (at == 0 || at == length || (at > 1 && plan[0] == '0'))
        return 0;
    cut->how = plan[at++];
    if (cut->how == 'a' || cut->how == 'b')
        return at;
    if (cut->how != 't' || length - at < 2 || json_lower_hex(plan[at]) < 0 || json_lower_hex(plan[at + 1]) < 0)
        return 0;
    cut->keep = (uint8_t)(json_lower_hex(plan[at]) << 4 | json_lower_hex(plan[at + 1]));
    return at + 2;
}

bool ram_flash_plan(const char *plan, size_t length)
{
    static struct cut planned[RAM_FLASH_CUTS_MAX];
    size_t count = 0, at = 0;
    while (at < length) {
        size_t used;
        if (count > 0 && plan[at++] != ',')
            return false;
        used = count < RAM_FLASH_CUTS_MAX ? read_cut(plan + at, length - at, &planned[count]) : 0;
        if (used == 0 || (count > 0 && planned[count].step <= planned[count - 1].step))
            return false;
        count++;
        at += used;
    }
    memcpy(cuts, planned, count * sizeof cuts[0]);
    cut_count = count;
    cut_next = 0;
    steps = 0;
    return true;
}

void ram_flash_power(void) { powered = true; }

#include "placement.h"

#include <string.h>

#include "body.h"
#include "bytes.h"

static bool take_item(struct qr_cursor *from, char *text, size_t longest)
{
    const uint8_t *length = qr_take(from, 1), *bytes;
    if (length == NULL || *length < 1 || *length > longest || (bytes = qr_take(from, *length)) == NULL)
        return false;
    memcpy(text, bytes, *length);
    text[*length] = '\0';
    return qr_is_alphanumeric(bytes, *length);
}

static bool take_part(struct qr_cursor *from, char text[QR_PART_MAX + 1])
{
    return take_item(from, text, QR_PART_MAX) && qr_is_part((const uint8_t *)text, strlen(text));
}

static bool take_community(struct qr_cursor *from, uint64_t *community)
{
    const uint8_t *bytes = qr_take(from, 5);
    if (bytes != NULL)
        *community = (uint64_t)bytes[0] << 32 | qr_get32be(bytes + 1);
    return bytes != NULL && *community >= 1 && *community <= QR_COMMUNITY_MAX;
}

bool qr_placement_read(struct qr_cursor *from, struct qr_placement *p)
{
    return take_community(from, &p->community) && take_part(from, p->address.building) &&
           take_part(from, p->address.floor) && take_item(from, p->address.room, QR_ROOM_MAX) &&
           take_item(from, p->lock_id, QR_LOCK_ID_MAX);
}

static uint8_t *put_item(uint8_t *to, const char *text)
{
    size_t length = strlen(text);
    *to++ = (uint8_t)length;
    memcpy(to, text, length);
    return to + length;
}

size_t qr_placement_write(const struct qr_placement *p, uint8_t *to)
{
    uint8_t *start = to;
    *to++ = (uint8_t)(p->community >> 32);
    qr_put32be(to, (uint32_t)p->community);
    to = put_item(to + 4, p->address.building);
    to = put_item(to, p->address.floor);
    to = put_item(to, p->address.room);
    return (size_t)(put_item(to, p->lock_id) - start);
}

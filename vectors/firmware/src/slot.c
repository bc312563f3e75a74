#include "slot.h"

#include <string.h>

#include "bytes.h"
#include "crc32.h"

uint16_t qr_slot_length(const struct qr_flash *flash)
{
    uint16_t length = 0;
    while (length < QR_PAYLOAD + 4)
        length = (uint16_t)(length + flash->program_unit);
    return length;
}

static uint32_t offset_of(const struct qr_place *p)
{
    return (uint32_t)p->block * QR_FLASH_BLOCK + (uint32_t)p->n * qr_slot_length(p->flash);
}

static uint32_t checksum(const struct qr_place *p, const uint8_t payload[QR_PAYLOAD])
{
    uint8_t number[4];
    uint32_t crc = qr_crc32(0, p->tag, p->tag_length);
    qr_put32le(number, p->sequence);
    crc = qr_crc32(crc, number, 4);
    crc = qr_crc32(crc, payload, QR_PAYLOAD);
    qr_put16le(number, p->n);
    return qr_crc32(crc, number, 2);
}

static bool all_erased(const uint8_t *bytes, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (bytes[i] != QR_ERASED)
            return false;
    return true;
}

enum qr_slot qr_slot_read(const struct qr_place *p, uint8_t payload[QR_PAYLOAD])
{
    uint8_t bytes[QR_SLOT_MAX];
    p->flash->read(offset_of(p), bytes, qr_slot_length(p->flash));
    if (all_erased(bytes, qr_slot_length(p->flash)))
        return QR_BLANK;
    if (bytes[0] == 0 || bytes[0] == QR_ERASED || qr_get32le(bytes + QR_PAYLOAD) != checksum(p, bytes))
        return QR_TORN;
    memcpy(payload, bytes, QR_PAYLOAD);
    return QR_WHOLE;
}

enum qr_written qr_slot_write(const struct qr_place *p, const uint8_t payload[QR_PAYLOAD])
{
    uint8_t bytes[QR_SLOT_MAX], back[QR_SLOT_MAX];
    uint16_t length = qr_slot_length(p->flash);
    memset(bytes, QR_ERASED, sizeof bytes);
    memcpy(bytes, payload, QR_PAYLOAD);
    qr_put32le(bytes + QR_PAYLOAD, checksum(p, payload));
    for (uint16_t i = 0; i < length; i = (uint16_t)(i + p->flash->program_unit))
        if (!p->flash->program(offset_of(p) + i, bytes + i))
            return QR_POWER_GONE;
    p->flash->read(offset_of(p), back, length);
    return memcmp(bytes, back, length) == 0 ? QR_WRITTEN : QR_DIFFERS;
}

#include "row.h"

#include "bytes.h"

bool qr_row_is_known(uint8_t kind)
{
    return (kind >= QR_ROW_CARD && kind <= QR_ROW_HOUR_COUNTS) || (kind >= QR_ROW_MARKS && kind <= QR_ROW_ENTRY);
}

void qr_row_write(const struct qr_row *row, uint8_t to[QR_ROW_BYTES])
{
    to[0] = row->kind;
    to[1] = row->effects;
    to[2] = row->card;
    to[3] = row->revision;
    qr_put32le(to + 4, (uint32_t)row->subject);
    qr_put32le(to + 8, row->minute);
    qr_put32le(to + 12, row->end);
    to[16] = row->used;
    to[17] = row->first;
    qr_put16le(to + 18, (uint32_t)(row->subject >> 32));
}

void qr_row_read(const uint8_t from[QR_ROW_BYTES], struct qr_row *row)
{
    row->kind = from[0];
    row->effects = from[1];
    row->card = from[2];
    row->revision = from[3];
    row->subject = qr_get32le(from + 4) | (uint64_t)qr_get16le(from + 18) << 32;
    row->minute = qr_get32le(from + 8);
    row->end = qr_get32le(from + 12);
    row->used = from[16];
    row->first = from[17];
}

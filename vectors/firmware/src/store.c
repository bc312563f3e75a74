#include "store.h"

#include <string.h>

#include "bytes.h"

/* length (2), epoch (4), placement, key set; in slots of 0x80 and 19 bytes, the last filled with zeros. */
enum {
    CONFIGURATION_MAX = 2 + 4 + QR_PLACEMENT_MAX + QR_KEY_SET_MAX,
    KIND_CONFIGURATION = 0x80,
    PIECE = QR_PAYLOAD - 1,
    PIECES_MAX = (CONFIGURATION_MAX + PIECE - 1) / PIECE
};

struct stream {
    uint8_t bytes[PIECES_MAX * PIECE];
    size_t length;
    bool broken; /* a slot that is none of a configuration */
};

static void collect_piece(void *who, const uint8_t payload[QR_PAYLOAD])
{
    struct stream *s = who;
    if (payload[0] != KIND_CONFIGURATION)
        s->broken = true;
    if (s->length + PIECE <= sizeof s->bytes) { /* no configuration is longer, so what follows is none of it */
        memcpy(s->bytes + s->length, payload + 1, PIECE);
        s->length += PIECE;
    }
}

static bool piece(const void *of, unsigned i, uint8_t payload[QR_PAYLOAD])
{
    const struct stream *s = of;
    if (i * PIECE >= s->length)
        return false;
    payload[0] = KIND_CONFIGURATION;
    memcpy(payload + 1, s->bytes + i * PIECE, PIECE);
    return true;
}

/* The length is that of what follows it. */
static bool read_configuration(struct qr_store *store)
{
    struct stream s = {.length = 0};
    struct qr_cursor from;
    const uint8_t *epoch;
    qr_ring_mount(&store->configuration);
    qr_ring_read(&store->configuration, collect_piece, &s);
    if (s.broken || 2u + qr_get16le(s.bytes) > s.length)
        return false;
    from.at = s.bytes + 2;
    from.left = qr_get16le(s.bytes);
    if ((epoch = qr_take(&from, 4)) == NULL)
        return false;
    store->epoch = qr_get32be(epoch);
    return qr_placement_read(&from, &store->placement) && qr_key_set_read(&from, &store->keys) && from.left == 0;
}

static void fill_configuration(struct stream *s, uint32_t epoch, const struct qr_placement *placement,
                               const struct qr_key_set *keys)
{
    *s = (struct stream){.length = 6};
    qr_put32be(s->bytes + 2, epoch);
    s->length += qr_placement_write(placement, s->bytes + s->length);
    s->length += qr_key_set_write(keys, s->bytes + s->length);
    qr_put16le(s->bytes, (uint32_t)(s->length - 2));
}

static void fold(void *who, const uint8_t payload[QR_PAYLOAD])
{
    struct qr_row row;
    qr_row_read(payload, &row);
    qr_memory_read(who, &row);
}

static bool memory_payload(const void *of, unsigned i, uint8_t payload[QR_PAYLOAD])
{
    struct qr_row row;
    if (!qr_memory_snapshot(of, i, &row))
        return false;
    qr_row_write(&row, payload);
    return true;
}

static bool nothing(const void *of, unsigned i, uint8_t payload[QR_PAYLOAD])
{
    (void)of, (void)i, (void)payload;
    return false;
}

static void set_ring(struct qr_ring *ring, const struct qr_flash *flash, char tag, uint16_t first, uint16_t count)
{
    *ring = (struct qr_ring){.flash = flash, .tag = {(uint8_t)tag}, .tag_length = 1, .first = first, .count = count,
                             .in_use = QR_NO_BLOCK};
}

/* The epoch in the tag makes all rows of another epoch torn (FLASH.md, section 5). */
static void mount_under(struct qr_ring *ring, uint32_t epoch)
{
    qr_put32le(ring->tag + 1, epoch);
    ring->tag_length = QR_TAG_MAX;
    qr_ring_mount(ring);
}

static void mount_epoch(struct qr_store *store)
{
    mount_under(&store->refusals, store->epoch);
    mount_under(&store->rows, store->epoch);
    qr_memory_clear(&store->memory);
    qr_ring_read(&store->rows, fold, &store->memory);
}

void qr_store_mount(struct qr_store *store, const struct qr_flash *flash)
{
    set_ring(&store->configuration, flash, 'C', 0, 2);
    set_ring(&store->refusals, flash, 'R', 2, 2);
    set_ring(&store->rows, flash, 'M', 4, (uint16_t)(flash->blocks - 4));
    store->commissioned = qr_flash_is_usable(flash) && read_configuration(store);
    if (store->commissioned)
        mount_epoch(store);
}

bool qr_store_commit(struct qr_store *store, const struct qr_row *row)
{
    const struct qr_snapshot state = {memory_payload, &store->memory};
    uint8_t payload[QR_ROW_BYTES];
    qr_row_write(row, payload);
    if (qr_ring_append(&store->rows, payload, &state) != QR_WRITTEN)
        return false;
    qr_memory_read(&store->memory, row);
    return true;
}

bool qr_store_refusal(struct qr_store *store, const struct qr_row *row)
{
    static const struct qr_snapshot EMPTY = {nothing, NULL};
    uint8_t payload[QR_ROW_BYTES];
    qr_row_write(row, payload);
    return qr_ring_append(&store->refusals, payload, &EMPTY) != QR_POWER_GONE;
}

bool qr_store_configure(struct qr_store *store, uint32_t epoch, const struct qr_placement *placement,
                        const struct qr_key_set *keys)
{
    struct stream s;
    const struct qr_snapshot state = {piece, &s};
    fill_configuration(&s, epoch, placement, keys);
    if (!qr_flash_is_usable(store->configuration.flash) ||
        qr_ring_replace(&store->configuration, &state) != QR_WRITTEN)
        return false;
    qr_store_mount(store, store->configuration.flash);
    return true;
}

bool qr_store_prepare(struct qr_store *store)
{
    return qr_ring_prepare(&store->rows) && qr_ring_prepare(&store->refusals);
}

#include "answer.h"
#include "bench.h"

static void put_configuration(const struct qr_store *s)
{
    static uint8_t bytes[QR_KEY_SET_MAX];
    answer_number("epoch", s->epoch);
    answer_bytes("placement", bytes, qr_placement_write(&s->placement, bytes));
    answer_bytes("keys", bytes, qr_key_set_write(&s->keys, bytes));
}

static void put_numbers(const uint64_t *numbers, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            answer_put(" ");
        answer_put_number(numbers[i]);
    }
}

static void put_passage(const struct qr_passage *p)
{
    const uint64_t numbers[4] = {p->end, p->card, p->revision, p->serial};
    if (!p->on) {
        answer_null("passage");
        return;
    }
    answer_put(", \"passage\": \"");
    put_numbers(numbers, 4);
    answer_put("\"");
}

/* The entry with the lowest subject from this one on; NULL if there is none. */
static const struct qr_entry *next_entry(const struct qr_memory *m, uint64_t from)
{
    const struct qr_entry *next = NULL;
    for (unsigned i = 0; i < m->entries; i++)
        if (m->entry[i].subject >= from && (next == NULL || m->entry[i].subject < next->subject))
            next = &m->entry[i];
    return next;
}

static void put_entries(const struct qr_memory *m)
{
    const struct qr_entry *e = NULL;
    answer_list("entries");
    while ((e = next_entry(m, e == NULL ? 0 : e->subject + 1)) != NULL) {
        const uint64_t numbers[4] = {e->subject, e->end, e->used, e->first};
        answer_item();
        put_numbers(numbers, 4);
        answer_item_end();
    }
    answer_list_end();
}

static void put_memory(const struct qr_memory *m)
{
    answer_number("room_mark", m->room_mark);
    answer_number("high_water", m->high_water);
    answer_number("purged_until", m->purged_until);
    answer_number("voids_purged_until", m->voids_purged_until);
    if (m->any_presented)
        answer_number("presented", m->presented);
    else
        answer_null("presented");
    put_passage(&m->passage);
    answer_number("wrong", m->wrong);
    answer_number("lock_outs", m->lock_outs);
    answer_number("locked_until", m->locked_until);
    put_entries(m);
}

const char *bench_state(const struct json *request)
{
    const struct qr_store *store = bench_store();
    (void)request;
    if (store == NULL)
        return "no lock";
    if (!store->commissioned) {
        answer_null("epoch");
        return NULL;
    }
    put_configuration(store);
    put_memory(&store->memory);
    return NULL;
}

static void put_row(void *who, const uint8_t payload[QR_PAYLOAD])
{
    (void)who;
    if (!qr_row_is_known(payload[0]))
        return;
    answer_item();
    answer_put_bytes(payload, QR_ROW_BYTES);
    answer_item_end();
}

static void put_rows(const char *name, const struct qr_ring *ring, bool any)
{
    answer_list(name);
    if (any)
        qr_ring_log(ring, put_row, NULL);
    answer_list_end();
}

const char *bench_log(const struct json *request)
{
    const struct qr_store *store = bench_store();
    (void)request;
    if (store == NULL)
        return "no lock";
    put_rows("rows", &store->rows, store->commissioned);
    put_rows("refusals", &store->refusals, store->commissioned);
    return NULL;
}

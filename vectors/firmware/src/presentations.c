#include "presentations.h"

static bool lasts(const struct qr_presentations *p, int i, uint32_t ms)
{
    return p->last[i].used && ms - p->last[i].read_ms < QR_PRESENTATION_MS;
}

/* The serial's place, or one that is free, or that of the serial read longest ago. */
static int place(const struct qr_presentations *p, uint32_t serial, uint32_t ms)
{
    int at = 0;
    for (int i = 0; i < QR_PRESENTATIONS; i++)
        if (p->last[i].used && p->last[i].serial == serial)
            return i;
    for (int i = 0; i < QR_PRESENTATIONS; i++) {
        if (!lasts(p, i, ms))
            return i;
        if (ms - p->last[i].read_ms > ms - p->last[at].read_ms)
            at = i;
    }
    return at;
}

void qr_present(struct qr_presentations *p, uint32_t serial, uint32_t ms)
{
    int i = place(p, serial, ms);
    p->last[i].used = true;
    p->last[i].serial = serial;
    p->last[i].read_ms = ms;
}

bool qr_presentation_goes_on(struct qr_presentations *p, uint32_t serial, uint32_t ms)
{
    for (int i = 0; i < QR_PRESENTATIONS; i++)
        if (lasts(p, i, ms) && p->last[i].serial == serial) {
            p->last[i].read_ms = ms;
            return true;
        }
    return false;
}

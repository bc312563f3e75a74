#include "presentations.h"

#include <string.h>

/* The serial's place. They stand newest first: one that is not there takes the place of the one read longest ago. */
static unsigned place(const struct qr_presentations *p, uint32_t serial)
{
    unsigned i = 0;
    while (i < QR_PRESENTATIONS - 1 && p->last[i].serial != serial)
        i++;
    return i;
}

void qr_present(struct qr_presentations *p, uint32_t serial, uint32_t ms)
{
    memmove(&p->last[1], &p->last[0], place(p, serial) * sizeof p->last[0]);
    p->last[0].used = true;
    p->last[0].serial = serial;
    p->last[0].read_ms = ms;
}

bool qr_presentation_goes_on(struct qr_presentations *p, uint32_t serial, uint32_t ms)
{
    unsigned i = place(p, serial);
    if (!p->last[i].used || p->last[i].serial != serial || ms - p->last[i].read_ms >= QR_PRESENTATION_MS)
        return false;
    qr_present(p, serial, ms);
    return true;
}

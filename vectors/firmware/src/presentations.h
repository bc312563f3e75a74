/* Which cards are in front of the lock (LOCK.md, rules 4 to 6). Volatile. */
#ifndef QR_PRESENTATIONS_H
#define QR_PRESENTATIONS_H

#include <stdbool.h>
#include <stdint.h>

enum { QR_PRESENTATION_MS = 2000, QR_PRESENTATIONS = 8 };

/* Serials whose codes were read last when, the newest first, each a presentation of its own: two cards in turns are
 * two that go on. */
struct qr_presentations {
    struct {
        bool used;
        uint32_t serial;
        uint32_t read_ms;
    } last[QR_PRESENTATIONS];
};

/* Begins the serial's presentation, or prolongs it. */
void qr_present(struct qr_presentations *presentations, uint32_t serial, uint32_t ms);

/* True if the serial's presentation goes on at ms, which prolongs it. */
bool qr_presentation_goes_on(struct qr_presentations *presentations, uint32_t serial, uint32_t ms);

#endif

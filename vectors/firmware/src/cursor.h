/* Bytes read one field after the other, never past their end. */
#ifndef QR_CURSOR_H
#define QR_CURSOR_H

#include <stddef.h>
#include <stdint.h>

struct qr_cursor {
    const uint8_t *at;
    size_t left;
};

/* The next count bytes, or NULL if there are not so many. */
static inline const uint8_t *qr_take(struct qr_cursor *c, size_t count)
{
    const uint8_t *here = c->at;
    if (count > c->left)
        return NULL;
    c->at += count;
    c->left -= count;
    return here;
}

#endif

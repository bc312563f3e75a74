/* Steps 1 to 4: from a text to a grant (FORMAT.md, section 8). */
#ifndef QR_DECODE_H
#define QR_DECODE_H

#include <stddef.h>
#include <stdint.h>

#include "body.h"
#include "digits.h"
#include "key_set.h"
#include "reason.h"

/* QR_ACCEPTED with grant and seal set, or the first reason. Nothing of the grant is to be used otherwise. */
enum qr_reason qr_decode(const struct qr_key_set *keys, const uint8_t *text, size_t length, struct qr_grant *grant,
                         enum qr_seal *seal);

#endif

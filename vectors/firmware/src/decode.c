#include "decode.h"

#include "seal_cmac.h"
#include "seal_ed25519.h"

static bool holds_any(const struct qr_key_set *keys, unsigned seal)
{
    return (seal == QR_CMAC ? keys->cmac_ids : keys->ed25519_ids) != 0;
}

static const uint8_t *key_for(const struct qr_key_set *keys, unsigned seal, uint8_t head)
{
    if (seal == QR_CMAC)
        return qr_cmac_key(keys, qr_head_key_id(head), qr_head_scope(head));
    return qr_ed25519_key(keys, qr_head_key_id(head));
}

static bool seal_holds(const struct qr_width *width, const uint8_t *bytes, const uint8_t *key)
{
    const uint8_t *seal = bytes + width->body_bytes;
    return width->seal == QR_CMAC ? qr_cmac_card_holds(seal, bytes, width->body_bytes, key)
                                  : qr_ed25519_card_holds(seal, bytes, width->body_bytes, key);
}

enum qr_reason qr_decode(const struct qr_key_set *keys, const uint8_t *text, size_t length, struct qr_grant *grant,
                         enum qr_seal *seal)
{
    uint8_t bytes[QR_CARD_BYTES_MAX], head;
    const struct qr_width *width = qr_width(length);
    const uint8_t *key;
    if (width == NULL || !qr_digits_to_bytes(width, text, bytes))
        return QR_NOT_A_CARD;
    head = bytes[width->body_bytes - 1];
    if (qr_head_format(head) != 0 || !holds_any(keys, width->seal))
        return QR_UNSUPPORTED_FORMAT;
    if ((key = key_for(keys, width->seal, head)) == NULL)
        return QR_UNKNOWN_KEY;
    if (!seal_holds(width, bytes, key))
        return QR_BAD_SEAL;
    *seal = (enum qr_seal)width->seal;
    return qr_body_read(bytes, width->body_bytes, width->shorter_bits, grant) ? QR_ACCEPTED : QR_MALFORMED;
}

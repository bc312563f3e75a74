#include "service.h"

#include <string.h>

#include "body.h"
#include "bytes.h"
#include "seal_ed25519.h"

static bool take_minute(struct qr_cursor *from, uint32_t *minute)
{
    const uint8_t *bytes = qr_take(from, 4);
    if (bytes == NULL)
        return false;
    *minute = qr_get32be(bytes);
    return *minute <= QR_MINUTE_MAX;
}

static bool take_fields(struct qr_cursor *from, struct qr_command *command)
{
    switch (command->opcode) {
    case QR_SET_CLOCK:
        return take_minute(from, &command->minute);
    case QR_UPDATE_KEYS:
        return qr_key_set_read(from, &command->keys);
    case QR_RECOMMISSION:
        return qr_placement_read(from, &command->placement) && qr_key_set_read(from, &command->keys);
    default:
        return command->opcode == QR_COLLECT || command->opcode == QR_END_LOCK_OUT;
    }
}

bool qr_command_read(const uint8_t *bytes, size_t length, struct qr_command *command)
{
    struct qr_cursor from = {bytes, length};
    const uint8_t *opcode = qr_take(&from, 1);
    if (opcode == NULL)
        return false;
    command->opcode = *opcode;
    return take_fields(&from, command) && from.left == 0;
}

/* Lock id and nonce are this lock's own: they do not travel (section 1). */
static bool seal_holds(const uint8_t *data, size_t command_length, const char *lock_id, const uint8_t *nonce,
                       const uint8_t key[32])
{
    static const char LABEL[] = "qrlock service\0\1"; /* 16 bytes, and a zero that is not taken */
    uint8_t message[16 + 1 + QR_LOCK_ID_MAX + QR_NONCE + QR_DATA_MAX - QR_SEAL_BYTES], *to = message + 17;
    size_t id = strlen(lock_id);
    memcpy(message, LABEL, sizeof LABEL - 1);
    message[16] = (uint8_t)id;
    memcpy(to, lock_id, id);
    memcpy(to + id, nonce, QR_NONCE);
    memcpy(to + id + QR_NONCE, data, command_length);
    return qr_ed25519_holds(data + command_length, message, 17 + id + QR_NONCE + command_length, key);
}

enum qr_answer qr_service_open(const uint8_t *data, size_t length, const char *lock_id, const uint8_t nonce[QR_NONCE],
                               const uint8_t service_key[32], struct qr_command *command)
{
    if (length < QR_SEAL_BYTES || length > QR_DATA_MAX)
        return QR_ANSWER_BAD_SEAL;
    if (!seal_holds(data, length - QR_SEAL_BYTES, lock_id, nonce, service_key))
        return QR_ANSWER_BAD_SEAL;
    return qr_command_read(data, length - QR_SEAL_BYTES, command) ? QR_DONE : QR_ANSWER_MALFORMED;
}

/* Service commands: opened here, carried out by the lock (SERVICE.md). */
#ifndef QR_SERVICE_H
#define QR_SERVICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "key_set.h"
#include "placement.h"

enum { QR_NONCE = 16, QR_SEAL_BYTES = 64, QR_NONCE_MS = 60000 };
/* 355: the longest command, Recommission, with its opcode and its seal. */
enum { QR_DATA_MAX = 1 + QR_PLACEMENT_MAX + QR_KEY_SET_MAX + QR_SEAL_BYTES };

enum qr_opcode { QR_SET_CLOCK = 1, QR_UPDATE_KEYS = 2, QR_COLLECT = 3, QR_END_LOCK_OUT = 4, QR_RECOMMISSION = 5 };

struct qr_command {
    uint8_t opcode;
    uint32_t minute;               /* SetClock */
    struct qr_placement placement; /* Recommission */
    struct qr_key_set keys;        /* UpdateKeys, Recommission */
};

enum qr_answer { QR_DONE, QR_NO_NONCE, QR_ANSWER_BAD_SEAL, QR_ANSWER_MALFORMED };

/* Steps 2 to 4 (section 5): QR_DONE with the command set, or why not. */
enum qr_answer qr_service_open(const uint8_t *data, size_t length, const char *lock_id, const uint8_t nonce[QR_NONCE],
                               const uint8_t service_key[32], struct qr_command *command);

/* Step 4 alone: false if the bytes are no command. Only for who has checked the seal. */
bool qr_command_read(const uint8_t *bytes, size_t length, struct qr_command *command);

#endif

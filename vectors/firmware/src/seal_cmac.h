/* The tag on `cmac` cards: AES-128-CMAC (RFC 4493) over label and body (FORMAT.md, section 7). */
#ifndef QR_SEAL_CMAC_H
#define QR_SEAL_CMAC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

void qr_cmac(const uint8_t key[16], const uint8_t *message, size_t length, uint8_t tag[16]);

/* Compared in constant time. count is at most QR_BODY_BYTES_MAX. */
bool qr_cmac_card_holds(const uint8_t tag[16], const uint8_t *body, size_t count, const uint8_t key[16]);

#endif

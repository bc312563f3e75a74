/* Building, floor and room as texts in canonical form, and as the codes in a body (FORMAT.md, sections 2, 4). */
#ifndef QR_ADDRESS_H
#define QR_ADDRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { QR_PART_MAX = 5, QR_ROOM_MAX = 8, QR_LOCK_ID_MAX = 16 };

/* Ended by a zero byte. "" where a card does not name it. */
struct qr_address {
    char building[QR_PART_MAX + 1];
    char floor[QR_PART_MAX + 1];
    char room[QR_ROOM_MAX + 1];
};

/* True if all of text is of 0-9A-Z. */
bool qr_is_alphanumeric(const uint8_t *text, size_t length);

/* True if text is a building or floor in canonical form. length is 1 to QR_PART_MAX. */
bool qr_is_part(const uint8_t *text, size_t length);

/* False if code is none of a building or floor. */
bool qr_part_from_code(uint64_t code, char text[QR_PART_MAX + 1]);

/* False if code is none of a room. */
bool qr_room_from_code(uint64_t code, char text[QR_ROOM_MAX + 1]);

#endif

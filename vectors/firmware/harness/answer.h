/* An answer: one JSON object, written straight to the stream. */
#ifndef HARNESS_ANSWER_H
#define HARNESS_ANSWER_H

#include <stddef.h>
#include <stdint.h>

/* {"id": 7 -- has_id is 0 where the request had none. */
void answer_begin(int has_id, int64_t id);
void answer_end(void);

/* Members, each with the comma before it. */
void answer_text(const char *name, const char *text);
void answer_number(const char *name, uint64_t number);
void answer_true(const char *name);
void answer_null(const char *name);
void answer_bytes(const char *name, const uint8_t *bytes, size_t count);

/* A list of texts: begin, then items, each begun and ended, then end. */
void answer_list(const char *name);
void answer_item(void);
void answer_item_end(void);
void answer_list_end(void);

/* Pieces of an item. */
void answer_put(const char *text);
void answer_put_number(uint64_t number);
void answer_put_bytes(const uint8_t *bytes, size_t count);

#endif

#ifndef HARNESS_H
#define HARNESS_H

#include <stddef.h>

/* 16 KiB are the longest request without a frame (PROTOCOL.md, section 1). */
enum { HARNESS_LINE_MAX = 20480 };

/* Answers one request. The line is changed. */
void harness_answer(char *line, size_t length);

/* Answers until the stream ends. */
int harness_run(void);

#endif

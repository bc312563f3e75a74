/* A byte stream and a few measurements: stdin and stdout, or a serial line. */
#ifndef HARNESS_IO_H
#define HARNESS_IO_H

#include <stddef.h>
#include <stdint.h>

/* The next byte, or -1 when the stream ends. */
int io_get(void);

void io_put(const char *bytes, size_t count);
void io_flush(void);

/* A request begins: what the two below tell is of what happens from here on. */
void io_measure_begin(void);
void io_measure_end(void);

/* The deepest that the stack was since the start, in bytes, and instructions of the last request; 0: not known. */
uint32_t io_stack_bytes(void);
uint32_t io_instructions(void);

#endif

/* What comes before main on the board: vectors, memory, a painted stack. */
#include <stdint.h>

#include "../harness.h"
#include "board.h"

extern uint32_t stack_low[], stack_high[], data_low[], data_high[], data_in_rom[], bss_low[], bss_high[];

void reset(void);

static void stop(void)
{
    for (;;)
        ;
}

/* Nothing here uses interrupts; a fault stops the board, and the runner's time limit tells. */
__attribute__((section(".vectors"), used)) static const struct {
    uint32_t *stack;
    void (*handlers[15])(void);
} VECTORS = {stack_high, {reset, stop, stop, stop, stop, stop, 0, 0, 0, 0, stop, stop, 0, stop, stop}};

/* Below what reset itself uses. What is no longer paint was stack once (board_io.c). */
static void paint_stack(void)
{
    uint32_t *end = (uint32_t *)((uintptr_t)__builtin_frame_address(0) - 128);
    for (uint32_t *at = stack_low; at < end; at++)
        *at = BOARD_PAINT;
}

void reset(void)
{
    for (uint32_t *to = data_low, *from = data_in_rom; to < data_high;)
        *to++ = *from++;
    for (uint32_t *to = bss_low; to < bss_high;)
        *to++ = 0;
    paint_stack();
    board_start();
    harness_run();
    stop();
}

/* The board's first serial line and first timer (CMSDK), and how deep the stack was. */
#include "../io.h"
#include "board.h"

struct uart {
    volatile uint32_t data, state, control, interrupts, divider;
};

struct timer {
    volatile uint32_t control, value, reload;
};

#define UART ((struct uart *)0x40004000u)
#define TIMER ((struct timer *)0x40000000u)

enum { TX_FULL = 1, RX_FULL = 2, TX_ON = 1, RX_ON = 2, TIMER_ON = 1 };
/* The timer counts 25 MHz down. Under `-icount shift=0` an instruction takes a nanosecond. */
enum { INSTRUCTIONS_PER_TICK = 40 };

extern uint32_t stack_low[], stack_high[];

static uint32_t begun, taken;

void board_start(void)
{
    UART->divider = 16;
    UART->control = TX_ON | RX_ON;
    TIMER->reload = TIMER->value = 0xFFFFFFFFu;
    TIMER->control = TIMER_ON;
}

int io_get(void)
{
    while ((UART->state & RX_FULL) == 0)
        ;
    return (int)(UART->data & 0xFF);
}

void io_put(const char *bytes, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        while (UART->state & TX_FULL)
            ;
        UART->data = (uint8_t)bytes[i];
    }
}

void io_flush(void) {}

void io_measure_begin(void) { begun = TIMER->value; }

void io_measure_end(void) { taken = begun - TIMER->value; }

uint32_t io_stack_bytes(void)
{
    uint32_t *at = stack_low;
    while (at < stack_high && *at == BOARD_PAINT)
        at++;
    return (uint32_t)((char *)stack_high - (char *)at);
}

uint32_t io_instructions(void) { return taken * INSTRUCTIONS_PER_TICK; }

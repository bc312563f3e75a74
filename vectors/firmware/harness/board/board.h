#ifndef HARNESS_BOARD_H
#define HARNESS_BOARD_H

#define BOARD_PAINT 0x5AC0DE5Au

/* The serial line and the timer. */
void board_start(void);

#endif

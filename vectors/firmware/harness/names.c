#include "bench.h"

const char *reason_name(enum qr_reason reason)
{
    static const char *const NAMES[] = {
        "NOT_A_CARD",       "UNSUPPORTED_FORMAT", "UNKNOWN_KEY",           "BAD_SEAL",
        "MALFORMED",        "WRONG_COMMUNITY",    "WRONG_BUILDING",        "WRONG_FLOOR",
        "WRONG_ROOM",       "UNSUPPORTED_TIMES",  "UNSUPPORTED_OPEN_TYPE", "UNSUPPORTED_LOSS_REPORT",
        "CLOCK_UNSET",      "CLOCK_ROLLED_BACK",  "SUPERSEDED",            "NOT_YET_VALID",
        "EXPIRED",          "COUNT_EXHAUSTED",    "STORE_FULL",            "",
        "LOCKED_OUT",       "WRONG_PASSWORD",     "PASSWORD_USED"};
    return NAMES[reason];
}

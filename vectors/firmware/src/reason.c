#include "reason.h"

/* Steps 2 to 6 look alike from outside: telling them apart would help who tries things out. */
enum qr_shown qr_shown(enum qr_reason reason)
{
    switch (reason) {
    case QR_NOT_A_CARD:
        return QR_DARK;
    case QR_NOT_YET_VALID:
        return QR_TOO_EARLY;
    case QR_SUPERSEDED:
    case QR_EXPIRED:
    case QR_COUNT_EXHAUSTED:
    case QR_PASSWORD_USED:
        return QR_OVER;
    case QR_CLOCK_UNSET:
    case QR_CLOCK_ROLLED_BACK:
    case QR_STORE_FULL:
        return QR_SERVICE;
    case QR_LOCKED_OUT:
        return QR_WAIT;
    default:
        return QR_REFUSED;
    }
}

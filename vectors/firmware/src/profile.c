#include "profile.h"

#include <stddef.h>
#include <string.h>

#include "memory.h"

static const struct qr_profile PROFILES[] = {
    /* name   counts passage voids  keypad entries */
    {"QRA",    true,  true,  true,  false, QR_ENTRIES_MAX},
    {"QRA-C3", true,  true,  false, false, QR_ENTRIES_MAX},
    {"QRB",    false, true,  false, false, QR_ENTRIES_MAX},
    {"QRM",    false, true,  false, false, QR_ENTRIES_MAX},
    {"QRP",    false, false, false, true,  QR_ENTRIES_MAX},
    {"QRA/3",  true,  true,  true,  false, 3},
    {"QRP/3",  false, false, false, true,  3},
};

const struct qr_profile *qr_profile(const char *name)
{
    for (size_t i = sizeof PROFILES / sizeof PROFILES[0]; i-- != 0;)
        if (strcmp(PROFILES[i].name, name) == 0)
            return &PROFILES[i];
    return NULL;
}

#include "profile.h"

#include <stddef.h>
#include <string.h>

static const struct qr_profile PROFILES[] = {
    /* name    counts passage voids  keypad entries */
    {"QRA", true, true, true, false, 64},      {"QRA-C3", true, true, false, false, 64},
    {"QRB", false, true, false, false, 64},    {"QRM", false, true, false, false, 64},
    {"QRP", false, false, false, true, 64},    {"QRA/3", true, true, true, false, 3},
    {"QRP/3", false, false, false, true, 3},
};

const struct qr_profile *qr_profile(const char *name)
{
    for (size_t i = 0; i < sizeof PROFILES / sizeof PROFILES[0]; i++)
        if (strcmp(PROFILES[i].name, name) == 0)
            return &PROFILES[i];
    return NULL;
}

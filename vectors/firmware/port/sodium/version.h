/* libsodium's sources include a version.h that its configure script writes; nothing that is compiled here uses it. */
#ifndef sodium_version_H
#define sodium_version_H
#include "export.h"
#endif

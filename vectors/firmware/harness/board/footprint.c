/* Every event of the core called once, and nothing else: linked, it shows what core and cryptography take. */
#include "../../src/lock.h"

static struct qr_lock lock;
static const struct qr_flash *volatile flash;
static const uint8_t *volatile bytes;
static volatile uint32_t number;

void reset(void);

void reset(void)
{
    lock.profile = qr_profile("QRA");
    qr_lock_boot(&lock, flash);
    qr_lock_clock(&lock, number);
    qr_lock_code(&lock, bytes, number, number);
    qr_lock_key(&lock, '*', number);
    qr_lock_service_opened(&lock, bytes, number);
    qr_lock_service_asked(&lock, bytes, number, number);
    qr_lock_shut_down(&lock);
    qr_store_prepare(&lock.store);
}

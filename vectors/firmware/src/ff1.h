/* FF1 (NIST SP 800-38G) as passcodes use it: radix 10, twelve digits, no tweak, AES-128 (PASSCODE.md, section 3). */
#ifndef QR_FF1_H
#define QR_FF1_H

#include <stdint.h>

/* number is below 10^12, and so is the result. */
uint64_t qr_ff1_decipher(const uint8_t key[16], uint64_t number);

#endif

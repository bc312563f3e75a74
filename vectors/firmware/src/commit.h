/* Step 11: the one row that an acceptance writes (LOCK.md, rules 1, 8 to 16). */
#ifndef QR_COMMIT_H
#define QR_COMMIT_H

#include "judge.h"
#include "passcode.h"
#include "row.h"

/* The row of a grant that qr_judge accepted with this use. */
void qr_commit_card(const struct qr_memory *memory, const struct qr_grant *grant, const struct qr_use *use,
                    uint32_t now, struct qr_row *row);

/* The row of a passcode that was accepted. */
void qr_commit_passcode(const struct qr_passcode *passcode, bool purges, uint32_t now, struct qr_row *row);

#endif

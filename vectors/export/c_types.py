"""The C types of the headers: one struct for each request of PROTOCOL.md, with its arguments and its answer."""

from __future__ import annotations

from collections.abc import Iterable

from vectors.pack.request import ANSWERS, REQUESTS

NUMBER, TEXT, BYTES, STRINGS, BYTE_LIST, SEGMENTS = "number", "text", "bytes", "strings", "bytes_list", "segments"

_NUMBERS = frozenset((
    "key_id", "start", "end", "cut_off", "times", "serial", "revision", "mark", "generation", "start_h", "length_h",
    "sequence", "version", "mask", "width", "height", "blocks", "minute", "ms", "holds", "epoch", "room_mark",
    "high_water", "purged_until", "voids_purged_until", "presented", "wrong", "lock_outs", "locked_until",
))  # fmt: skip
_BYTES = frozenset((
    "secret", "keys", "public", "body", "signature", "key", "tag", "room_key", "master", "placement", "nonce", "data",
    "matrix", "grey",
))  # fmt: skip
_OTHERS = {
    "did": STRINGS, "texts": STRINGS, "entries": STRINGS, "rows": BYTE_LIST, "refusals": BYTE_LIST, "image": SEGMENTS,
}  # fmt: skip

_C_NAMES = {"new": "new_lock", "public": "public_key"}
"""Keywords where the same header is read as C++."""

_PREAMBLE = """\
/* Types of the qrlock test vectors for C99: constant data alone, nothing to link, nothing allocated.
 *
 * A vector is a list of steps; a step is a request of vectors/PROTOCOL.md with its arguments, filled in from its group,
 * and the answer that must come back. Of an answer each member that is there must be equal; an absent one may be
 * anything. Members are called as there, but for two that C++ would not take: `new` is `new_lock` and `public` is
 * `public_key`. Pixels are not in the headers: a `read` names its picture in the pack, and the family `frame` has none.
 */
#ifndef QRLOCK_VECTORS_H
#define QRLOCK_VECTORS_H

#include <stddef.h>
#include <stdint.h>

/* Every value says whether it is there: absent, null as JSON has it, given, or a number that 64 bits do not hold, in
 * whose place the nearest stands that they do. */
enum { QRLOCK_ABSENT = 0, QRLOCK_NULL = 1, QRLOCK_GIVEN = 2, QRLOCK_BEYOND = 3 };

typedef struct {
    uint8_t is;
    int64_t value;
} qrlock_number;

typedef struct {
    uint8_t is;
    size_t length;
    const uint8_t *bytes; /* one byte more than `length` is there, and it is 0 */
} qrlock_bytes;

/* UTF-8. */
typedef qrlock_bytes qrlock_text;

typedef struct {
    uint8_t is;
    size_t count;
    const char *const *items;
} qrlock_strings;

typedef struct {
    uint8_t is;
    size_t count;
    const qrlock_bytes *items;
} qrlock_bytes_list;

/* Bytes at an offset of a flash; what no segment covers is erased, 0xFF. */
typedef struct {
    uint32_t offset;
    qrlock_bytes data;
} qrlock_segment;

typedef struct {
    uint8_t is;
    size_t count;
    const qrlock_segment *items;
} qrlock_segments;
"""
_VECTOR = """\
typedef struct {
    const char *id;
    const char *comment;
    const char *flags;   /* names, a space between */
    const char *needs;   /* what a device must be able to do, a space between */
    uint8_t accepted;    /* 1: what it shows is to be taken; 0: to be refused */
    const char *reason;  /* why it is refused, else empty */
    uint8_t order;       /* step of the decision order that must decide, 1 to 12; 0: none */
    qrlock_number now;   /* the minute at which it is decided */
    const qrlock_step *steps;
    size_t step_count;
} qrlock_vector;

typedef struct {
    const char *name;
    const qrlock_vector *vectors;
    size_t count;
} qrlock_family;

#endif
"""


def kind_of(op: str, member: str) -> str:
    """Of which kind a member of this request or of its answer is."""
    if member in _OTHERS:
        return _OTHERS[member]
    if member in _NUMBERS:
        return NUMBER
    pressed = op == "press"  # the keys of a keypad are no key set
    return BYTES if member in _BYTES and not pressed else TEXT


def c_name(name: str) -> str:
    """Of an op or of a member, as a member of a struct or union."""
    return _C_NAMES.get(name, name)


def types_header() -> str:
    """`qrlock_vectors.h`."""
    structs = (_step_struct(op) for op in REQUESTS)
    return "\n".join((_PREAMBLE, *structs, _op_enum(), _step_union(), _VECTOR))


def _step_struct(op: str) -> str:
    answer = ANSWERS[op]
    lines = ["typedef struct {", *_members(op, REQUESTS[op], "    "), "    struct {", *_members(op, answer, "        ")]
    return "\n".join((*lines, "    } expect;", f"}} qrlock_{op}_step;", ""))


def _members(op: str, names: Iterable[str], indent: str) -> list[str]:
    return [f"{indent}qrlock_{kind_of(op, name)} {c_name(name)};" for name in names]


def _op_enum() -> str:
    names = "".join(f"    QRLOCK_{op.upper()},\n" for op in REQUESTS)
    return f"typedef enum {{\n{names}    QRLOCK_OP_COUNT\n}} qrlock_op;\n"


def _step_union() -> str:
    members = "".join(f"        const qrlock_{op}_step *{c_name(op)};\n" for op in REQUESTS)
    return f"typedef struct {{\n    qrlock_op op;\n    union {{\n{members}    }} as;\n}} qrlock_step;\n"

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.c_mutants import mutants_of

SOURCE = """\
#include <stdint.h>
#define LIMIT (7 + \\
    8) /* 1 < 2 */
#define TWICE(n) (2 * (n))
enum { ROOM = 16, FLOOR };
struct keys { uint8_t key[2][32]; };
static const uint8_t TABLE[4] = {1, 0x1F};
int f(int a)
{
    uint8_t room[16]; // 3 == 3
    if (a < LIMIT && room[2] != '9')
        return 0u;
    return f(TABLE[3] - 1) >= 2 ? "1 < 2"[0] : true;
}
"""


@pytest.fixture
def names(tmp_path: Path) -> list[str]:
    """The mutants of the source above, without the file's name."""
    path = tmp_path / "f.c"
    path.write_text(SOURCE)
    return [mutant.name.removeprefix("f.c: ") for mutant in mutants_of(path)]


def test_mutants_are_of_code_alone(names: list[str]) -> None:
    """Comments, texts, most directives and the lengths of arrays stay; tables, limits and conditions do not."""
    assert [name.rpartition("[")[2].rstrip("]") for name in names] == [
        "7 to 8", "8 to 9", "16 to 17",
        "1 to 2", "0x1F to 0x20", "check skipped", "< to <=", "&& to ||", "2 to 3", "!= to ==", "0u to 1u",
        "3 to 4", "1 to 2", ">= to >", "2 to 3", "0 to 1", "true to false",
    ]  # fmt: skip


def test_a_mutant_differs_in_one_place(tmp_path: Path) -> None:
    """The text is the file's but for what the name says."""
    path = tmp_path / "f.c"
    path.write_text(SOURCE)
    skipped = next(mutant for mutant in mutants_of(path) if mutant.name.endswith("[check skipped]"))
    assert skipped.text == SOURCE.replace("(a < LIMIT && room[2] != '9')", "(0)")
    assert len({mutant.text for mutant in mutants_of(path)} | {SOURCE}) == 18

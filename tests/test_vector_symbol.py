import numpy as np
import pytest

from lockcore.symbol.capacity import blocks
from tests.symbol_peers import segno_matrix
from vectors.families import symbol_damage, symbol_foreign, symbol_views
from vectors.families.decode_common import WIDTHS, Width
from vectors.families.symbol_bits import data_codewords, digits, drawn, letters


@pytest.mark.parametrize("width", WIDTHS, ids=lambda width: width.name)
def test_symbols_are_those_of_segno(width: Width) -> None:
    """What is drawn from the bit stream on has segno's modules."""
    version = width.carrier.version
    for mask in range(8):
        modules = drawn(digits(width.text, version), version, "M", mask)
        assert np.array_equal(modules, segno_matrix(width.text, "M", mask, version))
    assert np.array_equal(drawn(letters("AC-42"), 1, "M", 3), segno_matrix("AC-42", "M", 3, 1))


def test_damage_stands_on_both_sides_of_what_can_be_corrected() -> None:
    """No block that must be read has more wrong codewords than half its parity; a lost one has more than all."""
    for version in (3, 4, 5, 6):
        shape = blocks(version, "M")
        rows = symbol_damage._rows(shape)
        assert sorted(at for row in rows for at in row) == list(range(shape.codeword_count))
        for _, errors, beyond in symbol_damage._patterns(shape, 1, version):
            wrong = max(len({at for at, _ in errors} & set(row)) for row in rows)
            assert wrong > shape.parity_length if beyond else wrong <= shape.parity_length // 2


def test_a_stream_ends_in_terminator_and_pads() -> None:
    """ISO/IEC 18004:2015, 7.4.9 and 7.4.10, on its own example of eight digits in version 1-M."""
    codewords = data_codewords(digits("01234567"), 1, "M").tobytes().hex()
    assert codewords == "10200c566180ec11ec11ec11ec11ec11"


def test_slugs_are_unique() -> None:
    """An id names one picture."""
    seen = [each.slug for each in (*symbol_damage.damaged(1), *symbol_foreign.foreign())]
    seen += [view.slug for view in (*symbol_views.views(), *symbol_views.nothing(1))]
    assert len(set(seen)) == len(seen) >= 120


def test_damage_follows_from_the_seed() -> None:
    """The same seed makes the same modules, another one others."""
    first, again, other = (symbol_damage._patterns(blocks(3, "M"), seed, 3) for seed in (1, 1, 2))
    first_errors, again_errors, other_errors = (list(patterns) for patterns in (first, again, other))
    assert first_errors == again_errors != other_errors

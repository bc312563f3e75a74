from hypothesis import given
from hypothesis import strategies as st

from lockcore.body import LENGTH, PLACE, ROOM, SERIAL
from lockcore.ladder import put, take

LADDERS = st.sampled_from([LENGTH, PLACE, ROOM, SERIAL])


@given(LADDERS, st.data(), st.integers(0, 2**80))
def test_codes_come_back(rungs, data, above) -> None:  # type: ignore[no-untyped-def]
    """What was put is taken, and what stood above is left."""
    value = data.draw(st.integers(0, rungs[-1][1]))
    assert take(put(above, value, rungs), rungs) == (value, above)


@given(LADDERS, st.integers(0, 2**46))
def test_every_code_is_the_code_of_its_value(rungs, number) -> None:  # type: ignore[no-untyped-def]
    """There is no second code for a value: taking and putting gives the same bits."""
    value, above = take(number, rungs)
    assert put(above, value, rungs) == number


def test_the_edges_of_the_rungs() -> None:
    """Each rung starts where the one before it ends."""
    assert [(first, last) for first, last, *_ in LENGTH] == [
        (0, 15),
        (16, 1039),
        (1040, 33807),
        (33808, 1082383),
    ]

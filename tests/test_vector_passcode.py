from vectors.conform.simulator import Simulator
from vectors.families import passcode
from vectors.families import passcode_book as book


def test_the_worked_example_is_in_the_family() -> None:
    """The digits of PASSCODE.md, sections 6.1 to 6.3, come out of the generators' own arithmetic."""
    room_key = book.room_key(book.DOOR_FIELDS)
    assert room_key.hex() == "053ea881074c250599216f94f1349027"
    number = book.number_of(book.TWO_DAYS)
    assert book.encipher(number, book.passcode_key(room_key, 0)) == "175968651252"
    assert book.encipher(number, book.passcode_key(room_key, 4711)) == "079371295316"
    assert book.encipher(12_482_224_911, book.passcode_key(room_key, 2**32 - 1)) == "724218161963"
    assert book.decipher("838168733068", book.passcode_key(room_key, 0)) == 12_482_248_703


def test_both_ends_of_what_is_a_passcode() -> None:
    """The last number of all and the first above it are refused, the last good one of each kind is read."""
    by_id = {vector.id: vector for vector in passcode.family(1).vectors}
    for name in ("number-last-of-all", "number-over", "number-10-12-minus-1", "period-end-over", "one-time-end-over"):
        assert by_id[f"passcode.read.{name}"].expect.reason == "WRONG_PASSWORD"
    for name in ("period-last", "one-time-last", "period-last-longest", "mark-4294967295-own", "zero-first"):
        assert by_id[f"passcode.read.{name}"].expect.accepted
    refused = [vector for vector in by_id.values() if not vector.expect.accepted]
    assert len(by_id) >= 220 and len(refused) / len(by_id) > 0.55


def test_a_platform_refuses_what_no_lock_can_have() -> None:
    """A generation, a mark or an address that is none is NO_PASSCODE, not an error."""
    good = {"id": 1, "op": "make_passcode", **passcode._MAKE, **book.TWO_DAYS}
    assert Simulator().answer(good)["digits"] == "175968651252"
    for changed in ({"generation": 65_536}, {"mark": 2**32}, {"building": "01"}, {"room": None}, {"community": "01"}):
        assert Simulator().answer({**good, **changed}) == {"id": 1, "refused": "NO_PASSCODE"}

"""What is in sight: a flood of codes is forgotten, and nothing that still counts is."""

from __future__ import annotations

from simulator.lock.in_sight import InSight


def test_what_is_in_sight_is_held_however_much_there_is() -> None:
    """Until it was out of sight for the gap."""
    sight = InSight(2000)
    for thing in range(50):
        sight.see(thing, 9000 + thing)
    assert all(sight.holds(thing, 10_999) for thing in range(50))
    assert [thing for thing in range(50) if sight.holds(thing, 11_030)] == list(range(31, 50))


def test_a_flood_of_codes_fills_no_memory() -> None:
    """What left sight goes when there are more than eight."""
    sight, most = InSight(2000), 0
    for thing in range(100):
        sight.see(thing, 2000 * thing)
        most = max(most, len(sight._seen_ms))
    assert most == 9

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from lockcore import Ed25519Verifier, civil, key_set, placement, service, service_command
from lockcore.key_set import KeySet
from lockcore.placement import Placement
from lockcore.service_command import Recommission, UpdateKeys, pack
from tests import service_examples
from tests.test_service_keys import FULL

DOCUMENT = (Path(__file__).parents[1] / "lockcore" / "SERVICE.md").read_text()
NO_KEYS = KeySet(service=service_examples.PUBLIC)
SMALLEST_DOOR = Placement(community=1, building="1", floor="1", room="1", lock_id="1")


def test_the_worked_examples_are_current() -> None:
    """Section 8 is what the code computes today."""
    assert DOCUMENT.endswith("\n" + "\n".join(service_examples.lines()) + "\n")


@pytest.mark.parametrize("number", range(len(service_examples.EXAMPLES)))
def test_the_worked_examples_open(number: int) -> None:
    """Each example's data, as they stand in the document, are the command at the lock that is named."""
    wrapped = re.findall(r"^data       ((?:[0-9a-f]+\s+)+)```", DOCUMENT, re.MULTILINE)[number]
    data = bytes.fromhex("".join(wrapped.split()))
    verifier = Ed25519Verifier(service_examples.PUBLIC)
    opened = service.open_command(data, service_examples.LOCK_ID, service_examples.NONCE, verifier)
    assert opened == service_examples.EXAMPLES[number][1]


def test_every_command_is_an_example() -> None:
    """No opcode is left without one, and every refusal of the list is one."""
    assert len({type(command) for _, command in service_examples.EXAMPLES}) == 5
    section = DOCUMENT.split("### 8.6 ")[1]
    assert section.count("| BAD_SEAL |") + section.count("| MALFORMED |") == len(list(service_examples.refusals()))


def test_the_table_of_commands() -> None:
    """Opcodes, names and lengths stand in section 2 as the code has them."""
    for _, command in service_examples.EXAMPLES:
        assert f"| {pack(command)[0]:02x} | {type(command).__name__} |" in DOCUMENT
    assert f"minute, 4 bytes: 0 to {civil.LAST_MIN:,} " in DOCUMENT
    least, most = len(pack(UpdateKeys(keys=NO_KEYS))), len(pack(UpdateKeys(keys=FULL)))
    assert f"| key set (section 3) | {least} to {most} |" in DOCUMENT
    moved = len(pack(Recommission(placement=SMALLEST_DOOR, keys=NO_KEYS)))
    assert f"placement (section 4), key set | {moved} to {service_command.BYTES_MAX} |" in DOCUMENT


def test_the_constants() -> None:
    """Label, limits and counts are those of the code."""
    assert service.LABEL.hex(" ") in DOCUMENT
    assert f"at most {service.DATA_BYTES_MAX} bytes, and {service.SEAL_BYTES} at least" in DOCUMENT
    longest, shortest = key_set.BYTES_MAX, len(NO_KEYS.to_bytes())
    assert f"The longest key set has {longest} bytes, the shortest {shortest}" in DOCUMENT
    assert f"{len(SMALLEST_DOOR.to_bytes())} to {placement.BYTES_MAX} bytes." in DOCUMENT
    assert len(replace(FULL, passcode=None).to_bytes()) == longest - 16

"""The lock core in C: it builds without a warning, and says what the vectors say. The whole pack: `benchmarks.bars`."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from benchmarks.firmware import FIRMWARE, FirmwareError, command
from lockcore.service_command import Recommission
from tests.conform_devices import LATER_S
from tests.vector_families import family_of
from vectors.conform.command import Command
from vectors.conform.pack_file import pack_of
from vectors.conform.run import run
from vectors.conform.session import Session
from vectors.conform.simulator import Simulator
from vectors.families.flash_images import configuration, load
from vectors.families.flash_life import KEYS, SETTINGS, at, block, filled
from vectors.families.lock_requests import LOG, STATE, boot, serve, show, wait
from vectors.families.site import DOOR, NOON, card

LAST = 0xFFFF_FFFF


@pytest.fixture(scope="module")
def device() -> Iterator[Command]:
    """The core as a program; where there is no compiler or no library for it, only CI may not do without."""
    try:
        started = Command(command("host"))
    except FirmwareError as error:
        if os.environ.get("CI"):
            raise
        pytest.skip(str(error))
    yield started
    started.close()


def test_the_core_in_c_passes_what_it_declares(device: Command) -> None:
    """Passcodes, and a life of cards through all stages; what it has not declared is skipped by name."""
    results = run(pack_of([family_of("passcode"), family_of("card")]), device)
    assert [failure.id for failure in results.failures] == []
    assert results.counts["pass"] > 250
    assert results.missing.keys() == {"draw", "encode", "make-passcode"}


def answers_of_both(device: Command, *requests: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What the core answers to these, which must be what the simulator does; what an error says is each one's own."""
    session, simulator = Session(device, LATER_S, LATER_S), Simulator()
    answers = []
    for request in requests:
        asked = {**SETTINGS["nor"].given, **request}
        core, reference = session.ask(asked), simulator.answer(asked)
        for answer in (core, reference):
            del answer["id"]
            answer |= {"error": ""} if "error" in answer else {}
        assert core == reference, request
        answers.append(reference)
    return answers


def test_a_store_that_takes_nothing_more_is_power_lost(device: Command) -> None:
    """No number is left for a block: nothing opens, nothing is asked before the next boot, and that is no better."""
    full = at("nor", {4: filled(block("nor", 100, sequence=LAST), 0)})
    lost, opens = {"did": ["POWER_LOST"]}, show(card(104, times=1))
    answers = answers_of_both(device, full, boot(), STATE, opens, wait(), STATE, LOG, boot(), opens, boot(NOON + 60))
    _, booted, before, shown, waited, after, _, again, *rest = answers
    assert booted == again == {"did": []}
    assert shown == rest[0] == rest[1] == lost
    assert waited == {"error": ""}
    assert before == after


@pytest.mark.parametrize("image", ["", "0:00", "0:00;5fff:ff", "00000000:ab01", "5:00;4:00", "a:0a;b:0b"])
def test_an_image_is_loaded_by_both(device: Command, image: str) -> None:
    """Nothing at all, and as far as the flash goes."""
    assert answers_of_both(device, {"op": "load", "image": image}) == [{"did": []}]


@pytest.mark.parametrize(
    "image",
    [
        "0", "0:", ":00", "0:0", "0:000", "0:AB", "0:aB", "A:00", "0:00;", ";0:00", ";", "0:00;;1:00", "0:;1:00",
        "0:00,1:00", "0:00 ", " 0:00", "0x0:00", "-1:00", "000000000:00", "0:00;1", "6000:00", "5fff:0000",
        "ffffffff:0000", "0:0g", None, 0,
    ],
)  # fmt: skip
def test_an_image_that_is_none_is_refused_by_both(device: Command, image: object) -> None:
    """As PROTOCOL.md writes them, and in no other way."""
    assert answers_of_both(device, {"op": "load", "image": image}) == [{"error": ""}]


def test_after_the_last_epoch_no_lock_is_recommissioned(device: Command) -> None:
    """It would wrap, and rows of the first epoch would count again; the old lock stays, and opens."""
    anew = Recommission(placement=DOOR, keys=KEYS)
    for epoch, told in ((LAST - 1, "ANSWER DONE"), (LAST, "POWER_LOST")):
        image = {0: configuration("nor", keys=KEYS, epoch=epoch).to_bytes(), 4: block("nor", 100, epoch=0).to_bytes()}
        *_, said, state, booted, shown = answers_of_both(
            device, load(image), boot(), *serve(anew), STATE, boot(), show(card(104, times=1))
        )
        assert said["did"][0] == told
        assert (state["epoch"], state["entries"]) == (LAST, [])
        assert booted == {"did": []}
        assert shown == {"did": ["OPEN 5000"]}


def test_there_is_no_cryptography_in_the_core() -> None:
    """The core has the modes; block ciphers, hashes and curves are the libraries'."""
    paths = [path.relative_to(FIRMWARE).as_posix() for path in FIRMWARE.rglob("*.c")]
    own = [path for path in paths if not path.startswith("build/")]
    assert "src/seal_ed25519.c" in own
    assert not any(word in path for path in own for word in ("third_party", "aes", "sodium/", "sha", "25519_ref"))

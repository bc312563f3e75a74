"""The reference as a device: no request, however wrong, is more than an error to it."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from base64 import b64encode
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lockcore import encode
from vectors.conform.serve import serve
from vectors.conform.simulator import Simulator
from vectors.families.lock_life import QRA, QRP
from vectors.families.site import ISSUER, NOON, card, keys_of
from vectors.pack.request import REQUESTS

Request = dict[str, Any]
NEW: Request = {"op": "new", **QRP.given}
ZERO = "00" * 32
GOOD: list[Request] = [
    NEW, {"op": "new", **QRA.given}, {"op": "boot", "minute": NOON}, {"op": "clock", "minute": NOON + 1},
    {"op": "show", "text": encode(card(), ISSUER)}, {"op": "press", "keys": "123456789012*"},
    {"op": "wait", "ms": 60_000}, {"op": "port", "nonce": "00" * 16}, {"op": "command", "data": "00" * 80},
    {"op": "idle"}, {"op": "shut_down"}, {"op": "cut", "steps": "1b,2t5a,3a"}, {"op": "state"}, {"op": "log"},
    {"op": "hello", "protocol": 1},
    {"op": "load", "profile": "QRA", "geometry": "nor", "blocks": 6, "image": "0:00ff;5fff:00"},
    {"op": "decode", "keys": keys_of().to_bytes().hex(), "text": encode(card(), ISSUER)},
    {
        "op": "encode", "seal": "ed25519", "key_id": 1, "secret": ZERO, "community": "100001", "card": "room",
        "building": "1", "floor": "4", "room": "402", "start": NOON, "end": NOON + 60, "cut_off": None, "times": 1,
        "open_type": "single", "lost": "none", "serial": 5, "revision": 0,
    },
    {"op": "verify", "seal": "ed25519", "public": ZERO, "body": "00", "signature": ZERO * 2},
    {"op": "verify", "seal": "cmac", "key": "00" * 16, "body": "00", "tag": "00" * 8},
    {"op": "passcode", "room_key": "00" * 16, "mark": 0, "digits": "123456789012"},
    {
        "op": "make_passcode", "master": ZERO, "generation": 0, "community": "100001", "building": "1", "floor": "4",
        "room": "402", "mark": 0, "kind": "period", "start_h": 100, "length_h": 5, "sequence": 1,
    },
    {"op": "draw", "text": "123", "version": 5, "mask": 0},
    {"op": "read", "width": 8, "height": 4, "grey": b64encode(bytes(32)).decode()},
]  # fmt: skip
NUMBERS = st.integers() | st.sampled_from((-1, 5, 10**9, 1 << 32, 1 << 63, 1 << 64, 10**400))
TEXTS = st.text(max_size=8) | st.sampled_from(("", "0", "00", "é", "\ud800", "\0\n", "zz", "9" * 5000, "-1:00", "0b"))
SCALARS = st.none() | st.booleans() | NUMBERS | st.floats() | TEXTS
VALUES = st.recursive(SCALARS, lambda each: st.lists(each, max_size=3) | st.dictionaries(TEXTS, each, max_size=3))
MEMBERS = sorted({name for names in REQUESTS.values() for name in names})


def of_any() -> st.SearchStrategy[Request]:
    """Any request with any members."""
    ops = st.sampled_from((*REQUESTS, "hello")) | VALUES
    members = st.dictionaries(st.sampled_from(MEMBERS) | TEXTS, VALUES, max_size=6)
    return st.builds(lambda op, rest: {**rest, "op": op}, ops, members) | members


@st.composite
def mutated(draw: st.DrawFn) -> Request:
    """A good request, as it is or with a member changed or gone."""
    request = dict(draw(st.sampled_from(GOOD)))
    name = draw(st.none() | st.sampled_from([*request]))
    if name is not None:
        value = draw(VALUES | st.just(...))
        request |= {name: value}
        if value is ...:
            del request[name]
    return request


def error_of(*requests: Request) -> str:
    """What a new simulator says to the last of these requests; all before are carried out."""
    device = Simulator()
    *before, last = (device.answer({"id": 1, **request}) for request in requests)
    assert all("error" not in answer for answer in before)
    error: str = last["error"]
    return error


@settings(max_examples=150, deadline=None)
@given(st.lists(mutated() | of_any(), min_size=1, max_size=8), VALUES, st.booleans())
def test_whatever_is_asked_is_answered(requests: list[Request], id: Any, is_on: bool) -> None:
    """With the same id, by a lock with power or without."""
    device = Simulator()
    for request in (NEW, {"op": "boot", "minute": NOON}) if is_on else ():
        assert "error" not in device.answer(request)
    for request in requests:
        answer = device.answer({**request, "id": id})
        assert answer["id"] is id
        error = answer.get("error", "-")
        assert error.isascii()
        assert error.isprintable()
        assert 0 < len(error) <= 200


def test_every_good_request_is_carried_out() -> None:
    """So that those which are changed have something that can break."""
    for request in GOOD:
        device = Simulator()
        for before in (NEW, {"op": "boot", "minute": NOON}):
            device.answer(before)
        assert "error" not in device.answer(request), request


@pytest.mark.parametrize("request_", [{"op": "wait", "ms": 1}, GOOD[4], {"op": "press", "keys": "1"}, {"op": "idle"}])
@pytest.mark.parametrize("before", [[], [NEW], [GOOD[15]], [NEW, GOOD[2], {"op": "shut_down"}]])
def test_a_lock_without_power_says_so(before: list[Request], request_: Request) -> None:
    """Before the first boot and after a shut-down alike."""
    assert error_of(*before, request_) == "no power: boot comes first"


@pytest.mark.parametrize(
    ("request_", "error"),
    [
        (NEW | {"blocks": 10**9}, "blocks: a whole number from 6 to 16"),
        (NEW | {"blocks": True}, "blocks: a whole number from 6 to 16"), (NEW | {"profile": "QRX"}, "QRX"),
        (GOOD[15] | {"image": 5}, "image: a text"), (GOOD[15] | {"image": "-1:00"}, "image: offset:bytes"),
        (GOOD[17] | {"community": 5}, "community: a text"), ({"op": "state"}, "new or load comes first"),
        ({"op": "decode", "text": ""}, "\"keys\": is missing"), ({"op": []}, "op: a text"), ({}, "op: a text"),
        ({"op": "fly"}, "no such request"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_request_is_told(request_: Request, error: str) -> None:
    """By the member's name."""
    assert error in error_of(request_).replace("\\", "")


def test_a_request_that_failed_has_changed_nothing() -> None:
    """A lock that is asked to be new, to boot, or to wait beyond its time, and cannot, is what it was."""
    device = Simulator()
    for request in (NEW, {"op": "boot", "minute": NOON}):
        device.answer(request)
    state = device.answer({"op": "state"})
    wrong = (NEW | {"placement": "00"}, NEW | {"profile": "QRX"}, {"op": "boot", "minute": -1}, {"op": "boot"})
    for request in (*wrong, {"op": "wait", "ms": -1}):
        assert "error" in device.answer(request)
    assert device.answer({"op": "state"}) == state
    assert device.answer({"op": "wait", "ms": (1 << 32) - 1}) == {"id": None, "did": []}
    assert "at most" in device.answer({"op": "wait", "ms": 1})["error"]
    assert device.answer({"op": "press", "keys": "1"}) == {"id": None, "did": []}


BABBLE = [
    b"", b"{", b"null", b"\xff\xfe", b"[" * 100_000, b'{"id": 1, "op": ' + b"[" * 900 + b"]" * 900 + b"}",
    b'{"id": NaN, "op": "hello"}', b'{"id": 1, "op": NaN}', b'{"id": ' + b"[" * 900 + b"]" * 900 + b', "op": "log"}',
    b'{"id": 1, "op": "wait", "ms": 1e400}', b'{"id": ' + b"1" * 5000 + b"}",
    b'{"id": 1, "op": "show", "text": "\\ud800"}',
    b'{"id": 1, "op": "wait", "ms": 1}', b'{"id": 1, "op": "read", "width": 1, "height": 1, "grey": "AA=="}',
]  # fmt: skip


@settings(deadline=None)
@given(st.lists(st.binary(max_size=40) | VALUES.map(lambda value: json.dumps(value).encode()), max_size=5))
def test_each_line_has_a_line(lines: list[bytes]) -> None:
    """Whatever stands in it; and it is JSON to the letter."""
    said: list[bytes] = []
    serve((line.replace(b"\n", b"") + b"\n" for line in lines), said.append)
    assert len(said) == sum(bool(line.replace(b"\n", b"").strip()) for line in lines)
    for line in said:
        assert {"id", "error"} <= json.loads(line, parse_constant=pytest.fail).keys()


def test_a_served_simulator_outlives_what_it_is_asked() -> None:
    """A process: after all of it, it says hello."""
    lines = b"\n".join([*BABBLE, b'{"id": 9, "op": "hello", "protocol": 1}', b""])
    words = [sys.executable, "-m", "vectors.conform.serve"]
    ran = subprocess.run(words, input=lines, capture_output=True, check=True, timeout=60)
    said = [json.loads(line) for line in io.BytesIO(ran.stdout)]
    assert len(said) == len(BABBLE)  # an empty line has no answer
    assert (said[-1]["id"], said[-1]["protocol"]) == (9, 1)

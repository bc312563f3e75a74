"""Both of the vendor's signatures: values made by hand, who is refused, and how far a clock may be off."""

from __future__ import annotations

import base64
import calendar
import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.platform.codes import ParameterError, PlatformError
from simulator.platform.protocol import record_signature, signature
from simulator.platform.protocol.record_signature import read_form
from simulator.platform.protocol.signature import Claim, claim_of

SID = "0123456789abcdef0123456789ABCDEF"
TOKEN = "abcdefghijklmnopqrstuvwxyz0123"
BATCH = "20261123040000"
AT_S = calendar.timegm((2026, 11, 23, 4, 0, 0))
HOUR_S = 3600


def encoded(text: str) -> str:
    """Base64 of a text."""
    return base64.b64encode(text.encode()).decode()


def test_the_signature_is_md5_of_sid_token_and_batch_in_upper_case() -> None:
    """The value is that of `printf %s SID TOKEN BATCH | md5sum`."""
    assert signature.signature(Claim(SID, BATCH), TOKEN) == "B641B7F719573E6B99442B3053E97534"


@pytest.mark.parametrize("header", [f"{SID}:{BATCH}", f"{SID}{BATCH}"])
@pytest.mark.parametrize("word", ["", "Basic ", "basic  ", " "])
def test_the_header_is_read_bare_with_a_scheme_and_without_its_colon(header: str, word: str) -> None:
    """Sid and batch have fixed lengths, so each of these can be read in one way."""
    assert claim_of(word + encoded(header)) == Claim(SID, BATCH)
    assert claim_of(word + encoded(header).rstrip("=")) == Claim(SID, BATCH)


@pytest.mark.parametrize(
    "header",
    ["", "Basic ", "Bearer abc", "*", "=", encoded(""), encoded(f"{SID[:-1]}:{BATCH}"), encoded(f"{SID}:{BATCH}0"),
     encoded(f"{SID}::{BATCH}"), encoded(f"{SID}:2026112304000x"), encoded(SID + ":" + "１" * 14), "é", "\ud800"],
)  # fmt: skip
def test_a_header_that_is_none_makes_no_claim(header: str) -> None:
    """Nothing is raised, whatever a header holds."""
    assert claim_of(header) is None


@given(st.text())
def test_no_header_is_too_strange(header: str) -> None:
    """Any text is a claim or none."""
    assert claim_of(header) is None or header


def test_a_signature_holds_in_either_case_and_under_its_own_token_alone() -> None:
    """The vendor writes it in upper case; a client that does not is no other client."""
    claim = Claim(SID, BATCH)
    sig = signature.signature(claim, TOKEN)
    assert signature.matches(claim, TOKEN, sig) and signature.matches(claim, TOKEN, sig.lower())
    assert not signature.matches(claim, TOKEN[:-1] + "4", sig)
    assert not signature.matches(Claim(SID, "20261123040001"), TOKEN, sig)
    assert not signature.matches(claim, TOKEN, "") and not signature.matches(claim, TOKEN, "é" * 32)


@pytest.mark.parametrize(
    ("hours_off", "fresh"),
    [(0, True), (-24, True), (24, True), (32, True), (-25, False), (33, False), (8, True), (-12, True), (-6, True)],
)
def test_a_batch_may_be_a_day_off_as_utc_or_as_chinas_time(hours_off: int, fresh: bool) -> None:
    """A stamp in China's time reads 8 hours ahead; a day before and after that is accepted too."""
    assert signature.is_fresh(BATCH, AT_S - hours_off * HOUR_S) is fresh


def test_the_edge_of_a_day_is_a_second_wide() -> None:
    """24 hours are fresh and a second more is not, on either side."""
    assert signature.is_fresh(BATCH, AT_S + 24 * HOUR_S) and not signature.is_fresh(BATCH, AT_S + 24 * HOUR_S + 1)
    assert signature.is_fresh(BATCH, AT_S - 32 * HOUR_S) and not signature.is_fresh(BATCH, AT_S - 32 * HOUR_S - 1)


@pytest.mark.parametrize("batch", ["20261323040000", "20260230000000", "00000000000000", "20261123250000"])
def test_a_batch_that_is_no_time_is_stale(batch: str) -> None:
    """There is no month 13."""
    assert not signature.is_fresh(batch, AT_S)


FORM = b"roomNo=401G&communityNo=1&startDate=2020-05-22&remark=a+b%2Fc&timestamp=1606104000"
READ = "authToken=T&communityNo=1&remark=a b/c&roomNo=401G&startDate=2020-05-22&timestamp=1606104000"
SENT = READ.replace("a b/c", "a+b%2Fc")


@pytest.mark.parametrize("signed", [READ, SENT])
def test_records_are_signed_over_values_as_they_read_or_as_they_were_sent(signed: str) -> None:
    """One client URL-encodes before it hashes, one does not."""
    form = read_form(FORM)
    sig = hashlib.sha1(signed.encode()).hexdigest()
    assert record_signature.matches(form, "T", sig) and record_signature.matches(form, "T", sig.upper())
    assert not record_signature.matches(form, "U", sig)
    assert not record_signature.matches(read_form(FORM.replace(b"401G", b"402")), "T", sig)


def test_an_unescaped_value_is_signed_as_it_was_url_encoded() -> None:
    """A client that sends raw text may have hashed it encoded."""
    form = read_form(b"remark=a/b&timestamp=1")
    assert record_signature.matches(form, "T", hashlib.sha1(b"authToken=T&remark=a%2Fb&timestamp=1").hexdigest())


def test_a_token_that_was_posted_is_dropped_and_a_posted_sig_is_read() -> None:
    """Neither is among what the call is asked with, and the token counts once."""
    form = read_form(FORM + b"&authToken=T&sig=abc")
    assert form.sig == "abc" and not {"sig", "authToken"} & form.given.keys()
    assert record_signature.matches(form, "T", hashlib.sha1(READ.encode()).hexdigest())
    assert "T" not in form.given.values()


def test_empty_optional_fields_are_signed_as_they_are() -> None:
    """They are absent for the call, and there for the signature."""
    form = read_form(b"buildNo=&roomNo=1")
    assert dict(form.given) == {"roomNo": "1"}
    assert record_signature.matches(form, "T", hashlib.sha1(b"authToken=T&buildNo=&roomNo=1").hexdigest())


def test_a_form_that_is_none_is_told_and_a_field_comes_once() -> None:
    """A percent sign that escapes nothing, bytes that are no text, and a name twice."""
    for body in (b"a=%zz", b"a=%", b"a=%ff", b"\xff=1", b"a=\0"):
        with pytest.raises(PlatformError):
            read_form(body)
    with pytest.raises(ParameterError, match=r"^roomNo is there twice$"):
        read_form(b"roomNo=1&roomNo=2")


@given(st.binary(max_size=200))
def test_no_form_is_too_strange(body: bytes) -> None:
    """Any bytes are a form or an error of the protocol's."""
    try:
        form = read_form(body)
    except PlatformError:
        return
    assert not record_signature.matches(form, "T", "")


@pytest.mark.parametrize(("timestamp", "fresh"), [("1606104000", True), ("1606190400", True),
    ("1606190401", False),
    ("1606017600", True), ("1606017599", False), ("", False), ("x", False), ("1" * 400, False), ("-5", False),
    ("１", False)])  # fmt: skip
def test_a_timestamp_may_be_a_day_off(timestamp: str, fresh: bool) -> None:
    """UNIX seconds, a day either way."""
    assert record_signature.is_fresh(timestamp, 1606104000) is fresh

"""What bodies are read as, in JSON and XML alike, and what no body does: hang, take memory, raise what is no error."""

from __future__ import annotations

import json
from urllib.parse import urlencode
from xml.sax.saxutils import escape

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from simulator.platform.calls.asked import Call
from simulator.platform.calls.table import QRCODE_CALLS, RECORD_CALLS
from simulator.platform.codes import Code, ParameterError, PlatformError
from simulator.platform.protocol.body import read_parameters
from simulator.platform.protocol.form import Form, form_of
from simulator.platform.protocol.parameters import ANYTHING, RuleError
from simulator.platform.protocol.record_signature import read_form

NAMES = st.from_regex(r"[A-Za-z][A-Za-z0-9_]{0,10}", fullmatch=True)
VALUES = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S"]), min_size=1, max_size=30).filter(
    lambda text: text.strip(" \t\r\n") == text != "null" and text.isprintable()
)
GIVEN = st.dictionaries(NAMES, VALUES, max_size=12)


def as_xml(given: dict[str, str], root: str = "Request") -> bytes:
    """The parameters as a client in Java writes them."""
    return f"<{root}>{''.join(f'<{k}>{escape(v)}</{k}>' for k, v in given.items())}</{root}>".encode()


def read(body: bytes, form: Form = Form.JSON) -> dict[str, str] | tuple[Code, str]:
    """The parameters, or code and info of the error."""
    try:
        return read_parameters(body, form)
    except PlatformError as error:
        assert not set(",:") & set(error.info)
        return error.code, error.info


@given(GIVEN)
def test_what_is_written_is_read_in_both_forms(given_: dict[str, str]) -> None:
    """Texts come through as they are."""
    assert read(json.dumps(given_).encode()) == read(json.dumps(given_, ensure_ascii=False).encode()) == given_
    assert read(as_xml(given_), Form.XML) == read(as_xml(given_, "request"), Form.XML) == given_


def test_texts_and_whole_numbers_mix_and_four_things_are_absent() -> None:
    """`times: 1` is `"times": "1"`; empty, blank, null and the text null are not there."""
    body = b'{"a": 1, "b": "1", "c": "", "d": null, "e": "null", "f": " ", "g": " x\\n", "h": 0}'
    assert read(body) == {"a": "1", "b": "1", "g": "x", "h": "0"}
    xml = b"<Request>\n <a>1</a><c></c><d/><e>null</e><f> </f>\n <g> x\n</g></Request>"
    assert read(xml, Form.XML) == {"a": "1", "g": "x"}


@pytest.mark.parametrize(
    ("value", "rule"),
    [("true", "true or false"), ("false", "true or false"), ("1e3", "whole number"), ("-1E3", "whole number"),
     ("NaN", "whole number"), ("-Infinity", "whole number"), ("[]", "nested"), ('{"x":1}', "nested"),
     ('"\\u0000"', "characters"), ('"\\ud800"', "characters"), ('"a\\tb"', "characters"),
     ('"%s"' % ("x" * 5000), "long"),
     ("1" * 5000, "long")],
)  # fmt: skip
def test_a_value_that_no_parameter_can_have_is_told_by_its_name(value: str, rule: str) -> None:
    """The name comes first, and nothing of the value is repeated."""
    code, info = read(f'{{"ok": 1, "times": {value}}}'.encode())
    assert code == Code.BAD_PARAMETER and info.startswith("times ") and rule in info
    assert len(info) < 80


FRACTIONS = ("1.0", "1606100000.123", "-0.5", "1.5e3")


def test_a_fraction_is_the_text_that_it_is_written_as() -> None:
    """In JSON as in XML: one client's `time` is seconds with a point."""
    for text in FRACTIONS:
        assert read(f'{{"time": {text}}}'.encode()) == read(as_xml({"time": text}), Form.XML) == {"time": text}


@pytest.mark.parametrize("call", [*QRCODE_CALLS.values(), *RECORD_CALLS.values()], ids=lambda call: call.name)
@pytest.mark.parametrize("text", FRACTIONS)
def test_no_parameter_that_is_looked_at_takes_a_fraction(call: Call, text: str) -> None:
    """401.5 is no room, and 1.5 no number of openings."""
    for parameter in call.parameters:
        if parameter.kind is not ANYTHING:
            with pytest.raises(RuleError):
                parameter.kind.read(text)


def test_a_parameter_comes_once() -> None:
    """Which of two counts would be anyone's guess."""
    assert read(b'{"roomNo": 1, "roomNo": 1}') == (Code.BAD_PARAMETER, "roomNo is there twice")
    xml = b"<Request><roomNo>1</roomNo><roomNo/></Request>"
    assert read(xml, Form.XML) == (Code.BAD_PARAMETER, "roomNo is there twice")


def test_a_nested_element_is_told_by_its_name_and_a_strange_name_is_not_repeated() -> None:
    """Names come from whoever sends them."""
    assert read(b"<Request><a><b/></a></Request>", Form.XML) == (Code.BAD_PARAMETER, "a is nested")
    answer = read(b'{"a:b,c": []}')
    assert isinstance(answer, tuple) and answer[1].startswith("a parameter is")


@pytest.mark.parametrize("name", ["x\x01", "\ttimes", "a\x7f", "a\u2028"])
def test_a_control_character_is_an_error_in_a_name_too(name: str) -> None:
    """In JSON and in forms, and of a name that no call has; XML cannot write most of them."""
    told = (Code.BAD_PARAMETER, "a parameter has a name that holds characters that no parameter can")
    assert read(json.dumps({name: 1}).encode()) == told
    with pytest.raises(ParameterError, match=told[1]):
        read_form(urlencode({name: 1}).encode())


BOMB = b'<!DOCTYPE a [<!ENTITY x "ha"><!ENTITY y "&x;&x;">]><Request><mobile>&y;</mobile></Request>'
EXTERNAL = b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><Request><mobile>&x;</mobile></Request>'


@pytest.mark.parametrize(
    "body",
    [b"", b" ", b"<", b"<Request>", b"<Response/>", b"<a><Request/></a>", b"<Request/><Request/>", b"x<Request/>",
     b"<Request>text</Request>", b"<Request><a>1</a>text</Request>", BOMB, EXTERNAL, b"<!DOCTYPE Request><Request/>",
     b"<Request><a>&unknown;</a></Request>", b"<Request><a>&#0;</a></Request>", b'<x:Request xmlns:x="y"/>',
     b"\xff<Request/>", "<Request/>".encode("utf-16"), b"<Request>\0</Request>", b"{}", b"<a>" * 20_000],
)  # fmt: skip
def test_what_is_no_xml_request_is_a_bad_body(body: bytes) -> None:
    """Nothing expands, nothing is fetched, nothing is deep."""
    answer = read(body, Form.XML)
    assert isinstance(answer, tuple) and answer[0] == Code.BAD_BODY


@pytest.mark.parametrize(
    "body",
    [b"", b" ", b"[]", b"1", b'"x"', b"null", b"{", b'{"a":1,}', b"{'a':1}", b'{"a":1}{}', b"\xff{}", b'{"a":"\xc3"}',
     '{"a":1}'.encode("utf-16"), b'{"a":"\0"}', b"[" * 60_000, b'{"a":' * 10_000, b"<Request/>", b'{"a":"\n"}',
     json.dumps({f"p{n}": n for n in range(65)}).encode()],
)  # fmt: skip
def test_what_is_no_json_request_is_a_bad_body(body: bytes) -> None:
    """Deep nesting is refused before anything goes down into it."""
    answer = read(body)
    assert isinstance(answer, tuple) and answer[0] == Code.BAD_BODY


def test_depth_is_counted_outside_of_strings() -> None:
    """Brackets in a text nest nothing."""
    assert read(json.dumps({"a": "[" * 100}).encode()) == {"a": "[" * 100}
    assert read(json.dumps({"a": '"[' * 100}).encode()) == {"a": '"[' * 100}


@pytest.mark.parametrize("form", list(Form))
def test_a_byte_order_mark_is_no_content(form: Form) -> None:
    """Windows editors and C# write one."""
    body = b'{"a": 1}' if form is Form.JSON else b'<?xml version="1.0" encoding="utf-8"?><Request><a>1</a></Request>'
    assert read(b"\xef\xbb\xbf" + body, form) == {"a": "1"}


@given(st.binary(max_size=300), st.sampled_from(Form))
@example(b"\xef\xbb\xbf", Form.XML)
def test_no_bytes_raise_anything_but_the_protocols_errors(body: bytes, form: Form) -> None:
    """Parameters, or a code with its info."""
    read(body, form)


JSON_LIKE = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=12,
)


@given(JSON_LIKE)
def test_any_json_is_flat_parameters_or_an_error(document: object) -> None:
    """What is read is texts that can be shown, and never true for a boolean."""
    answer = read(json.dumps(document).encode())
    if isinstance(answer, dict):
        assert all(type(value) is str and value.isprintable() and value for value in answer.values())
        assert isinstance(document, dict) and not any(isinstance(value, bool) for value in document.values())


@given(st.lists(st.sampled_from(["<Request>", "</Request>", "<a>", "</a>", "<b/>", "1", "&lt;", "<![CDATA[x]]>",
                                 "<!--x-->", "<?x?>", "&x;", "<!DOCTYPE x>", "<a b='1'>"]), max_size=12))  # fmt: skip
def test_any_xml_is_flat_parameters_or_an_error(parts: list[str]) -> None:
    """Elements in any order."""
    read("".join(parts).encode(), Form.XML)


@pytest.mark.parametrize(
    ("accept", "form"),
    [("application/json", Form.JSON), ("application/xml", Form.XML), ("text/xml;charset=utf-8", Form.XML),
     ("", Form.JSON),
     ("*/*", Form.JSON), ("APPLICATION/XML", Form.XML), ("application/json, text/xml", Form.JSON),
     ("application/xml, application/json", Form.XML), ("text/html, image/gif, *; q=.2", Form.JSON)],
)  # fmt: skip
def test_accept_chooses_the_form(accept: str, form: Form) -> None:
    """Whichever it names first; JSON where it names neither."""
    assert form_of(accept) is form


def test_an_error_of_a_parameter_names_it() -> None:
    """The error itself carries the name."""
    with pytest.raises(ParameterError) as caught:
        read_parameters(b'{"times": true}', Form.JSON)
    assert caught.value.name == "times"

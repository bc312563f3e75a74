"""What is replied, as bytes: flat JSON, or XML under a root `Response`. `info` of a success is exactly `success`."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import TypeAlias
from xml.sax.saxutils import escape

from simulator.platform.codes import Code, PlatformError
from simulator.platform.protocol.form import Form

Reply: TypeAlias = Mapping[str, object]
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def success(**members: object) -> Reply:
    """A reply that all went well."""
    return {"status": int(Code.SUCCESS), "info": "success", **members}


def failure(error: PlatformError, form: Form) -> Reply:
    """The reply of an error; the vendor has another number for refusals in XML."""
    refused_in_xml = error.code is Code.REFUSED and form is Form.XML
    return {"status": int(Code.REFUSED_XML if refused_in_xml else error.code), "info": error.info}


def write(reply: Reply, form: Form) -> bytes:
    """The reply's bytes, ASCII in JSON and UTF-8 in XML; members stand in their order."""
    if form is Form.JSON:
        return json.dumps(reply, separators=(",", ":")).encode()
    parts = ['<?xml version="1.0" encoding="UTF-8"?>']
    _element(parts, "Response", reply)
    return "".join(parts).encode()


def _element(parts: list[str], name: str, value: object) -> None:
    """A mapping's members are children by name, a list's are children `item`, None is an empty element."""
    parts.append(f"<{name}>")
    if isinstance(value, Mapping):
        for member, content in value.items():
            _element(parts, member, content)
    elif isinstance(value, list | tuple):
        for content in value:
            _element(parts, "item", content)
    elif value is not None:
        parts.append(escape(_NOT_XML.sub("", str(value))))
    parts.append(f"</{name}>")

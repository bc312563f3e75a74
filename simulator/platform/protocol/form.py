"""The two forms of request and reply. `Accept` chooses for both, whatever `Content-Type` says."""

from __future__ import annotations

from enum import Enum


class Form(Enum):
    """The value is the media type of replies."""

    JSON = "application/json"
    XML = "application/xml"


def form_of(accept: str) -> Form:
    """The form that an `Accept` header asks for: the one of the two that it names first, JSON where it names none."""
    named = accept.lower()
    xml, json = named.find("xml"), named.find("json")
    return Form.XML if xml >= 0 and (json < 0 or xml < json) else Form.JSON

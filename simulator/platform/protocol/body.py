"""A request's body becomes flat parameters, name to text."""

from __future__ import annotations

from simulator.platform.protocol import json_body, xml_body
from simulator.platform.protocol.form import Form
from simulator.platform.protocol.members import flat, text_of


def read_parameters(body: bytes, form: Form) -> dict[str, str]:
    """The parameters of a body, without those that are absent.

    PlatformError (BAD_BODY) if it is no document of this form, ParameterError if a parameter is none that can be.
    """
    return flat((json_body if form is Form.JSON else xml_body).members(text_of(body)))

"""The OpenAPI document of the API, made of the same tables that requests are read by.

One path, `/`, holds five calls: `a` says which, and the body is any of theirs. The reply has the status 200 whatever
came of the call.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from simulator.platform.calls.asked import Call
from simulator.platform.calls.table import QRCODE_CALLS, RECORD_CALLS
from simulator.platform.codes import Code
from simulator.platform.protocol.parameters import Parameter

_SIGNED = "Authorization is base64 of accountSid, a colon and the time yyyyMMddHHmmss, without a word before it."
_TEXT = {"type": "string"}
_CARD = {"cardNo": _TEXT, "no": _TEXT}
_REPLIES: dict[str, dict[str, Any]] = {
    "getLink": {**_CARD, "cardType": {"type": "integer"}},
    "getCard": {"cardNo": _TEXT, "baseImg": _TEXT, "bleStr": _TEXT, "cipher": _TEXT},
    "cancelCard": _CARD,
    "reportLost": _CARD,
    "getRoomCardInfo": {"error": {"type": "integer"}, "data": {"type": "object"}},
    "queryByRoom": {
        "data": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"id": {"type": "integer"}, "cardtype": {"type": "integer"}, "opentime": _TEXT},
                "required": ["id", "cardtype", "opentime"],
            },
        }
    },
    "fetchRoomInfo": {"data": {"type": "object", "properties": {"builders": {"type": "array"}}}},
}
"""The members of each call's reply beside `status` and `info`, where all went well."""


def openapi() -> dict[str, Any]:
    """The document."""
    paths: dict[str, Any] = {"/": {"post": _qrcode()}}
    for call in RECORD_CALLS.values():
        paths[f"/Home/Records/{call.name}"] = {"post": _records(call)}
    return {
        "openapi": "3.1.0",
        "info": {"title": "qrlock platform", "version": "1"},
        "paths": paths,
        "components": {
            "securitySchemes": {
                "signed": {"type": "apiKey", "in": "header", "name": "Authorization", "description": _SIGNED}
            }
        },
    }


def _qrcode() -> dict[str, Any]:
    calls = QRCODE_CALLS.values()
    return {
        "operationId": "qrcode",
        "description": "Accept chooses JSON or XML, for request and reply.",
        "security": [{"signed": []}],
        "parameters": [
            _query("c", {"type": "string", "enum": ["Qrcode"]}),
            _query("a", {"type": "string", "enum": [call.name for call in calls]}),
            _query("sig", {"type": "string", "pattern": "^[0-9A-F]{32}$"}),
        ],
        "requestBody": {
            "required": True,
            "content": {
                "application/json": {"schema": {"anyOf": [_request(call) for call in calls]}},
                "application/xml": {
                    "schema": {"anyOf": [_request(call) for call in calls], "xml": {"name": "Request"}}
                },
            },
        },
        "responses": _responses(calls),
    }


def _records(call: Call) -> dict[str, Any]:
    body = _request(call, signed=("accountSid", "timestamp"))
    return {
        "operationId": call.name,
        "description": "sig is SHA-1 of all posted parameters and authToken, sorted by name and joined k=v&k=v.",
        "parameters": [_query("sig", {"type": "string", "pattern": "^[0-9a-f]{40}$"})],
        "requestBody": {"required": True, "content": {"application/x-www-form-urlencoded": {"schema": body}}},
        "responses": _responses([call]),
    }


def _query(name: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": True, "schema": schema}


def _request(call: Call, signed: Iterable[str] = ()) -> dict[str, Any]:
    required = [*signed, *(parameter.name for parameter in call.parameters if parameter.required)]
    properties: dict[str, Any] = dict.fromkeys(signed, _TEXT)
    properties |= {parameter.name: _parameter(parameter) for parameter in call.parameters}
    return {"type": "object", "title": call.name, "properties": properties, "required": required}


def _parameter(parameter: Parameter) -> dict[str, Any]:
    """Strings and whole numbers mix; what is optional may be null or empty as well."""
    if parameter.required:
        return {"type": ["string", "integer"], "pattern": f"^({parameter.kind.pattern})$", "minimum": 0}
    return {"type": ["string", "integer", "null"], "pattern": f"^({parameter.kind.pattern}|null)?$", "minimum": 0}


def _responses(calls: Iterable[Call]) -> dict[str, Any]:
    properties: dict[str, Any] = {
        "status": {"type": "integer", "enum": sorted(int(code) for code in Code)},
        "info": {"type": "string", "pattern": "^[^,:]+$"},
    }
    for call in calls:
        properties |= _REPLIES[call.name]
    schema = {"type": "object", "properties": properties, "required": ["status", "info"]}
    content = {
        "application/json": {"schema": schema},
        "application/xml": {"schema": {**schema, "xml": {"name": "Response"}}},
    }
    return {"200": {"description": "What came of it; success has the status 200 in the body.", "content": content}}

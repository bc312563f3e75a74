"""Requests that schemathesis makes of the OpenAPI document, good ones and bad ones, signed before they go out."""

from __future__ import annotations

import json
from collections.abc import Mapping
from random import Random
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.core.result import Err
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from benchmarks.platform_bodies import JSON, written
from tests.platform_site import order

if TYPE_CHECKING:
    from benchmarks.platform_target import Target

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
"""That a bad request gets a bad HTTP status is not asked: the protocol's own status is in the body."""
_RECORDS = "/Home/Records/"
_DAYS = {"startDate": "2026-11-01", "endDate": "2026-11-23"}


def ask(target: Target, seed_: int, cases: int) -> None:
    """`cases` requests for each operation, as good ones and as bad ones, and judge the replies."""
    document = schemathesis.openapi.from_dict(target.client.app.openapi())
    for found in document.get_all_operations():
        if isinstance(found, Err):
            target.seen.tell(f"the document: {found.err()}")
            continue
        for mode in GenerationMode:
            _ask(target, found.ok().as_strategy(generation_mode=mode), seed_, cases)


def _ask(target: Target, strategy: Any, seed_: int, cases: int) -> None:
    random = Random(seed_)
    card_no = _new_card(target)

    @seed(seed_)
    @settings(
        max_examples=cases,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=strategy)
    def asked(case: Any) -> None:
        nonlocal card_no
        if random.random() < 0.1:  # the last one may be cancelled by now
            card_no = _new_card(target)
        name = str(case.query.get("a", "")) if case.path == "/" else case.path.removeprefix(_RECORDS)
        response = target.ask(name, _body(case, random, card_no), case.media_type, "by schemathesis")
        try:
            case.validate_response(response, checks=CHECKS)
        except FailureGroup as failures:
            target.seen.tell(f"{name}: {'; '.join(failure.title for failure in failures.exceptions)}")

    asked()


def _new_card(target: Target) -> str:
    return str(target.ask("getLink", written(order(), JSON), JSON, "good").json()["cardNo"])


def _body(case: Any, random: Random, card_no: str) -> bytes:
    """What goes out: of every second case the members that lead somewhere are those of a good request, mostly."""
    if isinstance(case.body, dict) and random.random() < 0.5:
        flat = {name: value for name, value in case.body.items() if isinstance(value, str | int | None)}
        case.body = {**(case.body if random.random() < 0.3 else flat), **_some(random, card_no)}
    sent = case.as_transport_kwargs(base_url="http://platform.example")
    if "json" in sent:
        return json.dumps(sent["json"]).encode()
    data = sent.get("data", b"")
    if isinstance(data, Mapping):
        return urlencode(data, doseq=True, errors="surrogatepass").encode()
    return data if isinstance(data, bytes) else str(data).encode(errors="surrogatepass")


def _some(random: Random, card_no: str) -> dict[str, object]:
    good = {**order(), **_DAYS, "cardNo": card_no, "wholeRoom": 1}
    return {name: value for name, value in good.items() if random.random() < 0.98}

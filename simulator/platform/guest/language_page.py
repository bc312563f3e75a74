"""The switch of language."""

from __future__ import annotations

import re

from starlette.responses import Response

from simulator.platform.guest import cookies, words
from simulator.platform.guest.guest_error import GuestError
from simulator.platform.guest.visit import Visit

_OURS = re.compile(r"/guest(/[A-Za-z0-9]+)*").fullmatch


def switch_language(visit: Visit) -> Response:
    """Remember the language, and go back to the page that the switch was on: to one of ours, whatever was asked."""
    language = visit.request.path_params["language"]
    if language not in words.LANGUAGES:
        raise GuestError(404, "no_page")
    back = visit.request.query_params.get("back", "")
    response = visit.redirect(back if _OURS(back) else "/guest")
    cookies.set_language(response, language, visit.secure)
    return response

"""All paths of the guest's pages."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from simulator.platform.guest import pages
from simulator.platform.guest.card_pages import CardPages
from simulator.platform.guest.guest_error import GuestError
from simulator.platform.guest.language_page import switch_language
from simulator.platform.guest.link_page import LinkPage
from simulator.platform.guest.login_pages import LoginPages
from simulator.platform.guest.served import ALL_METHODS, Handler, Server
from simulator.platform.guest.visit import Visit
from simulator.platform.platform import Platform


def router(platform: Platform) -> APIRouter:
    """The pages under /guest, the files under /guest/static and /apiLogin. None of them is in the OpenAPI document."""
    made = APIRouter()
    server = Server(platform)
    login, cards, link = LoginPages(), CardPages(), LinkPage(platform)

    def add(
        path: str,
        get: Handler | None = None,
        post: Handler | None = None,
        referrer: str = pages.FORMS_REFERRER_POLICY,
        answers_head: bool = True,
    ) -> None:
        endpoint = server.endpoint(get, post, referrer, answers_head=answers_head)
        made.add_route(path, endpoint, methods=ALL_METHODS, include_in_schema=False)

    add("/guest", login.show)
    add("/guest/", login.show)
    add("/guest/code", post=login.send_code)
    add("/guest/login", post=login.log_in)
    add("/guest/logout", post=login.log_out)
    add("/guest/language/{language}", switch_language)
    add("/guest/cards", cards.show_list)
    # A code that is shown is written down, and a link that is opened is counted: HEAD shows and opens nothing.
    add("/guest/cards/{card_no}", cards.show_card, answers_head=False)
    add("/guest/cards/{card_no}/code", cards.show_code, answers_head=False)
    add("/guest/static/{name}", _static)
    add("/guest/{rest:path}", _nothing, _nothing)
    for path in ("/apiLogin", "/apiLogin/"):
        add(path, link.open, referrer=pages.SECRET_REFERRER_POLICY, answers_head=False)
    return made


def _static(visit: Visit) -> Response:
    name = visit.request.path_params["name"]
    if name not in pages.MEDIA_TYPES:
        return _nothing(visit)
    headers = {"Cache-Control": "public, max-age=31536000, immutable"}
    return Response(pages.static_file(name), media_type=pages.MEDIA_TYPES[name], headers=headers)


def _nothing(_visit: Visit) -> Response:
    raise GuestError(404, "no_page")

"""Attacks by what is written into fields: SQL, markup, templates, line breaks, addresses, paths."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from urllib.parse import quote
from xml.sax.saxutils import escape

from httpx import Response

from benchmarks.platform_attacked import AREA_CODE, NAMED_COMMUNITY, NAMES, Attack, Attacked
from simulator.platform.calls.table import QRCODE_CALLS
from simulator.platform.guest import pages
from tests.platform_site import MOBILE, order

SQL = (
    "' OR '1'='1", "1; DROP TABLE cards;--", "' UNION SELECT token FROM accounts--", "\\'; DELETE FROM cards;--",
    "%' --",
    "1) OR (1=1", "'||(SELECT token FROM accounts)||'", "\"; UPDATE accounts SET active=0;--",
)  # fmt: skip
_TO = (
    "//evil.example", "https://evil.example", "/\\evil.example", "/guest//evil.example", "/guest/../..//evil.example",
    "javascript:alert(1)", "/guest\r\nSet-Cookie: a=b", "/guest%0d%0aSet-Cookie:%20a=b", "\thttps://evil.example",
    "/guest?x=//evil.example", "/guest@evil.example", ".evil.example", "",
)  # fmt: skip
_LOCATIONS = re.compile(r"/guest(/[A-Za-z0-9]+)*").fullmatch
_BREAK = "x\r\nSet-Cookie: evil=1\r\n\r\n<script>"


def _sql_in_parameters(target: Attacked) -> str:
    """SQL in every parameter of every call, as JSON and as XML."""
    target.new_card()
    usual: dict[str, object] = {**order(), "cardNo": "0" * 16, "wholeRoom": "1", "cardString": "31"}
    before, unseen = target.rows(), {"lockType", "time"}
    for name, call in QRCODE_CALLS.items():
        for at, parameter in enumerate(call.parameters):
            for text in (SQL[at % len(SQL)], SQL[(at + 3) % len(SQL)]):
                given = {**usual, parameter.name: text}
                for body, accept in ((given, "application/json"), (_xml(given), "application/xml")):
                    content = target.api(target.caller, name, body, accept=accept).content
                    if b"5003" in content or (b"success" in content and parameter.name not in unseen):
                        return f"{name} {parameter.name}"
    return _changed(target, before)


def _xml(given: dict[str, object]) -> str:
    return f"<Request>{''.join(f'<{name}>{escape(str(value))}</{name}>' for name, value in given.items())}</Request>"


def _changed(target: Attacked, before: dict[str, int]) -> str:
    """Whether a table has other rows than it had."""
    now = target.rows()
    return " ".join(f"{name} has {now[name]} rows" for name in before if now[name] != before[name])


def _sql_in_query(target: Attacked) -> str:
    """SQL in the query, in headers, and in the forms of records."""
    before = target.rows()
    for text in SQL:
        claim = base64.b64encode(f"{text}:20261123040000".encode()).decode()
        for path, headers in (
            (f"/?c={quote(text)}&a=getLink&sig=0", {"Authorization": claim}),
            (f"/?c=Qrcode&a={quote(text)}&sig={quote(text)}", {"Authorization": claim, "Accept": text}),
            (f"/?c=Qrcode&a=getLink&sig={quote(text)}", {"Authorization": text.replace("\\", ""), "Cookie": "x"}),
            (f"/Home/Records/{quote(text, safe='')}?sig={quote(text)}&accountSid={quote(text)}", {}),
        ):
            body = f"accountSid={quote(text)}&timestamp={quote(text)}&roomNo={quote(text)}".encode()
            if target.send("POST", path, content=body, headers=headers).json()["status"] in (200, 5003):
                return path.partition("?")[0]
    return _changed(target, before)


def _sql_in_pages(target: Attacked) -> str:
    """SQL in forms, paths, cookies and links of the guest's pages."""
    ticket = target.ask_for_code()
    before = target.rows()
    for text in SQL:
        answers = (
            target.post("/guest/code", areaCode=text, mobile=text),
            target.post("/guest/login", areaCode=AREA_CODE, mobile=MOBILE, ticket=ticket, code=text),
            target.post("/guest/login", areaCode=AREA_CODE, mobile=MOBILE, ticket=text, code="123456"),
            target.get(f"/guest/cards/{quote(text, safe='')}", cookie=f"qrlock-guest={quote(text)}"),
            target.get("/guest/cards", cookie=f"qrlock-guest={text}".replace(";", "")),
            target.get(f"/apiLogin?data={quote(text)}"),
        )
        if any(answer.status_code >= 500 or "svg" in answer.headers.get("content-type", "") for answer in answers):
            return "an error"
    target.log_in()
    listed = target.get("/guest/cards").text
    if any(target.get(f"/guest/cards?before={quote(text)}").text != listed for text in SQL):
        return "another list"
    return _changed(target, {name: before[name] for name in ("cards", "accounts", "communities", "rooms")})


def _breaks(response: Response) -> bool:
    return "evil" in response.headers.get("set-cookie", "") or any("\n" in value for value in response.headers.values())


def _line_breaks(target: Attacked) -> str:
    """Line breaks in outInfo, languages, addresses to go back to, cookies and numbers: headers of one's own."""
    if target.succeeds(target.caller, "getLink", **order(outInfo=_BREAK)):
        return "outInfo takes them"
    encoded = quote(_BREAK, safe="")
    answers = (
        target.get(f"/guest/language/{encoded}?back=/guest"),
        target.get(f"/guest/language/en?back={encoded}"),
        target.get(f"/guest/cards/{encoded}"),
        target.get("/guest", cookie=f"qrlock-language={encoded}", **{"accept-language": "en%0d%0a"}),
        target.post("/guest/code", areaCode=_BREAK, mobile=MOBILE + _BREAK),
        target.get(f"/apiLogin?data={encoded}"),
        target.send("POST", f"/?c=Qrcode&a=getLink&sig={encoded}", content=_BREAK.encode()),
    )
    return "a header" if any(map(_breaks, answers)) else ""


def _redirects(target: Attacked) -> str:
    """Addresses to go back to that lead elsewhere."""
    for to in _TO:
        for path in (
            f"/guest/language/en?back={quote(to, safe='')}",
            f"/guest/language/zh?back={quote(to)}&back=/guest",
        ):
            location = target.get(path).headers.get("location", "")
            if not _LOCATIONS(location):
                return f"to {location}"
    return ""


def _other_hosts(target: Attacked) -> str:
    """Host headers, and paths that begin with a host: redirects and links to them."""
    headers = {"X-Forwarded-Host": "evil.example", "X-Original-URL": "/guest/cards", "X-Forwarded-Proto": "javascript"}
    paths = (
        "/guest", "/guest/cards", "/guest/cards/", "/guest/language/en", "/apiLogin", "/Home/Records/x/",
        "/Home/Records",
        "//evil.example/guest", "//evil.example/%2e%2e", "/openapi.json/", "/guest/nothing", "/",
    )  # fmt: skip
    for path in paths:
        for host in ("evil.example", "platform.example@evil.example", "[evil.example", "evil.example/x?"):
            answer = target.send("GET", f"http://platform.example{path}", headers={**headers, "Host": host})
            if "evil" in answer.headers.get("location", "") or "evil" in answer.text:
                return f"at {path}"
            if answer.status_code >= 500:
                return f"an error at {path}"
    return ""


def _paths(target: Attacked) -> str:
    """Paths out of the folder of static files, and around the pages."""
    up = ("../pages.py", "..%2fpages.py", "%2e%2e/pages.py", "%2e%2e%2fpages.py", "..%5cpages.py", "....//pages.py",
          "%2fetc%2fpasswd", "/etc/passwd", "guest.css%00.py", "guest.css/../../pages.py", "%252e%252e%252fpages.py",
          "..;/pages.py", "..%c0%afpages.py", "CON", ".", "")  # fmt: skip
    roots = ("/guest/static/", "/guest/", "/guest/cards/", "/", "/static/", "/Home/Records/", "/guest/language/")
    for path in (root + one for root in roots for one in up):
        answer = target.get(f"http://platform.example{path}")
        if "import" in answer.text or "root:" in answer.text or answer.status_code >= 500:
            return path
    return ""


def _pages_of(target: Attacked) -> Iterator[str]:
    """The pages of a guest whose card is in a building with markup for a name, and pages that say what was entered."""
    order_there = order(communityNo=NAMED_COMMUNITY, buildNo="6", floorNo="6", roomNo="666", outInfo="scriptalert1")
    card_no = target.api(target.caller, "getLink", order_there).json()["cardNo"]
    target.log_in()
    yield target.get("/guest/cards").text
    yield target.get(f"/guest/cards/{card_no}").text
    yield target.get(f"/guest/cards/{card_no}/code").text
    for text in (*NAMES.values(), '"><svg onload=alert(3)>', "' onfocus='alert(4)"):
        encoded = quote(text, safe="")
        yield target.get(f"/guest/{encoded}").text
        yield target.get(f"/guest/cards/{encoded}").text
        yield target.get(f"/guest/cards?before={encoded}").text
        yield target.post("/guest/code", areaCode=text, mobile=text).text
        yield target.post("/guest/login", areaCode=AREA_CODE, mobile=MOBILE, ticket="0" * 32, code=text).text
        yield target.get("/guest", cookie=f"qrlock-language={encoded}").text


def _markup(target: Attacked) -> str:
    """Markup in names of communities, buildings and rooms, in numbers, codes, paths and cookies: a script on a page."""
    bad = re.compile(r"<script>alert|<img src=x|<svg onload|' onfocus='")
    return "it is on a page" if any(bad.search(text) for text in _pages_of(target)) else ""


def _markup_names_shown(target: Attacked) -> str:
    """Templates in names: what they come to."""
    return "49" if any(">49<" in text or "alert(1)</script>49" in text for text in _pages_of(target)) else ""


def _inline(target: Attacked) -> str:
    """Scripts and styles that a page would run if one came onto it."""
    policy = target.get("/guest").headers.get("content-security-policy", "")
    open_ = [word for word in ("unsafe-inline", "unsafe-eval", "*", "http:", "https:") if word in policy.split()]
    wanted = ("default-src 'none'", "base-uri 'none'", "form-action 'self'", "script-src 'self'")
    return "" if all(part in policy for part in wanted) and not open_ else policy or "everything"


def _files_by_xml(target: Attacked) -> str:
    """Files and addresses by entities in XML."""
    for system in ("file:///etc/passwd", "http://127.0.0.1:9/", "php://filter"):
        given = {**order(), "outInfo": "@"}
        body = f'<!DOCTYPE r [<!ENTITY e SYSTEM "{system}">]>{_xml(given).replace("@", "&e;")}'
        content = target.api(target.caller, "getLink", body, accept="application/xml").text
        if "<status>4001</status>" not in content:
            return content
    return ""


def _static_types(target: Attacked) -> str:
    """Static files and pages taken for something else."""
    paths = [*(pages.static_url(name) for name in pages.MEDIA_TYPES), "/guest", "/openapi.json", "/nothing", "/"]
    bad = [path for path in paths if target.get(path).headers.get("x-content-type-options") != "nosniff"]
    return " ".join(bad)


ATTACKS: tuple[Attack, ...] = (
    _sql_in_parameters, _sql_in_query, _sql_in_pages, _line_breaks, _redirects, _other_hosts, _paths, _markup,
    _markup_names_shown, _inline, _files_by_xml, _static_types,
)  # fmt: skip

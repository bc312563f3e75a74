"""Attacks on guests: their pages, sessions, one-time codes, and forms that others make them send."""

from __future__ import annotations

import re
from http.cookies import SimpleCookie

from benchmarks.platform_attacked import AREA_CODE, OTHER_MOBILE, Attack, Attacked, beside
from simulator.platform.guest import login_codes, login_pages
from tests.asgi_client import BASE_URL
from tests.platform_site import MOBILE, order

_FORM = "application/x-www-form-urlencoded"
_COOKIE = "qrlock-guest"


def _other_mobiles_card(target: Attacked) -> str:
    """Card page, code and list of another mobile's card, by its number."""
    card_no, own = target.new_card(), target.new_card(mobile=OTHER_MOBILE)
    target.log_in(OTHER_MOBILE)
    if not target.sees(own):
        return "nothing: one's own card is not there"
    older = target.get(f"/guest/cards?before={card_no}").text
    return "the card" if target.sees(card_no) or card_no in older else ""


def _nobody(target: Attacked) -> str:
    """Pages of cards without a session, or with one that is made up."""
    card_no = target.new_card()
    for token in ("", "0", "A" * 43, "..", "null", "%00", "a=b"):
        target.client.cookies.clear()
        if token:
            target.client.cookies.set(_COOKIE, token, path="/guest")
        if target.sees(card_no):
            return f"the card by {token!r}"
    return ""


def _fixed_session(target: Attacked) -> str:
    """Session fixed beforehand: the guest logs in with a token that the attacker knows."""
    card_no, known = target.new_card(), "A" * 43
    target.client.cookies.set(_COOKIE, known, domain="platform.example", path="/guest")
    target.log_in()
    target.client.cookies.clear()
    target.client.cookies.set(_COOKIE, known, path="/guest")
    return "the card" if target.sees(card_no) else ""


def _after_logout(target: Attacked) -> str:
    """Session taken over after the guest has logged out."""
    card_no = target.new_card()
    target.log_in()
    stolen = _token(target)
    target.post("/guest/logout")
    target.client.cookies.clear()
    target.client.cookies.set(_COOKIE, stolen, path="/guest")
    return "the card" if target.sees(card_no) else ""


def _after_hours(target: Attacked) -> str:
    """Session that began half a day ago."""
    target.log_in()
    stolen = _token(target)
    target.seeded.clock_s += 12 * 3600
    card_no = target.new_card()
    target.client.cookies.clear()
    target.client.cookies.set(_COOKIE, stolen, path="/guest")
    return "the card" if target.sees(card_no) else ""


def _token(target: Attacked) -> str:
    return next(cookie.value or "" for cookie in target.client.cookies.jar if cookie.name == _COOKIE)


def _session_in_database(target: Attacked) -> str:
    """Copy of the database, and what is in it of sessions and codes used as if it were the cookie or the code."""
    card_no = target.new_card()
    target.log_in()
    target.client.cookies.clear()
    for digest in target.platform.read(lambda c: [row[0] for row in c.exec_driver_sql("select digest from sessions")]):
        target.client.cookies.set(_COOKIE, bytes(digest).hex(), path="/guest")
        if target.sees(card_no):
            return "the card"
        target.client.cookies.clear()
    return ""


def _cookie_flags(target: Attacked) -> str:
    """Cookie that scripts read, other sites send, or a neighbour's host sets."""
    with beside(target, secure_cookies=True) as secure:
        ticket = secure.ask_for_code()
        answer = secure.post("/guest/login", areaCode=AREA_CODE, mobile=MOBILE, ticket=ticket, code=secure.code())
    (cookie,) = SimpleCookie(answer.headers.get("set-cookie", "")).values()
    safe = cookie["httponly"] and cookie["secure"] and cookie["samesite"] == "lax" and cookie["path"] == "/"
    return "" if safe and cookie.key.startswith("__Host-") and not cookie["domain"] else "a cookie without its flags"


def _brute_force(target: Attacked) -> str:
    """One-time code guessed: five wrong ones, then the right one; and the right one for another ticket."""
    target.new_card()
    ticket = target.ask_for_code()
    code = target.code()
    for at in range(5):
        if target.enter(ticket, f"{(int(code) + at + 1) % 10**6:06}"):
            return "a session by a wrong code"
    return "a session after five wrong codes" if target.enter(ticket, code) else ""


def _all_day(target: Attacked) -> str:
    """One-time code guessed all day, with a new code whenever there is one: at most 75 tries among a million."""
    target.new_card(endTime=target.now_min_text(60))
    tries = 0
    for _ in range(24):
        target.seeded.clock_s += 3600
        for _ in range(login_codes.PER_HOUR + 1):
            tries += login_codes.TRIES if target.ask_for_code() else 0
    return f"{tries} tries" if not 0 < tries <= 75 else ""


def _code_twice(target: Attacked) -> str:
    """One-time code entered a second time."""
    target.new_card()
    ticket = target.ask_for_code()
    code = target.code()
    if not target.enter(ticket, code):
        return "nothing: the code is refused at once"
    target.client.cookies.clear()
    return "a session" if target.enter(ticket, code) else ""


def _code_of_another(target: Attacked) -> str:
    """One-time code of one's own mobile, entered for another; and with the ticket of another browser."""
    target.new_card()
    target.new_card(mobile=OTHER_MOBILE)
    others = target.ask_for_code(MOBILE)
    ticket = target.ask_for_code(OTHER_MOBILE)
    code = target.code()
    tried = ((ticket, MOBILE), (others, MOBILE), (others, OTHER_MOBILE), ("0" * 32, OTHER_MOBILE))
    return "a session" if any(target.enter(each, code, mobile) for each, mobile in tried) else ""


def _old_code(target: Attacked) -> str:
    """One-time code after ten minutes; and an older one after a newer was used."""
    target.new_card()
    first = target.ask_for_code()
    code = target.code()
    target.seeded.clock_s += 600
    if target.enter(first, code):
        return "a session after ten minutes"
    older = target.ask_for_code()
    old_code = target.code()
    newer = target.ask_for_code()
    target.enter(newer, target.code())
    target.client.cookies.clear()
    return "a session by the older one" if target.enter(older, old_code) else ""


def _code_flood(target: Attacked) -> str:
    """Codes sent to a mobile, or from an address, without end."""
    sent = [bool(target.ask_for_code()) for _ in range(7)]
    target.seeded.clock_s += 4 * 3600
    most = login_pages.CODES_PER_ADDRESS_HOUR
    others = [bool(target.ask_for_code(f"1390000{at:04}")) for at in range(most + 5)]
    return "" if sum(sent) <= 5 and sum(others) <= most else f"{sum(sent)} to a mobile, {sum(others)} from an address"


def _page_flood(target: Attacked) -> str:
    """Pages asked for without end."""
    with beside(target, requests_per_min=5) as limited:
        statuses = [limited.get("/guest").status_code for _ in range(7)]
    return "" if statuses[5:] == [429, 429] and statuses[0] == 200 else f"{statuses.count(200)} of 5"


def _which_mobiles(target: Attacked) -> str:
    """Mobiles that have cards told from those that have none."""
    # Again and again: what the platform tidies away meanwhile changes the number of its rows once.
    told = all(_told_apart(target, f"1590000{pair:02d}") for pair in range(3))
    return "which have" if told else ""


def _told_apart(target: Attacked, mobiles: str) -> bool:
    target.new_card(mobile=f"{mobiles}01")
    seen = []
    for mobile in (f"{mobiles}01", f"{mobiles}02"):
        before = target.rows()
        page = target.post("/guest/code", areaCode=AREA_CODE, mobile=mobile)
        after = target.rows()
        text = re.sub(r'value="[0-9a-f]{32}"', "", page.text).replace(mobile, "")
        seen.append((page.status_code, text, {name: after[name] - before[name] for name in after}))
    return seen[0] != seen[1]


def _forms_of_others(target: Attacked) -> str:
    """Forms that another site makes the guest's browser send."""
    target.new_card()
    ticket = target.ask_for_code()
    code = target.code()
    forms = (
        ("/guest/code", f"areaCode={AREA_CODE}&mobile={OTHER_MOBILE}"),
        ("/guest/login", f"areaCode={AREA_CODE}&mobile={MOBILE}&ticket={ticket}&code={code}"),
        ("/guest/logout", ""),
    )
    foreign: tuple[dict[str, str], ...] = (
        {}, {"Origin": "null"}, {"Origin": "https://evil.example"}, {"Origin": f"{BASE_URL}.evil.example"},
        {"Origin": f"{BASE_URL}@evil.example"}, {"Referer": BASE_URL}, {"Origin": "http://platform.example:81"},
        *({"Origin": BASE_URL, "Sec-Fetch-Site": site} for site in ("cross-site", "same-site", "none", "")),
    )  # fmt: skip
    for path, body in forms:
        for headers in foreign:
            if target.send("POST", path, content=body, headers={**headers, "Content-Type": _FORM}).status_code != 403:
                return f"{path} with {headers}"
    return ""


def _bench_forms_of_others(target: Attacked) -> str:
    """Requests that another site makes the engineer's browser send to the bench."""
    with beside(target, bench=True) as bench:
        paths = ("/bench/locks", "/bench/locks/a/clock", "/bench/locks/a/loss", "/bench/locks/a/photo")
        local, mark = {"Host": "localhost"}, {"x-qrlock-bench": "1"}
        foreign: tuple[dict[str, str], ...] = (
            local, {**local, **mark, "Origin": "https://evil.example"}, {**mark, "Host": "evil.example"},
            {**local, **mark, "Sec-Fetch-Site": "cross-site"}, {**local, "Content-Type": "text/plain"},
        )  # fmt: skip
        for path in paths:
            for headers in foreign:
                if bench.send("POST", path, content=b"{}", headers=headers).status_code != 403:
                    return f"{path} with {headers}"
        if bench.send("GET", "/bench/locks", headers={"Host": "evil.example"}).status_code != 403:
            return "the bench under another name"
        shared = bench.send("OPTIONS", "/bench/locks", headers={**local, "Origin": "https://evil.example"})
        return "other origins are let in" if "access-control-allow-origin" in shared.headers else ""


def _methods(target: Attacked) -> str:
    """Other methods than a path has: an order by GET, a logout by GET, a form by PUT."""
    card_no = target.new_card()
    target.log_in()
    before = target.rows()["cards"]
    for method in ("GET", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "FROB"):
        target.send(method, "/?c=Qrcode&a=getLink&sig=0", json=order(), headers={"X-HTTP-Method-Override": "POST"})
        target.send(method, "/guest/logout", headers={"X-HTTP-Method-Override": "POST"})
        if method not in ("GET", "HEAD"):
            answer = target.send(method, f"/guest/cards/{card_no}")
            if answer.status_code < 400 or card_no in answer.text:
                return f"a page by {method}"
    if target.rows()["cards"] > before:
        return "a card"
    return "" if target.sees(card_no) else "the guest is logged out"


def _frames(target: Attacked) -> str:
    """Pages in a frame of another site, or kept by a browser or a proxy."""
    card_no = target.new_card()
    target.log_in()
    paths = (
        "/guest", "/guest/cards", f"/guest/cards/{card_no}", f"/guest/cards/{card_no}/code", "/guest/nothing",
        "/apiLogin", "/", "/nothing", "/openapi.json", "/Home/Records/x",
    )  # fmt: skip
    for path in paths:
        headers = target.get(path).headers
        framed = headers.get("x-frame-options") != "DENY" or "frame-ancestors 'none'" not in headers.get(
            "content-security-policy", ""
        )
        if framed or "no-store" not in headers.get("cache-control", ""):
            return f"{path} in a frame" if framed else f"{path} is kept"
    return ""


def _other_origins(target: Attacked) -> str:
    """Scripts of another site that read a page."""
    target.new_card()
    target.log_in()
    for path in ("/guest/cards", "/", "/openapi.json"):
        answer = target.get(path, origin="https://evil.example")
        if any(name.startswith("access-control") for name in answer.headers):
            return f"{path} is shared"
    return ""


ATTACKS: tuple[Attack, ...] = (
    _other_mobiles_card, _nobody, _fixed_session, _after_logout, _after_hours, _session_in_database, _cookie_flags,
    _brute_force, _all_day, _code_twice, _code_of_another, _old_code, _code_flood, _page_flood, _which_mobiles,
    _forms_of_others, _bench_forms_of_others, _methods, _frames, _other_origins,
)  # fmt: skip

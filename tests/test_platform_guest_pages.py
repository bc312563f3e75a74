"""What all of the guest's pages have in common: headers, languages, limits, and a page for whatever goes wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.exc import OperationalError

from simulator.platform import guest as guest_package
from simulator.platform.guest.card_view import CardState
from simulator.platform.guest.pages import MEDIA_TYPES, static_url
from simulator.platform.guest.words import LANGUAGES, choose, words_of
from tests.guest_site import open_site
from tests.guest_visitor import Visitor, visitor

FOLDER = Path(guest_package.__file__).parent
TEXTS = {language: words_of(language) for language in LANGUAGES}


@pytest.fixture
def guest(tmp_path: Path) -> Iterator[Visitor]:
    """A browser at a platform with one card."""
    site = open_site(tmp_path / "home")
    site.add_card()
    with visitor(site) as found:
        yield found
    site.platform.close()


def test_every_answer_has_the_headers(guest: Visitor) -> None:
    """Pages, redirects, errors and forms alike; only files may be kept."""
    guest.log_in()
    card = guest.site.add_card()
    paths = ["/guest", "/guest/cards", f"/guest/cards/{card.card_no}", f"/guest/cards/{card.card_no}/code"]
    paths += ["/guest/none", "/guest/cards/none", "/guest/language/zh", "/apiLogin", "/apiLogin/?data=x"]
    for answer in [*(guest.get(path) for path in paths), guest.ask_for_code(), guest.post("/guest/logout")]:
        headers = answer.headers
        assert headers["content-security-policy"] == (
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
            "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
        )
        assert headers["x-content-type-options"] == "nosniff" and headers["cache-control"] == "no-store"
        assert "camera=()" in headers["permissions-policy"]
        secret = answer.request.url.path.startswith("/apiLogin")
        assert headers["referrer-policy"] == ("no-referrer" if secret else "same-origin")
        assert not re.search(r"<script(?![^>]*src=)|\son\w+=|style=", answer.text)


def test_the_files_are_ours_and_may_be_kept(guest: Visitor) -> None:
    """Each under an address that changes with its content; nothing else is served from there."""
    for name, media_type in MEDIA_TYPES.items():
        answer = guest.get(static_url(name))
        assert answer.content == (FOLDER / "static" / name).read_bytes()
        assert answer.headers["content-type"].startswith(media_type)
        assert "immutable" in answer.headers["cache-control"]
    for name in ("none.css", "..%2froutes.py", "%2e%2e/routes.py", "guest.css%00"):
        assert guest.get(f"/guest/static/{name}").status_code in (404, 303)


def test_no_page_names_another_host() -> None:
    """Whatever a page needs comes from us."""
    for path in [*FOLDER.glob("templates/*"), *FOLDER.glob("static/*")]:
        text = path.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
        assert not re.search(r"https?:|[\"'(]//", text), path.name


def test_what_is_not_there_is_a_page(guest: Visitor) -> None:
    """And a method that a path does not have is told with those that it has."""
    for method, path, status in [
        ("GET", "/guest/none", 404),
        ("GET", "/guest/", 200),
        ("GET", "/guest/cards/a/b/c", 404),
        ("POST", "/guest/none", 403),
        ("PUT", "/guest/none", 405),
        ("DELETE", "/guest/cards", 405),
        ("POST", "/guest/cards", 405),
        ("GET", "/guest/code", 405),
        ("POST", "/apiLogin", 405),
    ]:
        answer = guest.client.request(method, path)
        assert (answer.status_code, method, path) == (status, method, path)
        assert "<h1>" in answer.text and answer.headers["content-type"].startswith("text/html")
        assert ("allow" in answer.headers) is (status == 405)


def test_a_database_that_does_not_answer_is_a_page(
    guest: Visitor, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The log has the error's name and nothing of the request."""
    guest.log_in()

    for error in (OperationalError("SELECT secret", {}, Exception("secret")), RuntimeError("secret")):

        def fail(_work: object, error: Exception = error) -> None:
            raise error

        monkeypatch.setattr(guest.site.platform, "read", fail)
        answer = guest.get("/guest/cards")
        assert answer.status_code == 503 and "retry-after" in answer.headers and "secret" not in answer.text
        assert type(error).__name__ in caplog.text and "secret" not in caplog.text


def test_a_community_without_its_key_says_so(guest: Visitor) -> None:
    """The code cannot be made; the guest is told whom to ask."""
    guest.log_in()
    card = guest.site.add_card(key_id=7)
    answer = guest.get(f"/guest/cards/{card.card_no}")
    assert answer.status_code == 503 and "ask the house for a new card" in answer.text


def test_too_many_requests_are_a_page(tmp_path: Path) -> None:
    """And a minute later all is well."""
    site = open_site(tmp_path / "home", requests_per_min=3)
    with visitor(site) as guest:
        answers = [guest.get("/guest") for _ in range(4)]
        assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
        assert "retry-after" in answers[-1].headers and "<h1>" in answers[-1].text
        site.clock.now_s += 60
        assert guest.get("/guest").status_code == 200
    site.platform.close()


def test_the_language_is_the_browsers_until_another_is_chosen(guest: Visitor) -> None:
    """The switch goes back to the page that it was on, and is remembered."""
    chinese = {"Accept-Language": "zh-CN,zh;q=0.9,en;q=0.8"}
    assert '<html lang="zh-CN">' in guest.get("/guest", **chinese).text
    answer = guest.get("/guest/language/en?back=/guest/cards", **chinese)
    assert (answer.status_code, answer.headers["location"]) == (303, "/guest/cards")
    assert "HttpOnly" in answer.headers["set-cookie"] and "Max-Age=31536000" in answer.headers["set-cookie"]
    assert '<html lang="en">' in guest.get("/guest", **chinese).text
    assert guest.get("/guest/language/xx").status_code == 404


def test_the_switch_leads_to_none_but_our_pages(guest: Visitor) -> None:
    """Whatever address it was given."""
    for back in ("//e.example", "https://e.example", "/guest//e", "/guest/../x", "/guestx", "", "/guest%0d%0aX:1"):
        assert guest.get(f"/guest/language/zh?back={back}").headers["location"] == "/guest"


def test_the_code_is_sent_in_the_guests_language(guest: Visitor) -> None:
    """As the page that asked for it."""
    guest.get("/guest/language/zh")
    guest.ask_for_code()
    assert "验证码" in guest.site.outbox()[-1]["text"]


def test_both_languages_say_the_same_things() -> None:
    """The same keys, with the same places for values, none empty."""
    assert {language: words.keys() for language, words in TEXTS.items()} == dict.fromkeys(TEXTS, TEXTS["en"].keys())
    for key in TEXTS["en"].keys() - {"months"}:
        raw = {language: words._texts[key] for language, words in TEXTS.items()}
        places = {frozenset(name for _, name, _, _ in Formatter().parse(text) if name) for text in raw.values()}
        assert all(raw.values()), key
        assert len(places) == 1 or key == "moment", key


def test_every_text_is_used_and_every_text_that_is_used_is_there() -> None:
    """In templates and code, by its key, or by one that is put together."""
    sources = "".join(path.read_text("utf-8") for path in [*FOLDER.glob("*.py"), *FOLDER.glob("templates/*.html")])
    keys = TEXTS["en"].keys()
    called = set(re.findall(r"""(?:\bt|words)\(\s*["'](\w+)["'][,)]""", sources))
    made = {f"state_{state.value}" for state in CardState}
    made |= {f"note_{state}" for state in ("future", "cancelled", "ended")}
    made |= {f"place_{kind}" for kind in ("room", "floor", "building")}
    errors = {*re.findall(r'GuestError\(\d+, "(\w+)"', sources), "logged_out"}
    made |= {f"{error}_{part}" for error in errors for part in ("title", "text")}
    assert called | made <= keys
    quoted = set(re.findall(r"""["'](\w+)["']""", sources))
    assert keys - called - made - quoted == set()


@pytest.mark.parametrize(
    ("remembered", "accepted", "language"),
    [
        (None, "", "en"),
        (None, "de,zh;q=0.5", "zh"),
        (None, "en;q=0.1,zh-TW;q=0.2", "zh"),
        (None, "fr", "en"),
        (None, "zh;q=0", "en"),
        (None, "zh;q=x", "en"),
        ("zh", "en", "zh"),
        ("xx", "zh", "zh"),
    ],
)
def test_languages_are_chosen_by_weight(remembered: str | None, accepted: str, language: str) -> None:
    """And English where none fits."""
    assert choose(remembered, accepted) == language


@given(st.text(max_size=60))
def test_any_header_gives_a_language(accepted: str) -> None:
    """Whatever a browser sends."""
    assert choose(None, accepted) in LANGUAGES


def _channel(value: int) -> float:
    part = value / 255
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def _contrast(one: str, other: str) -> float:
    """WCAG 2.2, contrast ratio."""
    bright = []
    for colour in (one, other):
        red, green, blue = (_channel(int(colour[at : at + 2], 16)) for at in (1, 3, 5))
        bright.append(0.2126 * red + 0.7152 * green + 0.0722 * blue)
    return (max(bright) + 0.05) / (min(bright) + 0.05)


@pytest.mark.parametrize("scheme", [0, 1])
def test_text_stands_out_from_its_ground(scheme: int) -> None:
    """7 to 1, light and dark; edges of fields 3 to 1 (WCAG 2.2: 1.4.6, 1.4.11)."""
    blocks = re.findall(r":root \{(.*?)\}", (FOLDER / "static/guest.css").read_text("utf-8"), re.DOTALL)
    colour = dict(re.findall(r"--([\w-]+): (#\w{6});", blocks[scheme]))
    pairs = [(text, ground) for text in ("text", "soft", "accent") for ground in ("ground", "panel")]
    pairs += [("good", "good-ground"), ("warn", "warn-ground"), ("bad", "bad-ground"), ("text", "muted-ground")]
    pairs += [("on-accent", "accent")]
    for text, ground in pairs:
        assert _contrast(colour[text], colour[ground]) >= 7, (text, ground)
    assert _contrast(colour["edge"], colour["ground"]) >= 3


def test_pages_can_be_read_in_order(guest: Visitor) -> None:
    """A way past the header first, one heading, and a label for every field."""
    guest.log_in()
    card = guest.site.add_card()
    pages = [guest.get("/guest/cards"), guest.get(f"/guest/cards/{card.card_no}"), guest.get("/guest/none")]
    guest.client.cookies.clear()
    for page in [*pages, guest.get("/guest"), guest.ask_for_code(), guest.ask_for_code("1")]:
        assert page.text.index('class="skip" href="#content"') < page.text.index("<header>")
        assert page.text.count("<h1>") == 1 and 'id="content"' in page.text
        fields = re.findall(r'<input id="([\w-]+)"', page.text)
        assert all(f'<label for="{field}">' in page.text for field in fields)
        ids = set(re.findall(r'\bid="([\w-]+)"', page.text))
        named = re.findall(r'aria-(?:describedby|labelledby)="([^"]+)"', page.text)
        assert {name for names in named for name in names.split()} <= ids

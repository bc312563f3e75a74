"""GUEST.md and SMS.md say what the code does."""

from __future__ import annotations

import re
from pathlib import Path

from simulator.platform.guest import api_link, card_pages, link_page, login_codes, login_pages, routes, served, sessions
from simulator.platform.sms import backoff, log_sender, webhook

FOLDER = Path(routes.__file__).parent
GUEST = (FOLDER / "GUEST.md").read_text(encoding="utf-8")
SMS = " ".join((FOLDER.parent / "sms" / "SMS.md").read_text(encoding="utf-8").split())


def test_the_limits_are_the_documents() -> None:
    """Each row of the table."""
    table = dict(re.findall(r"^\| ([^|]+) \| (\d+) \|$", GUEST, re.MULTILINE))
    assert table == {
        "life of a code, s": str(backoff.CODE_LIFE_S),
        "wrong codes for one ticket": str(login_codes.TRIES),
        "codes for one number in an hour": str(login_codes.PER_HOUR),
        "codes for one number in a day": str(login_codes.PER_DAY),
        "codes for one address in an hour": str(login_pages.CODES_PER_ADDRESS_HOUR),
        "life of a session, s": str(sessions.LIFE_S),
        "openings of one link": str(link_page.OPENINGS_MAX),
        "a link's time, at most off, s": str(api_link.TIME_TOLERANCE_S),
        "renewal of a code, s": str(card_pages.REFRESH_S),
    }
    assert f"{served.FORM_BYTES_MAX} bytes at most" in GUEST


def test_every_route_is_in_the_document() -> None:
    """And none more."""
    source = (FOLDER / "routes.py").read_text(encoding="utf-8")
    paths = {re.sub(r"\{card_no\}", "CARDNO", path) for path in re.findall(r'"(/(?:guest|apiLogin)[^"]*)"', source)}
    told = set(re.findall(r"`(/(?:guest|apiLogin)[^`?.]*)", GUEST.split("## Logging in")[0]))
    plain = {path for path in paths if "{" not in path} - {"/guest/"}
    assert plain == {path for path in told if "language" not in path and "static" not in path}


def test_messages_are_tried_as_the_document_says() -> None:
    """Delays, claim, time limit and files."""
    assert backoff.DELAYS_S == (5, 30, 2 * 60, 10 * 60, 3600) and "after 5 s, 30 s, 2 min, 10 min and 1 h" in SMS
    assert f"the end of the claim, {backoff.LEASE_S} s on" in SMS and webhook.TIME_LIMIT_S < backoff.LEASE_S
    assert f"Any 2xx within {webhook.TIME_LIMIT_S} s" in SMS and f"the newest {log_sender.FILES_MAX} are kept" in SMS
    assert set(re.findall(r"\| `(\w+)` \|", SMS)) - {"state"} == {state.value for state in backoff.State}

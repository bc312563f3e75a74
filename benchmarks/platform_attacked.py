"""A platform with two developers, two communities and guests, and an attacker's browser before it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeAlias

from httpx import Response
from sqlalchemy import Connection, func, select

from lockcore import SealKind
from simulator.desk.key_store import KeyStore
from simulator.platform.data import accounts, cards, communities
from simulator.platform.data.accounts import Account
from simulator.platform.data.cards import Card
from simulator.platform.data.tables import METADATA, OUTBOX
from tests.asgi_client import BASE_URL, Client
from tests.platform_site import COMMUNITY, MOBILE, OTHER_COMMUNITY, Site, batch_of, call, order, site

OTHER_MOBILE = "13900139000"
AREA_CODE = "86"
PAUSE_S = 3 * 3600
"""Between two attacks, so that one does not use up what another is limited by."""
NAMED_COMMUNITY = 1_316_870_666
NAMES = {"community": "<script>alert(1)</script>{{7*7}}", "room": "<img src=x onerror=alert(2)>"}
"""Of what an administrator may have been talked into."""
_TRACES = re.compile(r"Traceback|sqlalchemy|sqlite3|psycopg|File \"|OperationalError")
_BATCHES = 3600


class Attacked:
    """The platform, with a browser. `leaks` are replies that said what none may, whatever was asked."""

    def __init__(self, seeded: Site, client: Client) -> None:
        self.seeded = seeded
        self.client = client
        self.platform = client.platform
        self.caller, self.stranger, self.tester = seeded.caller, seeded.stranger, seeded.tester
        self.leaks: list[str] = []
        self.secrets = [account.token for account in (self.caller, self.stranger, self.tester)]
        self._asked = 0

    def begin(self) -> None:
        """Another attacker comes, hours later, with a new browser."""
        self.client.cookies.clear()
        self.seeded.clock_s += PAUSE_S
        self._asked = 0

    def send(self, method: str, path: str, **options: Any) -> Response:
        """Any request."""
        response = self.client.request(method, path, **options)
        if _TRACES.search(response.text) or any(secret in response.text for secret in self.secrets):
            self.leaks.append(f"{method} {path.partition('?')[0]}")
        return response

    def get(self, path: str, **headers: str) -> Response:
        """A page, as a browser asks for it."""
        return self.send("GET", path, headers=headers)

    def post(self, path: str, **fields: str) -> Response:
        """One of our own forms."""
        headers = {"Origin": BASE_URL, "Content-Type": "application/x-www-form-urlencoded"}
        return self.send("POST", path, data=fields, headers=headers)

    def api(
        self,
        account: Account,
        name: str,
        parameters: Mapping[str, object] | str | bytes,
        *,
        batch: str | None = None,
        accept: str = "application/json",
    ) -> Response:
        """One signed call; with no `batch` it is signed as no other was."""
        self._asked += 1
        stamp = batch or batch_of(self.seeded.clock_s - self._asked % _BATCHES)
        response = call(self.client, account, name, parameters, batch=stamp, accept=accept)
        if _TRACES.search(response.text) or any(secret in response.text for secret in self.secrets):
            self.leaks.append(name)
        return response

    def succeeds(self, account: Account, name: str, **parameters: object) -> bool:
        """Whether a call is carried out."""
        return bool(self.api(account, name, parameters).json()["status"] == 200)

    def new_card(self, account: Account | None = None, **changes: object) -> str:
        """The number of a card that was ordered rightly, for room 401G for an hour."""
        whose = account or self.caller
        number = OTHER_COMMUNITY if whose is self.stranger else COMMUNITY
        end = f"{self.now_min_text(60)}"
        reply = self.api(whose, "getLink", order(communityNo=str(number), endTime=end) | changes).json()
        return str(reply["cardNo"])

    def now_min_text(self, ahead_min: int) -> str:
        """A time of the communities, as orders have it."""
        return batch_of(self.seeded.clock_s + (8 * 60 + ahead_min) * 60)[2:12]

    def card(self, card_no: str) -> Card:
        """As the database has it."""
        found = self.platform.read(lambda connection: cards.card_of(connection, card_no))
        assert found is not None
        return found

    def rows(self) -> dict[str, int]:
        """How many rows each table has."""
        return self.platform.read(_rows)

    def ask_for_code(self, mobile: str = MOBILE) -> str:
        """The ticket with which the code of a new message can be entered; "" if there is none."""
        page = self.post("/guest/code", areaCode=AREA_CODE, mobile=mobile)
        found = re.search(r'name="ticket" value="([0-9a-f]{32})"', page.text)
        return found[1] if found else ""

    def code(self) -> str:
        """The code in the newest message, as its mobile gets it; "" if nothing was sent."""
        newest = select(OUTBOX).where(OUTBOX.c.kind == "code").order_by(OUTBOX.c.id.desc()).limit(1)
        row = self.platform.read(lambda connection: connection.execute(newest).mappings().one())
        sent = self.platform.settings.home.root / "outbox" / f"{row['id']:09d}.txt"
        text = row["text"] or (sent.read_text() if sent.exists() else "")
        found = re.search(r"\d{6}", text)
        if found:
            self.secrets.append(found[0])
        return found[0] if found else ""

    def enter(self, ticket: str, code: str, mobile: str = MOBILE) -> bool:
        """Whether this code opens a session."""
        answer = self.post("/guest/login", areaCode=AREA_CODE, mobile=mobile, ticket=ticket, code=code)
        return answer.status_code == 303

    def log_in(self, mobile: str = MOBILE) -> None:
        """As the guest does who has the mobile."""
        assert self.enter(self.ask_for_code(mobile), self.code(), mobile)

    def sees(self, card_no: str) -> bool:
        """Whether the browser is shown this card in any way."""
        paths = (f"/guest/cards/{card_no}", f"/guest/cards/{card_no}/code")
        shown = any(self.get(path).status_code == 200 for path in paths)
        return shown or card_no in self.get("/guest/cards").text


Attack: TypeAlias = Callable[[Attacked], str]
"""What was gained, "" if nothing; its first line of documentation is its name."""


def name_of(attack: Attack) -> str:
    """What the attack tries."""
    return (attack.__doc__ or "").strip().splitlines()[0].removesuffix(".")


@contextmanager
def attacked(**settings: Any) -> Iterator[Attacked]:
    """A platform that takes many requests from one address, unless `settings` say otherwise."""
    with TemporaryDirectory() as folder:
        seeded = site(Path(folder), **{"requests_per_min": 1_000_000, **settings})
        KeyStore(seeded.settings.home.community(NAMED_COMMUNITY), NAMED_COMMUNITY).make(SealKind.ED25519)
        with seeded.client() as client:
            client.platform.write(_named).result()
            yield Attacked(seeded, client)


@contextmanager
def beside(target: Attacked, **settings: Any) -> Iterator[Attacked]:
    """The same data behind other settings."""
    seeded = replace(target.seeded, settings=replace(target.seeded.settings, **settings))
    with seeded.client() as client:
        found = Attacked(seeded, client)
        found._asked = 1000
        yield found


def _named(connection: Connection) -> None:
    """Names with markup in them, for a building of their own."""
    community = communities.add_community(connection, NAMED_COMMUNITY, NAMES["community"], now_s=0)
    building = communities.add_building(connection, community.id, "6", NAMES["room"])
    floor = communities.add_floor(connection, building, "6", NAMES["room"])
    communities.add_room(connection, community.id, floor, "666", model="QRA", name=NAMES["room"])
    account = accounts.accounts(connection)[0]
    accounts.add_member(connection, account.id, community.id)


def _rows(connection: Connection) -> dict[str, int]:
    counts = {name: select(func.count()).select_from(table) for name, table in METADATA.tables.items()}
    return {name: int(connection.execute(count).scalar_one()) for name, count in counts.items()}

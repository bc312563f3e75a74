"""Every table of the platform (PLATFORM.md, Data). Times are whole seconds since 1970 (`_s`) or civil minutes (`_min`).

Texts of addresses are canonical (lockcore.address). Migrations in `migrations` make the same tables; a test compares.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    UniqueConstraint,
)

METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _id() -> Column[int]:
    # SQLite counts only an INTEGER PRIMARY KEY up by itself.
    return Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True)


def _of(table: str, name: str, *, null: bool = False) -> Column[int]:
    return Column(name, ForeignKey(f"{table}.id"), nullable=null)


ACCOUNTS = Table(
    "accounts", METADATA, _id(),
    Column("sid", String(32), nullable=False, unique=True),
    Column("token", String(30), nullable=False),
    Column("name", String(80), nullable=False),
    Column("test", Boolean, nullable=False),
    Column("active", Boolean, nullable=False),
    Column("created_s", BigInteger, nullable=False),
)  # fmt: skip
"""Developers. `token` is stored as it is, for the vendor's signature is made of it. `test` accounts send no SMS."""

COMMUNITIES = Table(
    "communities", METADATA, _id(),
    Column("number", BigInteger, nullable=False, unique=True),
    Column("name", String(80), nullable=False),
    Column("zone", String(64), nullable=False),
    Column("utc_offset_min", Integer, nullable=False),
    Column("validity_min", Integer, nullable=False),
    Column("seal", String(8), nullable=False),
    Column("next_serial", BigInteger, nullable=False),
    Column("rooms_version", BigInteger, nullable=False),
    Column("created_s", BigInteger, nullable=False),
)  # fmt: skip
"""`validity_min` is how long a card holds whose order names no end; `next_serial` is given to the next card;
`rooms_version` is raised with whatever changes buildings, floors and rooms (room_tree.py)."""

MEMBERS = Table(
    "members", METADATA,
    Column("account_id", ForeignKey("accounts.id"), primary_key=True),
    Column("community_id", ForeignKey("communities.id"), primary_key=True),
)  # fmt: skip
"""Which accounts may issue cards for which communities."""

BUILDINGS = Table(
    "buildings", METADATA, _id(), _of("communities", "community_id"),
    Column("number", String(5), nullable=False),
    Column("name", String(80), nullable=False),
    UniqueConstraint("community_id", "number"),
)  # fmt: skip

FLOORS = Table(
    "floors", METADATA, _id(), _of("buildings", "building_id"),
    Column("number", String(5), nullable=False),
    Column("name", String(80), nullable=False),
    UniqueConstraint("building_id", "number"),
)  # fmt: skip

ROOMS = Table(
    "rooms", METADATA, _id(), _of("communities", "community_id"), _of("floors", "floor_id"),
    Column("number", String(8), nullable=False),
    Column("name", String(80), nullable=False),
    Column("model", String(16), nullable=False),
    Column("lock_no", String(16), nullable=False),
    Column("mac", String(12)),
    Column("generation", Integer, nullable=False),
    Column("mark", BigInteger, nullable=False),
    UniqueConstraint("floor_id", "number"),
    UniqueConstraint("community_id", "mac"),
    Index(None, "community_id", "number"),
    Index(None, "community_id", "id"),
)  # fmt: skip
"""`model` is a lock's profile; `generation` is its passcode key's; `mark` is the serial of the last loss report for the
room that was ordered, under which passwords are made from then on."""

CARDS = Table(
    "cards", METADATA, _id(), _of("communities", "community_id"), _of("accounts", "account_id"),
    _of("rooms", "room_id", null=True),
    Column("card_no", String(16), nullable=False, unique=True),
    Column("serial", BigInteger, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("lost", Integer, nullable=False),
    Column("key_id", Integer, nullable=False),
    Column("card_type", Integer, nullable=False),
    Column("building", String(5)),
    Column("floor", String(5)),
    Column("room", String(8)),
    Column("start_min", Integer, nullable=False),
    Column("end_min", Integer, nullable=False),
    Column("times", Integer, nullable=False),
    Column("times_dropped", Boolean, nullable=False),
    Column("open_type", Integer, nullable=False),
    Column("cipher_type", Integer, nullable=False),
    Column("cipher_number", BigInteger),
    Column("cipher_mark", BigInteger),
    Column("area_code", String(5), nullable=False),
    Column("mobile", String(15), nullable=False),
    Column("out_info", String(20)),
    Column("cancelled", Boolean, nullable=False),
    Column("created_s", BigInteger, nullable=False),
    UniqueConstraint("community_id", "serial"),
    Index(None, "area_code", "mobile", "id"),
    Index(None, "room_id", "id"),
)  # fmt: skip
"""The latest state of each card. The code is made when it is asked for: grant and key make it again, to the digit.
`cipher_number` is a password's packed number and `cipher_mark` the room's mark it is made under, never its digits."""

SERIALS = Table(
    "serials", METADATA,
    Column("community_id", ForeignKey("communities.id"), primary_key=True),
    Column("serial", BigInteger, primary_key=True, autoincrement=False),
    _of("cards", "card_id"),
    Column("given_s", BigInteger, nullable=False),
)  # fmt: skip
"""Every serial ever given, and the card it was given to: a card for a whole room that is lost gets another."""

RENDITIONS = Table(
    "renditions", METADATA, _id(), _of("cards", "card_id"),
    Column("serial", BigInteger, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("cut_off_min", Integer),
    Column("shown_to", String(8), nullable=False),
    Column("made_s", BigInteger, nullable=False),
    Index(None, "card_id", "made_s"),
)  # fmt: skip
"""Codes that were handed out; `shown_to` is "api" or "guest"."""

REQUESTS = Table(
    "requests", METADATA,
    Column("account_id", ForeignKey("accounts.id"), primary_key=True),
    Column("sig", String(40), primary_key=True),
    Column("body_sha256", LargeBinary(32), primary_key=True),
    Column("first_s", BigInteger, nullable=False),
    Column("count", Integer, nullable=False),
    _of("cards", "card_id", null=True),
    Index(None, "first_s"),
)  # fmt: skip
"""Signed requests that changed something, so that the same one sent again does not do it twice."""

RECORDS = Table(
    "records", METADATA, _id(), _of("communities", "community_id"), _of("rooms", "room_id"),
    Column("lock_id", String(16), nullable=False),
    Column("row", LargeBinary(20), nullable=False),
    Column("repeat", Integer, nullable=False),
    Column("opened_min", Integer, nullable=False),
    Column("card_type", Integer, nullable=False),
    Column("serial", BigInteger),
    Column("collected", Boolean, nullable=False),
    Column("stored_s", BigInteger, nullable=False),
    UniqueConstraint("lock_id", "row", "repeat"),
    Index(None, "room_id", "opened_min"),
)  # fmt: skip
"""Openings: collected from a lock, or reported as they happened. `row` is the lock's own and `repeat` counts equal
ones, so that collecting twice stores once. `serial` is None for a password."""

OUTBOX = Table(
    "outbox", METADATA, _id(), _of("accounts", "account_id", null=True),
    Column("kind", String(8), nullable=False),
    Column("area_code", String(5), nullable=False),
    Column("mobile", String(15), nullable=False),
    Column("text", String(500), nullable=False),
    Column("state", String(8), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("due_s", BigInteger, nullable=False),
    Column("error", String(200)),
    Column("created_s", BigInteger, nullable=False),
    Index(None, "state", "due_s"),
)  # fmt: skip
"""Messages to be sent: `kind` is "card" or "code", `state` "waiting", "sent", "failed" or, of test accounts,
"withheld". `text` is emptied once it was sent or given up: a one-time code is in it."""

LOGIN_CODES = Table(
    "login_codes", METADATA, _id(),
    Column("area_code", String(5), nullable=False),
    Column("mobile", String(15), nullable=False),
    Column("salt", LargeBinary(16), nullable=False),
    Column("digest", LargeBinary(32), nullable=False),
    Column("wrong", Integer, nullable=False),
    Column("ends_s", BigInteger, nullable=False),
    Column("created_s", BigInteger, nullable=False),
    Index(None, "area_code", "mobile", "created_s"),
)  # fmt: skip
"""One-time codes, as salted digests."""

SESSIONS = Table(
    "sessions", METADATA,
    Column("digest", LargeBinary(32), primary_key=True),
    Column("area_code", String(5), nullable=False),
    Column("mobile", String(15), nullable=False),
    _of("communities", "community_id", null=True),
    Column("card_no", String(16)),
    Column("ends_s", BigInteger, nullable=False),
)  # fmt: skip
"""Guests that are logged in, by their cookie's digest; with an `/apiLogin` link for one community or card alone."""

USED_LINKS = Table(
    "used_links", METADATA,
    Column("digest", LargeBinary(32), primary_key=True),
    Column("first_s", BigInteger, nullable=False),
    Column("count", Integer, nullable=False),
)  # fmt: skip
"""Links of `/apiLogin` that were opened, by digest."""

AUDIT = Table(
    "audit", METADATA, _id(), _of("accounts", "account_id", null=True), _of("communities", "community_id", null=True),
    _of("cards", "card_id", null=True),
    Column("at_s", BigInteger, nullable=False),
    Column("what", String(24), nullable=False),
    Column("detail", String(200), nullable=False),
    Index(None, "community_id", "at_s"),
)  # fmt: skip
"""Who did what when. Neither codes nor tokens nor mobile numbers are in it."""

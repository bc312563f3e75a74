"""The tables of the first release."""

from __future__ import annotations

from alembic import op
from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    UniqueConstraint,
)

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

ID = BigInteger().with_variant(Integer, "sqlite")


def upgrade() -> None:
    """Make all tables; the names of constraints and indices come from the convention in tables.py."""
    op.create_table(
        "accounts", _id(),
        Column("sid", String(32), nullable=False, unique=True),
        Column("token", String(30), nullable=False),
        Column("name", String(80), nullable=False),
        Column("test", Boolean, nullable=False),
        Column("active", Boolean, nullable=False),
        Column("created_s", BigInteger, nullable=False),
    )  # fmt: skip
    op.create_table(
        "communities", _id(),
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
    op.create_table(
        "members",
        Column("account_id", ID, ForeignKey("accounts.id"), primary_key=True),
        Column("community_id", ID, ForeignKey("communities.id"), primary_key=True),
    )  # fmt: skip
    op.create_table(
        "buildings", _id(), _of("communities", "community_id"),
        Column("number", String(5), nullable=False),
        Column("name", String(80), nullable=False),
        UniqueConstraint("community_id", "number"),
    )  # fmt: skip
    op.create_table(
        "floors", _id(), _of("buildings", "building_id"),
        Column("number", String(5), nullable=False),
        Column("name", String(80), nullable=False),
        UniqueConstraint("building_id", "number"),
    )  # fmt: skip
    op.create_table(
        "rooms", _id(), _of("communities", "community_id"), _of("floors", "floor_id"),
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
    op.create_table(
        "cards", _id(), _of("communities", "community_id"), _of("accounts", "account_id"),
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
    op.create_table(
        "serials",
        Column("community_id", ID, ForeignKey("communities.id"), primary_key=True),
        Column("serial", BigInteger, primary_key=True, autoincrement=False),
        _of("cards", "card_id"),
        Column("given_s", BigInteger, nullable=False),
    )  # fmt: skip
    op.create_table(
        "renditions", _id(), _of("cards", "card_id"),
        Column("serial", BigInteger, nullable=False),
        Column("revision", Integer, nullable=False),
        Column("cut_off_min", Integer),
        Column("shown_to", String(8), nullable=False),
        Column("made_s", BigInteger, nullable=False),
        Index(None, "card_id", "made_s"),
    )  # fmt: skip
    op.create_table(
        "requests",
        Column("account_id", ID, ForeignKey("accounts.id"), primary_key=True),
        Column("sig", String(40), primary_key=True),
        Column("body_sha256", LargeBinary(32), primary_key=True),
        Column("first_s", BigInteger, nullable=False),
        Column("count", Integer, nullable=False),
        _of("cards", "card_id", null=True),
        Index(None, "first_s"),
    )  # fmt: skip
    op.create_table(
        "records", _id(), _of("communities", "community_id"), _of("rooms", "room_id"),
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
    op.create_table(
        "outbox", _id(), _of("accounts", "account_id", null=True),
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
    op.create_table(
        "login_codes", _id(),
        Column("area_code", String(5), nullable=False),
        Column("mobile", String(15), nullable=False),
        Column("salt", LargeBinary(16), nullable=False),
        Column("digest", LargeBinary(32), nullable=False),
        Column("wrong", Integer, nullable=False),
        Column("ends_s", BigInteger, nullable=False),
        Column("created_s", BigInteger, nullable=False),
        Index(None, "area_code", "mobile", "created_s"),
    )  # fmt: skip
    op.create_table(
        "sessions",
        Column("digest", LargeBinary(32), primary_key=True),
        Column("area_code", String(5), nullable=False),
        Column("mobile", String(15), nullable=False),
        _of("communities", "community_id", null=True),
        Column("card_no", String(16)),
        Column("ends_s", BigInteger, nullable=False),
    )  # fmt: skip
    op.create_table(
        "used_links",
        Column("digest", LargeBinary(32), primary_key=True),
        Column("first_s", BigInteger, nullable=False),
        Column("count", Integer, nullable=False),
    )  # fmt: skip
    op.create_table(
        "audit", _id(), _of("accounts", "account_id", null=True), _of("communities", "community_id", null=True),
        _of("cards", "card_id", null=True),
        Column("at_s", BigInteger, nullable=False),
        Column("what", String(24), nullable=False),
        Column("detail", String(200), nullable=False),
        Index(None, "community_id", "at_s"),
    )  # fmt: skip


def _id() -> Column[int]:
    return Column("id", ID, primary_key=True)


def _of(table: str, name: str, *, null: bool = False) -> Column[int]:
    return Column(name, ID, ForeignKey(f"{table}.id"), nullable=null)

"""Symbols that no issuer draws: other levels, versions and modes, and bit streams that are none.

Left out is what ISO/IEC 18004 leaves to the reader: a part of a structured append message, FNC1, bytes beyond ASCII
without a designator.
"""

from __future__ import annotations

from collections.abc import Iterator

from lockcore.symbol.capacity import choose_version
from vectors.families.decode_common import WIDTHS
from vectors.families.symbol_bits import ALPHANUMERIC, digits, drawn, eci, kanji, letters, octets
from vectors.families.symbol_damage import Seen

_GOOD, _FOREIGN, _SPELLING = ("Good",), ("ForeignText",), ("SecondSpelling",)
_LINK, _WIFI = "https://example.com/menu?table=7", "WIFI:T:WPA;S:guest;P:welcome;;"


def foreign() -> Iterator[Seen]:
    """All of them."""
    yield from _levels()
    yield from _lengths()
    yield from _modes()
    yield from _spellings()
    yield from _no_streams()


def _levels() -> Iterator[Seen]:
    """A card's text at other levels and in larger versions: it is the text that counts (FORMAT.md, section 9)."""
    for width in WIDTHS:
        text = width.text
        for level in "LQH":
            version = choose_version(len(text), level)
            comment = f"{len(text)} digits at level {level}, version {version}"
            yield Seen(
                f"digits-{len(text)}-level-{level.lower()}",
                comment,
                _SPELLING,
                drawn(digits(text, version), version, level, 3),
                text,
            )
        for version in (7, 10):
            comment = f"{len(text)} digits at level M in version {version}, which is larger than they need"
            yield Seen(
                f"digits-{len(text)}-version-{version}",
                comment,
                _SPELLING,
                drawn(digits(text, version), version, "M", 6),
                text,
            )


def _lengths() -> Iterator[Seen]:
    for text in ("0", "00", "000", "7", "42", "0123", "01234567", "0" * 41, "9" * 100, "5" * 102):
        version = choose_version(len(text), "M")
        comment = f"{len(text)} digits: the last group is of {len(text) % 3 or 3}"
        yield Seen(
            f"digits-{len(text)}-{text[:1]}", comment, _FOREIGN, drawn(digits(text, version), version, "M", 4), text
        )


def _modes() -> Iterator[Seen]:
    for slug, comment, text, stream, version in (
        ("link", "a link in bytes", _LINK, octets(_LINK.encode()), 3),
        ("link-upper", "a link in capitals, alphanumeric", "HTTP://EXAMPLE.COM/7", letters("HTTP://EXAMPLE.COM/7"), 2),
        ("alphanumeric", "every alphanumeric character", ALPHANUMERIC, letters(ALPHANUMERIC), 3),
        ("alphanumeric-odd", "one alphanumeric character", "A", letters("A"), 1),
        ("wifi", "a network's name and password", _WIFI, octets(_WIFI.encode()), 3),
        ("kanji", "Kanji", "日本", kanji("日本"), 1),
        ("kanji-high", "Kanji from the second range", "熙", kanji("熙"), 1),
        ("eci-utf-8", "UTF-8 after its designator", "Zimmer für zwei", eci(26) + octets("Zimmer für zwei".encode()), 2),
        ("eci-latin-1", "ISO 8859-1 after its designator", "Café", eci(3) + octets("Café".encode("latin-1")), 1),
    ):  # fmt: skip
        yield Seen(slug, comment, _FOREIGN, drawn(stream, version, "M", 1), text)


def _spellings() -> Iterator[Seen]:
    """A card's digits in other segments: the same text, and so the same card."""
    for width in WIDTHS[:3]:
        text, version = width.text, width.carrier.version + 4
        third, half = len(text) // 3, len(text) // 2
        for slug, comment, stream in (
            ("two-segments", "two numeric segments", digits(text[:half]) + digits(text[half:])),
            ("bytes", "bytes", octets(text.encode())),
            ("alphanumeric", "an alphanumeric segment", letters(text)),
            (
                "mixed",
                "numeric, alphanumeric and bytes",
                digits(text[:third]) + letters(text[third : 2 * third]) + octets(text[2 * third :].encode()),
            ),
            ("one-by-one", "a first digit in a segment of its own", digits(text[:1]) + digits(text[1:])),
        ):
            yield Seen(
                f"digits-{len(text)}-{slug}",
                f"a card's digits as {comment}",
                _SPELLING,
                drawn(stream, version, "L", 2),
                text,
            )
    text = WIDTHS[0].text
    pads = drawn(digits(text, 4), 4, "M", 2, pads=("00000000", "11111111"))
    yield Seen("digits-101-other-pads", "other bytes than the standard's after the terminator", _SPELLING, pads, text)
    ended = digits(text, 4) + "0000" + digits("1234567", 4)
    yield Seen(
        "digits-101-after-terminator", "a segment after the terminator", _SPELLING, drawn(ended, 4, "M", 2), text
    )


def _no_streams() -> Iterator[Seen]:
    """Streams that end too early, and groups of digits that are no number of so many digits."""
    text = WIDTHS[0].text
    stream = digits(text, 3)
    for slug, comment, made in (
        ("count-beyond", "more digits announced than the symbol holds", digits(text, 3, count=200)),
        ("count-largest", "1023 digits announced", digits(text, 3, count=1023)),
        ("bytes-beyond", "more bytes announced than the symbol holds", octets(b"qrlock", count=200)),
        ("group-1000", "a group of three digits that says 1000", stream[:14] + f"{1000:010b}" + stream[24:]),
        ("group-1023", "a group of three digits that says 1023", stream[:24] + f"{1023:010b}" + stream[34:]),
        ("rest-100", "a rest of two digits that says 100", stream[:-7] + f"{100:07b}"),
        ("rest-127", "a rest of two digits that says 127", stream[:-7] + f"{127:07b}"),
    ):
        yield Seen(f"stream-{slug}", comment, ("ParserLimit",), drawn(made, 3, "M", 5), None)

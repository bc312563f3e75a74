"""Step 1: texts that are no card, and numbers that no card is."""

from __future__ import annotations

from collections.abc import Iterator

from vectors.families import by_the_book as book
from vectors.families.by_the_book import CMAC_SEAL
from vectors.families.decode_common import WIDTHS, Defect, Width

NOT_A_CARD = "NOT_A_CARD"
_FOREIGN = (
    ("letter", "a letter", "A"), ("lower-letter", "a hexadecimal digit", "f"), ("letter-o", "the letter O", "O"),
    ("slash", "the character before 0", "/"), ("colon", "the character after 9", ":"), ("space", "a space", " "),
    ("tab", "a tab", "\t"), ("line-end", "a line end", "\n"), ("nul", "NUL", "\0"), ("plus", "a plus", "+"),
    ("minus", "a minus", "-"), ("point", "a decimal point", "."), ("comma", "a comma", ","),
    ("underline", "an underline, which some parsers skip between digits", "_"),
    ("bit-7", "a 0 with its bit 7 set", "\xb0"), ("wide-digit", "a full-width digit", "０"),
    ("arabic-digit", "an Arabic-Indic digit", "٠"), ("devanagari-digit", "a Devanagari digit", "०"),
    ("superscript", "a superscript digit", "²"), ("mathematical-digit", "a mathematical bold digit", "𝟎"),
    ("low-byte-digit", "a character whose low byte is that of 0", "\u0130"),
)  # fmt: skip
_AROUND = (
    ("space-before", "a space before it", " ", ""),
    ("space-after", "a space after it", "", " "),
    ("line-end-after", "a line end after it", "", "\n"),
    ("crlf-after", "a line end of two characters after it", "", "\r\n"),
    ("nul-after", "NUL after it", "", "\0"),
    ("nul-before", "NUL before it", "\0", ""),
    ("plus-before", "a plus before it", "+", ""),
    ("minus-before", "a minus before it", "-", ""),
    ("bom-before", "a byte order mark before it", "\ufeff", ""),
    ("zero-before", "a zero before it", "0", ""),
    ("zero-after", "a zero after it", "", "0"),
    ("quotes", "quotes around it", '"', '"'),
    ("link", "a link to it", "https://example.com/c?", ""),
    ("prefix", "a word before it", "qrlock:", ""),
    ("hexadecimal-prefix", "0x before it", "0x", ""),
)


def defects(width: Width) -> Iterator[Defect]:
    """All of one width, made from its good card."""
    yield from _lengths(width)
    yield from _characters(width)
    yield from _numbers(width)


def _defect(
    width: Width, slug: str, comment: str, text: str, flags: tuple[str, ...], reason: str = NOT_A_CARD
) -> Defect:
    digits = width.carrier.digits
    good = book.stages(width.sealed, digits, width.grant)
    return Defect(f"{slug}.{width.name}", comment, flags, text, reason, good | {"text": text})


def _lengths(width: Width) -> Iterator[Defect]:
    text = width.text
    for slug, comment, changed in (
        ("first-digit-lost", "its first digit is lost", text[1:]),
        ("last-digit-lost", "its last digit is lost", text[:-1]),
        ("third-lost", "its last third is lost", text[: 2 * len(text) // 3]),
        ("last-digit-twice", "its last digit stands twice", text + text[-1]),
        ("two-zeros-before", "two zeros before it", "00" + text),
        ("zeros-stripped", "it is written without leading zeros", text.lstrip("0")),
        ("written-thrice", "it is written three times", text * 3),
        ("length-plus-256", "as many zeros before it that its length is the same in one byte", "0" * 256 + text),
    ):
        yield _defect(width, slug, comment, changed, ("Truncated",))


def _characters(width: Width) -> Iterator[Defect]:
    text, middle = width.text, len(width.text) // 2
    for slug, comment, character in _FOREIGN:
        for place, at in (("first", 0), ("middle", middle), ("last", len(text) - 1)):
            changed = text[:at] + character + text[at + 1 :]
            where = f"{comment} in place of its {place} digit"
            yield _defect(width, f"{slug}-{place}", where, changed, ("ForeignText",))
    for slug, comment, before, after in _AROUND:
        yield _defect(width, slug, comment, before + text + after, ("ForeignText", "SecondSpelling"))
    in_place = " " + text[1:]
    yield _defect(width, "padded-with-spaces", "spaces for leading zeros", in_place, ("SecondSpelling",))
    bytes_fit = text[: len(text) - 2] + "²"
    yield _defect(
        width, "length-in-bytes", "too few characters, but as many bytes of UTF-8", bytes_fit, ("ForeignText",)
    )


def _numbers(width: Width) -> Iterator[Defect]:
    carrier, good = width.carrier, int(width.text)
    limit = carrier.limit
    zero = "UNKNOWN_KEY" if width.kind is CMAC_SEAL else "BAD_SEAL"
    for slug, comment, number, reason in (
        ("number-zero", "all digits are 0: key id 0, and no seal", 0, zero),
        ("number-last", "the last number below the width's limit: a head of format 3", limit - 1, "UNSUPPORTED_FORMAT"),
        ("number-limit", "the first number at the width's limit", limit, NOT_A_CARD),
        ("number-limit-one", "the number after the width's limit", limit + 1, NOT_A_CARD),
        ("number-nines", "all digits are 9", 10**carrier.digits - 1, NOT_A_CARD),
        ("number-top-bit", "a good card with the top bit set", good + limit, NOT_A_CARD),
    ):
        yield _defect(width, slug, comment, str(number).zfill(carrier.digits), ("ParserLimit",), reason)
    body = width.body | 1 << carrier.body_bits
    data = book.plain(body, carrier.digits)
    text = book.text(data + book.seal(data, width.kind), carrier.digits)
    yield _defect(width, "number-top-bit-sealed", "a body's top bit set, and sealed", text, ("ParserLimit",))
    yield from _overflows(width, good)


def _overflows(width: Width, good: int) -> Iterator[Defect]:
    """Digits for more than the bytes hold: what carries out of the top is lost where nobody looks."""
    whole = 2 * width.carrier.limit
    factors = [factor for factor in (1, 2, 255, 256, 10**149 // whole - 1) if good + factor * whole < 10**149]
    for factor in factors if width.carrier.digits == 149 else ():
        text = str(good + factor * whole).zfill(149)
        comment = f"a good card plus {factor} times what its bytes hold: it wraps around to the card"
        yield _defect(width, f"number-wraps-{factor}", comment, text, ("ParserLimit", "SecondSpelling"))


def strangers() -> Iterator[Defect]:
    """Texts that have nothing to do with a card, of any length; they are asked once."""
    lengths = {0, 1, 2, 100, 102, 148, 150, 201, 203, 254, 256, 300, 357, 511, 512, 1000, 4096}
    for length in sorted(lengths):
        yield Defect(f"digits-{length}", f"{length} digits", ("ForeignText",), "7" * length, NOT_A_CARD, {})
    for slug, comment, text in (
        ("just-a-link", "a link", "https://example.com/menu"),
        ("link-of-101", "a link of 101 characters", "https://example.com/".ljust(101, "a")),
        ("letters-101", "101 letters", "A" * 101),
        ("wifi", "a network's name and password", "WIFI:T:WPA;S:guest;P:welcome;;"),
        ("injection", "an apostrophe and a statement", "1' OR '1'='1' --"),
        ("format-string", "conversions of printf", "%s%n%x" * 20),
        ("json", "a grant in clear", '{"room":"401G","start":6256200,"end":6258960,"times":2}'),
        ("token", "three parts of base64 with points between", "eyJhbGciOiJub25lIn0.eyJyb29tIjoiNDAxRyJ9."),
        ("controls", "control characters", "\x01\x02\x7f\x1b[2J"),
        ("spaces-101", "101 spaces", " " * 101),
        ("arabic-101", "101 Arabic-Indic digits", "٣" * 101),
        ("nul-101", "101 NUL", "\0" * 101),
        ("point-101", "a decimal fraction of 101 characters", "0." + "1" * 99),
        ("power-101", "a power of ten of 101 characters", "1e5".zfill(101)),
        ("emoji", "a character beyond the first plane", "\U0001f511"),
    ):
        yield Defect(f"stranger.{slug}", comment, ("ForeignText",), text, NOT_A_CARD, {})


def all_of(kind: str) -> Iterator[Defect]:
    """Those of the two widths of a seal."""
    for width in WIDTHS:
        if width.kind == kind:
            yield from defects(width)

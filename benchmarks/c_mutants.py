"""Every single-point mutant of a C file: one comparison, constant or boolean operator changed, or one check skipped.

Written for the C of `vectors/firmware/src`: what is changed stands in a function's body, a table, an enumeration or the
value of a macro without arguments, never in a comment, a text, another preprocessor line or the length of an array.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

_TOKEN = re.compile(
    r"""(?P<blank>/\*.*?\*/|//[^\n]*|^[ \t]*\#(?:[^\n\\]|\\.|\\\n)*|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])+')
      |(?P<name>[A-Za-z_]\w*)
      |(?P<number>0[xX][0-9a-fA-F]+[uUlL]*|\d+[uUlL]*)
      |(?P<op><<=|>>=|<<|>>|->|<=|>=|==|!=|&&|\|\||[-+*/%&|^<>=!~?:;,.(){}\[\]])
      |(?P<space>\s+)|(?P<other>.)""",
    re.DOTALL | re.MULTILINE | re.VERBOSE,
)
_MACRO = re.compile(r"^[ \t]*#[ \t]*define[ \t]+\w+[ \t]+(?P<value>(?:(?!/[*/])(?:\\\n|[^\n]))*)", re.MULTILINE)
"""A macro without arguments; a comment after its value is none of it."""
_OPERATORS = {
    "<": ("<=",), "<=": ("<",), ">": (">=",), ">=": (">",), "==": ("!=",), "!=": ("==",), "&&": ("||",), "||": ("&&",),
}  # fmt: skip


class CMutant(NamedTuple):
    """A file's text but for one change; `name` stays the same for as long as the line and the change do."""

    path: Path
    name: str
    text: str


class _Token(NamedTuple):
    kind: str
    text: str
    at: int


class _Change(NamedTuple):
    at: int
    end: int
    instead: str
    what: str


def mutants_of(path: Path) -> Iterator[CMutant]:
    """Every mutant of this C file, in the order of its text."""
    text = path.read_text(encoding="utf-8")
    starts = [0, *(match.end() for match in re.finditer("\n", text))]
    lines = text.splitlines()
    seen: Counter[str] = Counter()
    for change in sorted([*_changes(_tokens(text)), *_macro_changes(text)]):
        line = lines[bisect_right(starts, change.at) - 1].strip()
        name = f"{path.name}: {line} [{change.what}]"
        seen[name] += 1
        numbered = name if seen[name] == 1 else f"{name} {seen[name]}"
        yield CMutant(path, numbered, text[: change.at] + change.instead + text[change.end :])


def _tokens(text: str) -> list[_Token]:
    """But for what is never changed."""
    found = (_Token(match.lastgroup or "", match[0], match.start()) for match in _TOKEN.finditer(text))
    return [token for token in found if token.kind not in ("blank", "space")]


def _macro_changes(text: str) -> Iterator[_Change]:
    for macro in _MACRO.finditer(text):
        for change in _changes(_tokens(macro["value"]), depth=1):
            yield change._replace(at=change.at + macro.start("value"), end=change.end + macro.start("value"))


def _changes(tokens: list[_Token], depth: int = 0) -> Iterator[_Change]:
    """In braces, or everywhere with `depth` 1."""
    in_length = 0
    for place, token in enumerate(tokens):
        depth += (token.text == "{") - (token.text == "}")
        in_length = _length_depth(tokens, place, in_length)
        if depth < 1 or in_length:
            continue
        if token.kind == "number":
            yield _constant(token)
        elif token.text in ("true", "false"):
            other = "false" if token.text == "true" else "true"
            yield _of(token, other, f"{token.text} to {other}")
        elif token.text in _OPERATORS:
            yield from (_of(token, other, f"{token.text} to {other}") for other in _OPERATORS[token.text])
        elif token.text == "if" and tokens[place + 1].text == "(":
            yield _skipped(tokens, place + 1)


def _length_depth(tokens: list[_Token], place: int, before: int) -> int:
    """How deep the token stands in the brackets of a declaration, `uint8_t keys[2][16]`: a type's name comes before."""
    token = tokens[place]
    if before:
        return before + (token.text == "[") - (token.text == "]")
    if token.text != "[":
        return 0
    while place >= 1 and tokens[place - 1].text == "]":
        place = _opening(tokens, place - 1)
    declared = place >= 2 and tokens[place - 1].kind == tokens[place - 2].kind == "name"
    return int(declared and tokens[place - 2].text not in ("return", "else", "case", "sizeof"))


def _opening(tokens: list[_Token], closing: int) -> int:
    """Where the bracket begins that ends here."""
    depth, place = 1, closing
    while depth:
        place -= 1
        depth += (tokens[place].text == "]") - (tokens[place].text == "[")
    return place


def _constant(token: _Token) -> _Change:
    digits = token.text.rstrip("uUlL")
    more = int(digits, 0) + 1
    instead = (f"0x{more:x}" if digits[:2].lower() == "0x" else str(more)) + token.text[len(digits) :]
    return _of(token, instead, f"{token.text} to {instead}")


def _skipped(tokens: list[_Token], opening: int) -> _Change:
    """The whole condition of an `if` becomes 0: the check is not made."""
    depth = 0
    for token in tokens[opening:]:
        depth += (token.text == "(") - (token.text == ")")
        if depth == 0:
            return _Change(tokens[opening].at, token.at + 1, "(0)", "check skipped")
    raise AssertionError("an if without its end")


def _of(token: _Token, instead: str, what: str) -> _Change:
    return _Change(token.at, token.at + len(token.text), instead, what)

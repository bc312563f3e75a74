"""An XML body: a root `Request`, or `request`, whose children are the parameters.

Document types are refused before anything in them is read, and with them entities that expand and files that are
fetched.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from simulator.platform.codes import ParameterError
from simulator.platform.protocol.members import bad_body, shown

ROOTS = ("Request", "request")


def members(text: str) -> Iterator[tuple[str, str | None]]:
    """Each child with its text; PlatformError (BAD_BODY), ParameterError."""
    children = _Children()
    parser = DefusedXMLParser(target=children, forbid_dtd=True)
    try:
        parser.feed(text)
        parser.close()
    except DefusedXmlException:
        raise bad_body("the body has a document type or entities") from None
    except (ParseError, ValueError, LookupError):
        raise bad_body("the body is not XML") from None
    return iter(children.found)


class _Children:
    """What the parser tells of as it goes: no tree is made, so none is too deep."""

    def __init__(self) -> None:
        self.found: list[tuple[str, str | None]] = []
        self._open: list[str] = []
        self._texts: list[str] = []

    def start(self, tag: str, _attributes: Mapping[str, str]) -> None:
        """An element begins: the root, or a child of it."""
        if not self._open and tag not in ROOTS:
            raise bad_body("the root is not Request")
        if len(self._open) == 2:
            raise ParameterError(shown(self._open[1]), "is nested")
        self._open.append(tag)
        self._texts.clear()

    def data(self, text: str) -> None:
        """Text in a child; between children there is none."""
        if len(self._open) == 2:
            self._texts.append(text)
        elif text.strip():
            raise bad_body("the body has text outside of its parameters")

    def end(self, tag: str) -> None:
        """An element ends."""
        if len(self._open) == 2:
            self.found.append((tag, "".join(self._texts)))
        self._open.pop()

    def close(self) -> None:
        """The document ends."""

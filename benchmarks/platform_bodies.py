"""Bodies that are no orders, or nearly: by hand, and by chance out of good ones."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from random import Random
from xml.sax.saxutils import escape

JSON, XML, FORM = "application/json", "application/xml", "application/x-www-form-urlencoded"
DEEP = 100_000
LARGE_BYTES = 10 * 1024 * 1024
_PIECES = (
    b'"', b"\\", b"\\u0000", b"\\ud800", b"\\udc00\\ud800", b"\x00", b"\xff", b"\xed\xa0\x80", b"\xc0\x80",
    b"\xef\xbb\xbf",
    b"{", b"}", b"[", b"]", b",", b":", b"null", b"true", b"1e999", b"-0", b"NaN", b"Infinity", b"9" * 400, b"<", b">",
    b"</", b"/>", b"&amp;", b"&#0;", b"&#xD800;", b"&x;", b"<!--", b"-->", b"<![CDATA[", b"]]>", b"<?x?>",
    b"<!DOCTYPE r>",
    b"%", b"%00", b"%ff", b"&", b"=", b"\r\n", b"\xe2\x80\xae", b"' OR 1=1--",
)  # fmt: skip


def written(given: Mapping[str, object], media_type: str) -> bytes:
    """A good body of these parameters."""
    if media_type == JSON:
        return json.dumps(given).encode()
    children = "".join(f"<{name}>{escape(str(value))}</{name}>" for name, value in given.items())
    return f"<Request>{children}</Request>".encode()


def by_hand(given: Mapping[str, object]) -> Iterator[tuple[str, str, bytes]]:
    """Name, media type and body of each; `given` is a good order."""
    yield from ((name, JSON, body) for name, body in _json(written(given, JSON)).items())
    yield from ((name, XML, body) for name, body in _xml(written(given, XML)).items())
    for media_type in (JSON, XML):
        good = written(given, media_type).decode()
        for encoding in ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-7", "cp037", "utf-8-sig"):
            yield encoding, media_type, good.encode(encoding)
        yield "bytes that are no UTF-8", media_type, good.replace("401G", "401\udcff").encode(errors="surrogateescape")
        yield "nothing", media_type, b""
        yield "blanks", media_type, b" \r\n\t"
        yield "NUL", media_type, b"\0"
        yield "cut", media_type, good[: len(good) // 2].encode()
        yield "twice", media_type, (good * 2).encode()
        yield "10 MB", media_type, good.encode() + b" " * (LARGE_BYTES - len(good))


def _json(good: bytes) -> dict[str, bytes]:
    open_ended = good[:-1]
    return {
        "deep lists": b"[" * DEEP + b"]" * DEEP,
        "deep lists within the limit": b"[" * 30_000,
        "deep objects": b'{"a":' * DEEP + b"1" + b"}" * DEEP,
        "deep in a parameter": open_ended + b',"x":' + b"[" * 20_000 + b"]" * 20_000 + b"}",
        "a name twice": open_ended + b',"mobile":"13900139000"}',
        "a name twice, differently written": open_ended + b',"\\u006dobile":"13900139000"}',
        "huge number": open_ended + b',"times":' + b"9" * 60_000 + b"}",
        "huge exponent": open_ended + b',"times":1e999999999}',
        "no number": open_ended + b',"times":NaN}',
        "infinity": open_ended + b',"times":-Infinity}',
        "half of a surrogate pair": open_ended + b',"outInfo":"\\ud800"}',
        "escaped NUL": open_ended + b',"outInfo":"a\\u0000b"}',
        "line break in a string": open_ended + b',"outInfo":"a\nb"}',
        "strings that do not end": b"[]" * 10 + b'"' + b'\\"' * 30_000,
        "many quotes": b"[]" * 10 + b'"' * 60_000,
        "many names": open_ended + b"".join(b',"a%d":1' % at for at in range(5_000)) + b"}",
        "long name": open_ended + b',"' + b"n" * 60_000 + b'":1}',
        "a list": b"[" + good + b"]",
        "a string": json.dumps(good.decode()).encode(),
        "a comment": b"/**/" + good,
        "a comma too many": open_ended + b",}",
        "single quotes": good.replace(b'"', b"'"),
        "__proto__": open_ended + b',"__proto__":{"times":"1"}}',
    }


def _xml(good: bytes) -> dict[str, bytes]:
    laughs = b"".join(b'<!ENTITY l%d "%s">' % (at, b"&l%d;" % (at - 1) * 10) for at in range(1, 10))
    begun = good.removesuffix(b"</Request>")
    return {
        "billion laughs": b'<!DOCTYPE r [<!ENTITY l0 "ha">%s]><Request><mobile>&l9;</mobile></Request>' % laughs,
        "quadratic entity": b'<!DOCTYPE r [<!ENTITY a "%s">]><Request><mobile>%s</mobile></Request>'
        % (b"a" * 30_000, b"&a;" * 9_000),
        "file": b'<!DOCTYPE r [<!ENTITY f SYSTEM "file:///etc/passwd">]><Request><outInfo>&f;</outInfo></Request>',
        "address": b'<!DOCTYPE r [<!ENTITY f SYSTEM "http://127.0.0.1:9/">]><Request><outInfo>&f;</outInfo></Request>',
        "parameter entity": b'<!DOCTYPE r [<!ENTITY % p SYSTEM "file:///etc/passwd">%p;]>' + good,
        "document type": b"<!DOCTYPE Request>" + good,
        "external document type": b'<!DOCTYPE Request SYSTEM "file:///etc/passwd">' + good,
        "unknown entity": begun + b"<outInfo>&nbsp;</outInfo></Request>",
        "inclusion": begun
        + b'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="/etc/passwd"/></Request>',
        "processing instruction": b'<?xml-stylesheet href="file:///etc/passwd"?>' + good,
        "deep": b"<Request>" + b"<a>" * DEEP + b"</a>" * DEEP + b"</Request>",
        "deep within the limit": b"<Request>" + b"<a>" * 20_000,
        "a name twice": begun + b"<mobile>13900139000</mobile></Request>",
        "a name in a namespace": good.replace(b"<Request>", b'<Request xmlns="urn:x">'),
        "another root": good.replace(b"Request", b"Response"),
        "declared UTF-16": b'<?xml version="1.0" encoding="UTF-16"?>' + good,
        "declared as unknown": b'<?xml version="1.0" encoding="x-none"?>' + good,
        "declared as 1.1": b'<?xml version="1.1"?>' + good,
        "NUL by reference": begun + b"<outInfo>a&#0;b</outInfo></Request>",
        "surrogate by reference": begun + b"<outInfo>&#xD800;</outInfo></Request>",
        "many attributes": good.replace(b"<Request>", b"<Request%s>" % b"".join(b' a%d=""' % at for at in range(5000))),
        "many names": begun + b"".join(b"<a%d>1</a%d>" % (at, at) for at in range(3_000)) + b"</Request>",
        "long name": begun + b"<%s/></Request>" % (b"n" * 60_000),
        "text between": good.replace(b"<mobile>", b"x<mobile>"),
        "comment in a value": good.replace(b"401G", b"4<!-- -->01G"),
        "sections": good.replace(b"401G", b"<![CDATA[4]]>01<![CDATA[G]]>"),
        "one element more": good + b"<Request/>",
    }  # fmt: skip


def mutated(random: Random, body: bytes) -> bytes:
    """The body, changed by chance in a place, or in a few."""
    for _ in range(random.choice((1, 1, 1, 2, 4))):
        body = _mutated_once(random, body)
    return body


def _mutated_once(random: Random, body: bytes) -> bytes:
    at, to = sorted((random.randrange(len(body) + 1), random.randrange(len(body) + 1)))
    match random.randrange(7):
        case 0:
            return body[:at] + bytes([random.randrange(256)]) + body[at + 1 :]
        case 1:
            return body[:at] + random.choice(_PIECES) + body[at:]
        case 2:
            return body[:at] + random.choice(_PIECES) + body[at + random.randrange(8) :]
        case 3:
            return body[:at] + body[min(to, at + 12) :]
        case 4:
            return body[:to] + body[at:to] + body[to:]
        case 5:
            return body[:at]
        case _:
            digit = bytes([random.choice(b"0123456789")])
            return body[:at] + digit + body[at + random.randrange(2) :]

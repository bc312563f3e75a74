"""Part of bar 2 of issue "platform": what no HTTP client sends, over sockets, to a server that runs as users run it."""

from __future__ import annotations

import json
import re
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import time

from benchmarks.line import Line, bar
from benchmarks.platform_bodies import DEEP, JSON, LARGE_BYTES, XML, written
from benchmarks.platform_client import Signed, signed
from benchmarks.platform_server import NUMBER, Server, Site, seeded, serving

HOST = "127.0.0.1"
ANSWER_S, PATIENCE_S = 60.0, 0.5
"""How long an answer may take; how long one is waited for before our side closes, where a request may not be whole."""
RISE_MAX_MB = 64.0
"""What the server's memory may rise by at most, whatever it is sent."""
LARGE, LARGE_QUICK = 40, 4
AT_ONCE = 8
RANDOM, RANDOM_QUICK = 2_000, 50
_STATUS = re.compile(rb"HTTP/1\.1 ([0-9]{3}) ")
_TRACE = re.compile(r"Traceback|Exception|ERROR|CRITICAL")
_FILES = (b"root:x:0", b"from __future__")
"""What is in files that a path could lead to."""
_LARGE = ("10 MB", "10 MB in chunks", "deep nesting")
_ORDER = {"mobile": "13800138000", "communityNo": str(NUMBER), "buildNo": "1", "floorNo": "4", "roomNo": "401"}


def line(number: str, seed: int, quick: bool) -> Line:
    """The bar: no 5xx, nothing logged that should not be, no wrong acceptance, memory within its limit."""
    with TemporaryDirectory() as folder:
        site = seeded(Path(folder) / "home")
        with serving(site) as server:
            wrong = _hello(server, site)
            before_mb = _peak_mb(server)
            asked, found = _attack(server, site, seed, quick)
            wrong += [*found, *_hello(server, site)]
            rise_mb = None if before_mb is None else (_peak_mb(server) or 0.0) - before_mb
        wrong += sorted(set(_TRACE.findall((site.home.root / "serve.log").read_text(errors="replace"))))
    if rise_mb is not None and rise_mb > RISE_MAX_MB:
        wrong.append("memory")
    memory = "not told by this system" if rise_mb is None else f"{rise_mb:.0f} MB above {before_mb:.0f} MB at most"
    figure = f"{asked} sent, {len(wrong)} wrong; memory {memory}"
    return bar(
        number, "over sockets, to a served platform: 10 MB, pieces, lengths that lie", "; ".join([figure, *wrong[:5]]),
        f"0 wrong, {RISE_MAX_MB:.0f} MB more at most", not wrong,
    )  # fmt: skip


def _attack(server: Server, site: Site, seed: int, quick: bool) -> tuple[int, list[str]]:
    """How many were sent, and what went wrong: first the large ones many at once, then all else."""
    large, count = (LARGE_QUICK, RANDOM_QUICK) if quick else (LARGE, RANDOM)
    named = list(_large(site, large))
    with ThreadPoolExecutor(AT_ONCE) as pool:
        found = [one for one in pool.map(lambda sent: _judged(server, *sent), named) if one]
        rest = [*_by_hand(site), *_by_chance(site, seed, count)]
        found += [one for one in pool.map(lambda sent: _judged(server, *sent), rest) if one]
    return len(named) + len(rest), found


def _large(site: Site, count: int) -> Iterator[tuple[str, list[bytes]]]:
    for at in range(count):
        media_type = (JSON, XML)[at % 2]
        body = written(_ORDER, media_type) + b" " * LARGE_BYTES
        request = _signed(site, body, media_type, at)
        yield "10 MB", [request.raw(HOST)]
        yield "10 MB in chunks", [_chunked(request, 64 * 1024)]
        yield "deep nesting", [_signed(site, b"[" * DEEP + b"]" * DEEP, JSON, at).raw(HOST)]


def _by_hand(site: Site) -> Iterator[tuple[str, list[bytes]]]:
    """Name, and the pieces as they are sent one after the other."""
    good = _signed(site, written(_ORDER, JSON), JSON, 1000)
    raw = good.raw(HOST)
    head, _, body = raw.partition(b"\r\n\r\n")
    length = f"Content-Length: {len(body)}".encode()

    def changed(old: bytes, new: bytes) -> bytes:
        assert old in raw
        return raw.replace(old, new, 1)

    yield "a byte at a time", [bytes([byte]) for byte in raw]
    yield "chunks of one byte", [_chunked(good, 1)]
    yield "chunk without end", [_chunked(good, 10)[:-5]]
    yield "chunk size that is none", [_chunked(good, 10).replace(b"\r\na\r\n", b"\r\nzz\r\n", 1)]
    yield "chunk size that is huge", [_chunked(good, 10).replace(b"\r\na\r\n", b"\r\nffffffffffffffff1\r\n", 1)]
    yield "length too small", [changed(length, b"Content-Length: 10")]
    yield "length too large", [changed(length, b"Content-Length: 100000")]
    yield "length below nothing", [changed(length, b"Content-Length: -1")]
    yield "length that is none", [changed(length, b"Content-Length: ten")]
    yield "length beyond all", [changed(length, b"Content-Length: " + b"9" * 30)]
    yield "two lengths", [changed(length, length + b"\r\nContent-Length: 5")]
    yield "length and chunks", [changed(length, length + b"\r\nTransfer-Encoding: chunked")]
    yield "an encoding that is none", [changed(length, b"Transfer-Encoding: gzip, chunked")]
    yield "gzip", [changed(length, length + b"\r\nContent-Encoding: gzip")]
    yield "no length", [changed(b"\r\n" + length, b"")]
    yield "head without end", [head[:-20]]
    yield "head of 40 MB", [changed(length, length + b"\r\nX: " + b"x" * 4 * LARGE_BYTES)]
    yield "1,000,000 headers", [changed(length, length + b"\r\nX: x" * 1_000_000)]
    yield "headers after the chunks", [_chunked(good, 100)[:-2] + b"X: x\r\n" * 1_000_000 + b"\r\n"]
    yield "chunk with a word of 10 MB", [_chunked(good, 10).replace(b"\r\na\r\n", b"\r\na;" + b"x" * LARGE_BYTES, 1)]
    yield "NUL in a header", [changed(length, length + b"\r\nX: a\0b")]
    yield "line break in a header", [changed(length, length + b"\r\nX: a\rb")]
    yield "header over two lines", [changed(length, length + b"\r\nX: a\r\n b")]
    yield "no host", [changed(f"Host: {HOST}\r\n".encode(), b"")]
    yield "host that is none", [changed(f"Host: {HOST}".encode(), b"Host: [")]
    yield "two requests at once", [raw + raw]
    yield "HTTP/0.9", [b"GET /\r\n\r\n"]
    yield "HTTP/3.0", [changed(b"HTTP/1.1", b"HTTP/3.0")]
    yield "TLS", [bytes.fromhex("16030100c6010000c20303") + bytes(200)]
    yield "no HTTP", [b"\0" * 1000]
    yield "a whole address", [changed(b"POST /?", b"POST http://other.example/?")]
    yield "path with bytes", [b"GET /guest/\xff\xfe%00%ff HTTP/1.1\r\nHost: x\r\n\r\n"]
    for path in (
        "/guest/static/../pages.py",
        "/guest/static/..%2f..%2fpages.py",
        "/../../../../etc/passwd",
        "//etc/passwd",
    ):
        yield f"path {path}", [f"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode()]
    yield "path of 60 KB", [b"GET /guest/" + b"a" * 60_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n"]
    yield "query of 60 KB", [b"GET /apiLogin?data=" + b"a" * 60_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n"]
    yield "cookies with bytes", [b"GET /guest/cards HTTP/1.1\r\nHost: x\r\nCookie: qrlock-guest=\xff\xfe; a\r\n\r\n"]
    yield "form cut off", [_form(b"mobile=1", 100)]
    yield "form with bytes", [_form(b"mobile=%ff&areaCode=\xff", 23)]
    yield "form of 10 MB", [_form(b"a" * LARGE_BYTES, LARGE_BYTES)]
    yield "upgrade", [changed(length, length + b"\r\nConnection: Upgrade\r\nUpgrade: websocket")]
    yield "method that is none", [changed(b"POST", b"FROB")]
    yield "priority", [b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"]


def _by_chance(site: Site, seed: int, count: int) -> Iterator[tuple[str, list[bytes]]]:
    """Good requests with bytes changed, cut and repeated; in two pieces."""
    random = Random(seed)
    for at in range(count):
        raw = bytearray(_signed(site, written(_ORDER, (JSON, XML)[at % 2]), (JSON, XML)[at % 2], 2000 + at).raw(HOST))
        for _ in range(random.randint(1, 3)):
            where = random.randrange(len(raw))
            raw[where : where + random.randrange(3)] = random.choice((b"", b"\r\n", b"\0", b"\xff", b" ", b":", b"0"))
        cut = random.randrange(len(raw) + 1)
        yield f"by chance {at}", [bytes(raw[:cut]), bytes(raw[cut:])]


def _judged(server: Server, name: str, pieces: list[bytes]) -> str:
    """What is wrong with the answers, "" if nothing is: none at all is right as well."""
    large = name in _LARGE
    answer = _exchanged(server.port, pieces, ANSWER_S if large else PATIENCE_S)
    statuses = [int(status) for status in _STATUS.findall(answer)]
    if any(status >= 500 for status in statuses):
        return f"{name}: HTTP {max(statuses)}"
    if any(secret in answer for secret in _FILES):
        return f"{name}: a file"
    if large and (statuses != [200] or b'"status":200' in answer or b">200<" in answer):
        return f"{name}: not refused in the protocol's own form"
    return ""


def _exchanged(port: int, pieces: list[bytes], patience_s: float) -> bytes:
    """What comes back until the server closes; our side closes when it was silent for so long."""
    with socket.create_connection((HOST, port), ANSWER_S) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        with suppress(OSError):  # it may have closed already: what it said before can still be read
            for piece in pieces:
                connection.sendall(piece)
        connection.settimeout(patience_s)
        answer = b"".join(_read(connection))
        with suppress(OSError):
            connection.shutdown(socket.SHUT_WR)
            connection.settimeout(ANSWER_S)
            answer += b"".join(_read(connection))
        return answer


def _read(connection: socket.socket) -> Iterator[bytes]:
    """Pieces until it closes, fails or is silent."""
    try:
        while piece := connection.recv(65536):
            yield piece
    except OSError:
        return


def _signed(site: Site, body: bytes, media_type: str, at: int) -> Signed:
    made = signed(site.callers[0], "getLink", {}, time() - at)
    return replace(made, body=body, headers={**made.headers, "Accept": media_type, "Connection": "close"})


def _chunked(request: Signed, size: int) -> bytes:
    head = replace(request, body=b"").raw(HOST).replace(b"Content-Length: 0", b"Transfer-Encoding: chunked")
    pieces = (request.body[at : at + size] for at in range(0, len(request.body), size))
    return head + b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n"


def _form(body: bytes, length: int) -> bytes:
    head = (
        f"POST /guest/code HTTP/1.1\r\nHost: x\r\nOrigin: http://x\r\nConnection: close\r\nContent-Length: {length}\r\n"
    )
    return head.encode() + b"Content-Type: application/x-www-form-urlencoded\r\n\r\n" + body


def _hello(server: Server, site: Site) -> list[str]:
    """Whether it still takes a good order."""
    answer = _exchanged(server.port, [_signed(site, written(_ORDER, JSON), JSON, 0).raw(HOST)], ANSWER_S)
    reply = json.loads(answer.partition(b"\r\n\r\n")[2] or b"{}")
    return [] if reply.get("status") == 200 else ["a good order was not accepted"]


def _peak_mb(server: Server) -> float | None:
    """The largest memory that the server's process has had; None where the system does not tell."""
    try:
        found = re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{server.pid}/status").read_text())
    except OSError:
        return None
    return int(found[1]) / 1024 if found else None

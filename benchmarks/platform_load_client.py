"""The second process of bar 3 of issue "platform": so many clients, each on a connection that it keeps, order cards.

A job comes as JSON on stdin; "begun" goes to stdout with the first card, and what became of the job as JSON after it.
Each request has a signature and a guest of its own. The process does as little as it can beside that, for it runs on
the machine that is measured.
"""

from __future__ import annotations

import asyncio
import json
import re
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from itertools import count
from typing import Any

from benchmarks.platform_client import Caller, Signed, signed

_LENGTH = re.compile(rb"content-length: *([0-9]+)", re.IGNORECASE)
_BLANK = b"\r\n\r\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What to do: for `seconds`, or until the server is gone. Requests have the numbers from `first` on."""

    port: int
    seconds: float
    clients: int
    callers: list[tuple[str, str]]
    community: int
    rooms: list[tuple[str, str, str]]
    now_s: float
    first: int


@dataclass(slots=True)
class Done:
    """What became of it: of each reply its time and the card's number, or how it failed; what was never answered."""

    seconds: float = 0.0
    cpu_s: float = 0.0
    latencies_ms: list[float] = field(default_factory=list)
    cards: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    unanswered: list[dict[str, Any]] = field(default_factory=list)


class _Client(asyncio.Protocol):
    """One connection: it asks, waits for the reply, and asks again."""

    def __init__(self, requests: Iterator[Signed], host: str, ends_s: float, done: Done) -> None:
        self.closed: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._requests = requests
        self._host = host
        self._ends_s = ends_s
        self._done = done
        self._asked: Signed | None = None
        self._received = b""

    def connection_made(self, transport: Any) -> None:
        """Ask for the first card."""
        self._transport = transport
        self._ask()

    def data_received(self, data: bytes) -> None:
        """Take the reply once it is whole."""
        self._received += data
        head, blank, body = self._received.partition(_BLANK)
        length = _LENGTH.search(head) if blank else None
        if length is None or len(body) < int(length[1]):
            return
        now_s = time.perf_counter()
        self._done.latencies_ms.append(1000 * (now_s - self._asked_s))
        self._asked, self._received = None, b""
        self._take(head, body)
        if now_s < self._ends_s:
            self._ask()
        else:
            self._transport.close()

    def connection_lost(self, _error: Exception | None) -> None:
        """What was asked and not answered is told."""
        if self._asked is not None:
            self._done.unanswered.append(asdict(self._asked) | {"body": self._asked.body.decode()})
        self.closed.set_result(None)

    def _ask(self) -> None:
        self._asked = next(self._requests)
        content = self._asked.raw(self._host)
        self._asked_s = time.perf_counter()
        self._transport.write(content)

    def _take(self, head: bytes, body: bytes) -> None:
        reply = json.loads(body) if head.startswith(b"HTTP/1.1 200 ") else {}
        if reply.get("status") == 200:
            if not self._done.cards:
                print("begun", flush=True)
            self._done.cards.append(reply["cardNo"])
        else:
            self._done.failed.append(f"{head[:12].decode()} {reply.get('status')} {reply.get('info')}")


def requests(job: Job) -> Iterator[Signed]:
    """Orders without end; accounts take turns, and no account stamps two with the same second."""
    callers = [Caller(*caller) for caller in job.callers]
    for number in count(job.first):
        turn, at = divmod(number, len(callers))
        building, floor, room = job.rooms[number % len(job.rooms)]
        parameters: dict[str, object] = {
            "mobile": f"139{number % 10**8:08}", "communityNo": str(job.community), "buildNo": building,
            "floorNo": floor, "roomNo": room, "cardType": 0,
        }  # fmt: skip
        yield signed(callers[at], "getLink", parameters, job.now_s - turn)


async def run(job: Job) -> Done:
    """Do the job."""
    done, asked = Done(), requests(job)
    started_s, cpu_s = time.perf_counter(), time.process_time()
    made = await asyncio.gather(*(_connected(job, asked, started_s, done) for _ in range(job.clients)))
    await asyncio.gather(*(client.closed for client in made))
    done.seconds, done.cpu_s = time.perf_counter() - started_s, time.process_time() - cpu_s
    return done


async def _connected(job: Job, asked: Iterator[Signed], started_s: float, done: Done) -> _Client:
    host = f"127.0.0.1:{job.port}"
    connecting = asyncio.get_running_loop().create_connection(
        lambda: _Client(asked, host, started_s + job.seconds, done), "127.0.0.1", job.port
    )
    return (await connecting)[1]


def main() -> None:
    """Read the job, do it, tell what became of it."""
    job = Job(**json.load(sys.stdin))
    try:
        import uvloop
    except ImportError:  # not on every system
        done = asyncio.run(run(job))
    else:
        done = uvloop.run(run(job))
    json.dump(asdict(done), sys.stdout)


if __name__ == "__main__":
    main()

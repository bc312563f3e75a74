"""`qrlock read`: what a reader sees in images, folders, videos, cameras and scenarios."""

from __future__ import annotations

from typing import Any

from simulator.cli.options import JsonOption, ReaderName, ReaderOption, SourcesArgument
from simulator.cli.output import print_json


def read(
    sources: SourcesArgument,
    reader: ReaderOption = ReaderName.QRLOCK,
    json: JsonOption = False,
) -> None:
    """Read every code in the sources and print its text, frame by frame, with the time it took."""
    from lockcore.errors import QrlockError
    from simulator.frames import open_source, source_name
    from simulator.readers import make_reader
    from simulator.readers.read import read_frame

    engine = make_reader(reader.value)
    rows: list[dict[str, Any]] = []
    frame_count = 0
    for source in sources:
        for frame in open_source(source):
            reading = read_frame(frame.image, engine)
            frame_count += 1
            found = [_row(frame.name, frame.at_ms, reading.latency_ms, candidate) for candidate in reading.candidates]
            rows += found
            if not json:
                for row in found:
                    print(f"{row['frame']}  {row['at_ms']:.0f} ms  read in {row['read_ms']:.2f} ms  {row['text']}")
    if json:
        print_json({"reader": engine.name, "frames": frame_count, "codes": rows})
    if not rows:
        named = ", ".join(map(source_name, sources))
        raise QrlockError(f"{named}: no code in {frame_count} frame{'s' * (frame_count != 1)}")


def _row(name: str, at_ms: float, read_ms: float, candidate: Any) -> dict[str, Any]:
    corners = [[round(x, 1), round(y, 1)] for x, y in candidate.corners]
    return {"frame": name, "at_ms": at_ms, "read_ms": read_ms, "text": candidate.text, "corners": corners}

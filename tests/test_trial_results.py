"""What a trial's files say: results apart from times, charts, and a page that stands alone."""

from __future__ import annotations

import json
import re
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.trial.chart import Line, Mark, Span, line_chart, range_chart
from simulator.trial.files import csv_text, json_text
from simulator.trial.page import page
from simulator.trial.plan import Plan
from simulator.trial.reach import MODULES_PX, Point
from simulator.trial.record import NO_CODE, SOME_VERSION, Frame, Part, Record
from simulator.trial.results import FRAME_COLUMNS, frame_rows, results
from simulator.trial.statistics import share
from simulator.trial.tables import condition_rows, tables
from simulator.trial.timings import timings

READERS = ("a", "b<")
STAGES = (("find", 1.0), ("read", 3.0))


def of(part: Part, condition: str, reader: str, read: bool, **more: object) -> Record:
    """One record, of 4 ms."""
    record = Record(reader, Frame(condition, "test", 0, part), 3, read, False, 4.0, 1, STAGES)
    return record._replace(**more)  # type: ignore[arg-type]


def camera_records() -> list[Record]:
    """Reader a reads all, reader b< nothing, and sees a code where there is none."""
    points = [Point(3, module_px, 0.25, 0.65).name for module_px in MODULES_PX]
    return [
        record
        for reader, read in zip(READERS, (True, False), strict=True)
        for record in (
            *(of(Part.FRAMES, f"defocus {grade:g}", reader, read) for grade in (0, 0.4, 0.55)),
            of(Part.FRAMES, "", reader, False, version=NO_CODE, wrong=not read),
            of(Part.SEQUENCES, "noise 60", reader, read, frames=2 if read else 8, latency_ms=8.0),
            *(of(Part.REACH, point, reader, read) for point in points),
        )
    ]


PLAN = Plan(readers=READERS, frames=1)
PHOTOGRAPHED = [
    of(Part.PHOTOGRAPHS, "street/1.png", "a", True, version=SOME_VERSION),
    of(Part.PHOTOGRAPHS, "2.png", "a", False, version=NO_CODE, wrong=True),
]


def test_results_count_what_was_there_to_read() -> None:
    """By part, condition, and frames until read; wrong texts in empty frames too."""
    found = results(PLAN, camera_records())
    first, second = found["frames"]["readers"]
    assert (first["read"], first["of"], first["without_code"], first["wrong"]) == (3, 3, 1, 0)
    assert (second["read"], second["of"], second["wrong"], second["low"]) == (0, 3, 1, 0.0)
    assert found["sequences"]["read_by_frame"][0] == {"reader": "a", "read": [0, 1, 1, 1, 1, 1, 1, 1]}
    near, far = found["reach"]["limits"]
    assert near["at_least"] and near["module_px"] == 1.0 and near["width_px"] == 29.0
    assert far["distance_mm"] is None


def test_results_hold_no_time() -> None:
    """Whatever the frames took, every file of results is the same."""
    slow = [record._replace(latency_ms=99.0, stages_ms=()) for record in camera_records()]
    assert json_text(results(PLAN, slow)) == json_text(results(PLAN, camera_records()))
    rows, slow_rows = frame_rows(camera_records()), frame_rows(slow)
    assert csv_text(FRAME_COLUMNS, rows) == csv_text(FRAME_COLUMNS, slow_rows)
    assert list(rows[0]) == list(FRAME_COLUMNS)


def test_times_are_of_hits_misses_and_empty_frames() -> None:
    """And of each stage, with its share of the reader's time; of sequences, to the first good frame."""
    times = timings(PLAN, camera_records(), 2)
    a, b = times["frames"]
    assert a["hit"]["p99_ms"] == 4.0 and a["miss"] is None and a["empty"]["max_ms"] == 4.0
    assert b["hit"] is None and b["miss"]["p50_ms"] == 4.0
    assert [(stage["stage"], stage["ran_in"], stage["share"]) for stage in a["stages"]] == [
        ("find", 4, 0.25), ("read", 4, 0.75)
    ]  # fmt: skip
    assert times["sequences"][0]["frames_to_hit"] == 2.0 and times["sequences"][0]["hit"]["mean_ms"] == 8.0
    assert times["sequences"][1]["frames_to_hit"] is None


def test_photographs_count_by_folder() -> None:
    """The one that lies in none is in "."."""
    plan = Plan(readers=("a",), parts=(Part.PHOTOGRAPHS,))
    found = results(plan, PHOTOGRAPHED)
    assert [(row["folder"], row["of"], row["wrong"]) for row in found["photographs"]["folders"]] == [
        ("street", 1, 0), (".", 0, 1)
    ]  # fmt: skip
    assert "street" in page(plan, found, timings(plan, PHOTOGRAPHED, 1))
    assert frame_rows(PHOTOGRAPHED)[0]["version"] == ""


def test_a_page_stands_alone() -> None:
    """Nothing is fetched; names are escaped; there is a frame of every condition and a chart of every kind."""
    found, times = results(PLAN, camera_records()), timings(PLAN, camera_records(), 0)
    document = page(PLAN, found, times)
    assert not re.search(r"(src|href)=\"(?!data:)", document) and "url(" not in document
    assert "b&lt;" in document and "b<" not in document
    assert document.count("<img") == 3 + 1
    charts = re.findall(r"<svg.*?</svg>", document, re.DOTALL)
    assert len(charts) == 1 + 1 + 1 + 3
    for chart in charts:
        ElementTree.fromstring(chart)


def test_tables_have_a_column_for_each_reader() -> None:
    """Rates by factor and by condition, times, limits; and a flat table for a file."""
    found, times = results(PLAN, camera_records()), timings(PLAN, camera_records(), 1)
    shown = {table.heading: table for table in tables(PLAN, found, times)}
    assert shown["frames: read"].rows == [{"factor": "defocus", "a": "100 %", "b<": "0 %"}]
    assert shown["sequences: ms to the first good frame"].rows[0]["frames"] == "2.00"
    assert any(heading.startswith("reach: least size") for heading in shown)
    flat = condition_rows(json.loads(json_text(found)))
    assert len(flat) == 2 * (3 + 1 + len(MODULES_PX))


@given(shares=st.lists(st.tuples(st.integers(0, 9), st.integers(1, 9)), min_size=1, max_size=9))
def test_a_line_chart_stays_within_its_edges(shares: list[tuple[int, int]]) -> None:
    """Whatever the shares."""
    found = [share(min(hits, of), of) for hits, of in shares]
    marks = [Mark(grade, each.share, each.low, each.high) for grade, each in enumerate(found)]
    inside(line_chart("a & b", [str(grade) for grade in range(len(marks))], [Line("<x>", 9, marks)]))


@given(times=st.lists(st.floats(0, 1e5), min_size=4, max_size=4))
def test_a_range_chart_stays_within_its_edges(times: list[float]) -> None:
    """Whatever the times, 0 too."""
    inside(range_chart("ms", [Span("<x>", 0, *sorted(times))]))


def test_a_chart_of_nothing_is_empty() -> None:
    """And no error."""
    inside(range_chart("ms", []))
    inside(line_chart("none", [], []))


def inside(chart: str) -> None:
    """The chart is XML, and all its coordinates are in its box."""
    root = ElementTree.fromstring(chart)
    _, _, width, height = map(float, root.attrib["viewBox"].split())
    for each in root.iter():
        for name, most in (("x", width), ("x1", width), ("x2", width), ("cx", width), ("y1", height), ("y2", height)):
            assert 0 <= float(each.attrib.get(name, 0)) <= most
        right = float(each.attrib.get("x", 0)) + float(each.attrib.get("width", 0))
        assert each.tag != "rect" or right <= width


def test_a_record_tells_hits_from_what_could_not_be_read() -> None:
    """An empty frame is no miss."""
    assert not PHOTOGRAPHED[1].has_code and PHOTOGRAPHED[0].has_code
    with pytest.raises(ValueError, match=r"."):
        Record.from_json("[]")

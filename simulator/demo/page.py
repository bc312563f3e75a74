"""The demo as one HTML page that needs nothing beside it: card, frame, decision and stage times of every scene."""

from __future__ import annotations

import base64
from html import escape

import cv2

from lockcore import civil, symbol
from simulator.bench.present import Presentation
from simulator.demo.run import Step
from simulator.demo.scenario import LOCKS
from simulator.demo.words import grant_words, verdict

_STYLE = """
:root { color-scheme: light dark; font: 15px/1.45 system-ui, sans-serif; }
body { margin: 2rem auto; max-width: 70rem; padding: 0 1rem; }
article { display: grid; grid-template-columns: 11rem 20rem 1fr; gap: 1rem; padding: 1rem 0; }
article { border-top: 1px solid #8886; }
article > svg { width: 11rem; height: 11rem; }
.frame { position: relative; width: 20rem; height: 15rem; }
.frame > * { position: absolute; inset: 0; width: 100%; height: 100%; }
.frame polygon { fill: none; stroke: #0b5fff; stroke-width: 4; }
h2 { font-size: 1.05rem; margin: 0 0 .3rem; }
.verdict { font-weight: 700; }
.opened { color: #0a7a2f; } .refused { color: #b3261e; } .other { color: #7a5a00; }
@media (prefers-color-scheme: dark) {
  .opened { color: #5fd38a; } .refused { color: #ff8a80; } .other { color: #ffd166; }
}
dl { display: grid; grid-template-columns: auto 1fr; gap: 0 .8rem; margin: .4rem 0; font-size: .9em; }
dt { opacity: .7; } dd { margin: 0; }
table { border-collapse: collapse; font-size: .85em; } td, th { padding: .1rem .8rem .1rem 0; text-align: left; }
@media (max-width: 60rem) { article { grid-template-columns: 1fr; } }
"""


def page(steps: list[Step], seed: int, now_min: int, reader_name: str) -> str:
    """The document; `now_min` is the civil minute at which the demo played."""
    scenes = "\n".join(_scene(step) for step in steps)
    return f"""<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>qrlock demo</title><style>{_STYLE}</style>
<h1>qrlock demo</h1>
<p>Seed {seed}, played at {civil.text_of(now_min)}, read by {escape(reader_name)}. Each card was sealed, drawn, shot by
a simulated camera, read, and decided on by a simulated lock. Frames are as the lock's camera saw them, with the code
that it took outlined. Times are milliseconds on the computer that played it.</p>
{scenes}
</html>
"""


def _scene(step: Step) -> str:
    model, building, floor, room = LOCKS[step.scene.lock]
    kind, words = verdict(step.shown)
    facts = {
        "lock": f"{model}, building {building}, floor {floor}, room {room}",
        **grant_words(step),
        "symbol": f"version {step.version}-M, {len(step.matrix)} modules a side",
    }
    rows = "".join(f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in facts.items())
    stages = step.stages_ms.items()
    return f"""<article>
{symbol.render.svg(step.matrix)}
{_frame(step)}
<div><h2>{step.number}. {escape(step.scene.title)}</h2>
<p class="verdict {kind}">{escape(words)}</p>
<dl>{rows}</dl>
<table><tr>{"".join(f"<th>{escape(name)}</th>" for name, _ in stages)}</tr>
<tr>{"".join(f"<td>{ms:.2f}</td>" for _, ms in stages)}</tr></table></div>
</article>"""


def _frame(step: Step) -> str:
    jpeg = cv2.imencode(".jpg", step.frame, [cv2.IMWRITE_JPEG_QUALITY, 80])[1].tobytes()
    height, width = step.frame.shape
    outline = ""
    if isinstance(step.shown, Presentation):
        points = " ".join(f"{x:.1f},{y:.1f}" for x, y in step.shown.candidate.corners)
        outline = f'<svg viewBox="0 0 {width} {height}"><polygon points="{points}"/></svg>'
    source = f"data:image/jpeg;base64,{base64.b64encode(jpeg).decode()}"
    return f'<div class="frame"><img alt="what the lock saw" src="{source}">{outline}</div>'

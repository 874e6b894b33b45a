"""A hand-out of four stretches and a progress report, each beside a bare canvas that draws the same things.

The hand-out stands beside WeasyPrint as well.
`uv run --group bench python tests/benchmarks/paper.py`; without the group the row of WeasyPrint is left out.
"""

import io
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest.mock import patch

from reportlab.pdfgen.canvas import Canvas
from table import Row

sys.path.append(str(Path(__file__).parent.parent / "reports"))

from as_html import as_html
from paper_samples import TEMPLATES, printed, progress, sheet

try:
    from weasyprint import HTML
except (ImportError, OSError):
    HTML = None

SKIPPED = (
    "WeasyPrint is not here: its row is left out (it needs `--group bench`, and Pango on this computer)."
)
MOVES = ("E02", "E01:left", "E11", "E14:left")

Call = tuple[str, tuple[Any, ...], dict[str, Any]]
_DRAWN = {
    "drawString",
    "drawPath",
    "drawImage",
    "line",
    "rect",
    "roundRect",
    "circle",
    "setFont",
    "setFillColor",
    "setStrokeColor",
    "setLineWidth",
    "setLineCap",
    "setLineJoin",
    "setDash",
    "saveState",
    "restoreState",
    "translate",
    "transform",
    "scale",
    "rotate",
    "clipPath",
    "beginForm",
    "endForm",
    "doForm",
    "showPage",
}
"""What puts something on a page, or says how."""


def recorded(make: Callable[[], bytes]) -> list[Call]:
    """Every call by which `make` draws, in its order, with the paths as they were built."""
    calls: list[Call] = []

    class Spy(Canvas):
        inside = False

        def __getattribute__(self, name: str) -> Any:
            found = super().__getattribute__(name)
            if name not in _DRAWN:
                return found

            def call(*args: Any, **more: Any) -> Any:
                outermost, Spy.inside = not Spy.inside, True
                if outermost:
                    calls.append((name, args, more))
                try:
                    return found(*args, **more)
                finally:
                    Spy.inside = not outermost

            return call

    with patch("reportlab.pdfgen.canvas.Canvas", Spy):
        make()
    return calls


def bare(calls: list[Call]) -> bytes:
    """The same things on a canvas, nothing else."""
    file = io.BytesIO()
    canvas = Canvas(file, invariant=1, pageCompression=1)
    for name, args, more in calls:
        getattr(canvas, name)(*args, **more)
    canvas.save()
    return file.getvalue()


def rows(runs: int = 60) -> list[Row]:
    """Ours and its references in turn, so that drift meets all alike."""
    value, template = sheet(*MOVES), TEMPLATES["hand-out"]

    def ours() -> bytes:
        return printed(value, template)

    calls = recorded(ours)
    makers: list[Callable[[], object]] = [ours, lambda: bare(calls)]
    if HTML is not None:
        html = as_html(value, template)
        makers.append(lambda: HTML(string=html).write_pdf())
    times: list[list[float]] = [[] for _ in makers]
    for run in range(runs):
        for make, kept in zip(makers if run % 10 == 0 else makers[:2], times, strict=False):
            start = time.perf_counter()
            make()
            kept.append(1000 * (time.perf_counter() - start))
    size = len(ours()) / 1000
    what = f"hand-out of {len(MOVES)} stretches"
    made = [
        Row(what, times[0], "bare canvas, same lines and paths", times[1], 3),
        Row(f"size of the {what}", [size], "limit", [150], 1, unit="kB"),
    ]
    if HTML is not None:
        made.insert(1, Row(what, times[0], "WeasyPrint, same content", times[2], 0.2))
    return [*made, *report_rows(runs)]


def report_rows(runs: int = 60) -> list[Row]:
    """The progress report and the same lines and boxes on a bare canvas, in turn."""
    value, template = progress(), TEMPLATES["progress-report"]
    calls = recorded(lambda: printed(value, template))
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(runs):
        for make, kept in zip((lambda: printed(value, template), lambda: bare(calls)), times, strict=True):
            start = time.perf_counter()
            make()
            kept.append(1000 * (time.perf_counter() - start))
    return [Row("progress report with charts", times[0], "bare canvas, same lines and boxes", times[1], 2)]


if __name__ == "__main__":
    from table import show

    print(show(rows()))
    if HTML is None:
        print(SKIPPED)

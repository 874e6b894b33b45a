"""Time to make a hand-out of four stretches, beside a bare canvas that draws the same lines."""

import io
import sys
import time
from collections.abc import Callable
from pathlib import Path
from unittest.mock import patch

from reportlab.pdfgen.canvas import Canvas
from table import Row

sys.path.append(str(Path(__file__).parent.parent / "reports"))

from paper_samples import TEMPLATES, sheet

from mmt import reports

Line = tuple[float, float, str, str, float]


def drawn(make: Callable[[], bytes]) -> list[list[Line]]:
    """Every line of text that `make` draws, page by page: place, text, face, size."""
    pages: list[list[Line]] = [[]]

    class Spy(Canvas):
        def drawString(self, x: float, y: float, text: str, *more: object) -> None:  # noqa: N802 - its name
            pages[-1].append((x, y, text, self._fontname, self._fontsize))
            super().drawString(x, y, text, *more)

        def showPage(self) -> None:  # noqa: N802 - its name
            pages.append([])
            super().showPage()

    with patch("mmt.reports.pdf.Canvas", Spy):
        make()
    return pages[:-1]


def bare(pages: list[list[Line]]) -> bytes:
    """The same lines on a canvas, nothing else."""
    file = io.BytesIO()
    canvas = Canvas(file, invariant=1, pageCompression=1)
    for page in pages:
        for x, y, text, face, size in page:
            canvas.setFont(face, size)
            canvas.drawString(x, y, text)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def rows(runs: int = 60) -> list[Row]:
    """Ours and the bare canvas in turn, so that drift meets both alike."""
    value = sheet("E02", "E01:left", "E11", "E14:left")
    template = TEMPLATES["hand-out"]

    def ours() -> bytes:
        return reports.handout(value, template)

    pages = drawn(ours)
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(runs):
        for made, kept in zip((ours, lambda: bare(pages)), times, strict=True):
            start = time.perf_counter()
            made()
            kept.append(1000 * (time.perf_counter() - start))
    return [Row("hand-out of four stretches", times[0], "bare canvas, same lines", times[1], 3)]


if __name__ == "__main__":
    from table import show

    print(show(rows()))

"""The only hand on the canvas: draws text and plain shapes, measured from the top left corner of the page."""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from .right_to_left import turns
from .style import Style
from .typeface import advance, runs, shown

if TYPE_CHECKING:
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas
    from reportlab.pdfgen.pathobject import PDFPathObject

Point = tuple[float, float]


class _Told(NamedTuple):
    """A path in PDF's own operators. Numbers have one digit after the point: 720 to the inch.

    reportlab's path tells the same, but formats each number in plain Python, which takes most of the time of
    a sheet with drawings.
    """

    code: str

    def getCode(self) -> str:  # noqa: N802 - its name in reportlab
        return self.code


class Pen:
    """Draws on one page of a canvas. `x` runs to the right, `y` down from the top edge, both in points.

    Where one of the `links` is written, a touch of it on a screen opens its address.
    """

    def __init__(self, canvas: "Canvas", height: float, links: Mapping[str, str] | None = None) -> None:
        self._canvas = canvas
        self._height = height
        self._links = links or {}
        self._fill = ""
        self._stroke = ("", 0.0)

    def text(self, x: float, baseline: float, text: str, style: Style) -> None:
        """One line as it was typed: nothing in it is read as markup."""
        self._filled(style.colour)
        canvas, line = self._canvas, shown(text)
        self._link(x, baseline, line, style)
        for face, letters in runs(line, style.face):
            canvas.setFont(face, style.size)
            canvas.drawString(x, self._height - baseline, letters)
            x += advance(letters, face, style.size)

    def _link(self, x: float, baseline: float, line: str, style: Style) -> None:
        """Make what is written here of the links open them."""
        for told, address in self._links.items():
            if found := re.search(rf"(?<![\w+]){re.escape(told)}(?!\w)", line):
                left, low = x + style.width(line[: found.start()]), self._height - baseline - style.size / 4
                self._canvas.linkURL(address, (left, low, left + style.width(told), low + style.size))

    def entry(self, title: str, y: float) -> None:
        """Begin a part of the document here, which the list of its contents names."""
        top = self._height - y
        key = f"{self._canvas.getPageNumber()}-{top:.1f}-{title}"
        self._canvas.bookmarkPage(key, fit="XYZ", left=0, top=top, zoom=0)
        self._canvas.addOutlineEntry(title, key)

    @contextmanager
    def read_as(self, text: str) -> Iterator[None]:
        """What is drawn meanwhile is read out, searched and copied as this text, in one piece; not words from
        right to left: programs that copy text from pages put them in order themselves."""
        if turns(text):
            yield
            return
        told = (text.encode() if text.isascii() else f"\ufeff{text}".encode("utf-16-be")).hex()
        self._canvas.addLiteral(f"/Span <</ActualText <{told}>>> BDC")
        yield
        self._canvas.addLiteral("EMC")

    def slanted(self, x: float, y: float, text: str, style: Style, turn: float, edge: str) -> None:
        """One line of letters with an `edge` of this colour, its middle at `x`, `y`; a `turn` of so many
        degrees lets it rise to the right."""
        canvas, before = self._canvas, (self._fill, self._stroke)
        canvas.saveState()
        canvas.translate(x, self._height - y)
        canvas.rotate(turn)
        self._filled(style.colour)
        self._stroked(edge, 0.75)
        start = -style.width(text) / 2
        for face, letters in runs(shown(text), style.face):
            canvas.setFont(face, style.size)
            canvas.drawString(start, -style.size * 0.35, letters, mode=2)
            start += advance(letters, face, style.size)
        canvas.restoreState()
        self._fill, self._stroke = before

    def across(self, x: float, y: float, length: float, colour: str, thick: float = 0.75) -> None:
        """A line to the right."""
        self._stroked(colour, thick)
        self._canvas.line(x, self._height - y, x + length, self._height - y)

    def down(self, x: float, y: float, length: float, colour: str, thick: float = 0.75) -> None:
        """A line downwards."""
        self._stroked(colour, thick)
        self._canvas.line(x, self._height - y, x, self._height - y - length)

    def box(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        *,
        fill: str = "",
        stroke: str = "",
        thick: float = 0.75,
        radius: float = 0,
    ) -> None:
        """A rectangle whose top left corner is at `x`, `y`."""
        how, low = self._inked(fill, stroke, thick), self._height - y - height
        if radius:
            self._canvas.roundRect(x, low, width, height, radius, **how)
        else:
            self._canvas.rect(x, low, width, height, **how)

    def curve(
        self,
        start: Point,
        pieces: Sequence[Sequence[Point]],
        *,
        closed: bool,
        fill: str = "",
        stroke: str = "",
        thick: float = 0.75,
    ) -> None:
        """A line or a surface: each piece goes straight to its one point, or by two handles to its third."""
        height = self._height
        code = [f"n {start[0]:.1f} {height - start[1]:.1f} m"]
        for piece in pieces:
            places = " ".join([f"{x:.1f} {height - y:.1f}" for x, y in piece])
            code.append(f"{places} {'l' if len(piece) == 1 else 'c'}")
        told = _Told(" ".join([*code, "h"] if closed else code))
        self._canvas.drawPath(told, **self._inked(fill, stroke, thick))

    @contextmanager
    def inking(self, x: float, y: float, width: float, height: float, *, cut: float | None) -> Iterator[None]:
        """Lines that are drawn meanwhile turn and end round; with `cut`, all of it is cut off at a box whose
        corners are rounded so much."""
        canvas, before = self._canvas, (self._fill, self._stroke)
        canvas.saveState()
        canvas.setLineJoin(1)
        canvas.setLineCap(1)
        if cut is not None:
            path = canvas.beginPath()
            path.roundRect(x, self._height - y - height, width, height, cut)
            canvas.clipPath(path, stroke=0, fill=0)
        yield
        canvas.restoreState()
        self._fill, self._stroke = before

    def polygon(self, points: Sequence[Point], fill: str) -> None:
        """A filled surface with its corners at these points."""
        self._filled(fill)
        path = self._through(points)
        path.close()
        self._canvas.drawPath(path, stroke=0, fill=1)

    def path(self, points: Sequence[Point], colour: str, thick: float) -> None:
        """A line through these points."""
        self._stroked(colour, thick)
        self._canvas.drawPath(self._through(points), stroke=1, fill=0)

    def _through(self, points: Sequence[Point]) -> "PDFPathObject":
        path = self._canvas.beginPath()
        path.moveTo(points[0][0], self._height - points[0][1])
        for x, y in points[1:]:
            path.lineTo(x, self._height - y)
        return path

    def disc(self, x: float, y: float, radius: float, fill: str) -> None:
        """A filled circle round `x`, `y`."""
        self._filled(fill)
        self._canvas.circle(x, self._height - y, radius, stroke=0, fill=1)

    def picture(self, x: float, y: float, width: float, height: float, picture: "ImageReader") -> None:
        """A picture whose top left corner is at `x`, `y`."""
        self._canvas.drawImage(picture, x, self._height - y - height, width, height)

    def _inked(self, fill: str, stroke: str, thick: float) -> dict[str, bool]:
        """Take the colours that are given; what of a shape is drawn, as the canvas wants it told."""
        if fill:
            self._filled(fill)
        if stroke:
            self._stroked(stroke, thick)
        return {"stroke": bool(stroke), "fill": bool(fill)}

    def _filled(self, colour: str) -> None:
        if colour != self._fill:
            self._canvas.setFillColor(_colour(colour))
            self._fill = colour

    def _stroked(self, colour: str, thick: float) -> None:
        if (colour, thick) != self._stroke:
            self._canvas.setStrokeColor(_colour(colour))
            self._canvas.setLineWidth(thick)
            self._stroke = (colour, thick)


@cache
def _colour(name: str) -> Any:
    from reportlab.lib.colors import HexColor

    return HexColor(name)

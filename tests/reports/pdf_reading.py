"""What a reader finds in a PDF: its text, how it is set, what is drawn, what is embedded."""

import io
import re
from typing import Any, NamedTuple

from pypdf import PageObject, PdfReader

from mmt.reports.typeface import width


class Said(NamedTuple):
    """A piece of text as it is set: place of its start in points from the lower left, face and size."""

    text: str
    x: float
    y: float
    face: str
    size: float

    @property
    def right(self) -> float:
        return self.x + width(self.text, self.face, self.size)


def pages(pdf: bytes) -> list[PageObject]:
    return list(PdfReader(io.BytesIO(pdf)).pages)


def text(pdf: bytes) -> str:
    """All text, page after page."""
    return "\n".join(page.extract_text() for page in pages(pdf))


def squeezed(value: str) -> str:
    """Text without any white space: what is left is the same however the lines were broken."""
    return re.sub(r"\s+", "", value)


class Drawn(NamedTuple):
    """What a page shows: its pieces of text in the order they are drawn, and every point that a line, curve
    or box goes through, from the lower left, in points."""

    said: list[Said]
    corners: list[tuple[float, float]]
    boxes: list[tuple[float, float, float, float]]
    """Left, low, width and height of every rectangle."""


def drawn(page: PageObject) -> Drawn:
    """All that is drawn on a page, read in one pass; of what is cut off at an edge, the edge."""
    found = Drawn([], [], [])

    def piece(text: str, _: list[float], tm: list[float], font: dict[str, Any] | None, size: float) -> None:
        if text.strip() and font:
            face = font["/BaseFont"].split("+")[-1]
            found.said.append(Said(text.strip("\n"), tm[4], tm[5], face, size))

    clipped = [False]

    def stroke(operator: bytes, operands: list[Any], cm: list[float], *_: Any) -> None:
        if operator == b"q":
            clipped.append(clipped[-1])
        elif operator == b"Q":
            clipped.pop()
        elif operator in (b"W", b"W*"):
            clipped[-1] = True
        if clipped[-1]:
            return
        numbers = [float(one) for one in operands] if operator in (b"re", b"m", b"l", b"c") else []
        points = list(zip(numbers[::2], numbers[1::2], strict=True))
        if operator == b"re":
            (x, y), (wide, high) = points
            points = [(x, y), (x + wide, y + high)]
            found.boxes.append((x, y, wide, high))
        found.corners.extend(
            (a * x + c * y + e, b * x + d * y + f) for x, y in points for a, b, c, d, e, f in [cm]
        )

    page.extract_text(visitor_text=piece, visitor_operand_before=stroke)
    return found


def said(page: PageObject) -> list[Said]:
    """Every piece of text of a page in the order it is drawn."""
    return drawn(page).said


def corners(page: PageObject) -> list[tuple[float, float]]:
    """Every point that a line, curve or box of a page goes through, from the lower left, in points."""
    return drawn(page).corners


def fonts(pdf: bytes) -> dict[str, bool]:
    """Each font by name, and whether its letters are in the file."""
    found = {}
    for page in pages(pdf):
        for font in page["/Resources"]["/Font"].values():
            descriptor = font.get_object().get("/FontDescriptor", {})
            found[font.get_object()["/BaseFont"]] = "/FontFile2" in descriptor
    return found


def embedded(pdf: bytes) -> list[str]:
    """What has no business in a paper: pictures, links, scripts, files."""
    found = []
    for page in pages(pdf):
        if "/XObject" in page["/Resources"]:
            found.append("picture")
        if "/Annots" in page:
            found.append("link")
    names = (b"/URI", b"/JavaScript", b"/Launch", b"/EmbeddedFile")
    return found + [name.decode() for name in names if name in pdf]

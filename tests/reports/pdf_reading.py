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


def said(page: PageObject) -> list[Said]:
    """Every piece of text of a page in the order it is drawn."""
    found: list[Said] = []

    def visit(piece: str, _: list[float], tm: list[float], font: dict[str, Any] | None, size: float) -> None:
        if piece.strip() and font:
            found.append(Said(piece.strip("\n"), tm[4], tm[5], font["/BaseFont"].split("+")[-1], size))

    page.extract_text(visitor_text=visit)
    return found


def corners(page: PageObject) -> list[tuple[float, float]]:
    """Every point that a line, curve or box of a page goes through, from the lower left, in points."""
    found: list[tuple[float, float]] = []

    def visit(operator: bytes, operands: list[Any], *_: Any) -> None:
        numbers = [float(one) for one in operands] if operator in (b"re", b"m", b"l", b"c") else []
        if operator == b"re":
            x, y, wide, high = numbers
            found.extend([(x, y), (x + wide, y + high)])
        else:
            found.extend(zip(numbers[::2], numbers[1::2], strict=True))

    page.extract_text(visitor_operand_before=visit)
    return found


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

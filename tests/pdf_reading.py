"""What a reader finds in a PDF: its text, how it is set, what is drawn, what is embedded."""

import io
import re
from typing import Any, NamedTuple

from pypdf import PageObject, PdfReader
from pypdf.generic import ContentStream, NameObject

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


_PATH = re.compile(
    rb"(\((?:\\.|[^\\()])*\))|(?<!\S)(?:-?[\d.]+ )*(?:[mlcnhwSW]|re|rg|RG|B\*?|f\*?)(?!\S)", re.DOTALL
)
"""A piece of text, kept, or a step of a path with its numbers, its colour, its width and how it is filled."""

_STEP = re.compile(rb"\((?:\\.|[^\\()])*\)|(?<!\S)((?:-?[\d.]+ )*)(q|Q|cm|W\*?|re|[mlc])(?!\S)", re.DOTALL)
"""A piece of text, passed over, or what paths are made and placed by, with its numbers."""


def text(pdf: bytes) -> str:
    """All text, page after page. Paths are left out unread: the numbers of drawings are most of a page."""
    return "\n".join(map(words_of, pages(pdf)))


def words_of(page: PageObject) -> str:
    """All text of a page."""
    return _worded(page).extract_text()


def _content(page: PageObject) -> bytes:
    content = page.get_contents()
    assert content is not None
    return content.get_data()


def _worded(page: PageObject) -> PageObject:
    """The page without its paths."""
    words = ContentStream(None, page.pdf, "bytes")
    words.set_data(_PATH.sub(rb"\1", _content(page)))
    worded = PageObject(page.pdf)
    worded.update({**page, NameObject("/Contents"): words})
    return worded


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


Matrix = tuple[float, float, float, float, float, float]


def drawn(page: PageObject) -> Drawn:
    """All that is drawn on a page, read in one pass; of what is cut off at an edge, the edge."""
    found = Drawn([], [], [])

    def piece(text: str, _: list[float], tm: list[float], font: dict[str, Any] | None, size: float) -> None:
        if text.strip() and font:
            face = font["/BaseFont"].split("+")[-1]
            found.said.append(Said(text.strip("\n"), tm[4], tm[5], face, size))

    _stroke(_content(page), found)
    _worded(page).extract_text(visitor_text=piece)
    return found


def _stroke(content: bytes, found: Drawn) -> None:
    """Follow the paths of a page."""
    outer: list[tuple[Matrix, bool]] = []
    matrix: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    clipped = False
    for step in _STEP.finditer(content):
        operator, numbers = step[2], [float(one) for one in (step[1] or b"").split()]
        if operator == b"q":
            outer.append((matrix, clipped))
        elif operator == b"Q":
            matrix, clipped = outer.pop()
        elif operator == b"cm":
            matrix = _within(matrix, *numbers)
        elif operator in (b"W", b"W*"):
            clipped = True
        elif operator and not clipped:
            points = list(zip(numbers[::2], numbers[1::2], strict=True))
            if operator == b"re":
                (x, y), (wide, high) = points
                points = [(x, y), (x + wide, y + high)]
                found.boxes.append((x, y, wide, high))
            a, b, c, d, e, f = matrix
            found.corners.extend((a * x + c * y + e, b * x + d * y + f) for x, y in points)


def _within(outer: Matrix, a: float, b: float, c: float, d: float, e: float, f: float) -> Matrix:
    """What a matrix places, placed by the one around it."""
    ao, bo, co, do, eo, fo = outer
    return (
        a * ao + b * co,
        a * bo + b * do,
        c * ao + d * co,
        c * bo + d * do,
        e * ao + f * co + eo,
        e * bo + f * do + fo,
    )


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


def links(page: PageObject) -> dict[tuple[float, ...], str]:
    """The addresses that a page links to, by where one touches it: left, low, right, high, in points."""
    noted = (one.get_object() for one in page.get("/Annots", ()))
    return {tuple(map(float, one["/Rect"])): one["/A"]["/URI"] for one in noted}


def contents(pdf: bytes) -> list[tuple[str, int, float]]:
    """The list of contents of a file: each title with the index of its page and how high it stands there."""
    reader = PdfReader(io.BytesIO(pdf))
    listed = [one for one in reader.outline if not isinstance(one, list)]
    return [(str(one.title), reader.get_destination_page_number(one) or 0, float(one.top)) for one in listed]


_ACTUAL = re.compile(rb"/ActualText <([0-9a-f]+)>")


def read_out(pdf: bytes) -> list[str]:
    """What is read out of the pages in one piece, whatever its lines are."""
    hexed = [one[1].decode() for page in pages(pdf) for one in _ACTUAL.finditer(_content(page))]
    found = map(bytes.fromhex, hexed)
    return [one.decode("utf-16" if one.startswith(b"\xfe\xff") else "ascii") for one in found]


def embedded(pdf: bytes) -> list[str]:
    """What has no business in a paper: pictures, links but for telephones, scripts, files."""
    found = []
    for page in pages(pdf):
        if "/XObject" in page["/Resources"]:
            found.append("picture")
        found += [one for one in links(page).values() if not one.startswith("tel:")]
    names = (b"/JavaScript", b"/Launch", b"/EmbeddedFile")
    return found + [name.decode() for name in names if name in pdf]

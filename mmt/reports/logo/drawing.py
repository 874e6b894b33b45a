"""An SVG logo: only plain shapes are let through, and they are drawn as pixels fine enough for paper."""

import io
import re
from xml.etree import ElementTree

import resvg_py
from PIL import Image

from . import LogoError
from .pixels import HIGHEST, WIDEST, on_white, packed

_SVG = "{http://www.w3.org/2000/svg}"
_GROUPS = {"svg", "g", "defs", "symbol", "use", "clipPath", "mask", "pattern"}
_FILLS = {"linearGradient", "radialGradient", "stop", "style"}
_LINES = {"path", "rect", "circle", "ellipse", "line", "polyline", "polygon"}
_SHAPES = _GROUPS | _FILLS | _LINES | {"title", "desc", "metadata"}
_INSTEAD = {
    "text": "holds text; turn it into paths in your drawing program",
    "image": "holds a picture; use the picture itself as the logo",
}
_ELSEWHERE = re.compile(r"@import|url\(\s*['\"]?(?!#)[^)\s'\"]", re.IGNORECASE)
_MOST_COPIES = 50
_FLATTEST = 8
"""A logo may be so many times as wide as it is high, or as high as it is wide."""


def redrawn(data: bytes) -> bytes:
    """The drawing as a PNG. Raises LogoError."""
    text = _checked(data)
    first = _pixels(text, 256)
    wide, high = first.size
    if max(wide, high) > _FLATTEST * min(wide, high):
        raise LogoError(f"is more than {_FLATTEST} times as long as it is broad; cut it to its shape")
    return packed(on_white(_pixels(text, round(min(WIDEST, HIGHEST * wide / high)))))


def _pixels(text: str, wide: int) -> Image.Image:
    """The drawing this many pixels wide. No font, no file and no address is looked up."""
    try:
        return Image.open(io.BytesIO(resvg_py.svg_to_bytes(text, width=wide, skip_system_fonts=True)))
    except (ValueError, OSError) as error:
        raise LogoError("cannot be drawn; save it again as a plain SVG, or as a PNG") from error


def _checked(data: bytes) -> str:
    """The text of the drawing. Raises LogoError where it is none, or holds more than plain shapes."""
    try:
        text = data.decode("utf-8-sig")
        if "<!ENTITY" in text:
            raise LogoError("holds entities; save it again as a plain SVG")
        root = ElementTree.fromstring(text)
    except (ValueError, ElementTree.ParseError) as error:
        raise LogoError("is damaged or no PNG, JPEG or SVG; save it again as a PNG") from error
    if root.tag != f"{_SVG}svg":
        raise LogoError("is no PNG, JPEG or SVG; save it as one of them")
    for element in root.iter():
        _check(element)
    _check_copies(root)
    return text


def _check(element: ElementTree.Element) -> None:
    """Refuse what is no plain shape, and whatever points out of the file."""
    name = element.tag.removeprefix(_SVG)
    if element.tag.startswith(_SVG) and name not in _SHAPES:
        raise LogoError(_INSTEAD.get(name, f"holds <{name}>; save it again as a plain SVG"))
    told = [*element.attrib.values(), element.text or ""] if name in _SHAPES else []
    links = [value for key, value in element.attrib.items() if key.rpartition("}")[2] == "href"]
    if any(_ELSEWHERE.search(one) for one in told) or not all(one.startswith("#") for one in links):
        raise LogoError("points to something outside the file; save it again as a plain SVG")


def _check_copies(root: ElementTree.Element) -> None:
    """Refuse copies of copies: they multiply into more than any computer draws."""
    copied = {
        link[1:] for one in root.iter(f"{_SVG}use") for key, link in one.items() if key.endswith("href")
    }
    within = [
        one for element in root.iter() if element.get("id") in copied for one in element.iter(f"{_SVG}use")
    ]
    if within or len(list(root.iter(f"{_SVG}use"))) > _MOST_COPIES:
        raise LogoError("copies its shapes too often; save it again as a plain SVG")

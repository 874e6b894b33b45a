"""An SVG logo: only plain shapes are let through, and they are drawn as pixels fine enough for paper.

They are drawn in a process of their own, with a limit of time and memory. The library that draws ends its
process at some drawings (groups in groups, masks of masks, enormous numbers) and takes minutes over others;
which ones cannot be told from outside it.
"""

import io
import re
import subprocess
import sys
from typing import Any
from xml.etree import ElementTree

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


_DEEPEST = 100
"""Elements in each other; drawing programs make some ten."""

_TIMEOUT_S = 10
_PAINTER = f"""
import sys, resvg_py
try:
    import resource
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (2**30, 2**30))
except (ImportError, ValueError, OSError):
    pass
text = sys.stdin.buffer.read().decode()
sys.stdout.buffer.write(
    bytes(resvg_py.svg_to_bytes(text, width={WIDEST}, height={HIGHEST}, dpi=96, skip_system_fonts=True))
)
"""
"""What the other process does: read a drawing, write it as a PNG that fits in the width and the height. It
needs no file of mmt. Windows has no such limit of memory; there the time alone is limited."""


def redrawn(data: bytes) -> bytes:
    """The drawing as a PNG. Raises LogoError."""
    picture = _painted(_checked(data))
    wide, high = picture.size
    if max(wide, high) > _FLATTEST * min(wide, high):
        raise LogoError(f"is more than {_FLATTEST} times as long as it is broad; cut it to its shape")
    return packed(on_white(picture))


def _painted(text: str) -> Image.Image:
    """The drawing as pixels. No font, no file and no address is looked up."""
    try:
        made = subprocess.run(
            [sys.executable, "-P", "-c", _PAINTER],
            input=text.encode(),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=_TIMEOUT_S,
            check=True,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        return Image.open(io.BytesIO(made.stdout))
    except subprocess.TimeoutExpired as error:
        raise LogoError("takes too long to draw; save it simpler, or as a PNG") from error
    except (subprocess.CalledProcessError, OSError) as error:
        raise LogoError("cannot be drawn; save it again as a plain SVG, or as a PNG") from error


def _checked(data: bytes) -> str:
    """The text of the drawing. Raises LogoError where it is none, or holds more than plain shapes."""
    try:
        text = data.decode("utf-8-sig")
        if "<!ENTITY" in text:
            raise LogoError("holds entities; save it again as a plain SVG")
        root = _tree(text)
    except (ValueError, ElementTree.ParseError) as error:
        raise LogoError("is damaged or no PNG, JPEG or SVG; save it again as a PNG") from error
    if root.tag != f"{_SVG}svg":
        raise LogoError("is no PNG, JPEG or SVG; save it as one of them")
    for element in root.iter():
        _check(element)
    _check_copies(root)
    return text


def _tree(text: str) -> ElementTree.Element:
    """The elements. Raises LogoError at the first that stands in too many others."""
    parser: Any = ElementTree.XMLPullParser(("start", "end"))
    parser.feed(text)
    parser.close()
    events: list[tuple[str, ElementTree.Element]] = list(parser.read_events())
    depth = 0
    for event, _ in events:
        depth += 1 if event == "start" else -1
        if depth > _DEEPEST:
            raise LogoError(f"has more than {_DEEPEST} shapes in each other; save it again as a plain SVG")
    return events[0][1]


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

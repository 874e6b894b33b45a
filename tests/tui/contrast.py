"""The colours that stand on a screen: every pair of text and ground, and its contrast by WCAG 2."""

from rich.color import Color
from textual.app import App
from textual.geometry import Region
from textual.widget import Widget

ORNAMENT = frozenset(" ─│╭╮╰╯▁▔▎▊▏▕▂▃▄▅▆▇█▀▌▐░▒▓┃━")
"""Lines, frames and bars, which are no text."""

Pair = tuple[tuple[int, int, int], tuple[int, int, int]]


def pairs(app: App[None]) -> dict[Pair, str]:
    """Every pair of text and ground on the screen that is on top, with a text that shows it."""
    found: dict[Pair, str] = {}
    for widget in app.screen.query("*"):
        if not widget.display or not widget.region or widget.children or not widget.is_on_screen:
            continue
        for fore, ground, text in _segments(widget):
            found.setdefault((fore, ground), f"{type(widget).__name__}#{widget.id}: {text.strip()[:50]}")
    return found


def _segments(widget: Widget) -> list[tuple[tuple[int, int, int], tuple[int, int, int], str]]:
    found = []
    for strip in widget.render_lines(Region(0, 0, *widget.size)):
        for segment in strip:
            style = segment.style
            if style is None or not set(segment.text) - ORNAMENT:
                continue
            fore, ground = style.color, style.bgcolor
            assert fore is not None
            assert ground is not None, segment.text
            one, other = _rgb(fore), _rgb(ground)
            found.append((other, one, segment.text) if style.reverse else (one, other, segment.text))
    return found


def _rgb(color: Color) -> tuple[int, int, int]:
    red, green, blue = color.get_truecolor()
    return red, green, blue


def contrast(pair: Pair) -> float:
    """The contrast ratio of two colours, 1 to 21."""
    light, dark = sorted(map(_luminance, pair), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(rgb: tuple[int, int, int]) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (value / 255 for value in rgb)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue

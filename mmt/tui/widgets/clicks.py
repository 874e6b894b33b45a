"""Words that stand for a key: a click on them is the same as the key."""

from functools import cache

from textual.content import Content
from textual.style import Style


def clicks(line: Content, action: str, *values: object) -> Content:
    """A line, a click on which does this on the screen."""
    return line.stylize(Style.from_meta({"@click": (f"screen.{action}", values)}))


def clickable(label: str, key: str, style: str = "") -> Content:
    """`label`, a click on which is `key` pressed on the screen."""
    return clicks(Content(label).stylize(style), "press", key)


def box(mark: str) -> Content:
    """What was decided about a row, a click on which takes the row as its key does."""
    return Content.styled(mark, "bold").stylize(Style.from_meta({"@click": "screen.take"}))


@cache
def key_line(keys: tuple[tuple[str, str, str], ...]) -> Content:
    """Keys with their words in one line, each clickable."""
    parts = []
    for key, shown, word in keys:
        label = clickable(f" {shown} ", key, "bold reverse")
        parts.append(label + clickable(f" {word}", key) if word else label)
    return Content(" ").join(parts)


def fitted_keys(keys: tuple[tuple[str, str, str], ...], across: int) -> Content:
    """Keys in so many columns; without their words where these find no room: what is clicked are the keys."""
    line = key_line(keys)
    return line if line.cell_length <= across else key_line(tuple((key, shown, "") for key, shown, _ in keys))

"""The readings of leg length, and the difference with its error drawn to scale."""

import math

from textual.content import Content

from mmt.model.base import SIDES
from mmt.model.exam_tests import LegLengthTest
from mmt.model.observation import Observation
from mmt.model.review import MethodReading
from mmt.tui.widgets.big import big, drawable
from mmt.tui.widgets.clicks import clicks

from .readings import Legs, Reading, measured, side_asked

NAME = 48
LEAST_SCALE = 20
"""mm that the drawing reaches to each side at least."""

DOTS = {(True, True): "▓", (True, False): "█", (False, True): "░", (False, False): "·"}
"""By whether a place lies on the bar of the difference, and within the error."""


def readings(legs: Legs, test: LegLengthTest, unsaved: frozenset[object]) -> list[Content]:
    """One method: its name, and a field for each reading."""
    fields = [one for one in legs.fields if one.test == test.id]
    if test.side_means != "this-leg":
        return [_name(legs, test) + Content(":") + _difference(legs, test, fields[0], unsaved)]
    now = measured(legs, test)
    said = f"  {_difference_in_words(test, now)}" if now.difference is not None else ""
    rows = [_name(legs, test) + Content.styled(said, "bold")]
    for side in SIDES:
        own = [one for one in fields if one.side == side]
        label = Content.styled(f"     {side.upper():<6}", "bold" if legs.at in own else "")
        rows.append(Content("").join([label, *(_field(legs, one, unsaved) for one in own)]))
    return rows


def in_brief(legs: Legs, test: LegLengthTest) -> Content:
    """One method in one line: its difference, or the readings that there are. A click goes to its fields."""
    fields = [one for one in legs.fields if one.test == test.id]
    held = [one for field in fields if (one := legs.value(field.test, field.side, field.trial))]
    now = measured(legs, test)
    if test.side_means != "this-leg":
        said = _under_one_side(test, held[0]) if held else "–"
    elif now.difference is not None:
        said = _difference_in_words(test, now)
    else:
        said = ", ".join(f"{one.side} {one.millimetres:g}" for one in held) or "–"
    line = _name(legs, test) + Content(":  ") + Content.styled(said, "bold" if held else "dim")
    return clicks(line, "go_to_field", legs.fields.index(fields[0]))


def _name(legs: Legs, test: LegLengthTest) -> Content:
    current = legs.test is not None and legs.test.id == test.id
    name = Content(test.name).truncate(NAME, ellipsis=True)
    return Content(f" {'▶' if current else ' '} ") + name.stylize("bold" if current else "")


def typed(legs: Legs) -> list[Content]:
    """The field under the cursor in letters for two metres: whose leg, and what is typed."""
    at, test = legs.at, legs.test
    if at is None or test is None:
        return []
    side = at.side or legs.side
    held = legs.value(at.test, at.side, at.trial)
    size = f"{held.millimetres:g}" if held is not None and held.millimetres is not None else ""
    if side is None:
        words = ("LEVEL" if size == "0" else f"{held.side} {size}") if held else f"{side_asked(test)} side?"
    else:
        words = f"{side} {legs.typed or size or '_'}{'_' if legs.typed else ''}"
    shown = big(words, 1, 0) if drawable(words) else ["", words, ""]
    return [Content.styled(f" {line}", "bold") for line in shown]


def _field(legs: Legs, field: Reading, unsaved: frozenset[object]) -> Content:
    at = legs.at == field
    held = legs.value(field.test, field.side, field.trial)
    text = f"{held.millimetres:g}" if held and held.millimetres is not None else "–"
    if at and (legs.typed or held is None):
        text = f"{legs.typed}_"
    return _held(legs, field, held, (f"  {field.trial}: ", "dim"), f" {text:<9}", unsaved)


def _held(
    legs: Legs,
    field: Reading,
    held: Observation | None,
    lead: tuple[str, str],
    text: str,
    unsaved: frozenset[object],
) -> Content:
    """What a field holds, by where the cursor is, and whether it is saved. A click goes there."""
    style = "bold reverse" if legs.at == field else "bold" if held else "dim"
    waits = held is not None and held.key in unsaved
    mark = (" NOT SAVED" if waits else "", "bold reverse")
    return clicks(Content.assemble(lead, (text, style), mark), "go_to_field", legs.fields.index(field))


def _difference(legs: Legs, test: LegLengthTest, field: Reading, unsaved: frozenset[object]) -> Content:
    """A difference under one side: the side is chosen first."""
    at = legs.at == field
    held = legs.value(field.test, None, field.trial)
    word = side_asked(test)
    if at and legs.side is not None:
        text = f"{legs.side.upper()} {word} by {legs.typed}_ mm"
    elif held is not None:
        text = _under_one_side(test, held)
    else:
        text = f"which side is {word}? 1 right, 2 left, 0 level" if at else "–"
    return _held(legs, field, held, (" ", ""), f" {text} ", unsaved)


def _under_one_side(test: LegLengthTest, held: Observation) -> str:
    """A difference in words: `LEFT lower by 12 mm`, `level`."""
    size = held.millimetres
    if size == 0 or held.result == "negative":
        return "level"
    return f"{str(held.side).upper()} {side_asked(test)}" + (f" by {size:g} mm" if size else "")


def drawing(test: LegLengthTest, now: MethodReading, across: int) -> list[Content]:
    """The difference to scale: the error as a shaded field round zero, the difference as a bar."""
    if now.difference is None:
        both = "both legs are needed" if test.side_means == "this-leg" else "it is not measured"
        return [Content.styled(f"   No difference yet: {both}.", "dim")] if test.measure != "result" else []
    left, right = SIDES if test.seen_from == "front" else (SIDES[1], SIDES[0])
    half = max(10, (across - 22) // 2)
    scale = max(LEAST_SCALE, 10 * math.ceil(max(now.difference, now.error or 0) / 10))
    error = round(half * (now.error or 0) / scale)
    size = min(half, round(half * now.difference / scale))
    towards_left = now.shorter == left
    bar = range(-size, 0) if towards_left else range(1, size + 1) if now.shorter else range(0)
    dots = "".join("│" if not at else DOTS[at in bar, abs(at) <= error] for at in range(-half, half + 1))
    axis = f"{scale:g} mm".ljust(half) + "0" + f"{scale:g} mm".rjust(half)
    ends = f"   {left.upper():>5} ", f" {right.upper()}"
    return [
        Content.styled(f"   {verdict(test, now)}", "bold"),
        Content.assemble(ends[0], dots, ends[1]),
        Content.styled(" " * len(ends[0]) + axis, "dim"),
    ]


def _difference_in_words(test: LegLengthTest, now: MethodReading) -> str:
    size = f"{now.difference:.1f}".removesuffix(".0") if now.difference is not None else ""
    return f"{str(now.shorter).upper()} {side_asked(test)} by {size} mm" if now.shorter else "No difference"


def verdict(test: LegLengthTest, now: MethodReading) -> str:
    """The difference in words, and whether it can be told from error."""
    said = _difference_in_words(test, now)
    if test.error is None:
        return f"{said}. For screening only: this never decides."
    if now.beyond_error:
        return f"{said}: at or beyond the error limit of {now.error:g} mm."
    return f"{said}: within the error of {now.error:g} mm, not to be told from none."

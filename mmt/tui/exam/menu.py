"""The open menu of the exam, and the row of keys below it: each choice can be clicked."""

from collections.abc import Callable

from textual.content import Content

from mmt.model.base import Side
from mmt.tui.widgets.clicks import clickable
from mmt.tui.widgets.wrap import wrapped

from . import menus
from .entry import Entry
from .jump import matches
from .number import CLOCK
from .sides import SIDE_WORDS

LEAD, GAP = 5, "  "
"""Columns before the words of a choice, for its key, and what parts it from the next one."""


def menu(entry: Entry, across: int) -> list[Content]:
    """The lines of the open menu; none where none is open."""
    if entry.mode == "jump":
        return [line.truncate(across, ellipsis=True) for line in _jump(entry)]
    chosen = menus.choices(entry)
    if not chosen:
        return []
    about = _heading(entry, lambda test: entry.tests[test].name)
    about = about if len(about) + 2 <= across else _heading(entry, str)
    return [Content(f" {about}:".ljust(across)).stylize("bold on $panel"), *_packed(chosen, across)]


def _heading(entry: Entry, name: Callable[[str], str]) -> str:
    """What the open menu is about, by the name of the value that it changes."""
    last, at = entry.last, entry.exam.at
    value = f"{_sided(name(last.test), last.side)} {last.shown}" if last else ""
    here = _sided(name(at.test), at.side) if at else ""
    if entry.mode == "flags":
        apart = here and last is not None and at is not None and last.cell != (at.test, at.side)
        return f"{value}; {menus.NOT_DONE} is for {here}" if apart else value or here
    if entry.mode == "reason":
        return f"{here} not tested, because"
    return f"{value}: what took over" if entry.mode == "substitution" else f"How {value} was tested"


def _sided(test: str, side: Side | None) -> str:
    return f"{test} {SIDE_WORDS[side] if side else ''}".rstrip()


def _packed(chosen: tuple[tuple[str, str], ...], across: int) -> list[Content]:
    """The choices in as few lines as they need."""
    lines: list[Content] = []
    for key, words in chosen:
        first, *further = wrapped(words, across - LEAD - len(GAP))
        choice = clickable(f" {key} ", key, "bold reverse") + clickable(f" {first}{GAP}", key)
        if lines and not further and lines[-1].cell_length + choice.cell_length <= across:
            lines[-1] += choice
        else:
            lines.append(Content(" ") + choice)
        lines += [Content(" " * LEAD) + clickable(row, key) for row in further]
    return [line.truncate(across, ellipsis=True) for line in lines]


def _jump(entry: Entry) -> list[Content]:
    found, names = matches(entry), set(entry.names)
    field = Content.assemble((" Jump to: ", "bold"), (f"{entry.typed}_", "reverse"))
    lines = [
        Content(" ")
        + clickable(f" {index} ", str(index), "bold reverse")
        + clickable(
            f" {test.name} ({test.id}){'' if test.id in names else ' – added to this exam'}", str(index)
        )
        for index, test in enumerate(found, 1)
    ]
    return [field, *(lines or [Content(" no test by that name")])]


def key_row(entry: Entry) -> tuple[tuple[str, str, str], ...]:
    """The keys to click: what fills the cell under the cursor, and the ways on and back."""
    digits = tuple((key, key, "") for key in "0123456789.")
    if entry.mode == "force":
        return (*digits, ("*", "*", "unit"), ("backspace", "←", ""), ("enter", "Enter", "keep"))
    if entry.mode == "jump":
        erase, first = ("backspace", "←", "erase"), ("enter", "Enter", "the first")
        return (("escape", "Esc", "close"), erase, first)
    if entry.mode != "cell":
        return (("enter", "Enter", "close"),)
    if entry.timing:
        return ((CLOCK, CLOCK, "stops the clock and keeps it"), ("backspace", "←", "takes it back"))
    ways = (("slash", "/", "back"), ("enter", "Enter", "next"))
    test = entry.test
    if test is None:
        return (*ways, ("f", "F", "opens what is folded")) if entry.away else ways
    if entry.typed or entry.angle or test.keyed == "number":
        return (*digits, ("backspace", "←", ""), ("n", "N", "not tested"), *ways)
    flags = (("9", "9", "not tested"), (".", ".", "flags"), *ways)
    if test.keyed == "grade":
        signs = (("+", "+", ""), ("-", "−", ""))
        return (*((key, key, "") for key in "012345"), *signs, *flags)
    if test.keyed == "score":
        return (*((str(digit), str(digit), "") for digit in range(len(test.scores))), *flags)
    return (("1", "1", "positive"), ("0", "0", "negative"), *flags)

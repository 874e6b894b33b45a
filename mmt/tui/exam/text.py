"""Lines of the exam screen: where the patient lies, the test's name, the value in hand."""

import re

from textual.content import Content

from mmt.model.exam import Exam
from mmt.model.exam_tests import AnyTest, LengthTest, MuscleTest
from mmt.model.observation import Observation
from mmt.tui.visit.values import Earlier, notes
from mmt.tui.widgets.big import big, drawable, width
from mmt.tui.widgets.wrap import wrapped

from . import number
from .entry import Entry
from .hints import folded_line
from .sides import SIDE_WORDS, turned

SIZES = ((2, 1), (1, 1), (1, 0))
"""Dots of the letters, the largest first: columns and rows of one dot."""

SMALL = ((0, 0),)
"""Letters of quarter blocks, for what has room in no other ones."""

AT_THE_END = "The exam is at its end"


def position_line(entry: Entry, across: int) -> Content:
    """The patient's position, turns left and a bar of what is done; a turn fills the line, and says where the
    columns of the sides change places."""
    exam = entry.exam
    folded = f", {len(entry.away)} tests folded" if len(entry.away) > 1 else ", 1 test folded"
    done = f"{exam.filled} of {len(exam.cells)} done{folded if entry.away else ''} "
    if exam.at is None:
        return _spread(f" {AT_THE_END}", done + _bar(exam, 16), across, "bold")
    position = exam.at.position.upper()
    before = exam.cells[exam.cursor - 1].position if exam.cursor else None
    columns = f" · {said}" if (said := turned(entry)) else ""
    if before != exam.at.position:
        words = f" ▶ TURN THE PATIENT: {position}" if before else f" ▶ START: {position}"
        return _spread(words + columns, done, across, "bold reverse")
    if columns:
        return _spread(f" {position}{columns}", done, across, "bold reverse")
    turns = {0: "no more turns", 1: "1 turn to go"}.get(exam.turns_left, f"{exam.turns_left} turns to go")
    return _spread(f" {position} · {turns}", done + _bar(exam, 16), across, "bold")


def _bar(exam: Exam, across: int) -> str:
    full = round(across * exam.filled / len(exam.cells)) if exam.cells else 0
    return "█" * full + "░" * (across - full) + " "


def _spread(left: str, right: str, across: int, style: str) -> Content:
    room = max(1, across - len(left) - len(right))
    return Content(f"{left}{' ' * room}{right}").truncate(across).stylize(style)


def title(test: AnyTest | None, across: int, down: int) -> list[Content]:
    """The name in the largest letters that fit into `down` rows, below the line that tells what is tested."""
    if test is None:
        return []
    about = Content.assemble(" ", (test.name, "bold"), f" · {test.id} · {_about(test)}")
    letters = _letters(test, across - 2, down - 1)
    return [
        about.truncate(across, ellipsis=True),
        *(Content.styled(f" {row}".ljust(across), "bold") for row in letters),
    ]


def the_end(entry: Entry, across: int, down: int) -> list[Content]:
    """What stands past the last test: what is not done, in so many rows."""
    lines = [Content.styled(f" {row}", "bold") for row in big("END", 1, 0)]
    still_open = entry.exam.still_open
    if still_open:
        names = ", ".join(_open_sides(entry, test) for test in dict.fromkeys(one.test for one in still_open))
        rows = wrapped(f"{len(still_open)} not done (this does not mean normal): {names}", across - 2)
        room = max(1, down - len(lines) - 1)
        rows = rows if len(rows) <= room else [*rows[: room - 1], f"{rows[room - 1][: across - 4]} …"]
        lines += [Content(f" {row}") for row in rows]
    ways = "G goes to the first of these. " if still_open else ""
    lines += [Content(f" {row}") for row in wrapped(folded_line(entry), across - 2)][: down - len(lines) - 1]
    return [*lines, Content(f" {ways}Enter goes on to the next step, / steps back.")]


def _open_sides(entry: Entry, test: str) -> str:
    """A test that is not done, with its side where the other one is done."""
    sides = [one.side for one in entry.exam.still_open if one.test == test]
    all_sides = [one.side for one in entry.exam.cells if one.test == test]
    return entry.tests[test].name + (f" {sides[0]}" if sides != all_sides else "")


def _letters(test: AnyTest, across: int, down: int) -> list[str]:
    """What the test is called in the largest letters of so many rows; its id before small letters."""
    for sizes in (SIZES, SMALL):
        for text in _names(test):
            for dots, high in sizes:
                if (5 * high or 3) <= down and drawable(text) and width(text, dots) <= across:
                    return big(text, dots, high)
    return []


def _names(test: AnyTest) -> tuple[str, ...]:
    """The name, then without what stands in parentheses or behind a comma, then the id."""
    return test.name, re.split(r", | \(", test.name)[0], test.id


def _about(test: AnyTest) -> str:
    if isinstance(test, MuscleTest):
        return test.action
    how = {"grade": "0 to 5", "yes-no": "1 positive, 0 negative"}.get(test.keyed, test.scores_said)
    what = test.muscles if isinstance(test, LengthTest) else ""
    unit = number.UNITS.get(test.measures[0], "")
    return " · ".join(word for word in (how or f"{unit}, Enter ends", what) if word)


def last_line(
    last: Observation | None,
    test: AnyTest | None,
    across: int,
    *,
    unsaved: bool = False,
    was: str = "",
    then: Earlier | None = None,
) -> Content:
    """The value in hand, which signs and flags change, beside the earlier one with its date and examiner."""
    if last is None or test is None:
        return Content.styled(" Nothing graded yet", "dim")
    side = f" {SIDE_WORDS[last.side]}" if last.side else ""
    qualified = notes(last, test)
    before = f"   then {then.value} · {then.when} · {then.examiner}" if then else ""
    said = Content.assemble(
        (f" {last.shown} ", "bold reverse"),
        (" NOT SAVED ", "bold reverse") if unsaved else (" saved", "dim"),
        (f" · was {was}", "bold") if was else "",
        f" · {qualified}" if qualified else "",
        before,
    )
    whole = Content.assemble((" Last  ", "dim"), f"{test.name}{side}  ", said)
    if whole.cell_length <= across:
        return whole
    return Content.assemble((" Last  ", "dim"), f"{test.id}{side}  ", said).truncate(across, ellipsis=True)

"""One section of questions as a calm page, the question under the cursor in bold with its keys."""

from rich.cells import cell_len
from textual.content import Content
from textual.style import Style
from textual.widget import Widget

from mmt.tui.station.form import TEN, Form
from mmt.tui.station.questions import Question

from .clicks import clickable, key_line
from .wrap import wrapped

ANSWER = 16
MARGIN = ANSWER + 4
"""Columns at the right for today's answer, and with the mark at the left."""

KEYS = 5
"""Rows kept for the keys and earlier answers, so that the page does not jump from question to question."""


WIDEST = 100
"""Columns beyond which a line of text tires the eye."""


class FormView(Widget):
    """Shows the section with the cursor. `earlier` are answers of earlier visits, by question."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._form: Form | None = None
        self._earlier: dict[tuple[str, str], str] = {}
        self._unsaved: frozenset[tuple[str, str]] = frozenset()

    def show(
        self, form: Form, earlier: dict[tuple[str, str], str], unsaved: frozenset[tuple[str, str]]
    ) -> None:
        """Show this form."""
        self._form, self._earlier, self._unsaved = form, earlier, unsaved
        self.refresh()

    def render(self) -> Content:
        if self._form is None:
            return Content("")
        section = self._form.sections[self._form.section].questions
        across = min(WIDEST, self.size.width)
        blocks = [
            _block(question, self._form, self._earlier, question.key in self._unsaved, across)
            for question in section
        ]
        at = self._form.at
        index = [one.key for one in section].index(at.key) if at else len(blocks) - 1
        rows = sum(len(wrapped(one.ask, across - MARGIN)) for one in section)
        spaced = rows + len(section) + KEYS <= self.size.height
        return Content("\n").join(windowed(blocks, index, self.size.height, spaced=spaced))


def windowed(blocks: list[list[Content]], index: int, down: int, *, spaced: bool) -> list[Content]:
    """The lines of the blocks, moved so that block `index` and a little below it is in sight."""
    lines: list[Content] = []
    top = bottom = 0
    for place, block in enumerate(blocks):
        if place == index:
            top, bottom = len(lines), len(lines) + len(block)
        lines += [*block, *([Content("")] if spaced else [])]
    start = max(0, min(top, bottom - down + min(3, len(lines) - bottom)))
    return lines[start : start + down]


def _block(
    question: Question, form: Form, earlier: dict[tuple[str, str], str], unsaved: bool, across: int
) -> list[Content]:
    current = form.at is not None and form.at.key == question.key
    value = form.answers.get(question.key)
    rows = wrapped(question.ask, max(20, across - MARGIN))
    answer = question.words(value) if value is not None else "–"
    short = cell_len(answer) <= ANSWER - 2
    lines = []
    for index, row in enumerate(rows):
        mark = "▶" if current and index == 0 else " "
        text = Content.styled(f" {mark} {row}", "bold" if current else "")
        shown = Content.styled(
            f" {answer} ", "bold reverse" if value else "bold" if value is not None else "dim"
        )
        right = shown if index == 0 and short else Content("")
        room = across - text.cell_length - right.cell_length - 1
        lines.append(text + Content(" " * max(1, room)) + right)
    if not short:
        lines.append(Content.assemble("   ", (f" {answer} ", "bold reverse")))
    under = [
        word for word in (question.mark, _then(earlier, question), "NOT SAVED" if unsaved else "") if word
    ]
    if under and (current or value is True or unsaved or question.key in earlier):
        lines.append(Content.styled(f"     {' · '.join(under)}", "bold reverse" if unsaved else "italic"))
    if current:
        lines.append(Content("     ") + _keys(question, form))
    jump = Style.from_meta({"@click": ("screen.go_to_question", question.key)})
    return lines if current else [line.stylize(jump) for line in lines]


def _then(earlier: dict[tuple[str, str], str], question: Question) -> str:
    return f"earlier: {earlier[question.key]}" if question.key in earlier else ""


def _keys(question: Question, form: Form) -> Content:
    if question.taken == "yes-no":
        return key_line((("1", "1", "yes"), ("0", "0", "no"), ("enter", "Enter", "not asked")))
    if question.taken == "score":
        digits = tuple((str(digit), str(digit), "") for digit in range(10))
        return key_line((*digits, (TEN, TEN, "10"), ("enter", "Enter", "not asked")))
    if question.taken in ("number", "text"):
        field = Content.styled(f" {form.typed}_ ", "reverse")
        unit = f" {question.unit}" if question.unit else ""
        return (
            field + Content(unit + "  ") + clickable(" Enter ", "enter", "bold reverse") + Content(" keeps")
        )
    choices = tuple((str(n), str(n), words) for n, (_, words) in enumerate(question.choices, 1))
    return Content("\n     ").join(key_line(choices[at : at + 4]) for at in range(0, len(choices), 4))

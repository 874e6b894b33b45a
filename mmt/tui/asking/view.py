"""A page of questions, calm: earlier answers in one column, today's in the next, the keys at the cursor."""

from collections import Counter
from collections.abc import Mapping

from rich.cells import cell_len
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from mmt.model.visit import Answer
from mmt.tui.widgets.caret import follow
from mmt.tui.widgets.clicks import clickable, clicks, fitted_keys, key_line
from mmt.tui.widgets.wrap import wrapped

from .form import Form
from .pages import page_starts
from .questions import Earlier, Question, Section
from .words import TEN

Key = tuple[str, str]

LEFT = 3
THEN = 12
TODAY = 7
"""Columns for the mark at the left, for an earlier answer and for today's at the right."""

WIDEST = 100
"""Columns beyond which a line of text tires the eye."""

CHOICES_A_ROW = 4
_INDENT = 5
"""Columns before the keys of a question."""


class FormView(Widget):
    """Shows the page with the cursor. `earlier` are answers of earlier visits, by question."""

    class Resized(Message):
        """The pages must be cut anew."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.auto_links = False
        self._form: Form | None = None
        self._earlier: Mapping[Key, Earlier] = {}
        self._unsaved: frozenset[Key] = frozenset()
        self._farewell = ""
        self._down = 0

    def on_resize(self) -> None:
        self.post_message(self.Resized())

    def show(self, form: Form, earlier: Mapping[Key, Earlier], unsaved: frozenset[Key], closing: str) -> None:
        """Show this form; `closing` is said at its end."""
        self._form, self._earlier, self._unsaved, self._farewell = form, earlier, unsaved, closing
        self.refresh()

    def pages(self, form: Form, earlier: Mapping[Key, Earlier], down: int) -> tuple[int, ...]:
        """Where pages of `down` rows begin; a page keeps room for the keys and what is shown late."""
        self._down = down
        across = min(WIDEST, self.size.width)
        text, dates = _text(across, earlier), [_date(one, earlier) for one in form.sections]
        heights = [
            len(wrapped(one.ask, text))
            + _answer_down(one, earlier.get(one.key), dates[form.section_at(at)])
            + sum(len(_folded(away, across)) for away in form.folded_after(at))
            for at, one in enumerate(form.questions)
        ]
        keys = [_keys_down(one, across) for one in form.questions]
        return page_starts(form.sections, heights, keys, down)

    def render(self) -> Content:
        form = self._form
        if form is None:
            return Content("")
        across = min(WIDEST, self.size.width)
        if form.at is None:
            return Content("\n").join(end_of(form, self._farewell, across))
        blocks = []
        for at in form.page:
            section = form.sections[form.section_at(at)]
            date = _date(section, self._earlier)
            if at == form.page.start:
                today = self._columns(date, Content.styled(" today", "dim"))
                blocks.append([_beside(_title(form, at, across - today.cell_length), today, across)])
            elif form.section_at(at) != form.section_at(at - 1):
                blocks.append([_beside(_title(form, at), self._columns(date, Content("")), across)])
            rows = [line for away in form.folded_after(at) for line in _folded(away, across)]
            blocks.append([*self._block(form.questions[at], form, date, across), *rows])
        airy = sum(len(block) + 1 for block in blocks) < self._down
        lines = [
            line for at, block in enumerate(blocks) for line in ([Content("")] * (airy and at > 0) + block)
        ]
        shown = lines[: self.size.height]
        follow(self, (line.plain for line in shown))
        return Content("\n").join(shown)

    def _columns(self, then: str, today: Content) -> Content:
        """The columns at the right: an earlier answer where any visit gave one, and today's."""
        earlier = Content.styled(f"{then:^{THEN - 1}} ", "dim") if self._earlier else Content("")
        return earlier + today.pad_right(TODAY - today.cell_length)

    def _block(self, question: Question, form: Form, date: str, across: int) -> list[Content]:
        current = form.at is not None and form.at.key == question.key
        value, then = form.answers.get(question.key), self._earlier.get(question.key)
        answer = question.words(value) if value is not None else "–"
        short = cell_len(answer) <= TODAY - 2
        beside = then.words if then and then.day == date and cell_len(then.words) < THEN else ""
        how = "bold reverse" if value else "bold" if value is not None else "dim"
        said = Content.styled(f" {answer} ", how)
        columns = self._columns(beside, said if short else Content(""))
        first, *rest = wrapped(question.ask, _text(across, self._earlier))
        bold = "bold" if current else ""
        left = Content.styled(f" {'▶' if current else ' '} {first}", bold)
        lines = [_beside(left, columns, across), *(Content.styled(f"   {row}", bold) for row in rest)]
        if not short:
            lines.append(Content("     ") + said)
        if then and not beside:
            lines.append(Content.styled(f"     {then.day}: {then.words}", "dim"))
        if question.key in self._unsaved:
            lines.append(Content.styled("     NOT SAVED", "bold reverse"))
        if current:
            return [*lines, _keys(question, form, across)]
        return [clicks(line, "go_to_question", *question.key) for line in lines]


def _date(section: Section, earlier: Mapping[Key, Earlier]) -> str:
    """The day of most earlier answers of a section; those of other days tell theirs."""
    dates = Counter(earlier[one.key].day for one in section.questions if one.key in earlier)
    return dates.most_common(1)[0][0] if dates else ""


def _answer_down(question: Question, then: Earlier | None, date: str) -> int:
    """The rows that an answer may take of its own, and that an earlier one takes."""
    labels = [words for _, words in question.choices]
    long = question.taken in ("words", "move", "text") or any(cell_len(one) > TODAY - 2 for one in labels)
    apart = then is not None and (then.day != date or cell_len(then.words) >= THEN)
    return long + apart


def _text(across: int, earlier: Mapping[Key, Earlier]) -> int:
    """Columns for the words of a question."""
    return max(20, across - LEFT - TODAY - 1 - (THEN if earlier else 0))


def _beside(left: Content, columns: Content, across: int) -> Content:
    left = left.truncate(max(1, across - columns.cell_length - 1), ellipsis=True)
    return left + Content(" " * max(1, across - left.cell_length - columns.cell_length)) + columns


def _title(form: Form, at: int, room: int = 0) -> Content:
    """The title of the section of a question. The first one of a page has `room` for the page as well: what
    the section is about gives way to it."""
    section = form.sections[form.section_at(at)]
    number = (
        f"  page {form.pages.index(form.page.start) + 1} of {len(form.pages)}" if form.pages and room else ""
    )
    about = f" · {section.about}" if section.about else ""
    if room and len(section.title + about + number) + 2 > room:
        about = ""
    return Content.assemble((f" {section.title.upper()}{about}", "bold"), (number, "dim"))


def _folded(question: Question, across: int) -> list[Content]:
    """A folded question, why it is not put, and the key that opens it."""
    first, *rest = wrapped(f"folded, {question.folded} (F opens): {question.ask}", across - 6)
    return [Content.styled(f"   {row}", "dim") for row in (first, *(f"  {row}" for row in rest))]


def end_of(form: Form, closing: str, across: int) -> list[Content]:
    """Past the last question: of each section how much was asked, and what was answered with yes."""
    head = f"END OF THIS STEP · {form.asked} of {len(form.questions)} asked"
    lines = [Content.styled(f" {row}", "bold") for row in (head, *wrapped(closing, across - 2))]
    lines.append(Content(""))
    for section in form.sections:
        asked = sum(one.key in form.answers for one in section.questions)
        away = f", {len(section.folded)} folded" if section.folded else ""
        count = f"{asked:>3} of {len(section.questions)} asked{away}"
        lines.append(Content(f"   {section.title:<34.34} {count}"))
        for one in section.questions:
            if form.answers.get(one.key) is True:
                first, *rest = wrapped(one.ask, across - 13)
                rows = (f"       yes: {first}", *(f"            {row}" for row in rest))
                lines += [Content.styled(row, "bold") for row in rows]
    return lines


def _keys_down(question: Question, across: int) -> int:
    """The rows that the keys of a question take at most, with everything chosen."""
    every = tuple(name for name, _ in question.choices)
    rows = (key_line(row).plain for row in _choices(question, every))
    return sum(len(wrapped(row, across - _INDENT)) for row in rows) or 1


def _keys(question: Question, form: Form, across: int) -> Content:
    indent = Content(" " * _INDENT)
    held = form.answers.get(question.key)
    on = "drops" if form.refused else "keeps" if form.typed else "not asked" if held is None else "goes on"
    if question.taken == "yes-no":
        yes = f"yes ({question.mark})" if question.mark else "yes"
        return indent + key_line((("1", "1", yes), ("0", "0", "no"), ("enter", "Enter", on)))
    if question.taken == "score":
        digits = tuple((str(digit), str(digit), "") for digit in range(10))
        return indent + key_line((*digits, (TEN, TEN, "is ten"), ("enter", "Enter", on)))
    if question.taken in ("number", "text"):
        field = Content.styled(f" {form.typed}_ ", "reverse")
        unit = f" {question.unit}" if question.unit else ""
        shown = indent + field + Content(f"{unit}  ") + _pad(question, form.typed)
        return shown + fitted_keys((("enter", "Enter", on),), across - shown.cell_length)
    return Content("\n").join(indent + key_line(row) for row in _choices(question, held))


def _pad(question: Question, typed: str) -> Content:
    """The keys of a number for the mouse, in as few columns as can be; nothing where text is asked for."""
    if question.taken != "number":
        return Content("")
    signs = [("-", "−")] if question.least is not None and question.least < 0 else []
    digits = "0123456789." if typed else "0123456789"  # a point before them goes to the end of the step
    keys = (*((one, one) for one in digits), *signs, ("backspace", "←"))
    pad = Content("").join(clickable(f" {shown}", key, "bold reverse") for key, shown in keys)
    return pad + Content.styled(" ", "bold reverse") + Content(" ")


def _choices(question: Question, held: Answer | None) -> list[tuple[tuple[str, str, str], ...]]:
    """The digits of a list with their words in rows, what is chosen marked; of several Enter ends."""
    chosen = held if isinstance(held, tuple) else (held,)
    keys = [
        (str(n), f"✓{n}" if name in chosen else str(n), words)
        for n, (name, words) in enumerate(question.choices, 1)
    ]
    if question.taken in ("words", "move"):
        keys.append(("enter", "Enter", "goes on" if held else "not asked"))
    return [tuple(keys[at : at + CHOICES_A_ROW]) for at in range(0, len(keys), CHOICES_A_ROW)]

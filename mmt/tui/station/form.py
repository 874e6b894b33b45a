"""Questions answered one key each: where the cursor stands, and what a key does."""

from collections.abc import Callable
from itertools import accumulate

from msgspec.structs import replace

from mmt.model.base import Value
from mmt.model.text import clean
from mmt.model.visit import Answer

from .questions import Question, Section

TEN = "+"
"""The key for 10, so that every pain score is one key."""

LEAVING = ("up", "down", "/", "*")
"""The keys that leave a question; a number half typed is kept first."""

YES, NO = ("1", "y"), ("0", "n")

READ_S = 1.0
"""Seconds without a further − after which a page that − turned to counts as seen. No question can be read out
in less, so that a key pressed twice or held down answers nothing that nobody asked."""


class Form(Value, frozen=True, kw_only=True):
    """Questions in sections, with what was answered today. Past the last question the form is done.

    `pages` are the indexes of the first question of each page as the screen shows it; without them each
    section is a page. `together` are the questions that the last key answered no, while the cursor rests.
    `turned` is the moment of the last − since one turned to this page, in s; None once anything else moved.
    """

    sections: tuple[Section, ...]
    answers: dict[tuple[str, str], Answer]
    cursor: int = 0
    typed: str = ""
    pages: tuple[int, ...] = ()
    together: tuple[Question, ...] = ()
    turned: float | None = None

    @property
    def questions(self) -> tuple[Question, ...]:
        """All questions in their order."""
        return tuple(one for section in self.sections for one in section.questions)

    @property
    def at(self) -> Question | None:
        """The question under the cursor, None past the end."""
        return self.questions[self.cursor] if self.cursor < len(self.questions) else None

    @property
    def asked(self) -> int:
        """How many questions have an answer."""
        return sum(one.key in self.answers for one in self.questions)

    def moved(self, cursor: int) -> "Form":
        """The cursor on a question, kept within the form; what was half typed is let go."""
        kept = max(0, min(len(self.questions), cursor))
        return replace(self, cursor=kept, typed="", together=(), turned=None)

    def resumed(self) -> "Form":
        """The cursor behind the last question that was answered."""
        answered = [index for index, one in enumerate(self.questions) if one.key in self.answers]
        return self.moved(max(answered, default=-1) + 1)

    @property
    def section(self) -> int:
        """The index of the section with the cursor; the last one past the end."""
        left = self.cursor
        for index, section in enumerate(self.sections):
            if left < len(section.questions):
                return index
            left -= len(section.questions)
        return len(self.sections) - 1

    @property
    def page(self) -> range:
        """The indexes of the questions on the page with the cursor; of the last page past the end."""
        starts = self.pages or self._section_starts()
        first = max(start for start in starts if start <= self.cursor)
        return range(first, min((start for start in starts if start > first), default=len(self.questions)))

    @property
    def page_before(self) -> int:
        """The index of the first question of the page before; past the end, of the last page."""
        first = self.page.start
        return first if self.at is None else self.moved(max(0, first - 1)).page.start

    def _section_starts(self) -> tuple[int, ...]:
        counts = accumulate((len(section.questions) for section in self.sections), initial=0)
        return tuple(counts)[:-1]

    def answered(self, value: Answer | None) -> "Form":
        """The question under the cursor with this answer; None makes it not asked."""
        assert self.at is not None
        answers = {key: one for key, one in self.answers.items() if key != self.at.key}
        given = answers if value is None else answers | {self.at.key: value}
        return replace(self, answers=given, typed="", together=())


class Step(Value, frozen=True, kw_only=True):
    """What a key did: the form after it, the questions whose answer became `value`, a word, a refusal."""

    form: Form
    changed: tuple[Question, ...] = ()
    value: Answer | None = None
    word: str = ""
    refused: bool = False


def press(form: Form, key: str, text: str = "", now: float = 0.0) -> Step:
    """What `key` does to the form at the moment `now` (s of any steady clock).

    `text` is what it writes where text is asked for.
    """
    question = form.at
    if form.typed and key in LEAVING and not text_here(question, text):
        return _keep_and_leave(form, key)
    if key in _ALWAYS:
        return _ALWAYS[key](form)
    if text_here(question, text):
        return Step(form=replace(form, typed=form.typed + text))
    if question is not None and question.taken == "number" and (done := _digits(form, question, key)):
        return done
    if key in _WALK:
        return Step(form=form.moved(_WALK[key](form)))
    if key == "x" and form.together:
        return _none_of_them(form)
    if question is None:
        return _refuse(form, "This is the end. Enter goes on to the next step.")
    if key == "x":
        return _not_asked(form, question)
    return _rest_no(form, now) if key == "-" else _answer(form, question, key)


def text_here(question: Question | None, text: str) -> bool:
    """Whether a key writes into the question under the cursor."""
    return question is not None and question.taken == "text" and bool(text)


def _keep_and_leave(form: Form, key: str) -> Step:
    """What is half typed is kept, then the key leaves; what cannot be kept stays and says why."""
    kept = _enter(form)
    return kept if kept.refused else replace(kept, form=press(kept.form.moved(form.cursor), key).form)


def _enter(form: Form) -> Step:
    question = form.at
    if question is None or not form.typed:
        return Step(form=form.moved(form.cursor + 1))
    if question.taken == "text":
        return (
            _given(form, question, text)
            if (text := clean(form.typed))
            else _refuse(form, "Nothing is written.")
        )
    try:
        value = float(form.typed)
    except ValueError:
        return _refuse(form, f"{form.typed} is not a number.")
    least, most = question.least, question.most
    if (least is not None and value < least) or (most is not None and value > most):
        return _refuse(form, f"{form.typed} is out of range: {_range(question)}.")
    return _given(form, question, int(value) if value == int(value) else value)


def _erase(form: Form) -> Step:
    question = form.at
    if form.typed:
        return Step(form=replace(form, typed=form.typed[:-1]))
    held = form.answers.get(question.key) if question else None
    if question is not None and question.taken == "text" and isinstance(held, str):
        return Step(form=replace(form, typed=held[:-1]))
    return Step(form=form.moved(form.cursor - 1))


def _digits(form: Form, question: Question, key: str) -> Step | None:
    if key.isdecimal() or (key == "." and form.typed):
        return Step(form=replace(form, typed=form.typed + key))
    if key == "-" and question.least is not None and question.least < 0:
        turned = form.typed[1:] if form.typed.startswith("-") else "-" + form.typed
        return Step(form=replace(form, typed=turned))
    return None


def _rest_no(form: Form, now: float) -> Step:
    """No to each question of the page that was not answered yet, from the cursor on."""
    if form.turned is not None and now - form.turned < READ_S:
        return _refuse(replace(form, turned=now), "A new page: read it out first, then − is no to it.")
    if form.typed:
        return _refuse(form, f"{form.typed} is not kept yet: Enter keeps it.")
    rest = form.questions[form.cursor : form.page.stop]
    open_ones = tuple(one for one in rest if one.taken == "yes-no" and one.key not in form.answers)
    if not open_ones:
        return _refuse(form, "Nothing on this page is left to answer with no.")
    answers = form.answers | {one.key: False for one in open_ones}
    left = [at for at in form.page if at >= form.cursor and form.questions[at].key not in answers]
    after = replace(
        form.moved(left[0] if left else form.page.stop),
        answers=answers,
        together=open_ones,
        turned=None if left else now,
    )
    word = f"{len(open_ones)} answered no. X takes them back."
    return Step(form=after, changed=open_ones, value=False, word=word)


def _none_of_them(form: Form) -> Step:
    keys = {one.key for one in form.together}
    answers = {key: one for key, one in form.answers.items() if key not in keys}
    first = form.questions.index(form.together[0])
    return Step(
        form=replace(form.moved(first), answers=answers), changed=form.together, word="Taken back: not asked."
    )


def _not_asked(form: Form, question: Question) -> Step:
    if question.key not in form.answers:
        return _refuse(form, "Nothing is answered here.")
    return Step(form=form.answered(None), changed=(question,), word="Taken back: not asked.")


def _answer(form: Form, question: Question, key: str) -> Step:
    if question.taken == "yes-no" and key in (*YES, *NO):
        return _given(form, question, key in YES)
    if question.taken == "score" and (key.isdecimal() or key == TEN):
        return _given(form, question, 10 if key == TEN else int(key))
    if key.isdecimal() and 1 <= int(key) <= len(question.choices):
        chosen = question.choices[int(key) - 1][0]
        if question.taken == "choice":
            return _given(form, question, chosen)
        if question.taken == "words":
            return _toggled(form, question, chosen)
    return _refuse(form, f"{key} answers nothing here: {hint(question)}.")


def _toggled(form: Form, question: Question, word: str) -> Step:
    held = form.answers.get(question.key)
    before = held if isinstance(held, tuple) else ()
    order = [name for name, _ in question.choices]
    now = {*before} ^ {word}
    value = tuple(name for name in order if name in now) or None
    return Step(form=form.answered(value), changed=(question,), value=value)


def _given(form: Form, question: Question, value: Answer) -> Step:
    given = form.answered(value)
    return Step(form=given.moved(given.cursor + 1), changed=(question,), value=value)


def _refuse(form: Form, word: str) -> Step:
    return Step(form=form, word=word, refused=True)


def _range(question: Question) -> str:
    least = f"{question.least:g}" if question.least is not None else "…"
    return f"{least} to {question.most:g}" if question.most is not None else f"{least} or more"


def hint(question: Question) -> str:
    """The keys that answer a question."""
    if question.taken == "yes-no":
        return "1 yes, 0 no, − no to the rest of the page, Enter skips"
    if question.taken == "score":
        return "0 to 9, + is 10, Enter skips"
    if question.taken == "number":
        unit = f" {question.unit}" if question.unit else ""
        return f"{_range(question)}{unit}, then Enter"
    if question.taken == "text":
        return "type, then Enter"
    several = ", several may be chosen, Enter goes on" if question.taken == "words" else ""
    return f"1 to {len(question.choices)}{several}"


_ALWAYS: dict[str, Callable[[Form], Step]] = {
    "up": lambda form: Step(form=form.moved(form.cursor - 1)),
    "down": lambda form: Step(form=form.moved(form.cursor + 1)),
    "pageup": lambda form: Step(form=form.moved(form.page_before)),
    "pagedown": lambda form: Step(form=form.moved(form.page.stop)),
    "enter": _enter,
    "backspace": _erase,
    "escape": lambda form: Step(form=replace(form, typed="")),
}
"""Keys that mean the same whatever is asked."""

_WALK: dict[str, Callable[[Form], int]] = {
    "/": lambda form: form.cursor - 1,
    "*": lambda form: form.page.stop,
    ".": lambda form: len(form.questions),
}
"""Signs of the keypad that go to another question, where they are not text."""

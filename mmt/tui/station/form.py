"""Questions answered one key each: where the cursor stands, and what a key does."""

from msgspec.structs import replace

from mmt.model.base import Value
from mmt.model.text import clean
from mmt.model.visit import Answer

from .questions import Question, Section

TEN = "+"
"""The key for 10, so that every pain score is one key."""

YES, NO = ("1", "y"), ("0", "n")


class Form(Value, frozen=True, kw_only=True):
    """Questions in sections, with what was answered today. Past the last question the form is done."""

    sections: tuple[Section, ...]
    answers: dict[tuple[str, str], Answer]
    cursor: int = 0
    typed: str = ""

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
        return replace(self, cursor=max(0, min(len(self.questions), cursor)), typed="")

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

    def answered(self, value: Answer | None) -> "Form":
        """The question under the cursor with this answer; None makes it not asked."""
        assert self.at is not None
        answers = {key: one for key, one in self.answers.items() if key != self.at.key}
        return replace(self, answers=answers if value is None else answers | {self.at.key: value}, typed="")


class Step(Value, frozen=True, kw_only=True):
    """What a key did: the form after it, the question whose answer changed, a word, a refusal."""

    form: Form
    changed: Question | None = None
    value: Answer | None = None
    word: str = ""
    refused: bool = False


def press(form: Form, key: str, text: str = "") -> Step:
    """What `key` does to the form; `text` is what it writes where text is asked for."""
    question = form.at
    if key in ("up", "down"):
        return Step(form=form.moved(form.cursor + (1 if key == "down" else -1)))
    if key == "enter":
        return _enter(form)
    if key == "backspace":
        return _erase(form)
    if key == "escape":
        return Step(form=replace(form, typed=""))
    if question is not None and question.taken == "text" and text:
        return Step(form=replace(form, typed=form.typed + text))
    if question is not None and question.taken == "number" and (done := _digits(form, question, key)):
        return done
    if key == "/":
        return Step(form=form.moved(form.cursor - 1))
    if key == "*":
        return Step(form=_next_section(form))
    if question is None:
        return _refuse(form, "All has been put. Enter goes on to the next step.")
    if key == "x":
        return _not_asked(form, question)
    return _answer(form, question, key)


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


def _next_section(form: Form) -> Form:
    starts = [0]
    for section in form.sections:
        starts.append(starts[-1] + len(section.questions))
    return form.moved(min(start for start in starts if start > form.cursor or start == starts[-1]))


def _not_asked(form: Form, question: Question) -> Step:
    if question.key not in form.answers:
        return _refuse(form, "Nothing is answered here.")
    return Step(form=form.answered(None), changed=question, word="Taken back: not asked.")


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
    return Step(form=form.answered(value), changed=question, value=value)


def _given(form: Form, question: Question, value: Answer) -> Step:
    given = form.answered(value)
    return Step(form=given.moved(given.cursor + 1), changed=question, value=value)


def _refuse(form: Form, word: str) -> Step:
    return Step(form=form, word=word, refused=True)


def _range(question: Question) -> str:
    least = f"{question.least:g}" if question.least is not None else "…"
    return f"{least} to {question.most:g}" if question.most is not None else f"{least} or more"


def hint(question: Question) -> str:
    """The keys that answer a question."""
    if question.taken == "yes-no":
        return "1 yes, 0 no, Enter skips"
    if question.taken == "score":
        return "0 to 9, + is 10, Enter skips"
    if question.taken == "number":
        unit = f" {question.unit}" if question.unit else ""
        return f"{_range(question)}{unit}, then Enter"
    if question.taken == "text":
        return "type, then Enter"
    several = ", several may be chosen, Enter goes on" if question.taken == "words" else ""
    return f"1 to {len(question.choices)}{several}"

"""Questions answered one key each: where the cursor stands, what is typed, what the last key answered."""

from itertools import accumulate

from msgspec.structs import replace

from mmt.model.visit import Answer
from mmt.tui.visit.pressed import Pressed, Typing

from .questions import Question, Section


class Form(Typing, frozen=True, kw_only=True):
    """Questions in sections, with what was answered today. Past the last question the form is done.

    `pages` are the indexes of the first question of each page as the screen shows it; without them each
    section is a page. `refused` says that what is typed could not be kept: the next digit begins anew, and a
    key that leaves drops it. `last` are the questions that the last key answered, and `before` what each held
    then. `turned` is the moment at which − turned to this page, in s; None once anything else moved.
    """

    sections: tuple[Section, ...]
    answers: dict[tuple[str, str], Answer]
    cursor: int = 0
    pages: tuple[int, ...] = ()
    refused: bool = False
    last: tuple[Question, ...] = ()
    before: Answer | None = None
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
        return replace(self, cursor=kept, typed="", refused=False, last=(), before=None, turned=None)

    def typing(self, text: str) -> "Form":
        """This text in place of what is half typed."""
        return replace(self, typed=text, refused=False, last=(), before=None)

    def resumed(self) -> "Form":
        """The cursor behind the last question that was answered."""
        answered = [index for index, one in enumerate(self.questions) if one.key in self.answers]
        return self.moved(max(answered, default=-1) + 1)

    @property
    def section(self) -> int:
        """The index of the section with the cursor; the last one past the end."""
        return self.section_at(self.cursor)

    def section_at(self, at: int) -> int:
        """The index of the section of a question; the last one past the end."""
        left = at
        for index, section in enumerate(self.sections):
            if left < len(section.questions):
                return index
            left -= len(section.questions)
        return len(self.sections) - 1

    @property
    def folded(self) -> tuple[Question, ...]:
        """All questions that are folded."""
        return tuple(one for section in self.sections for one in section.folded)

    def folded_after(self, at: int) -> tuple[Question, ...]:
        """The folded questions that are told below a question: those of its section below its last one."""
        here = self.section_at(at)
        last = self.section_at(at + 1) != here or at + 1 == len(self.questions)
        return self.sections[here].folded if last else ()

    @property
    def page(self) -> range:
        """The indexes of the questions on the page with the cursor; of the last page past the end."""
        counts = accumulate((len(section.questions) for section in self.sections), initial=0)
        starts = self.pages or tuple(counts)[:-1]
        first = max(start for start in starts if start <= self.cursor)
        return range(first, min((start for start in starts if start > first), default=len(self.questions)))

    @property
    def page_before(self) -> int:
        """The index of the first question of the page before; past the end, of the last page."""
        first = self.page.start
        return first if self.at is None else self.moved(max(0, first - 1)).page.start

    def answered(self, questions: tuple[Question, ...], value: Answer | None) -> "Form":
        """These questions with one answer, the cursor where it was; None makes them not asked."""
        keys = {one.key for one in questions}
        others = {key: one for key, one in self.answers.items() if key not in keys}
        given = others if value is None else others | dict.fromkeys(keys, value)
        before = self.answers.get(questions[0].key)
        return replace(self.moved(self.cursor), answers=given, last=questions, before=before)

    @property
    def open_no(self) -> tuple[Question, ...]:
        """The questions of the page, from the cursor on, that − would answer no."""
        rest = self.questions[self.cursor : self.page.stop]
        return tuple(one for one in rest if one.taken == "yes-no" and one.key not in self.answers)


class Answered(Pressed[Form], frozen=True, kw_only=True):
    """What a key did to questions: the answers of `changed` became `value`; None where one was taken back."""

    changed: tuple[Question, ...] = ()
    value: Answer | None = None

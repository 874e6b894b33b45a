"""What the safety and the story step share: sections of questions, one key each."""

import time
from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from functools import partial
from typing import ClassVar

from msgspec.structs import replace
from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.visual import Visual
from textual.widgets import Static

from mmt.reasoning.folds import Folds, folded
from mmt.tui.desk import Desk
from mmt.tui.keys.commands import Command, told
from mmt.tui.visit.emergency import EmergencyScreen, emergencies
from mmt.tui.visit.keyed import KeyedStep
from mmt.tui.visit.pressed import Pressed
from mmt.tui.widgets.clicks import clicks
from mmt.tui.widgets.line import Line
from mmt.tui.widgets.plain import plain
from mmt.tui.widgets.wrap import Hanging, Stacked

from .form import Answered, Form
from .press import press
from .questions import CANNOT_APPLY, Question, Section, answer_of, carried
from .view import FormView
from .words import answering, idle

TAKEN = frozenset(("enter", "backspace", "escape", "up", "down", "pageup", "pagedown"))
"""The keys with names that the form takes."""


class QuestionsStep(KeyedStep[Form]):
    """Questions in sections. Subclasses say which, and what stands at their end.

    `band_rows` are kept free of questions on each page, so that none moves when the band below them appears.
    """

    band_rows: ClassVar[int] = 0

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.opened = False
        self._opened_at: Question | None = None
        sections = self.sections()
        visit = desk.visit
        asked = [one for section in sections for one in (*section.questions, *section.folded)]
        answers = {one.key: answer_of(visit, one.topic, one.id) for one in asked}
        self.state = Form(
            sections=sections,
            answers={key: value for key, value in answers.items() if value is not None},
        ).resumed()
        self._emergencies = {alert.said for alert in emergencies(desk)}
        self._earlier = {one.key: then for one in asked if (then := carried(desk.history, one))}

    def sections(self) -> tuple[Section, ...]:
        """The questions of this step."""
        raise NotImplementedError

    @property
    def folds(self) -> Folds:
        """The questions that need not be put; none while they are opened."""
        return {} if self.opened else folded(self.desk.history, self.desk.protocol)

    def body(self) -> ComposeResult:
        band = Static(id="band")
        band.display = False  # or the first pages are cut as if it stood there, and anew right after
        with Horizontal():
            yield Static(id="sections")
            with Vertical(id="questions"):
                yield FormView(id="form")
                yield Static(id="note")
                yield band
                yield Line(id="word")

    @on(FormView.Resized)
    def cut_pages(self) -> None:
        """Cut the questions into pages that fit above the band, whether it is shown or not."""
        view, word = self.query_one(FormView), self.query_one("#word").size.height
        down = self.query_one("#questions").size.height - word - self.band_rows
        pages = view.pages(self.state, self._earlier, min(view.size.height, down))
        self.state = replace(self.state, pages=pages)
        self.refresh_form()

    def take(self, key: str, text: str) -> bool:
        form = self.state
        writes = form.at is not None and form.at.taken == "text"
        if (key == "escape" and not form.typed) or (key == "question_mark" and not writes):
            return False
        if len(key) > 1 and key not in TAKEN:
            return bool(writes and text and self.do(press(form, key, text))) or self.numlock(key)
        if key == "r" and not self.keeper.clear and not writes:
            self._retry()
        elif (key == "f" and not writes) or (key == "+" and form.at is None):
            self._open_folded()
        elif key == "enter" and form.at is None:
            self.action_next_step()
        else:
            self.do(press(form, key, text, time.monotonic()))
        return True

    def on_paste(self, event: events.Paste) -> None:
        """Pasted text goes into a field for text."""
        if self.state.at is not None and self.state.at.taken == "text":
            self.do(press(self.state, "", event.text))

    def saves(self, pressed: Pressed[Form]) -> list[tuple[Hashable, Callable[[], object]]]:
        if not isinstance(pressed, Answered):
            return []
        return [
            (one.key, partial(self.desk.answer, one.topic, one.id, pressed.value)) for one in pressed.changed
        ]

    def done(self, _: Form, pressed: Pressed[Form]) -> None:
        self.refresh_form()
        self.say(pressed.word, refused=pressed.refused)
        if self.saves(pressed):
            self._after_answer()

    def keep_typed(self) -> bool:
        if self.state.typed:
            self.do(press(self.state, "enter"))
        return not self.state.typed

    def _open_folded(self) -> None:
        """Put the folded questions too, from the first of them on; once more folds them again, and leads back
        from one of them to where they were opened."""
        if not self.keep_typed():
            return
        away, at = self.state.folded, self.state.at
        if not away and not self.opened:
            self.say("Nothing is folded here.", refused=True)
            return
        self.opened = not self.opened
        form = replace(self.state, sections=self.sections())
        keys = [one.key for one in form.questions]
        if self.opened:
            self._opened_at = at
        to = away[0] if self.opened else self._opened_at if at and at.key not in keys else at
        self.state = form.moved(keys.index(to.key) if to and to.key in keys else len(keys))
        self.cut_pages()
        self.say("Opened: what was folded is asked now." if self.opened else "Folded again.")

    def _retry(self) -> None:
        saved = self.retry()
        self.refresh_form()
        self.say("Everything is saved." if saved else "", refused=not saved)

    def _after_answer(self) -> None:
        """A new emergency fills the whole screen at once."""
        before, self._emergencies = self._emergencies, {alert.said for alert in emergencies(self.desk)}
        if self._emergencies - before:
            self.app.push_screen(EmergencyScreen(self.desk), lambda _: self.refresh_form())

    def action_go_to_question(self, topic: str, question: str) -> None:
        """A click on a question puts the cursor there."""
        ids = [one.key for one in self.state.questions]
        self._go(ids.index((topic, question)))

    def action_go_to_section(self, index: int) -> None:
        """A click on a section opens it."""
        before = sum(len(section.questions) for section in self.state.sections[:index])
        self._go(before)

    def _go(self, cursor: int) -> None:
        if self.keep_typed():
            self.do(Answered(state=self.state.moved(cursor)))

    def refresh_form(self) -> None:
        """Show the form as it stands."""
        form = self.state
        unsaved = frozenset(one.key for one in form.questions if self.keeper.waits(one.key))
        self.query_one(FormView).show(form, self._earlier, unsaved, self.closing())
        self.query_one("#sections", Static).update(self._overview())
        band = self.query_one("#band", Static)
        loud: Sequence[Visual] = self.alarm() if self.keeper.clear else [self._unsaved()]
        band.display = bool(loud)
        band.update(Stacked(loud))
        self.query_one("#note", Static).update(self.note())
        self.show_steps()

    def idle(self) -> tuple[str, ...]:
        none = () if self.state.folded or self.opened else ("Folded",)
        return (*idle(self.state), *none)

    def first_keys(self) -> tuple[Command, ...]:
        return tuple(told(*keys) for keys in answering(self.state))

    def _unsaved(self) -> Hanging:
        return Hanging(Content.styled(" NOT SAVED  ", "bold"), plain(f"{self.keeper.trouble} R tries again."))

    def alarm(self) -> list[Content]:
        """What must not be overlooked, row by row; empty where there is nothing."""
        return []

    def note(self) -> Content:
        """What is good to know of the question under the cursor, on one line."""
        return Content("")

    def closing(self) -> str:
        """What is said at the end, before the next step."""
        return ""

    def unasked(self) -> str:
        """How many questions were not asked, in words; empty where all were."""
        left = len(self.state.questions) - self.state.asked
        return f"Not asked: {left} of {len(self.state.questions)} questions. " if left else ""

    def folded_said(self) -> str:
        """How many questions are folded, and why; empty where none is."""
        away = Counter(
            "cannot apply" if one.folded == CANNOT_APPLY else "an earlier yes lasts"
            for one in self.state.folded
        )
        told = ", ".join(f"{why} {count}" for why, count in away.items())
        return f"Folded: {told} (+ opens). " if told else ""

    def _overview(self) -> Content:
        lines = []
        for index, section in enumerate(self.state.sections):
            asked = sum(one.key in self.state.answers for one in section.questions)
            yes = sum(self.state.answers.get(one.key) is True for one in section.questions)
            mark = "▶" if index == self.state.section else " "
            said = f"{mark}{section.title:<31.31} {asked:>2}/{len(section.questions):<2}"
            line = Content.styled(said + (f" {yes} yes" if yes else ""), "bold" if mark == "▶" else "")
            lines.append(clicks(line, "go_to_section", index))
        return Content("\n").join(lines)

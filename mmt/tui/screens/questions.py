"""What the safety and the story step share: sections of questions, one key each."""

from functools import partial
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.style import Style
from textual.widgets import Static

from mmt.tui.desk import Desk
from mmt.tui.station.form import Form, Step, press
from mmt.tui.station.questions import Section, answer_of, carried
from mmt.tui.steps import neighbour
from mmt.tui.widgets.form_view import FormView
from mmt.tui.widgets.line import Line

from .emergency import EmergencyScreen, emergencies
from .keyed import SIGNED, KeyedStep


class QuestionsStep(KeyedStep):
    """Questions in sections. Subclasses say which, and whether the place of the note is kept free."""

    steady_note: ClassVar[bool] = False

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        sections = self.sections()
        visit = desk.visit
        asked = [one for section in sections for one in section.questions]
        answers = {one.key: answer_of(visit, one.topic, one.id) for one in asked}
        self.form = Form(
            sections=sections,
            answers={key: value for key, value in answers.items() if value is not None},
        ).resumed()
        self._emergencies = {alert.text for alert in emergencies(desk)}
        self._earlier = {one.key: then for one in asked if (then := carried(desk.history, visit, one))}

    def sections(self) -> tuple[Section, ...]:
        """The questions of this step."""
        raise NotImplementedError

    def body(self) -> ComposeResult:
        with Horizontal():
            yield Static(id="sections")
            with Vertical(id="questions"):
                yield Static(id="section-head")
                yield FormView(id="form")
                yield Static(id="note")
                yield Static(id="band")
                yield Line(id="word")

    def on_mount(self) -> None:
        self.call_after_refresh(self.refresh_form)

    def on_resize(self) -> None:
        self.call_after_refresh(self.refresh_form)

    def take(self, key: str, text: str) -> bool:
        form = self.form
        writes = form.at is not None and form.at.taken == "text"
        if (key == "escape" and not form.typed) or (key == "question_mark" and not writes):
            return False
        if len(key) > 1 and key not in ("enter", "backspace", "escape", "up", "down"):
            return bool(writes and text and self._do(press(form, key, text))) or self.numlock(key)
        if key == "r" and not self.keeper.clear and not writes:
            self._retry()
        elif key == "enter" and form.at is None:
            self.post_message(self.Go(neighbour(self.step, 1)))
        else:
            self._do(press(form, key, text))
        return True

    def on_paste(self, event: events.Paste) -> None:
        """Pasted text goes into a field for text."""
        if self.form.at is not None and self.form.at.taken == "text":
            self._do(press(self.form, "", event.text))

    def _do(self, step: Step) -> bool:
        if step.changed is not None:
            if self.desk.visit.signed:
                self.say(SIGNED, refused=True)
                return True
            question = step.changed
            self.save(question.key, partial(self.desk.answer, question.topic, question.id, step.value))
        self.form = step.form
        self.refresh_form()
        self.say(step.word, refused=step.refused)
        if step.changed is not None:
            self._after_answer()
        return True

    def _retry(self) -> None:
        saved = self.keeper.retry()
        self.refresh_form()
        self.say("Everything is saved." if saved else "", refused=not saved)

    def _after_answer(self) -> None:
        """A new emergency fills the whole screen at once."""
        before, self._emergencies = self._emergencies, {alert.text for alert in emergencies(self.desk)}
        if self._emergencies - before:
            self.app.push_screen(EmergencyScreen(self.desk), lambda _: self.refresh_form())

    def action_go_to_question(self, topic: str, question: str) -> None:
        """A click on a question puts the cursor there."""
        ids = [one.key for one in self.form.questions]
        self._do(Step(form=self.form.moved(ids.index((topic, question)))))

    def action_go_to_section(self, index: int) -> None:
        """A click on a section opens it."""
        before = sum(len(section.questions) for section in self.form.sections[:index])
        self._do(Step(form=self.form.moved(before)))

    def refresh_form(self) -> None:
        """Show the form as it stands."""
        form = self.form
        unsaved = frozenset(one.key for one in form.questions if self.keeper.waits(one.key))
        self.query_one(FormView).show(form, self._earlier, unsaved)
        self.query_one("#section-head", Static).update(self._head_line())
        self.query_one("#sections", Static).update(self._overview())
        trouble = f" NOT SAVED. {self.keeper.trouble} r tries again."
        loud = self.alarm() if self.keeper.clear else Content.styled(trouble, "bold")
        band = self.query_one("#band", Static)
        band.display = bool(loud)
        band.update(loud)
        note, said = self.query_one("#note", Static), self.note()
        note.display = bool(said) or self.steady_note
        note.update(said)

    def alarm(self) -> Content:
        """What must not be overlooked; empty where there is nothing."""
        return Content("")

    def note(self) -> Content:
        """What is good to know of the question under the cursor, or of the whole at its end."""
        return Content("")

    def _head_line(self) -> Content:
        form = self.form
        section = form.sections[form.section]
        page = (
            f"page {form.section + 1} of {len(form.sections)} · {form.asked} of {len(form.questions)} asked"
        )
        about = f" · {section.about}" if section.about else ""
        return Content.assemble((f" {section.title.upper()}{about}", "bold"), (f"   {page}", "dim"))

    def _overview(self) -> Content:
        lines = []
        for index, section in enumerate(self.form.sections):
            asked = sum(one.key in self.form.answers for one in section.questions)
            yes = sum(self.form.answers.get(one.key) is True for one in section.questions)
            mark = "▶" if index == self.form.section else " "
            said = f"{mark}{section.title:<28.28} {asked:>2}/{len(section.questions):<2}"
            line = Content.styled(said + (f" {yes} yes" if yes else ""), "bold" if mark == "▶" else "")
            lines.append(line.stylize(Style.from_meta({"@click": ("screen.go_to_section", (index,))})))
        return Content("\n").join(lines)

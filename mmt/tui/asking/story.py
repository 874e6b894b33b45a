"""The story step: precautions first, then pain, causes, movement, treatment and daily life."""

from typing import ClassVar

from msgspec.structs import replace
from textual.content import Content
from textual.widgets import Static

from mmt.model.review import Alert
from mmt.reasoning.wording import worded
from mmt.tui.desk import Desk
from mmt.tui.widgets.rows import Basis
from mmt.tui.widgets.wrap import wrapped

from .keys import STORY
from .questions import STORY_TITLES, Section, moves, story_sections
from .screen import QuestionsStep
from .view import FormView

REST = " … (F1)"


class StoryScreen(QuestionsStep):
    """Precautions and story, one key each; earlier answers are shown and answer nothing today."""

    step: ClassVar[str] = "story"
    PLACE = STORY

    def __init__(self, desk: Desk) -> None:
        self._moves = moves(desk.history, desk.protocol)
        told = (one.id for one in desk.protocol.story.values() if one.topic == "home")
        self._at_home = bool(desk.visit.home) or any(one in desk.visit.story for one in told)
        super().__init__(desk)

    def on_mount(self) -> None:
        self._asks = self._asked()
        super().on_mount()
        self.say("")

    def sections(self) -> tuple[Section, ...]:
        follow_up = len(self.desk.history.visits) > 1
        home = self._moves if self._at_home else None
        return story_sections(self.desk.protocol, self.folds, follow_up=follow_up, home=home)

    def take(self, key: str, text: str) -> bool:
        writes = self.state.at is not None and self.state.at.taken == "text"
        if key == "h" and not writes:
            self._ask_at_home()
        elif key == "g" and not writes:
            self._to(STORY_TITLES["goals"])
        else:
            return super().take(key, text)
        return True

    def _ask_at_home(self) -> None:
        """Ask how each stretch of the last sheet went; the story goes on behind it."""
        if not self._moves:
            self.say("There is no earlier sheet to ask about.", refused=True)
        elif self.keep_typed():
            self._at_home = True
            self.state = replace(self.state, sections=self.sections())
            self.cut_pages()
            self._to(STORY_TITLES["home"])

    def _to(self, title: str) -> None:
        """Go to the first question of a section."""
        self.action_go_to_section([one.title for one in self.state.sections].index(title))

    def idle(self) -> tuple[str, ...]:
        return super().idle() if self._moves else (*super().idle(), "At home")

    def basis(self) -> tuple[Basis, ...]:
        """The question under the cursor with its source."""
        at = self.state.at
        if at is None:
            return ()
        protocol = self.desk.protocol
        if at.topic == "home":
            return (protocol.stretches[at.id],)
        known = protocol.precautions if at.topic == "precautions" else protocol.story
        return (known[at.id],)

    def _after_answer(self) -> None:
        """Say at once what an answer of the story asks for, where it is not an emergency."""
        super()._after_answer()
        at = {one.story for alert in self._asks for one in alert.because}
        self._asks = self._asked()
        for alert in self._asks:
            if not at & {one.story for one in alert.because}:
                self.say(worded(alert.said, self.desk.protocol))

    def _asked(self) -> tuple[Alert, ...]:
        """The cautions that rest on the story and ask questions that were not put."""
        asking = (one for one in self.desk.watch.alerts if one.level == "caution" and one.missing)
        return tuple(one for one in asking if any(reason.story for reason in one.because))

    def say(self, word: str, *, refused: bool = False) -> None:
        """Show a word; without one the note takes its row as well."""
        super().say(word, refused=refused)
        self.query_one("#word").display = bool(word)
        self.query_one("#note", Static).styles.height = 1 if word else 2
        self.query_one("#note", Static).update(self.note())

    def note(self) -> Content:
        """What the clinician should know of the question; where its end is cut, which key tells the rest."""
        at, rule = self.state.at, self.desk.protocol.rules.given_before
        notes = at.notes if at is not None else ""
        if self._moves and not self._at_home and at is not None and rule and at.id == rule.done:
            notes = f"H asks of each stretch of the last sheet. {notes}".strip()
        across, most = self.query_one(FormView).size.width - 2, 1 if self.query_one("#word").display else 2
        rows = wrapped(notes, max(len(REST) + 1, across))
        if len(rows) > most:
            rows = [*rows[: most - 1], f"{rows[most - 1][: across - len(REST)]}{REST}"]
        return Content("\n").join(Content.styled(f" {row}", "dim") for row in rows if row)

    def closing(self) -> str:
        return f"{self.unasked() or 'All was asked. '}{self.folded_said()}Enter goes on to the exam."

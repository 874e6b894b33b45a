"""The story step: precautions first, then pain, causes, movement, treatment and daily life."""

from typing import ClassVar

from textual.content import Content
from textual.widgets import Static

from mmt.model.review import Alert
from mmt.reasoning.wording import worded
from mmt.tui.widgets.rows import Basis
from mmt.tui.widgets.wrap import wrapped

from .keys import STORY
from .questions import Section, story_sections
from .screen import QuestionsStep
from .view import FormView

REST = " … (F1)"


class StoryScreen(QuestionsStep):
    """Precautions and story, one key each; earlier answers are shown and answer nothing today."""

    step: ClassVar[str] = "story"
    PLACE = STORY

    def on_mount(self) -> None:
        self._asks = self._asked()
        super().on_mount()
        self.say("")

    def sections(self) -> tuple[Section, ...]:
        follow_up = len(self.desk.history.visits) > 1
        return story_sections(self.desk.protocol, self.folds, follow_up=follow_up)

    def basis(self) -> tuple[Basis, ...]:
        """The question under the cursor with its source."""
        at = self.state.at
        if at is None:
            return ()
        known = self.desk.protocol.precautions if at.topic == "precautions" else self.desk.protocol.story
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
        notes = self.state.at.notes if self.state.at is not None else ""
        across, most = self.query_one(FormView).size.width - 2, 1 if self.query_one("#word").display else 2
        rows = wrapped(notes, max(len(REST) + 1, across))
        if len(rows) > most:
            rows = [*rows[: most - 1], f"{rows[most - 1][: across - len(REST)]}{REST}"]
        return Content("\n").join(Content.styled(f" {row}", "dim") for row in rows if row)

    def closing(self) -> str:
        return f"{self.unasked() or 'All was asked. '}{self.folded_said()}Enter goes on to the exam."

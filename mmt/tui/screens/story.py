"""The story step: precautions first, then pain, causes, movement, treatment and daily life."""

from typing import ClassVar

from textual.content import Content

from mmt.tui.station.questions import Section, story_sections
from mmt.tui.widgets.rows import Basis

from .questions import QuestionsStep


class StoryScreen(QuestionsStep):
    """Precautions and story, one key each; earlier answers are shown and answer nothing today."""

    step: ClassVar[str] = "story"

    def sections(self) -> tuple[Section, ...]:
        ids = [visit.id for visit in self.desk.history.visits]
        first = ids.index(self.desk.visit.id) == 0 if self.desk.visit.id in ids else not ids
        return story_sections(self.desk.protocol, follow_up=not first)

    def basis(self) -> tuple[Basis, ...]:
        """The question under the cursor with its source."""
        at = self.form.at
        if at is None:
            return ()
        known = self.desk.protocol.precautions if at.topic == "precautions" else self.desk.protocol.story
        return (known[at.id],)

    def note(self) -> Content:
        """What the clinician should know of the question."""
        notes = self.form.at.notes if self.form.at is not None else ""
        return Content.styled(f" {notes}", "dim") if notes else Content("")

    def closing(self) -> str:
        return f"{self.unasked() or 'All was asked. '}Enter goes on to the exam."

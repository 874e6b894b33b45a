"""The safety step: the red-flag questions, the short set first; an emergency answer stops the exam."""

from typing import ClassVar

from textual.content import Content

from mmt.model.review import Alert
from mmt.tui.station.questions import Section, safety_sections
from mmt.tui.widgets.rows import Basis

from .questions import QuestionsStep

URGENT = "No hand-out leaves until the action taken is written down."


class SafetyScreen(QuestionsStep):
    """Red flags, one key each. What was not asked is said and is never taken for a no."""

    step: ClassVar[str] = "safety"

    def sections(self) -> tuple[Section, ...]:
        return safety_sections(self.desk.protocol)

    def basis(self) -> tuple[Basis, ...]:
        """The group of the question under the cursor, and its alerts."""
        at = self.form.at
        groups = self.desk.protocol.safety.values()
        group = next((one for one in groups if at and any(at.id == ask.id for ask in one.questions)), None)
        alerts = tuple(one for one in self._alerts() if group is None or one.rule == group.id)
        return (*alerts, group) if group else alerts

    def _alerts(self) -> tuple[Alert, ...]:
        return tuple(one for one in self.desk.watch.alerts if one.level in ("emergency", "urgent"))

    def alarm(self) -> Content:
        alerts = self._alerts()
        lines = [
            Content.styled(f" {one.level.upper()}: {one.text} {one.action}", "bold") for one in alerts[:3]
        ]
        blocked = self.desk.watch.status == "blocked-until-action"
        return Content("\n").join([*lines, *([Content(f" {URGENT}")] if blocked else [])])

    def note(self) -> Content:
        """At the end: what was recorded, and how much was not asked."""
        form = self.form
        if form.at is not None:
            return Content("")
        left = len(form.questions) - form.asked
        said = "" if self._alerts() else " No red flag recorded today."
        unasked = f" Not asked: {left} of {len(form.questions)} questions." if left else ""
        return Content.styled(f"{said}{unasked} Enter goes on to the story.", "bold")

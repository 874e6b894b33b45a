"""The safety step: the red-flag questions, the short set first; an emergency answer stops the exam."""

from typing import ClassVar

from textual.content import Content

from mmt.model.review import Alert
from mmt.tui.station.questions import Section, safety_sections
from mmt.tui.widgets.rows import Basis
from mmt.tui.widgets.wrap import Hanging

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

    def alarm(self) -> list[Hanging]:
        rows = [
            Hanging(Content.styled(f" {one.level.upper():<10} ", "bold"), Content(f"{one.text} {one.action}"))
            for one in self._alerts()[:3]
        ]
        blocked = self.desk.watch.status == "blocked-until-action"
        return [*rows, *([Hanging(Content(" " * 12), Content(URGENT))] if blocked else [])]

    def closing(self) -> str:
        said = "" if self._alerts() else "No red flag recorded today. "
        return f"{said}{self.unasked()}Enter goes on to the story."

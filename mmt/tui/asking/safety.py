"""The safety step: the red-flag questions, the short set first; an emergency answer stops the exam."""

from collections.abc import Sequence
from typing import ClassVar

from textual.content import Content

from mmt.model.protocol import Protocol
from mmt.model.review import Alert
from mmt.reasoning.answers import earlier_yes
from mmt.reasoning.wording import quiet_said, worded
from mmt.tui.visit.found import earlier_said
from mmt.tui.widgets.rows import Basis
from mmt.tui.widgets.wrap import Hanging

from .keys import SAFETY
from .questions import Section, safety_sections
from .screen import QuestionsStep
from .view import FormView

URGENT = "No hand-out leaves until the action taken is written down. At Findings or Stretches T writes it."
BAND_ROWS = 5
LEVEL = 12


class SafetyScreen(QuestionsStep):
    """Red flags, one key each. What was not asked is said and is never taken for a no."""

    step: ClassVar[str] = "safety"
    PLACE = SAFETY
    band_rows: ClassVar[int] = BAND_ROWS

    def sections(self) -> tuple[Section, ...]:
        return safety_sections(self.desk.protocol, self.folds)

    def basis(self) -> tuple[Basis, ...]:
        """The group of the question under the cursor with its alerts, then all other alerts."""
        at = self.state.at
        group = self.desk.protocol.group_of[at.id] if at else None
        alerts = self._alerts()
        here = tuple(one for one in alerts if group and one.rule == group.id)
        return (*here, *([group] if group else []), *(one for one in alerts if one not in here))

    def _alerts(self) -> tuple[Alert, ...]:
        return tuple(one for one in self.desk.watch.alerts if one.level in ("emergency", "urgent"))

    def alarm(self) -> list[Content]:
        blocked = self.desk.watch.status == "blocked-until-action"
        across = self.query_one(FormView).size.width - 1
        return banded(self._alerts(), self.desk.protocol, URGENT if blocked else "", across)

    def closing(self) -> str:
        said = "" if self._alerts() else "No red flag recorded today. "
        watch = self.desk.watch
        if answered := quiet_said(self.desk.history.visits[-1], watch.alerts, self.desk.protocol):
            said += f"{answered} "
        earlier = "".join(
            f"{earlier_said(ask, visit)} "
            for ask, visit in earlier_yes(self.desk.history, self.desk.protocol)
        )
        return f"{said}{self.unasked()}{self.folded_said()}{earlier}Enter goes on to the story."


def banded(alerts: Sequence[Alert], protocol: Protocol, paused: str, across: int) -> list[Content]:
    """The alerts in so many columns; where they do not fit, as much as does, and how many there are."""
    rows = [
        row
        for one in alerts
        for row in _rows(one.level.upper(), worded((*one.said, *one.action), protocol), across)
    ]
    foot = _rows("", paused, across) if paused else []
    if len(rows) + len(foot) <= BAND_ROWS:
        return [*rows, *foot]
    foot = _rows("", f"{len(alerts)} in all: F1 shows them whole. {paused}", across)
    return [*rows[: BAND_ROWS - len(foot)], *foot]


def _rows(lead: str, text: str, across: int) -> list[Content]:
    laid = Hanging(Content.styled(f" {lead:<{LEVEL - 1}}", "bold"), Content(text)).laid(across)
    return list(laid.split("\n"))

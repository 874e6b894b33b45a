"""The findings step: what alerts, what changed, what was found; each with its basis one key away."""

from functools import partial
from typing import ClassVar, Literal

from textual.content import Content

from mmt.model.review import Finding
from mmt.tui.asking.answered import said_rows
from mmt.tui.asking.questions import STORY_TITLES, Section, moves, safety_sections, story_sections
from mmt.tui.visit.found import (
    alert_rows,
    earlier_rows,
    finding_rows,
    goal_rows,
    home_rows,
    leg_rows,
    pattern_rows,
)
from mmt.tui.visit.lines import LinesStep
from mmt.tui.widgets.rows import Row, RowList, heading

from .keys import FINDINGS

Verdict = Literal["accepted", "set-aside"]
NEXT: dict[Verdict | None, Verdict | None] = {None: "accepted", "accepted": "set-aside", "set-aside": None}
SINCE = (STORY_TITLES["follow-up"], STORY_TITLES["home"])
"""What was said of the time between the visits."""
DECIDES = ("Accept", "Set aside", "Accept all", "In turn")
NONE = "There is no finding to decide about."
SAID: dict[Verdict | None, str] = {"accepted": "Accepted.", "set-aside": "Set aside.", None: "Left open."}


class FindingsScreen(LinesStep):
    """1 accepts a finding, 0 sets it aside; `f` compares with the first visit."""

    step: ClassVar[str] = "findings"
    PLACE = FINDINGS
    accepted_at_once: tuple[tuple[str, ...], ...] = ()

    def rows(self) -> list[Row]:
        review, visit, protocol = self.desk.review, self.desk.visit, self.desk.protocol
        legs, found = leg_rows(review, visit, protocol), finding_rows(review, visit, protocol)
        unmeasured = review.leg_length is None
        home = moves(self.desk.history, protocol)
        story = story_sections(protocol, {}, follow_up=True, home=home)
        return [
            *alert_rows(review, visit, protocol),
            *earlier_rows(self.desk.history, protocol),
            *self.changes(),
            *said_rows([one for one in story if one.title in SINCE], visit),
            *goal_rows(self.desk.history, protocol),
            *home_rows(review, visit, protocol),
            *pattern_rows(review, protocol),
            *([] if unmeasured else legs),
            *found,
            *(legs if unmeasured else []),
            *self._told([one for one in story if one.title not in SINCE]),
        ]

    def _told(self, story: list[Section]) -> list[Row]:
        """What else was said at this visit."""
        put = [one for section in safety_sections(self.desk.protocol, {}) for one in section.questions]
        flags = Section(title="Red flags", questions=tuple(put))
        rows = said_rows([*story, flags], self.desk.visit)
        return [heading("What was said"), *rows] if rows else []

    def above(self) -> Content:
        blocked = self.desk.review.prescription.status == "blocked-until-action"
        said = "T writes down what was done about the urgent alert." if blocked else ""
        return Content.styled(said, "bold")

    def idle(self) -> tuple[str, ...]:
        since = () if self.between else ("First visit",)
        back = () if self.accepted_at_once else ("Take back",)
        return (*since, *back, *(() if self.desk.review.findings else DECIDES))

    def on_mount(self) -> None:
        super().on_mount()
        self.call_after_refresh(self._begin)

    def _begin(self) -> None:
        """The cursor on the first finding, where all that stands above it stays in sight."""
        rows, finding = self.query_one(RowList), self._below()
        if finding and rows.holds_down_to(finding):
            rows.move_to(finding)

    @property
    def _findings(self) -> list[str]:
        return [row.key for row in self.by_key.values() if isinstance(row.subject, Finding)]

    def _below(self) -> str:
        """The key of the first finding below the cursor; empty where there is none."""
        keys = list(self.by_key)
        below = keys[keys.index(self.cursor) + 1 :]
        return next((key for key in self._findings if key in below), "")

    def action_verdict(self, key: str) -> None:
        """Accept or set aside, and go on to the next finding."""
        if self._decide("accepted" if key == "1" else "set-aside"):
            self.query_one(RowList).move_to(self._below() or self.cursor)

    def action_take(self) -> None:
        """Accept, set aside, or leave open, in turn."""
        decision = self.desk.visit.decisions.get(self.cursor)
        self._decide(NEXT[decision.verdict if decision else None])

    def action_accept_all(self) -> None:
        """Accept all that is open and in sight; what is open elsewhere comes into sight for the next time."""
        rows, decided = self.query_one(RowList), self.desk.visit.decisions
        still_open = [key for key in self._findings if key not in decided]
        if not still_open:
            self.say("Nothing is left open." if self._findings else NONE, refused=True)
            return
        shown = tuple(key for key in rows.in_sight() if key in still_open)
        hidden = [key for key in still_open if key not in shown]
        if not self.changing() or not self.save(partial(self.desk.accept, shown)):
            return
        if shown:
            self.accepted_at_once += (shown,)
            self.show_steps()
        self.say(_accepted(len(shown), len(hidden), len(self._findings) - len(still_open)))
        if hidden:
            rows.bring(hidden[0], self._first_of_muscle(hidden[0]))

    def _first_of_muscle(self, finding: str) -> str:
        """The finding that names the muscle of this one."""
        tests = {one.key: one.test for one in self.desk.review.findings}
        test = tests[finding]
        return next(key for key in self._findings if key == finding or (test and tests[key] == test))

    def action_take_back(self) -> None:
        """Leave open again what `*` accepted last, but for what was decided anew since."""
        if not self.accepted_at_once:
            self.say("Nothing was accepted by * just now.", refused=True)
        elif self.changing() and self.save(partial(self._leave_open, keys := self.accepted_at_once[-1])):
            self.accepted_at_once = self.accepted_at_once[:-1]
            self.show_steps()
            self.say(f"{len(keys)} left open again.")

    def _leave_open(self, keys: tuple[str, ...]) -> None:
        for key in keys:
            self.desk.decide(key, None)

    def _decide(self, verdict: Verdict | None) -> bool:
        """Whether a decision about the finding under the cursor is kept; elsewhere to the next finding first.

        Nothing is decided before the cursor stands on it.
        """
        findings = self._findings
        if self.cursor in findings:
            others = [tuple(key for key in keys if key != self.cursor) for keys in self.accepted_at_once]
            if not self.changing() or not self.save(partial(self.desk.decide, self.cursor, verdict)):
                return False
            self.accepted_at_once = tuple(keys for keys in others if keys)
            self.show_steps()
            self.say(SAID[verdict])
            return True
        if not findings:
            self.say(NONE, refused=True)
            return False
        self.query_one(RowList).move_to(self._below() or findings[0])
        self.say("The next finding: 1 accepts it, 0 sets it aside.")
        return False


def _accepted(shown: int, hidden: int, decided: int) -> str:
    """What `*` is answered with: how many it accepted, and how many it left as they were."""
    said = f"{shown} accepted; X takes {'it' if shown == 1 else 'them'} back. " if shown else ""
    if hidden:
        return f"{said}{hidden} still open: * accepts those now in sight."
    return said + (f"{decided} decided before." if decided else "")

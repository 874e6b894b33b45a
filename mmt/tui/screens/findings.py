"""The findings step: what alerts, what changed, what was found; each with its basis one key away."""

from functools import partial
from typing import ClassVar, Literal

from textual.content import Content

from mmt.model.review import Finding
from mmt.reasoning import compare
from mmt.tui.widgets.changed import change_rows
from mmt.tui.widgets.found import alert_rows, finding_rows, leg_rows, pattern_rows
from mmt.tui.widgets.rows import Basis, Row, RowList

from .lines import LinesStep

Verdict = Literal["accepted", "set-aside"]
NEXT: dict[Verdict | None, Verdict | None] = {None: "accepted", "accepted": "set-aside", "set-aside": None}
SAID: dict[Verdict | None, str] = {"accepted": "Accepted.", "set-aside": "Set aside.", None: "Left open."}


class FindingsScreen(LinesStep):
    """1 accepts a finding, 0 sets it aside; `f` compares with the first visit."""

    step: ClassVar[str] = "findings"
    since_first = False

    def rows(self) -> list[Row]:
        review, visit, protocol = self.desk.review, self.desk.visit, self.desk.protocol
        return [
            *alert_rows(review, visit, protocol),
            *self._changes(),
            *finding_rows(review, visit, protocol),
            *leg_rows(review, visit, protocol),
            *pattern_rows(review),
        ]

    def above(self) -> Content:
        unreviewed = any(not one.reviewed for one in self.desk.protocol.tests.values())
        said = "Content not yet reviewed by a clinician. " if unreviewed else ""
        basis = Content.styled(f"{said}F1 shows the basis of a line.", "dim")
        if self.desk.review.prescription.status != "blocked-until-action":
            return basis
        return Content.styled("T writes down what was done about the urgent alert.\n", "bold") + basis

    def _changes(self) -> list[Row]:
        visits = self.desk.history.visits
        signed = [at for at, visit in enumerate(visits[:-1]) if visit.signed]
        if not signed:
            return []
        since = signed[0] if self.since_first else signed[-1]
        which = "the first visit" if since == signed[0] else "the visit before"
        found = compare(self.desk.history, self.desk.protocol, since)
        return change_rows(found, visits[since], which, self.desk.protocol)

    def basis(self) -> tuple[Basis, ...]:
        """The finding under the cursor with the tests that it rests on."""
        found = super().basis()
        tests = {reason.test for one in found for reason in getattr(one, "because", ()) if reason.test}
        known = self.desk.protocol.tests
        return (*found, *(known[name] for name in sorted(tests) if name in known))

    def action_verdict(self, key: str) -> None:
        """Accept or set aside, and go on to the next finding."""
        if self._decide("accepted" if key == "1" else "set-aside"):
            keys = [row.key for row in self.by_key.values() if isinstance(row.subject, Finding)]
            after = keys[keys.index(self.cursor) + 1 :]
            self.query_one(RowList).move_to(after[0] if after else self.cursor)

    def action_take(self) -> None:
        """Accept, set aside, or leave open, in turn."""
        decision = self.desk.visit.decisions.get(self.cursor)
        self._decide(NEXT[decision.verdict if decision else None])

    def _decide(self, verdict: Verdict | None) -> bool:
        row = self.by_key.get(self.cursor)
        if row is None or not isinstance(row.subject, Finding):
            self.say("1 and 0 decide about findings; this line is none.", refused=True)
            return False
        return self.changing() and self.save(partial(self.desk.decide, row.key, verdict), SAID[verdict])

    def action_since(self) -> None:
        """Compare with the first visit, and back."""
        self.since_first = not self.since_first
        self.fill()

"""The findings step: what changed since, what alerts, what was found; each with its basis one key away."""

from typing import ClassVar

from textual.content import Content

from mmt.model.errors import ClinicError
from mmt.model.review import Alert, Change, Finding
from mmt.reasoning import compare, words
from mmt.reasoning.basis import name_of, place_said, reason_said
from mmt.tui.plain import plain

from .lines import Line, LinesStep, heading
from .step import Basis

MARKS = {"accepted": "[✓] accepted ", "set-aside": "[–] set aside", None: "[ ] open     "}
NEXT = {None: "accepted", "accepted": "set-aside", "set-aside": None}
VERDICTS = {
    "better": "▲ better",
    "worse": "▼ worse",
    "within-noise": "= within noise",
    "not-comparable": "? not comparable",
}


class FindingsScreen(LinesStep):
    """Space accepts a finding, sets it aside, or leaves it open; `f` compares with the first visit."""

    step: ClassVar[str] = "findings"
    since_first = False

    def lines(self) -> list[Line]:
        return [*self._changes(), *self._alerts(), *self._findings(), *self._legs(), *self._patterns()]

    def above(self) -> Content:
        unreviewed = [one for one in self.desk.protocol.tests.values() if not one.reviewed]
        parts = ["Options with their reasons, never a diagnosis. F1 shows the basis of a line."]
        if unreviewed:
            parts.append("Content not yet reviewed by a clinician.")
        return Content.styled(" ".join(parts), "dim")

    def _changes(self) -> list[Line]:
        visits = self.desk.history.visits
        signed = [at for at, visit in enumerate(visits[:-1]) if visit.signed]
        if not signed:
            return []
        since = signed[0] if self.since_first else signed[-1]
        found = compare(self.desk.history, self.desk.protocol, since)
        then = visits[since]
        which = "the first visit" if since == signed[0] and len(signed) > 1 else "the visit before"
        if since == signed[0] and not self.since_first and len(signed) == 1:
            which = "the first visit"
        title = heading(
            f"Compared with {which}, {then.date.isoformat()}, examiner {plain(then.examiner).plain}"
        )
        if not found:
            return [title, Line(Content("Nothing was seen at both visits."), "changes:none")]
        return [title, *(self._change(at, one) for at, one in enumerate(found))]

    def _change(self, at: int, one: Change) -> Line:
        name, side = name_of(self.desk.protocol, one.test), one.side or ""
        sure = f" ({one.confidence})" if one.confidence else ""
        why = f"  {'; '.join(one.why)}" if one.why else ""
        said = f"{VERDICTS[one.verdict]}{sure}"
        text = Content(f"{name:<29.29} {side:<5} {one.from_:>10} → {one.to:<10} ") + Content.styled(
            said, "bold"
        )
        return Line(text + Content.styled(why, "dim"), f"change:{at}", one)

    def _alerts(self) -> list[Line]:
        found = self.desk.review.alerts
        if not found:
            return [heading("Alerts"), Line(Content("No red flag recorded today."), "alerts:none")]
        untested = [one for one in found if one.action == words.MOTOR_UNTESTED_ACTION]
        lines = [self._alert(at, one) for at, one in enumerate(found) if one not in untested]
        if untested:
            names = ", ".join(place_said(self.desk.protocol, one.test or "", one.side) for one in untested)
            said = Content.styled("CAUTION   ", "bold") + plain(f"Graded before, not tested now: {names}.")
            lines.append(Line(said, "alert:untested", untested[0]))
        return [heading("Alerts"), *lines]

    def _alert(self, at: int, one: Alert) -> Line:
        action = (
            f" Action: {self.desk.visit.action}" if self.desk.visit.action and one.level == "urgent" else ""
        )
        text = Content.styled(f"{one.level.upper():<9} ", "bold") + plain(f"{one.text} {one.action}{action}")
        return Line(text, f"alert:{at}", one)

    def _findings(self) -> list[Line]:
        found = [one for one in self.desk.review.findings if one.rule != "leg-length"]
        if not found:
            return [heading("Findings"), Line(Content(self._nothing()), "findings:none")]
        return [heading("Findings"), *map(self._finding, found)]

    def _nothing(self) -> str:
        plan = self.desk.protocol.exams.get(self.desk.visit.exam)
        seen = {one.test for one in self.desk.visit.observations if one.not_tested is None}
        missing = [name for name in (plan.tests if plan else ()) if name not in seen]
        if not missing:
            return "Nothing to report from what was tested."
        return f"Nothing to report from what was tested. Not tested: {', '.join(missing)}."

    def _finding(self, one: Finding) -> Line:
        decision = self.desk.visit.decisions.get(one.key)
        mark = MARKS[decision.verdict if decision else None]
        reasons = "; ".join(reason_said(reason, self.desk.protocol) for reason in one.because)
        text = Content.styled(mark, "bold") + Content("  ") + plain(one.text)
        strength = Content.styled(f"  {one.strength}", "bold") if one.strength else Content("")
        return Line(
            text + strength + Content.styled(f"\n               {plain(reasons).plain}", "dim"), one.key, one
        )

    def _legs(self) -> list[Line]:
        legs = self.desk.review.leg_length
        if legs is None:
            return [heading("Leg length"), Line(Content("Not measured at this visit."), "legs:none")]
        lines = [heading("Leg length")]
        finding = next((one for one in self.desk.review.findings if one.rule == "leg-length"), None)
        if finding is not None:
            lines.append(self._finding(finding))
        else:
            lines.append(Line(plain(legs.text), "legs:text", legs))
        for one in legs.methods:
            name = self.desk.protocol.tests[one.method].name
            value = f"{one.difference:.4g} mm" if one.difference is not None else "no number"
            shorter = f", {one.shorter} shorter" if one.shorter else ""
            limit = (
                f"  error {one.error:g} mm: {'beyond' if one.beyond_error else 'within'}" if one.error else ""
            )
            text = plain(f"{name:<40.40} {value}{shorter}{limit}")
            lines.append(Line(text, f"legs:{one.method}", self.desk.protocol.tests[one.method]))
        return lines

    def _patterns(self) -> list[Line]:
        review = self.desk.review
        lines = [Line(plain(one.text), f"pattern:{one.id}:{one.side}", one) for one in review.patterns]
        lines += [Line(plain(one.text), f"next:{one.test}:{one.side}") for one in review.next_tests]
        return [heading("Patterns"), *lines] if lines else []

    def basis(self) -> tuple[Basis, ...]:
        """The finding under the cursor with the tests that it rests on."""
        found = super().basis()
        tests = {reason.test for one in found for reason in getattr(one, "because", ()) if reason.test}
        items = tuple(
            self.desk.protocol.tests[name] for name in sorted(tests) if name in self.desk.protocol.tests
        )
        return (*found, *items)

    def action_take(self) -> None:
        """Accept, set aside, or leave open, in turn."""
        line = self.by_key.get(self.cursor)
        if line is None or not isinstance(line.subject, Finding):
            self.say("Space takes findings; this line is none.", refused=True)
            return
        if not self.changing():
            return
        decision = self.desk.visit.decisions.get(line.key)
        verdict = NEXT[decision.verdict if decision else None]
        try:
            self.desk.decide(line.key, verdict)  # type: ignore[arg-type]
        except ClinicError as error:
            self.say(f"NOT SAVED. {error}", refused=True)
            return
        self.fill()
        self.action_down()

    def action_since(self) -> None:
        """Compare with the first visit, and back."""
        self.since_first = not self.since_first
        self.fill()

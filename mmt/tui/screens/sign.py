"""The sign step: what is and is not done, then one key closes the visit."""

from typing import ClassVar

from textual.content import Content

from mmt.model.errors import ClinicError
from mmt.tui.plain import plain

from .ask_text import AskTextScreen
from .lines import Line, LinesStep, heading


class SignScreen(LinesStep):
    """Shows the visit in a few lines; Enter asks for the name and signs."""

    step: ClassVar[str] = "sign"
    show_label: ClassVar[bool] = False

    def lines(self) -> list[Line]:
        visit, protocol = self.desk.visit, self.desk.protocol
        plan = protocol.exams.get(visit.exam)
        tests = plan.tests if plan else ()
        seen = {one.test for one in visit.observations if one.not_tested is None}
        missing = [name for name in tests if name not in seen]
        alerts = [one for one in self.desk.review.alerts if one.level in ("emergency", "urgent")]
        unasked = next((one for one in self.desk.review.alerts if one.rule == "red-flags-not-asked"), None)
        done = [
            unasked.text if unasked else "All red-flag questions were asked.",
            f"Values recorded: {len(visit.observations)}.",
            f"Not tested: {', '.join(missing)}." if missing else "Every test of the exam was done.",
            f"Findings decided: {len(visit.decisions)} of {len(self.desk.review.findings)}.",
            f"Stretches on the sheet: {len(visit.prescription or ())}.",
            f"Action taken: {visit.action}" if visit.action else "No action is recorded.",
            f"Note: {visit.note}" if visit.note else "No note.",
        ]
        lines = [heading("This visit"), *(Line(plain(text), f"done:{at}") for at, text in enumerate(done))]
        if alerts:
            lines.append(heading("Alerts that stand"))
            lines += [
                Line(plain(f"{one.level.upper()} {one.text}"), f"alert:{at}", one)
                for at, one in enumerate(alerts)
            ]
        return lines

    def above(self) -> Content:
        signature = self.desk.visit.signature
        if signature is not None:
            day = signature.at.date().isoformat()
            return plain(f"Signed by {signature.by} on {day}. From now on only dated notes are added.")
        return Content("Enter signs and closes the visit. From then on only dated notes are added.")

    def action_sign(self) -> None:
        """Ask for the name and sign."""
        if self.changing():
            asks = "Sign as (Enter signs, Esc goes back)"
            self.app.push_screen(AskTextScreen(asks, self.desk.visit.examiner), self._sign)

    def _sign(self, name: str | None) -> None:
        if not name:
            return
        try:
            self.desk.sign(name)
        except ClinicError as error:
            self.say(f"NOT SIGNED. {error}", refused=True)
            return
        self.post_message(self.Go("papers"))

    def action_note(self) -> None:
        """Write a note for the record."""
        if self.changing():
            self.app.push_screen(AskTextScreen("Note for the record", self.desk.visit.note), self._note)

    def _note(self, text: str | None) -> None:
        if text is not None:
            try:
                self.desk.write(note=text)
            except ClinicError as error:
                self.say(f"NOT SAVED. {error}", refused=True)
                return
        self.fill()

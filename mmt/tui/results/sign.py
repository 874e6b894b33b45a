"""The sign step: what is and is not done, then one key closes the visit."""

from functools import partial
from typing import ClassVar

from textual.content import Content

from mmt.reasoning.again import added_tests, folded_tests
from mmt.reasoning.wording import worded
from mmt.tui.signing.passphrase import PassphraseForm
from mmt.tui.visit.lines import LinesStep
from mmt.tui.widgets.plain import plain
from mmt.tui.widgets.rows import Row, heading
from mmt.tui.widgets.wrap import Hanging

from .done import exam_done
from .keys import SIGN
from .sign_as import SignAsScreen

MARKS = {True: "[✓] ", False: "[ ] ", None: "    "}


class SignScreen(LinesStep):
    """Shows the visit in a few rows; Enter asks for the name and signs."""

    step: ClassVar[str] = "sign"
    PLACE = SIGN
    show_label: ClassVar[bool] = False
    warned = False

    def rows(self) -> list[Row]:
        alerts = [one for one in self.desk.review.alerts if one.level in ("emergency", "urgent")]
        rows = [heading("Alerts that stand")] if alerts else []
        for at, one in enumerate(alerts):
            level = Content.styled(f"{one.level.upper():<11}", "bold")
            rows.append(Row(Hanging(level, plain(worded(one.said, self.desk.protocol))), f"alert:{at}", one))
        rows.append(heading("This visit"))
        for at, (ready, text) in enumerate(self._done()):
            rows.append(Row(Hanging(Content.styled(MARKS[ready], "bold"), plain(text)), f"done:{at}"))
        return rows

    def _done(self) -> list[tuple[bool | None, str]]:
        """What was done, or what was not, each with whether it is complete; None where it need not be."""
        visit, review = self.desk.visit, self.desk.review
        open_ = (one.said for one in review.alerts if one.rule == "red-flags-not-asked")
        unasked = worded(next(open_, ()), self.desk.protocol)
        left = [one for one in review.findings if one.key not in visit.decisions]
        sheet = visit.prescription
        kept = f"Stretches on the sheet: {len(sheet)}." if sheet else "No stretch is kept for a sheet."
        over = visit.override
        went_on = f"Went on in spite of the emergency: {over.reason} ({over.by})." if over else ""
        return [
            (not unasked, unasked or "All red-flag questions were asked."),
            self._exam_done(),
            (bool(visit.observations), f"Values recorded: {len(visit.observations)}."),
            (not left, f"Findings decided: {len(review.findings) - len(left)} of {len(review.findings)}."),
            (bool(sheet), kept),
            (True if visit.action else None, f"Action taken: {visit.action or 'none'}"),
            (True if visit.note else None, f"Note: {visit.note or 'none'}"),
            *([(True, went_on)] if over else []),
        ]

    def _exam_done(self) -> tuple[bool, str]:
        history, protocol = self.desk.history, self.desk.protocol
        folded = folded_tests(history, protocol, self.desk.watch.alerts)
        return exam_done(self.desk.visit, protocol, added_tests(history, protocol, folded), folded)

    def above(self) -> Content:
        signs = "Enter signs and closes the visit. From then on only dated notes are added."
        return plain(f"{self.desk.clock} {signs}".strip())

    def action_sign(self) -> None:
        """Ask for the name and sign."""
        if not self.changing():
            return
        if why := self.desk.refusal.sign():
            self.say(f"{why} T writes it.", refused=True)
            return
        doubt = self.desk.doubt.sign()
        if doubt and not self.warned:
            self.warned = True
            self.say(f"{doubt} Enter once more signs all the same.", refused=True)
            return
        if self.desk.clinic.signed_in:
            self._ask_passphrase()
            return
        self.app.push_screen(
            SignAsScreen(self.desk.clinic.practitioners, self.desk.visit.examiner), self._sign
        )

    def _ask_passphrase(self) -> None:
        """Who is signed in shows it once more, and signs."""
        who = self.desk.clinic.signed_in
        form = PassphraseForm(
            f"Sign as {who}",
            "Your passphrase signs and closes the visit. Nobody else can sign in your name.",
            lambda typed: self.desk.sign(who, typed.was),
            was="Passphrase",
            new=False,
            form="sign-passphrase",
        )
        self.app.push_screen(form, self._signed)

    def _signed(self, done: bool | None) -> None:
        self.fill()
        if done:
            self.post_message(self.Go("papers"))

    def _sign(self, name: str | None) -> None:
        if name and self.save(partial(self.desk.sign, name)):
            self.post_message(self.Go("papers"))

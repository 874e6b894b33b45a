"""The prescription step: which stretches go onto the sheet, on which side, how much of each."""

from typing import ClassVar

from msgspec.structs import replace
from textual.content import Content

from mmt.model.base import Side
from mmt.model.errors import ClinicError
from mmt.model.review import Offer, Withheld
from mmt.model.visit import Dose, Prescribed
from mmt.reasoning.basis import reason_said
from mmt.tui.dose import PARTS, minutes_a_day, parts_of, said, stepped
from mmt.tui.plain import plain

from .ask_text import AskTextScreen
from .lines import Line, LinesStep, heading
from .step import Basis

SIDES = {"right": "RIGHT", "left": "LEFT", None: "BOTH SIDES"}
STATUS = {
    "offered": "",
    "locked": "An emergency locks this visit: no sheet. Print the warning card and the referral letter.",
    "blocked-until-action": "No sheet leaves until the action taken is written down (t).",
}


def dim_line(text: str) -> Content:
    """A line of its own below the first, less bright."""
    return Content.styled(f"\n      {plain(text).plain}", "dim")


class PrescriptionScreen(LinesStep):
    """Space takes or leaves; + and - change the marked part of the dose; `*` is the clinician's tick."""

    step: ClassVar[str] = "prescription"
    show_all = False
    part = "reps"

    def on_mount(self) -> None:
        if self.desk.visit.prescription is None and not self.desk.visit.signed:
            offered = self.desk.review.prescription.offered
            self.keep(tuple(self._as_offered(one) for one in offered), fill=False)
        super().on_mount()

    def _as_offered(self, one: Offer) -> Prescribed:
        return Prescribed(stretch=one.stretch, side=one.side, dose=one.dose, why=one.why)

    @property
    def chosen_items(self) -> tuple[Prescribed, ...]:
        """What is on the sheet now."""
        return self.desk.visit.prescription or ()

    def lines(self) -> list[Line]:
        held = {one.stretch: one for one in self.chosen_items}
        found = self.desk.review.prescription
        offers = {one.stretch: one for one in (*found.offered, *found.more)}
        lines = [heading("On the sheet")]
        lines += [self._taken(one, offers.get(one.stretch)) for one in self.chosen_items]
        if not held:
            lines.append(Line(Content("Nothing is chosen."), "none"))
        rest = [one for one in offers.values() if one.stretch not in held]
        if rest:
            lines += [heading("Also fits"), *map(self._offer, rest)]
        wanted = [one for one in found.withheld if (one.wanted or self.show_all) and one.stretch not in held]
        others = len({one.stretch for one in found.withheld if not one.wanted})
        if wanted or others:
            hint = f"  ({others} more that nothing asks for: a)" if others and not self.show_all else ""
            lines += [heading(f"Withheld{hint}"), *map(self._withheld, wanted)]
        return lines

    def above(self) -> Content:
        rule = self.desk.protocol.rules.selection
        status = STATUS[self.desk.review.prescription.status]
        minutes = sum(minutes_a_day(one.dose) for one in self.chosen_items)
        count = f"{len(self.chosen_items)} on the sheet ({rule.fewest} to 4 are best, {rule.most} at most)"
        seen = f"{count}, about {minutes:.0f} minutes a day."
        back = f" Next visit: {self.desk.visit.next_visit}" if self.desk.visit.next_visit else ""
        return Content("\n").join([*([Content.styled(status, "bold")] if status else []), plain(seen + back)])

    def _title(self, stretch: str) -> str:
        known = self.desk.protocol.stretches.get(stretch)
        return f"{stretch} {known.name}" if known else stretch

    def _taken(self, one: Prescribed, offer: Offer | None) -> Line:
        dose = Content("  ").join(
            Content.styled(said(one.dose, name), "bold reverse" if name == self._part(one.dose) else "")
            for name in parts_of(one.dose)
        )
        about = f"  {self._side(one.stretch, one.side)}"
        if one.ticked:
            about += f"  ticked: {', '.join(one.ticked)}"
        reasons = offer.because if offer else ()
        why = "; ".join(reason_said(reason, self.desk.protocol) for reason in reasons)
        text = Content.styled(f"[✓] {self._title(one.stretch)}", "bold") + Content(f"{about}\n      ")
        return Line(text + dose + dim_line(why), one.stretch, self._item(one.stretch))

    def _side(self, stretch: str, side: Side | None) -> str:
        known = self.desk.protocol.stretches.get(stretch)
        return SIDES[side] if known is None or known.sides == "each" else ""

    def _part(self, dose: Dose) -> str:
        parts = parts_of(dose)
        return self.part if self.part in parts else parts[0]

    def _offer(self, one: Offer) -> Line:
        why = "; ".join(reason_said(reason, self.desk.protocol) for reason in one.because)
        text = plain(f"[ ] {self._title(one.stretch)}  {self._side(one.stretch, one.side)}")
        return Line(text + dim_line(why), one.stretch, self._item(one.stretch))

    def _withheld(self, one: Withheld) -> Line:
        sign = "[!]" if one.needs == "tick" else "[x]"
        text = plain(f"{sign} {self._title(one.stretch)}") + dim_line(one.text)
        return Line(text, f"{one.stretch}:{one.code}", self._item(one.stretch))

    def _item(self, stretch: str) -> Basis | None:
        return self.desk.protocol.stretches.get(stretch)

    def keep(self, items: tuple[Prescribed, ...], *, fill: bool = True) -> None:
        """Keep the sheet's items."""
        try:
            self.desk.prescribe(items)
        except ClinicError as error:
            if fill:
                self.say(f"NOT SAVED. {error}", refused=True)
            return
        if fill:
            self.say("")
            self.fill()

    def action_take(self) -> None:
        """Take the stretch onto the sheet, or leave it."""
        key = self.cursor
        found = self.desk.review.prescription
        offer = next((one for one in (*found.offered, *found.more) if one.stretch == key), None)
        if not key or not self.changing():
            return
        if any(one.stretch == key for one in self.chosen_items):
            self.keep(tuple(one for one in self.chosen_items if one.stretch != key))
        elif offer is not None:
            self._add(self._as_offered(offer))
        else:
            self.say("This stretch is withheld. * is your tick, where one is asked for.", refused=True)

    def _add(self, item: Prescribed) -> None:
        most = self.desk.protocol.rules.selection.most
        if len(self.chosen_items) >= most:
            self.say(
                f"A sheet holds {most} at most: people do few exercises better. Leave one first.",
                refused=True,
            )
            return
        self.keep((*self.chosen_items, item))

    def action_tick(self) -> None:
        """Allow a withheld stretch that asks for the clinician's tick."""
        stretch, _, code = self.cursor.partition(":")
        found = [one for one in self.desk.review.prescription.withheld if one.stretch == stretch]
        if not code or not self.changing():
            self.say("A tick is asked for at [!] lines only.", refused=True)
        elif any(one.needs != "tick" for one in found):
            self.say("Something else keeps this stretch back; a tick does not open it.", refused=True)
        else:
            known = self.desk.protocol.stretches[stretch]
            codes = tuple(one.code for one in found)
            self._add(Prescribed(stretch=stretch, side=found[0].side, dose=known.dose, ticked=codes))

    def action_dose(self, key: str) -> None:
        """More or less of the marked part."""
        by = 1 if key in ("plus", "add") else -1
        item = self._under_cursor()
        if item is not None:
            part = self._part(item.dose)
            self._change(replace(item, dose=stepped(item.dose, part, by)))

    def action_part(self) -> None:
        """Mark the next part of the dose."""
        item = self._under_cursor()
        if item is not None:
            parts = parts_of(item.dose)
            self.part = parts[(parts.index(self._part(item.dose)) + 1) % len(parts)]
            self.say(PARTS[self.part].name)
            self.fill()

    def action_side(self) -> None:
        """Change the side: right, left, both."""
        item = self._under_cursor()
        if item is None:
            return
        known = self.desk.protocol.stretches.get(item.stretch)
        if known is not None and known.sides == "both":
            self.say("This one always works both sides.", refused=True)
            return
        order = ("right", "left", None)
        self._change(replace(item, side=order[(order.index(item.side) + 1) % 3]))

    def _under_cursor(self) -> Prescribed | None:
        item = next((one for one in self.chosen_items if one.stretch == self.cursor), None)
        if item is None:
            self.say("First take this stretch onto the sheet.", refused=True)
        return item if item and self.changing() else None

    def _change(self, item: Prescribed) -> None:
        self.keep(tuple(item if one.stretch == item.stretch else one for one in self.chosen_items))

    def action_all(self) -> None:
        """Show or hide what is withheld though nothing asks for it."""
        self.show_all = not self.show_all
        self.fill()

    def action_next_visit(self) -> None:
        """Write when the patient comes back."""
        if self.changing():
            self.app.push_screen(
                AskTextScreen("When is the next visit?", self.desk.visit.next_visit), self._back
            )

    def _back(self, text: str | None) -> None:
        if text is not None:
            try:
                self.desk.write(next_visit=text)
            except ClinicError as error:
                self.say(f"NOT SAVED. {error}", refused=True)
                return
        self.fill()

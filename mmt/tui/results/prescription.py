"""The prescription step: which stretches go onto the sheet, on which side, how much of each."""

from functools import partial
from typing import ClassVar

from msgspec.structs import replace
from textual import on
from textual.content import Content
from textual.widgets import OptionList

from mmt.model.base import grouped
from mmt.model.visit import Dose, Prescribed
from mmt.reasoning import as_offered, barred, last_sheet
from mmt.tui.desk import Desk
from mmt.tui.visit.lines import LinesStep
from mmt.tui.widgets.rows import Row, heading

from .drawing import DrawingScreen
from .keys import PRESCRIPTION
from .sheet import PARTS, bounds, in_order, offers, parts_of, said, typed
from .sheet_rows import LAST_SHEET, dose_said, last_rows, offer_row, reasons, taken_row, withheld_row
from .sheet_said import sheet_said

SIDES = ("right", "left", None)
ONE_DIGIT = 9
UNKEPT = "suggested, not kept yet"
LEAVE_ANYWAY = "Enter keeps them; the same key or click once more leaves them behind."


class PrescriptionScreen(LinesStep):
    """Space takes or leaves, digits set the part of the dose that is marked, Enter keeps the sheet.

    What is suggested waits, each stretch for itself, until it is touched or Enter keeps all that waits.
    """

    step: ClassVar[str] = "prescription"
    PLACE = PRESCRIPTION
    show_all = False
    warned = False
    part = "reps"
    digits = ""
    _marked: str | None = None
    _before: Dose | None = None

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._last_sheet = last_sheet(desk.history, desk.protocol)
        self._asking = desk.visit.prescription is None
        self._left: set[str] = set()

    @property
    def kept(self) -> tuple[Prescribed, ...]:
        """What is kept for the sheet."""
        return self.desk.visit.prescription or ()

    @property
    def waiting(self) -> tuple[Prescribed, ...]:
        """What is suggested and was neither kept nor left."""
        decided = {*self._left, *(one.stretch for one in self.kept)}
        found = as_offered(self.desk.review.prescription.offered) if self._asking else ()
        return tuple(one for one in found if one.stretch not in decided)

    @property
    def items(self) -> tuple[Prescribed, ...]:
        """What stands on the screen as the sheet: what is kept, and what waits."""
        return in_order((*self.kept, *self.waiting), self.desk.review.prescription)

    def rows(self) -> list[Row]:
        found, protocol = self.desk.review.prescription, self.desk.protocol
        fitting, bars = offers(found), barred(self.items, found)
        held = {one.stretch: one for one in self.items}
        waiting = {one.stretch for one in self.waiting}
        rows = [heading("Stretches", f"{UNKEPT}; Enter keeps them as they stand" if waiting else "")]
        shown = dict.fromkeys((*held, *fitting) if bars else (*fitting, *held))
        why = {name: reasons(fitting.get(name), self.desk.review, protocol) for name in shown}
        for name in shown:
            if item := held.get(name):
                dose = self._dose(item)
                kept = name not in waiting
                rows.append(taken_row(item, why[name], bars.get(name, ()), protocol, dose, kept=kept))
            else:
                rows.append(offer_row(fitting[name], why[name], protocol))
        return [*rows, *last_rows(self._last_sheet, self.desk.visit.home, protocol), *self._withheld(held)]

    def _dose(self, item: Prescribed) -> Content:
        if item.stretch != self.cursor:
            return dose_said(item)
        return dose_said(item, self._part(item), self.digits)

    def _part(self, item: Prescribed) -> str:
        parts = parts_of(item.dose)
        return self.part if self.part in parts else parts[0]

    def _withheld(self, held: dict[str, Prescribed]) -> list[Row]:
        withheld = self.desk.review.prescription.withheld
        by_stretch = grouped((one.stretch, one) for one in withheld if one.stretch not in held)
        shown = {name: bars for name, bars in by_stretch.items() if self.show_all or bars[0].wanted}
        rows = [withheld_row(name, bars, self.desk.protocol) for name, bars in shown.items()]
        more = len(by_stretch) - len(shown)
        rest = Row(Content.styled(f"  {more} more withheld that nothing asks for: A shows them.", "dim"))
        return [
            *([heading("Withheld", "what was not asked is not absent")] if rows else []),
            *rows,
            *([rest] if more else []),
        ]

    def above(self) -> Content:
        visit, review, protocol = self.desk.visit, self.desk.review, self.desk.protocol
        return sheet_said(self.kept, self.waiting, visit, review, protocol, self.desk.doubt.fall())

    @on(OptionList.OptionHighlighted)
    def mark(self, event: OptionList.OptionHighlighted) -> None:
        """On another row a number that was being typed is finished, and a part of its dose is marked."""
        if event.option_id != self._marked:
            self._marked, self.digits = event.option_id, ""
            self.show_rows()

    def keep(self, items: tuple[Prescribed, ...], word: str = "") -> bool:
        """Keep the sheet with these items."""
        ordered = in_order(items, self.desk.review.prescription)
        return self.save(partial(self.desk.prescribe, ordered), word)

    def action_take(self) -> None:
        """Take the stretch onto the sheet, or leave it."""
        name, self.digits = self.cursor, ""
        offer = offers(self.desk.review.prescription).get(name)
        if not name or not self.changing() or self._on_last_sheet():
            return
        if any(one.stretch == name for one in self.items):
            self._leave(name)
        elif offer is not None:
            self.keep((*self.kept, *as_offered([offer])), "Taken.")
        else:
            self.say("This stretch is withheld. * is your tick, where [!] asks for one.", refused=True)

    def _leave(self, name: str) -> None:
        """Take a stretch off the sheet. Nothing is kept by that while others only wait."""
        self._left.add(name)
        if any(one.stretch == name for one in self.kept) or not self.waiting:
            self.keep(tuple(one for one in self.kept if one.stretch != name), "Left.")
        else:
            self.say("Left.")
            self.fill()

    def action_tick(self) -> None:
        """Take or leave; a withheld stretch that asks for the clinician's tick is allowed by it."""
        name = self.cursor
        bars = [one for one in self.desk.review.prescription.withheld if one.stretch == name]
        if not bars or any(one.stretch == name for one in self.items):
            self.action_take()
        elif any(one.needs != "tick" for one in bars):
            self.say("Something else keeps this stretch back; a tick does not open it.", refused=True)
        elif self.changing():
            codes = tuple(one.code for one in bars)
            ages = self.desk.history.patient.ages_on(self.desk.visit.date)
            known = self.desk.protocol.stretches[name].for_age(ages)
            item = Prescribed(stretch=name, side=bars[0].side, dose=known.dose, ticked=codes)
            if self.keep((*self.kept, item), f"Taken with your tick for {', '.join(codes)}."):
                self._say_why(item)

    def _say_why(self, item: Prescribed) -> None:
        """What now fits says why to the patient, as other offers do."""
        offer = offers(self.desk.review.prescription).get(item.stretch)
        if offer is not None and offer.why != item.why:
            self._change(replace(item, why=offer.why))

    def action_dose(self, digit: str) -> None:
        """Set the marked part of the dose to the number that is typed."""
        item = self._under_cursor()
        if item is None:
            return
        part = self._part(item)
        digits = digit if PARTS[part].most <= ONE_DIGIT else self.digits + digit
        dose = typed(item.dose, part, digits)
        if dose is None:
            self._refuse(item, part, digits)
            return
        self._before = self._before if self.digits else item.dose
        self.digits = digits
        self._change(replace(item, dose=dose), "")

    def _refuse(self, item: Prescribed, part: str, digits: str) -> None:
        """Say that a number is out of range; the dose is again as it was before any of it was typed."""
        if self.digits and self._before is not None:
            item, self.digits = replace(item, dose=self._before), ""
            self._change(item)
        stays = f"It stays as it was: {said(item.dose, part)}."
        self.say(f"{digits} is out of range: {bounds(part)}. {stays}", refused=True)

    def action_part(self, by: int = 1) -> None:
        """Mark the next part of the dose."""
        item = self._under_cursor()
        if item is not None:
            parts = parts_of(item.dose)
            self.part = parts[(parts.index(self._part(item)) + by) % len(parts)]
            self.digits = ""
            self.say(f"{PARTS[self.part].name}: type {bounds(self.part)}.")
            self.show_rows()

    def action_part_before(self) -> None:
        """Mark the part of the dose before."""
        self.action_part(-1)

    def action_side(self) -> None:
        """Change the side: right, left, both."""
        item = self._under_cursor()
        if item is None:
            return
        known = self.desk.protocol.stretches.get(item.stretch)
        if known is not None and known.sides == "both":
            self.say("This one always works both sides.", refused=True)
            return
        self._change(replace(item, side=SIDES[(SIDES.index(item.side) + 1) % 3]))

    def _on_last_sheet(self) -> bool:
        """Whether the cursor is on what was given last, where there is nothing to take or to change."""
        if self.cursor == LAST_SHEET:
            self.say("This is the last sheet as it was given; the new one stands above.", refused=True)
        return self.cursor == LAST_SHEET

    def _under_cursor(self) -> Prescribed | None:
        if self._on_last_sheet():
            return None
        item = next((one for one in self.items if one.stretch == self.cursor), None)
        if item is None:
            self.say("First take this stretch onto the sheet.", refused=True)
        return item if item and self.changing() else None

    def _change(self, item: Prescribed, word: str = "") -> None:
        self.save(partial(self._prescribe, item), word)

    def _prescribe(self, item: Prescribed) -> None:
        """Keep the sheet with this item in the place of the one of the same stretch."""
        others = (one for one in self.kept if one.stretch != item.stretch)
        self.desk.prescribe(in_order((*others, item), self.desk.review.prescription))

    def action_keep(self) -> None:
        """End a number that is typed; else keep the sheet as it stands and go on."""
        if self.digits:
            item = next(one for one in self.items if one.stretch == self.cursor)
            self.digits = ""
            self.say(f"{said(item.dose, self._part(item))}. Enter goes on.")
            self.show_rows()
            return
        decided = self.desk.visit.prescription is not None and not self.waiting
        if decided or self.keep(self.items):
            self.action_next_step()

    def may_leave(self) -> bool:
        """Whether the sheet is decided, or the person was asked once."""
        doubt = self.desk.doubt.leave_stretches(self.waiting)
        if self.warned or not doubt:
            return True
        self.warned = True
        self.say(f"{doubt} {LEAVE_ANYWAY}", refused=True)
        return False

    def action_all(self) -> None:
        """Show or hide what is withheld though nothing asks for it."""
        self.show_all = not self.show_all
        self.fill()

    def action_words(self) -> None:
        """Write a few words for the patient beside the stretch."""
        if item := self._under_cursor():
            asks = "What shall the sheet add for the patient here? It is printed as you type it."
            self.ask(asks, item.note, lambda text: self._prescribe(replace(item, note=text)), "Kept.")

    def action_drawing(self) -> None:
        """Show how the stretch is done."""
        known = self.desk.protocol.stretches.get(self.cursor)
        if known is not None:
            held = next((one.side for one in self.items if one.stretch == known.id), None)
            self.app.push_screen(DrawingScreen(self.desk, known, held))

    def action_next_visit(self) -> None:
        """Write when the patient comes back."""
        now = self.desk.visit.next_visit
        self.ask("When is the next visit?", now, lambda text: self.desk.write(next_visit=text), "Kept.")

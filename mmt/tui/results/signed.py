"""A signed visit on one page: what was seen, decided and given, its notes and its papers."""

from typing import ClassVar

from textual.content import Content

from mmt.model.base import SIDES, Side
from mmt.model.exam_tests import AnyTest
from mmt.model.observation import Observation
from mmt.model.protocol import Protocol
from mmt.model.visit import Visit, local_day
from mmt.reasoning.basis import name_of
from mmt.reasoning.folds import folded
from mmt.tui.asking.answered import answer_rows
from mmt.tui.asking.questions import moves, safety_sections, story_sections
from mmt.tui.visit.found import (
    alert_rows,
    earlier_rows,
    finding_rows,
    goal_rows,
    home_rows,
    leg_rows,
    pattern_rows,
)
from mmt.tui.visit.values import date_said, notes
from mmt.tui.widgets.plain import plain
from mmt.tui.widgets.rows import Row, RowList, heading
from mmt.tui.widgets.wrap import Hanging

from .done import exam_done
from .drawing import DrawingScreen
from .keys import SIGNED
from .paper_step import PaperStep, dated_note_rows
from .sheet import offers
from .sheet_rows import dose_said, reasons, taken_row

LEAD = 14
"""Columns for what a kept text is called."""

ALTERED = (
    "What is kept here is NOT what was signed: another program changed it, or the disk fails. Do not rely on "
    "it, and print nothing of it. `mmt verify` says what was changed."
)

NAME, SIDE = 27, 22
"""Columns for a test's name and for one side; what is longer takes what it needs."""


class SignedScreen(PaperStep):
    """Rows to read through: what was concluded and given first, then all that it rests on."""

    step: ClassVar[str] = "signed"
    PLACE = SIGNED
    opens: ClassVar[str] = "O"

    def rows(self) -> list[Row]:
        desk, visit, protocol = self.desk, self.desk.visit, self.desk.protocol
        follow_up, folds = len(desk.history.visits) > 1, folded(desk.history, protocol)
        home = moves(desk.history, protocol)
        story = story_sections(protocol, folds, follow_up=follow_up, home=home)
        return [
            *alert_rows(desk.review, visit, protocol),
            *earlier_rows(desk.history, protocol),
            *self._done_about_them(),
            *finding_rows(desk.review, visit, protocol),
            *home_rows(desk.review, visit, protocol),
            *self.changes(),
            *goal_rows(desk.history, protocol),
            *pattern_rows(desk.review, desk.protocol),
            *leg_rows(desk.review, visit, protocol),
            *self._sheet(),
            *self._notes(),
            *_value_rows(visit, protocol),
            *answer_rows("Red flags", safety_sections(protocol, folds), visit, protocol),
            *answer_rows("Story", story, visit, protocol),
            heading("Papers"),
            *self.paper_rows(),
        ]

    def above(self) -> Content:
        visit, protocol, signature = self.desk.visit, self.desk.protocol, self.desk.visit.signature
        signed = f"Signed by {signature.who} on {date_said(local_day(signature.at))}" if signature else ""
        exam = protocol.exams[visit.exam].name if visit.exam in protocol.exams else visit.exam
        paper = f", entered from paper on {date_said(visit.entered)}" if visit.entered else ""
        said = f"{signed}, examined by {visit.examiner}{paper}: {exam}. {self.desk.clock}"
        keys = "It stays as it is: A adds a dated note. F1 shows the basis of a line."
        loud = [Content.styled(ALTERED, "bold reverse")] if visit.altered else []
        return Content("\n").join([*loud, plain(said.strip()), Content.styled(keys, "dim")])

    def idle(self) -> tuple[str, ...]:
        return () if self.between else ("First visit",)

    def _done_about_them(self) -> list[Row]:
        """What was done about the alerts, and why someone went on in spite of an emergency."""
        visit, over = self.desk.visit, self.desk.visit.override
        rows = [_text("Action taken", visit.action, "kept:action")]
        if over is not None:
            when = date_said(local_day(over.at))
            rows.append(_text("Went on", f"{over.reason} ({over.by}, {when})", "kept:override"))
        return rows

    def _sheet(self) -> list[Row]:
        """The sheet as it was given, each stretch with its dose and its reason."""
        items, protocol = self.desk.visit.prescription, self.desk.protocol
        if not items:
            return [heading("The sheet as given"), Row(Content("No stretch was given."), "sheet:none")]
        fitting = offers(self.desk.review.prescription)
        rows = []
        for one in items:
            why = reasons(fitting.get(one.stretch), self.desk.review, protocol)
            rows.append(taken_row(one, why, (), protocol, dose_said(one), kept=True))
        return [heading("The sheet as given"), *rows]

    def _notes(self) -> list[Row]:
        visit = self.desk.visit
        return [
            heading("Notes"),
            _text("Next visit", visit.next_visit, "kept:next-visit"),
            _text("Note", visit.note, "kept:note"),
            *dated_note_rows(visit),
        ]

    def clicked(self) -> None:
        """A click on a paper opens it, or makes it; on other lines it only puts the cursor there."""
        if self.paper:
            self.action_paper(self.paper.key)

    def action_open(self) -> None:
        """Open the paper under the cursor; elsewhere the one that was made last."""
        kind = self.paper.id if self.paper else next(reversed(list(self.desk.made)), None)
        if kind is None or not self.open_paper(kind):
            self.say(f"This paper is not there: 1 to {len(self.desk.documents)} makes a paper.", refused=True)

    def action_paper(self, key: str) -> None:
        """Open the paper of this number; where none is there, make it."""
        document = self.of_key(key)
        if self.open_paper(document.id):
            self.query_one(RowList).move_to(document.id)
        else:
            self.ask_and_make(document)

    def action_drawing(self) -> None:
        """Show how the stretch under the cursor is done."""
        item = next((one for one in self.desk.visit.prescription or () if one.stretch == self.cursor), None)
        known = self.desk.protocol.stretches.get(self.cursor)
        if item is None or known is None:
            self.say("Put the cursor on a stretch of the sheet.", refused=True)
        else:
            self.app.push_screen(DrawingScreen(self.desk, known, item.side))


def _text(name: str, text: str, key: str) -> Row:
    return Row(Hanging(Content.styled(f"{name:<{LEAD}}", "bold"), plain(text or "none")), key)


def _value_rows(visit: Visit, protocol: Protocol) -> list[Row]:
    """How much of the exam was done, then each test that was seen, in the order of the library."""
    seen = dict.fromkeys(one.test for one in visit.observations)
    scale = protocol.scales[visit.scale].name if visit.scale in protocol.scales else visit.scale
    done = Row(Hanging(Content(""), plain(exam_done(visit, protocol)[1])), "values:done")
    tests = sorted(seen, key=[*protocol.tests, *seen].index)
    return [heading("Values", scale), done, *(_value_row(test, visit, protocol) for test in tests)]


def _value_row(test: str, visit: Visit, protocol: Protocol) -> Row:
    known = protocol.tests.get(test)
    name = plain(name_of(protocol, test))
    lead = name.pad_right(max(2, NAME - name.cell_length))
    sides = [_side(side, trials, known) for side in (*SIDES, None) if (trials := visit.seen(test, side))]
    padded = [one.pad_right(max(2, SIDE - one.cell_length)) for one in sides[:-1]]
    text = Content("").join([*padded, *sides[-1:]])
    return Row(Hanging(lead, text), f"value:{test}", known)


def _side(side: Side | None, trials: tuple[Observation, ...], test: AnyTest | None) -> Content:
    """`right  4+ (pain); trial 2: 4`."""
    values = [
        (f"trial {one.trial}: " if one.trial > 1 else "", one.result or one.shown, notes(one, test))
        for one in trials
    ]
    said = [
        Content.assemble(lead, (shown, "bold"), f" ({plain(more).plain})" if more else "")
        for lead, shown, more in values
    ]
    return Content(f"{side}  " if side else "") + Content("; ").join(said)

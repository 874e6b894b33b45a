"""The patient's home-stretch sheet."""

import datetime
from typing import Any

from mmt.model.papers import Sheet, SheetItem
from mmt.model.wording import COUNTED, plain, sentence, sentences
from mmt.reasoning import barred, usual_course
from mmt.reports.blocks.advice import course, next_visit, sitting, teach_back
from mmt.reports.blocks.diary import diary
from mmt.reports.blocks.dose import SAID
from mmt.reports.blocks.moves import arranged, moves
from mmt.reports.blocks.opening import note, overview, title
from mmt.reports.blocks.safety import LIGHTS, emergency, stop, traffic_light
from mmt.reports.blocks.texts import CALL
from mmt.reports.document import Block, Document
from mmt.reports.record import Record

STANDS = {
    "no-sheet": "No hand-out: its moves and doses are for adults. The note and the letter can be printed.",
    "locked": "No hand-out: an emergency alert locks this visit. Print the warning card and the letter.",
    "blocked-until-action": "No hand-out yet: write down what was done about the urgent alert first.",
}
"""Why nothing for home leaves."""

_NO_SHEET = "No hand-out: no stretch was kept before this visit was signed. A new visit can give a sheet."
_NOT_CHOSEN = "No stretch is chosen for the sheet; choose one in the step Stretches."
_NONE_SIGNED = "No hand-out: no stretch is signed off, and this clinic prints for patients only what is."
_UNKNOWN = (
    "The stretch {name} is not in use: it is not in the library, or is set aside or not signed off. "
    "Choose another in the step Stretches."
)
_NO_LONGER_FITS = "No hand-out: {names} no longer fits what is recorded. Leave it on the stretches step."


def _refused(record: Record) -> str:
    chosen, known = record.visit.prescription, record.protocol.stretches
    if why := STANDS.get(record.review.prescription.status):
        return why
    if record.only_signed and not known:
        return _NONE_SIGNED
    if not chosen:
        return _NO_SHEET if record.visit.signed else _NOT_CHOSEN
    if held := barred(chosen, record.review.prescription):
        return _NO_LONGER_FITS.format(names=", ".join(known[one].name for one in held))
    return next((_UNKNOWN.format(name=one.stretch) for one in chosen if one.stretch not in known), "")


def _fill(record: Record, head: dict[str, Any]) -> Sheet:
    protocol, found = record.protocol, record.review.prescription
    items = tuple(
        SheetItem(
            prescribed=one,
            stretch=protocol.stretches[one.stretch].told_with(
                found.conditions, plain=one.stretch in found.plain
            ),
            pictures=protocol.drawn(one.stretch),
            forms=found.forms.get(one.stretch, ()),
        )
        for one in record.visit.prescription or ()
    )
    spoken = all(head["language"] in one.stretch.text for one in items)
    days = found.review_days
    turns = [one.stretch for one in found.offered]
    given = [turns.index(item.stretch.id) for item in items if item.stretch.id in turns]
    return Sheet(
        **{**head, "language": head["language"] if spoken else "en"},
        items=items,
        ordered=given != sorted(given),
        stops=found.stops,
        usual_course=usual_course(record.history, protocol),
        back_by=record.visit.date + datetime.timedelta(days=days) if days else None,
    )


_MOVES = {
    "moves-not-signed-off": COUNTED,
    **plain(*(f"side-{side}" for side in ("left", "right", "both"))),
    **{f"dose-{part}": COUNTED for part in ("minutes", "hold", "times", "sets", "day", "week", "weeks")},
    **plain(
        "change-sides", "drawings", "count-from", "for-you", "feel", "avoid", "stop-if", "easier", "harder"
    ),
}
_PLAN = {
    **{f"say-{part}": COUNTED for part in SAID},
    "say-again": COUNTED,
    **plain("say-every-day", "form-flr"),
}
DIARY = {
    **plain("diary", "diary-how", "diary-again", "diary-pain"),
    "diary-when": sentence("blank"),
    "diary-pick": COUNTED,
    "week": sentence("number", "day"),
}
BACK = {**plain("next-visit", "call"), "next-visit-by": sentence("day")}
SMALLEST = {False: 12.0, True: 16.0}
"""Points down to which a sheet is set to take fewer pages, in usual and in large print."""


def _most(sheet: Sheet) -> int:
    """The plan, the diary, and two moves a page; in large print two pages for the plan, and a move a page."""
    count = len(sheet.items)
    return count + 4 if sheet.large_print else (count + 1) // 2 + 2


DOCUMENT = Document(
    id="hand-out",
    title="Hand-out for the patient",
    key="1",
    for_patients=True,
    items=lambda record: tuple(f"stretches:{one.stretch}" for one in record.visit.prescription or ()),
    may_wait=True,
    blocks={
        "title": Block(title, {"title": COUNTED, "summary": COUNTED, **plain("summary-pull")}),
        "note": Block(note, {}),
        "overview": Block(overview, _PLAN),
        "stop": Block(stop, plain("stop-before")),
        "moves": Block(moves, _MOVES),
        "traffic-light": Block(traffic_light, plain("light", "closed", *(f"{one}-name" for one in LIGHTS))),
        "emergency": Block(emergency, {**plain("emergency", "emergency-act"), **CALL}),
        "sitting": Block(sitting, {**plain("sitting"), "sitting-tips": sentences()}),
        "course": Block(
            course, {**plain("course", "course-soon", "course-slow"), "course-lines": sentences()}
        ),
        "teach-back": Block(teach_back, plain("teach-back")),
        "diary": Block(diary, DIARY),
        "next-visit": Block(next_visit, BACK),
    },
    fill=_fill,
    arranged=arranged,
    smallest=lambda sheet: SMALLEST[sheet.large_print],
    most=_most,
    refused=_refused,
)

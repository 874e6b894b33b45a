"""The patient's home-stretch sheet."""

import datetime
from typing import Any

from mmt.model.papers import Sheet, SheetItem
from mmt.model.wording import COUNTED, plain, sentence, sentences
from mmt.reasoning import barred, usual_course
from mmt.reports.blocks.advice import course, next_visit, sitting, teach_back
from mmt.reports.blocks.diary import diary
from mmt.reports.blocks.moves import moves
from mmt.reports.blocks.opening import HEADS, note, overview, title
from mmt.reports.blocks.safety import LIGHTS, emergency, traffic_light
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
    return Sheet(
        **{**head, "language": head["language"] if spoken else "en"},
        items=items,
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
DIARY = {
    **plain("diary", "diary-how", "diary-again", "diary-pain"),
    "diary-when": sentence("blank"),
    "diary-pick": COUNTED,
    "week": sentence("number", "day"),
}
BACK = {**plain("next-visit", "call"), "next-visit-by": sentence("day")}

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
        "overview": Block(overview, plain(*HEADS)),
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
    refused=_refused,
)

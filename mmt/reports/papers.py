"""What goes onto each paper, drawn out of a patient's history. The last visit is the one printed."""

from collections.abc import Sequence
from typing import Any

from mmt.model.base import SIDES, Side
from mmt.model.errors import PaperError
from mmt.model.grades import rank
from mmt.model.observation import Observation
from mmt.model.papers import (
    ComparedChange,
    ComparisonSheet,
    GradeRow,
    PaperSize,
    ReferralLetter,
    Sheet,
    SheetItem,
    Unasked,
    WarningCard,
)
from mmt.model.people import Letterhead
from mmt.model.protocol import Protocol
from mmt.model.review import Change, Offer, Review
from mmt.model.template import Template
from mmt.model.visit import History, Prescribed, Visit


def as_offered(offers: Sequence[Offer]) -> tuple[Prescribed, ...]:
    """What would be prescribed if a clinician took every offer as it stands."""
    return tuple(Prescribed(stretch=one.stretch, side=one.side, dose=one.dose, why=one.why) for one in offers)


def sheet_for(
    history: History,
    protocol: Protocol,
    letterhead: Letterhead,
    template: Template,
    prescribed: Sequence[Prescribed],
    *,
    size: PaperSize = "a4",
    large_print: bool | None = None,
    note: str = "",
) -> Sheet:
    """The patient's sheet with these stretches, in the patient's language where every text exists in it.

    `large_print` None takes the patient's own setting. Raises PaperError where a stretch is not in the
    protocol or none was chosen.
    """
    if not prescribed:
        raise PaperError("No stretch is chosen for the sheet; choose one on the prescription step.")
    items = tuple(_item(protocol, one) for one in prescribed)
    language = template.language(history.patient.language)
    if any(language not in item.stretch.text for item in items):
        language = "en"
    large = history.patient.large_print if large_print is None else large_print
    return Sheet(
        **_paper(history, letterhead, size, language),
        large_print=large,
        items=items,
        next_visit=history.visits[-1].next_visit,
        note=note,
    )


def warning_card_for(
    history: History,
    review: Review,
    letterhead: Letterhead,
    template: Template,
    *,
    size: PaperSize = "a4",
) -> WarningCard:
    """The card for the patient who is sent to an emergency department, naming what alerted."""
    groups = dict.fromkeys(one.rule for one in review.alerts if one.level == "emergency")
    language = template.language(history.patient.language)
    return WarningCard(**_paper(history, letterhead, size, language), groups=tuple(groups))


def referral_letter_for(
    history: History,
    protocol: Protocol,
    review: Review,
    letterhead: Letterhead,
    *,
    to: str = "",
    note: str = "",
    size: PaperSize = "a4",
) -> ReferralLetter:
    """The letter to a colleague: alerts with their facts, grades, red flags answered and not asked."""
    visit = history.visits[-1]
    asked = [one for one in protocol.safety_questions.values() if one.id in visit.safety]
    return ReferralLetter(
        **_paper(history, letterhead, size, "en"),
        to=to,
        alerts=review.alerts,
        findings=review.findings,
        grades=tuple(_grades(visit, protocol)),
        answered_yes=tuple(one.ask for one in asked if visit.safety[one.id]),
        answered_no=sum(not visit.safety[one.id] for one in asked),
        not_asked=_not_asked(visit, protocol),
        action=visit.action,
        note=note,
    )


def comparison_for(
    history: History,
    protocol: Protocol,
    changes: Sequence[Change],
    letterhead: Letterhead,
    *,
    since: int,
    size: PaperSize = "a4",
) -> ComparisonSheet:
    """The last visit against the one with index `since`, as `mmt.reasoning.compare` judged it."""
    then = history.visits[since]
    return ComparisonSheet(
        **_paper(history, letterhead, size, "en"),
        since=then.date,
        examiner_then=then.examiner,
        changes=tuple(ComparedChange(name=_name(protocol, one.test), change=one) for one in changes),
    )


def _paper(history: History, letterhead: Letterhead, size: PaperSize, language: str) -> dict[str, Any]:
    visit = history.visits[-1]
    return {
        "patient": history.patient,
        "letterhead": letterhead,
        "practitioner": visit.examiner,
        "date": visit.date,
        "language": language,
        "size": size,
    }


def _item(protocol: Protocol, prescribed: Prescribed) -> SheetItem:
    stretch = protocol.stretches.get(prescribed.stretch)
    if stretch is None:
        raise PaperError(
            f"The stretch {prescribed.stretch} is not in the library; "
            "choose another on the prescription step."
        )
    return SheetItem(prescribed=prescribed, stretch=stretch)


def _grades(visit: Visit, protocol: Protocol) -> list[GradeRow]:
    tests = dict.fromkeys(one.test for one in visit.observations)
    ordered = sorted(tests, key=[*protocol.tests, *tests].index)
    return [
        GradeRow(test=_name(protocol, test), **{side: _shown(visit, test, side) for side in SIDES})
        for test in ordered
    ]


def _shown(visit: Visit, test: str, side: Side) -> str:
    """The value of a side: the best of several grades, the mean of several lengths, else the last trial."""
    trials = visit.seen(test, side) or visit.seen(test, None)
    measured = [one for one in trials if one.not_tested is None]
    if not measured:
        return trials[-1].shown if trials else ""
    if all(one.grade is not None for one in measured):
        return _with_flags(max(measured, key=lambda one: rank(one.grade or "0")))
    lengths = [one.millimetres for one in measured if one.millimetres is not None]
    if lengths:
        return f"{sum(lengths) / len(lengths):.0f} mm"
    return _with_flags(measured[-1])


def _with_flags(observation: Observation) -> str:
    return " ".join((observation.shown, *(f"({flag})" for flag in observation.flags)))


def _not_asked(visit: Visit, protocol: Protocol) -> tuple[Unasked, ...]:
    found = []
    for group in protocol.safety.values():
        questions = [one for one in group.questions if not one.from_record]
        missing = sum(one.id not in visit.safety for one in questions)
        if missing:
            found.append(Unasked(group=group.name, missing=missing, of=len(questions)))
    return tuple(found)


def _name(protocol: Protocol, key: str) -> str:
    """What a reader calls a test or a score: the test's name, the story's question, else the id itself."""
    if key in protocol.tests:
        return protocol.tests[key].name
    return protocol.story[key].ask if key in protocol.story else key

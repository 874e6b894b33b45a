"""What goes onto each paper, drawn out of a patient's history. The last visit is the one printed."""

from collections.abc import Sequence
from typing import Any

from mmt.model.errors import PaperError
from mmt.model.exam_tests import MuscleTest
from mmt.model.grades import CODES
from mmt.model.papers import (
    ComparedChange,
    ComparisonSheet,
    LiftPage,
    PaperSize,
    ReferralLetter,
    Sheet,
    SheetItem,
    WarningCard,
)
from mmt.model.people import Letterhead
from mmt.model.protocol import Protocol
from mmt.model.review import Change, Offer, Review
from mmt.model.template import Template
from mmt.model.visit import History, Prescribed
from mmt.reasoning import no_lift
from mmt.reasoning.basis import name_of

from .facts import (
    conditions,
    grade_rows,
    lasting_yes,
    letter_alert,
    letter_finding,
    not_asked,
    score_courses,
    story_told,
)

_SHOWN_BY_GRADES = {"weakness", "side-difference", "pair", "dominance-expected", "substitution"}
"""Findings that a colleague reads off the grades themselves: a letter need not say them again."""

_OF_THE_RULE = ("first", "step", "weeks_least", "weeks_most", "limit", "stop_days", "recheck_weeks")

NOT_ASKED = "red-flags-not-asked"
"""The alert that counts the questions not asked: a letter lists them instead."""


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
        raise PaperError("No stretch is chosen for the sheet; choose one in the step Stretches.")
    items = tuple(_item(protocol, one) for one in prescribed)
    language = template.language(history.patient.language)
    if any(language not in item.stretch.text for item in items):
        language = "en"
    return Sheet(
        **_paper(history, letterhead, size, language),
        large_print=_large(history, large_print),
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
    say: str = "",
    size: PaperSize = "a4",
    large_print: bool | None = None,
) -> WarningCard:
    """The card for the patient who is sent to an emergency department, for what alerted or by the
    clinician's own words to `say` there; with neither, the page on when to get help."""
    groups = dict.fromkeys(one.rule for one in review.alerts if one.level == "emergency")
    language = template.language(history.patient.language)
    return WarningCard(
        **_paper(history, letterhead, size, language),
        large_print=_large(history, large_print),
        groups=tuple(groups),
        say=say,
    )


def lift_page_for(
    history: History,
    protocol: Protocol,
    review: Review,
    letterhead: Letterhead,
    template: Template,
    *,
    size: PaperSize = "a4",
    large_print: bool | None = None,
) -> LiftPage:
    """The page on shoe lifts, in the numbers of the rule and of what was measured.

    Raises PaperError where leg length was not measured, or where no lift is to be weighed, and why.
    """
    found, why = review.leg_length, no_lift(review.leg_length)
    if why or found is None or found.shorter is None or found.size is None:
        raise PaperError(why)
    rule = protocol.rules.lift
    errors = [one.error for one in found.methods if one.difference == found.size and one.error is not None]
    low, high = (
        min(round(found.size * share / 100), rule.limit) for share in (rule.share_from, rule.share_to)
    )
    return LiftPage(
        **_paper(history, letterhead, size, template.language(history.patient.language)),
        large_print=_large(history, large_print),
        shorter=found.shorter,
        apart=round(found.size),
        error=min(errors),
        low=low,
        high=high,
        **{name: getattr(rule, name) for name in _OF_THE_RULE},
        next_visit=history.visits[-1].next_visit,
    )


def referral_letter_for(
    history: History,
    protocol: Protocol,
    review: Review,
    letterhead: Letterhead,
    *,
    to: str = "",
    size: PaperSize = "a4",
) -> ReferralLetter:
    """The letter to a colleague: alerts with their facts, grades, red flags answered and not asked.

    What the clinician set aside is not told; dated notes are part of the clinician's own words.
    """
    visit = history.visits[-1]
    asked = [one for one in protocol.safety_questions.values() if one.id in visit.safety]
    alerts = [one for one in review.alerts if one.rule != NOT_ASKED]
    aside = {key for key, one in visit.decisions.items() if one.verdict == "set-aside"}
    told = [one for one in review.findings if one.rule not in _SHOWN_BY_GRADES and one.key not in aside]
    return ReferralLetter(
        **_paper(history, letterhead, size, "en"),
        to=to,
        alerts=tuple(letter_alert(one, protocol) for one in alerts),
        findings=tuple(letter_finding(one, review.leg_length, protocol) for one in told),
        scale=protocol.scales[visit.scale].name if visit.scale in protocol.scales else visit.scale,
        grades=grade_rows(visit, protocol),
        answered_yes=(*(one.ask for one in asked if visit.safety[one.id]), *lasting_yes(history, protocol)),
        answered_no=sum(not visit.safety[one.id] for one in asked),
        not_asked=not_asked(history, protocol),
        told=story_told(visit, protocol),
        present=conditions(history, protocol),
        absent=sum(answer is False for answer in visit.precautions.values()),
        action=visit.action,
        note="\n".join(filter(None, (visit.note, *(one.text for one in visit.addenda)))),
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
        changes=tuple(_compared(one, protocol) for one in changes),
        courses=score_courses(history, protocol),
        told=story_told(history.visits[-1], protocol, follow_up=True),
    )


def _compared(change: Change, protocol: Protocol) -> ComparedChange:
    graded = isinstance(protocol.tests.get(change.test), MuscleTest) and {change.from_, change.to} <= set(
        CODES
    )
    return ComparedChange(name=name_of(protocol, change.test), change=change, graded=graded)


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


def _large(history: History, wanted: bool | None) -> bool:
    """Whether a patient's paper is in large print: None takes the patient's own setting."""
    return history.patient.large_print if wanted is None else wanted


def _item(protocol: Protocol, prescribed: Prescribed) -> SheetItem:
    stretch = protocol.stretches.get(prescribed.stretch)
    if stretch is None:
        raise PaperError(
            f"The stretch {prescribed.stretch} is not in the library; choose another in the step Stretches."
        )
    return SheetItem(prescribed=prescribed, stretch=stretch, pictures=protocol.drawn(stretch.id))

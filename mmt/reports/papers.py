"""What goes onto each paper, drawn out of a patient's history. The last visit is the one printed."""

from collections.abc import Sequence
from typing import Any

from mmt.model.base import SIDES, Side
from mmt.model.errors import PaperError
from mmt.model.grades import rank
from mmt.model.observation import MEASURES, Observation
from mmt.model.papers import (
    ComparedChange,
    ComparisonSheet,
    GradeRow,
    LetterAlert,
    PaperSize,
    ReferralLetter,
    Sheet,
    SheetItem,
    Unasked,
    WarningCard,
)
from mmt.model.people import Letterhead
from mmt.model.protocol import Protocol
from mmt.model.review import Alert, Change, Offer, Reason, Review
from mmt.model.template import Template
from mmt.model.visit import History, Prescribed, Visit


_SHOWN_BY_GRADES = {"weakness", "side-difference", "pair", "dominance-expected", "substitution"}
"""Findings that a colleague reads off the grades themselves: a letter need not say them again."""


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
        alerts=tuple(_alert(one, protocol) for one in review.alerts),
        findings=tuple(one.text for one in review.findings if one.rule not in _SHOWN_BY_GRADES),
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


def _alert(alert: Alert, protocol: Protocol) -> LetterAlert:
    facts = dict.fromkeys(filter(None, (_fact(one, protocol) for one in alert.because)))
    return LetterAlert(level=alert.level, text=alert.text, facts=tuple(facts))


def _fact(reason: Reason, protocol: Protocol) -> str:
    """A reason in words: what was seen or answered. Reasons that only name a rule say nothing to a reader."""
    when = f" ({reason.date})" if reason.date else ""
    if reason.test is not None:
        seen = Observation(
            test=reason.test,
            **{name: getattr(reason, name) for name in (*MEASURES, "not_tested", "flags")},
        )
        if not seen.measured and seen.not_tested is None:
            return ""
        named = ", ".join(filter(None, (_name(protocol, reason.test), reason.side)))
        return f"{named}: {_with_flags(seen)}{when}"
    if reason.question is not None:
        question = protocol.safety_questions.get(reason.question)
        return f"{question.ask if question else reason.question} {_answer(reason.answer)}{when}"
    if reason.story is not None:
        return f"{_name(protocol, reason.story)}: {_answer(reason.answer)}{when}"
    return ""


def _answer(answer: object) -> str:
    if isinstance(answer, bool):
        return "yes" if answer else "no"
    return ", ".join(map(str, answer)) if isinstance(answer, tuple) else str(answer)


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

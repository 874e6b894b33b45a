"""The visit note: the record of a visit as SOAP with PART, on paper and as plain text."""

from collections.abc import Iterable, Iterator
from typing import Any

from mmt.model.base import SIDES
from mmt.model.observation import Observation
from mmt.model.papers import LetterFinding
from mmt.model.protocol import Protocol
from mmt.model.review import LEVELS, Change
from mmt.model.visit import Prescribed, Visit
from mmt.model.visit_note import PartLetter, SeenTest, VisitNote
from mmt.model.wording import COUNTED, plain, sentence
from mmt.reasoning.basis import dose_said, name_of, observed, place_said
from mmt.reasoning.part import part
from mmt.reasoning.wording import reason_said, worded
from mmt.reports.blocks.visit_note import KINDS, as_text, assessment, objective, opening, plan, subjective
from mmt.reports.document import Block, Document
from mmt.reports.facts import (
    conditions,
    goals_told,
    lasting_yes,
    letter_alert,
    letter_finding,
    not_asked,
    story_told,
    verdict_said,
)
from mmt.reports.record import Record

from .referral_letter import FINDINGS, NOT_ASKED, RED_FLAGS

SMALLEST = 9
"""Points: a note that needs more room than a page at this size takes more pages."""

_REFER = "pattern-upper"
"""What is no pattern but tells the examiner to refer; an alert names the signs."""

_EMPTY = "No note: nothing is recorded in this visit."


def _seen(visit: Visit, protocol: Protocol) -> Iterator[SeenTest]:
    """Every test with a value or a reason why it has none, in the order of the library."""
    tests = dict.fromkeys(one.test for one in visit.observations)
    for test in sorted(tests, key=[*protocol.tests, *tests].index):
        known = protocol.tests.get(test)
        kind = str(known.__struct_config__.tag) if known else "other"
        values = [(side, _trials(trials)) for side in (*SIDES, None) if (trials := visit.seen(test, side))]
        yield SeenTest(kind=kind, name=name_of(protocol, test), values=tuple(values))


def _trials(trials: Iterable[Observation]) -> str:
    first, *more = map(_value, trials)
    return f"{first} (then {', '.join(more)})" if more else first


def _value(one: Observation) -> str:
    """A value with its flags and its variant; why it was not tested where it was not."""
    if one.not_tested is not None:
        return f"not tested ({one.not_tested})"
    return f"{observed(one)} ({one.variant})" if one.variant else observed(one)


def _change(one: Change, protocol: Protocol) -> str:
    """`Tibialis anterior, left: 4 → 2, worse, real`."""
    return f"{place_said(protocol, one.test, one.side)}: {one.from_} → {one.to}, {verdict_said(one)}"


def _given(one: Prescribed, protocol: Protocol) -> str:
    name = ", ".join(filter(None, (name_of(protocol, one.stretch), one.side)))
    note = f". {one.note}" if one.note else ""
    return f"{name}: {dose_said(one.dose)}{note}"


def _decided(record: Record, verdict: str) -> tuple[LetterFinding, ...]:
    legs, protocol = record.review.leg_length, record.protocol
    chosen = {key for key, one in record.visit.decisions.items() if one.verdict == verdict}
    return tuple(letter_finding(one, legs, protocol) for one in record.review.findings if one.key in chosen)


def _fill(record: Record, head: dict[str, Any]) -> VisitNote:
    history, protocol, review, visit = record.history, record.protocol, record.review, record.visit
    asked = [one for one in protocol.safety_questions.values() if one.id in visit.safety]
    letters = part(visit, review, protocol)
    told = [one.told for one in review.changes]
    return VisitNote(
        **head,
        accepted=_decided(record, "accepted"),
        set_aside=_decided(record, "set-aside"),
        told=story_told(visit, protocol),
        goals=goals_told(history, protocol),
        home=tuple(reason_said(one, protocol) for one in review.home),
        answered_yes=(*(one.ask for one in asked if visit.safety[one.id]), *lasting_yes(history, protocol)),
        answered_no=sum(not visit.safety[one.id] for one in asked),
        not_asked=not_asked(history, protocol),
        present=conditions(history, protocol),
        absent=sum(answer is False for answer in visit.precautions.values()),
        scale=protocol.scales[visit.scale].name if visit.scale in protocol.scales else visit.scale,
        seen=tuple(_seen(visit, protocol)),
        alerts=tuple(letter_alert(one, protocol) for one in review.alerts if one.rule != NOT_ASKED),
        part=tuple(
            PartLetter(letter=letter, facts=tuple(dict.fromkeys(reason_said(one, protocol) for one in why)))
            for letter, why in letters.items()
        ),
        patterns=tuple(worded(one.said, protocol) for one in review.patterns if one.said[0].key != _REFER),
        changes=tuple(_change(one, protocol) for one in review.changes if one.told in ("better", "worse")),
        same=told.count("same"),
        within=told.count("within-noise"),
        own_words=visit.note,
        action=visit.action,
        went_on=visit.override,
        sheet=None
        if visit.prescription is None
        else tuple(_given(one, protocol) for one in visit.prescription),
        dated_notes=visit.addenda,
    )


def _items(record: Record) -> tuple[str, ...]:
    """The rules of what is told, and the tests that were done."""
    told = [one.rule for one in record.review.alerts] + [one.rule for one in record.review.findings]
    rules = filter(None, map(record.protocol.ruled_by, told))
    tests = dict.fromkeys(f"tests:{one.test}" for one in record.visit.observations)
    return (*rules, "rules:part", *tests)


_LETTERS = ("pain", "asymmetry", "range", "tissue")

DOCUMENT = Document(
    id="visit-note",
    title="Visit note",
    key="7",
    items=_items,
    blocks={
        "opening": Block(
            opening,
            {
                **plain("title"),
                "born": sentence("birth_date", "age"),
                "examined": sentence("date", "practitioner"),
                "chart": sentence("number"),
            },
        ),
        "subjective": Block(
            subjective,
            {
                **RED_FLAGS,
                **plain("subjective", "told", "goals", "home", "conditions"),
                "present": sentence("names"),
                "absent": COUNTED,
            },
        ),
        "objective": Block(
            objective,
            {
                **plain("objective", "seen-none", "not-listed", *(f"seen-{kind}" for kind in KINDS)),
                "seen-scale": sentence("scale"),
                "seen-same": sentence("value", "tests"),
            },
        ),
        "assessment": Block(
            assessment,
            {
                **{key: held for key, held in FINDINGS.items() if key != "findings"},
                **plain("assessment", "alerts", *(f"level-{level}" for level in LEVELS)),
                **plain("part", *(f"part-{letter}" for letter in _LETTERS), "part-none"),
                **plain("accepted", "set-aside", "patterns", "changes", "own-words"),
                "unchanged": COUNTED,
                "within": COUNTED,
            },
        ),
        "plan": Block(
            plan,
            {
                **plain("plan", "action", "went-on", "sheet", "sheet-none", "next-visit", "dated-notes"),
                "by": sentence("text", "by"),
                "dated": sentence("day", "text", "by"),
            },
        ),
    },
    fill=_fill,
    smallest=lambda _: SMALLEST,
    refused=lambda record: _EMPTY if record.visit.empty else "",
    plain=as_text,
)

"""The letter to a colleague: what was found and how urgent it is, on one page."""

from typing import Any

from mmt.model.papers import ReferralLetter
from mmt.model.review import LEVELS, Alert
from mmt.model.wording import COUNTED, plain, sentence
from mmt.reports.blocks.letter import (
    action,
    addressee,
    alerts,
    findings,
    grades,
    note,
    red_flags,
    signature,
    told,
    urgency,
)
from mmt.reports.document import Block, Document, Question
from mmt.reports.facts import (
    conditions,
    goals_told,
    grade_rows,
    lasting_yes,
    letter_alert,
    letter_finding,
    not_asked,
    story_told,
)
from mmt.reports.record import Record

SMALLEST = 8.5
"""Points: a letter is set no smaller than this to come onto one page."""

_ASKS = Question(
    words="To whom is the letter?", hint="Enter makes it; empty leaves a line to write on. Esc makes none."
)
_NO_REASON = (
    "No letter without a reason: nothing alerts, and no finding is accepted. Accept a finding in the step "
    "Findings, or write in your own words why you refer (N in the step Sign)."
)
_NO_DATED_REASON = (
    "No letter without a reason: nothing alerts, and no finding was accepted. Write in your own words why "
    "you refer, as a dated note (A)."
)
_NOT_TOLD = {"weakness", "side-difference", "pair", "dominance-expected", "substitution", "at-home"}
"""Findings that a colleague reads off the grades themselves, and what is proposed of the patient's sheet."""

NOT_ASKED = "red-flags-not-asked"
"""The alert that counts the questions not asked: a letter lists them instead."""


def _alerts(record: Record) -> list[Alert]:
    return [one for one in record.review.alerts if one.rule != NOT_ASKED]


def _refused(record: Record) -> str:
    """Why there is no letter: nothing alerts, was accepted or was written to ask a colleague about."""
    visit = record.visit
    accepted = {key for key, one in visit.decisions.items() if one.verdict == "accepted"}
    found = any(one.key in accepted and one.stretch is None for one in record.review.findings)
    if _alerts(record) or found or visit.action or visit.note or visit.addenda:
        return ""
    return _NO_DATED_REASON if visit.signed else _NO_REASON


def _fill(record: Record, head: dict[str, Any]) -> ReferralLetter:
    """What the clinician set aside is not told; dated notes are part of the clinician's own words."""
    history, protocol, review, visit = record.history, record.protocol, record.review, record.visit
    asked = [one for one in protocol.safety_questions.values() if one.id in visit.safety]
    aside = {key for key, one in visit.decisions.items() if one.verdict == "set-aside"}
    found = [one for one in review.findings if one.rule not in _NOT_TOLD and one.key not in aside]
    return ReferralLetter(
        **head,
        to=record.wanted.typed,
        alerts=tuple(letter_alert(one, protocol) for one in _alerts(record)),
        findings=tuple(letter_finding(one, review.leg_length, protocol) for one in found),
        scale=protocol.scales[visit.scale].name if visit.scale in protocol.scales else visit.scale,
        grades=grade_rows(visit, protocol),
        answered_yes=(*(one.ask for one in asked if visit.safety[one.id]), *lasting_yes(history, protocol)),
        answered_no=sum(not visit.safety[one.id] for one in asked),
        not_asked=not_asked(history, protocol),
        told=(*story_told(visit, protocol), *goals_told(history, protocol)),
        present=conditions(history, protocol),
        absent=sum(answer is False for answer in visit.precautions.values()),
        action=visit.action,
        went_on=visit.override,
        note="\n".join(filter(None, (visit.note, *(one.text for one in visit.addenda)))),
    )


RED_FLAGS = {
    **plain("red-flags", "answered-yes", "none-yes", "all-asked"),
    "answered-no": COUNTED,
    "not-asked": sentence("questions"),
    "not-asked-group": sentence("group", "missing", "of"),
}
_GRADES = {
    **plain("grades", *(f"grades-{part}" for part in ("test", "right", "left"))),
    "grades-same": sentence("value", "tests"),
    "grades-key": sentence("scale"),
}
_LEG_READINGS = ("functional", "structural", "structural-compensated", "inconclusive")
"""What the methods can say together of a difference in leg length, so that a letter tells it."""

FINDINGS = {
    **plain("findings", *(f"finding-{side}" for side in ("left", "right", "midline"))),
    "finding-sign": sentence("name", "side"),
    **{f"finding-leg-{reading}": sentence("side", "size") for reading in _LEG_READINGS},
}


def _items(record: Record) -> tuple[str, ...]:
    """The rules of what is told, and the tests that were done."""
    ruled_by = record.protocol.ruled_by
    told = [one.rule for one in record.review.alerts] + [one.rule for one in record.review.findings]
    rules = filter(None, map(ruled_by, told))
    return (*rules, *(f"tests:{one.test}" for one in record.visit.observations))


DOCUMENT = Document(
    id="referral-letter",
    title="Referral letter",
    key="4",
    items=_items,
    blocks={
        "addressee": Block(addressee, {"to": sentence("to"), "about": sentence("name", "birth_date", "age")}),
        "urgency": Block(urgency, plain(*(f"urgency-{level}" for level in LEVELS))),
        "alerts": Block(alerts, {**plain("alerts"), "went-on": sentence("reason", "by")}),
        "red-flags": Block(red_flags, RED_FLAGS),
        "told": Block(told, {**plain("told"), "told-present": sentence("names"), "told-absent": COUNTED}),
        "grades": Block(grades, _GRADES),
        "findings": Block(findings, FINDINGS),
        "action": Block(action, plain("action")),
        "note": Block(note, plain("note")),
        "signature": Block(
            signature, {**plain("closing", "signature-date"), "signature": sentence("practitioner")}
        ),
    },
    fill=_fill,
    smallest=lambda _: SMALLEST,
    asks=lambda _: _ASKS,
    refused=_refused,
)

"""The letter to a colleague: what is asked, how soon and why, on one page; the whole exam is its annex."""

from collections.abc import Iterable
from typing import Any, get_args

from mmt.model.papers import LetterChange, LetterFinding, ReferralLetter
from mmt.model.review import LEVELS, Alert, Confidence, Finding
from mmt.model.wording import COUNTED, plain, sentence
from mmt.reasoning.basis import place_said
from mmt.reasoning.wording import reason_said
from mmt.reports.blocks.annex import all_changes, annex, basis, findings, grades, told, whole_note
from mmt.reports.blocks.letter import (
    action,
    addressee,
    changes,
    key_grades,
    note,
    pain,
    red_flags,
    request,
    signature,
    tried,
    why,
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
    story_by_topic,
    verdict_said,
)
from mmt.reports.record import Record

SMALLEST = 8.5
"""Points: a letter is set no smaller than this to come onto one page."""

_ASKS = (
    Question(
        words="To whom is the letter?",
        hint="Enter goes on; empty leaves a line to write on. Esc makes none.",
        addressee=True,
    ),
    Question(
        words="What do you ask of them?",
        hint="Enter makes the letter; empty asks for an opinion as soon as the alerts tell. Esc makes none.",
    ),
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

_KEY = 6
"""So many tests at most stand on the page of the letter itself."""

_SURE: tuple[Confidence, ...] = get_args(Confidence)

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


def _key_tests(record: Record, standing: Iterable[Finding]) -> tuple[str, ...]:
    """The tests that alerts are about, then those of findings that are more than possible, as many as the
    page of a letter holds."""
    alerts = (why.test for one in _alerts(record) for why in one.because if why.seen)
    found = (one.test for one in standing if one.strength != "possible")
    return tuple(dict.fromkeys(filter(None, (*alerts, *found))))[:_KEY]


def _since(record: Record) -> dict[str, Any]:
    """What changed since the visit that it is compared with, what is worse and what is surest first."""
    if len(record.history.visits) < 2:
        return {}
    compared, protocol = record.compared, record.protocol
    moved = [one for one in compared.changes if one.told in ("worse", "better")]
    moved.sort(key=lambda one: (one.told == "better", _SURE.index(one.confidence or "possible")))
    rows = (
        LetterChange(
            name=place_said(protocol, one.test, one.side),
            then=one.from_,
            now=one.to,
            verdict=verdict_said(one),
        )
        for one in moved
    )
    return {"since": compared.then.date, "changes": tuple(rows)}


def _fill(record: Record, head: dict[str, Any]) -> ReferralLetter:
    """What the clinician set aside is not told; dated notes are part of the clinician's own words."""
    history, protocol, review, visit = record.history, record.protocol, record.review, record.visit
    asked = [one for one in protocol.safety_questions.values() if one.id in visit.safety]
    aside = {key for key, one in visit.decisions.items() if one.verdict == "set-aside"}
    standing = [one for one in review.findings if one.key not in aside]
    accepted = {key for key, one in visit.decisions.items() if one.verdict == "accepted"}
    story = story_by_topic(visit, protocol)
    pain, treatment = (story.pop(topic, "") for topic in ("pain", "treatment"))
    home = (reason_said(one, protocol) for one in review.home)

    def told(found: Iterable[Finding]) -> tuple[LetterFinding, ...]:
        return tuple(letter_finding(one, review.leg_length, protocol) for one in found)

    return ReferralLetter(
        **head,
        **_since(record),
        to=record.wanted.answer(0),
        ask=record.wanted.answer(1),
        alerts=tuple(letter_alert(one, protocol) for one in _alerts(record)),
        accepted=told(one for one in standing if one.key in accepted and one.stretch is None),
        key_grades=grade_rows(visit, protocol, _key_tests(record, standing)),
        pain=(pain,) if pain else (),
        tried=tuple(filter(None, (treatment, *home))),
        findings=told(one for one in standing if one.rule not in _NOT_TOLD),
        scale=protocol.scales[visit.scale].name if visit.scale in protocol.scales else visit.scale,
        grades=grade_rows(visit, protocol),
        answered_yes=(*(one.ask for one in asked if visit.safety[one.id]), *lasting_yes(history, protocol)),
        answered_no=sum(not visit.safety[one.id] for one in asked),
        not_asked=not_asked(history, protocol),
        told=(*story.values(), *goals_told(history, protocol)),
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
_COLUMNS = plain(*(f"grades-{part}" for part in ("test", "right", "left")))
_GRADES = {
    **plain("grades"),
    **_COLUMNS,
    "grades-same": sentence("value", "tests"),
    "grades-key": sentence("scale"),
}
_REQUEST = plain(
    *(f"urgency-{level}" for level in LEVELS), "ask", "ask-plain", *(f"ask-{level}" for level in LEVELS)
)
_CHANGES = {
    "changes": sentence("then"),
    **plain("changes-what", "changes-now", "changes-none"),
    "changes-more": COUNTED,
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
        "request": Block(request, _REQUEST),
        "why": Block(why, {**plain("why"), "why-more": COUNTED, "went-on": sentence("reason", "by")}),
        "changes": Block(changes, _CHANGES),
        "key-grades": Block(key_grades, plain("key-grades")),
        "red-flags": Block(red_flags, RED_FLAGS),
        "pain": Block(pain, plain("pain")),
        "tried": Block(tried, plain("tried")),
        "action": Block(action, plain("action")),
        "note": Block(note, plain("note", "note-annexed")),
        "signature": Block(
            signature,
            {**plain("closing", "closing-annex", "signature-date"), "signature": sentence("practitioner")},
        ),
        "annex": Block(annex, plain("annex")),
        "basis": Block(basis, plain("basis")),
        "told": Block(told, {**plain("told"), "told-present": sentence("names"), "told-absent": COUNTED}),
        "grades": Block(grades, _GRADES),
        "findings": Block(findings, FINDINGS),
        "all-changes": Block(all_changes, plain("all-changes")),
        "whole-note": Block(whole_note, {}),
    },
    fill=_fill,
    smallest=lambda _: SMALLEST,
    asks=lambda _: _ASKS,
    refused=_refused,
)

"""What the clinician accepted as Condition, the stretches of the sheet as CarePlan with ServiceRequests."""

from collections.abc import Iterator

import msgspec

from mmt.model.codes import Codes
from mmt.model.review import Finding
from mmt.model.visit import Decision, Dose, Prescribed, Visit
from mmt.reasoning.wording import worded

from .parts import (
    Json,
    code_in,
    concept,
    extension,
    hl7,
    inner,
    known,
    measured,
    own,
    reference,
    side_of,
    system,
    within,
    without_empty,
)
from .people import practitioner
from .sent import SentVisit, Words, moment

_OF_MUSCLES = {
    *("weakness", "side-difference", "pair", "substitution", "short"),
    *("pattern-lower-crossed", "pattern-upper-crossed"),
}
"""The rules of findings about muscles: what else may be accepted is a sign, which an Observation tells, a
course, or what is proposed of the sheet."""


def conditions(sent: SentVisit, who: Json, visit: Json, seen: list[Json], words: Words) -> Iterator[Json]:
    """The findings about muscles that were accepted, each with the observations that it rests on: something
    to consider, never a diagnosis."""
    for finding, decision in accepted(sent.visit, words):
        side = side_of(finding.side, words.codes)
        yield without_empty(
            {
                "resourceType": "Condition",
                "id": within(sent.uid, "finding", finding.key),
                "identifier": [{"system": system("findings"), "value": finding.key}],
                "clinicalStatus": concept(hl7("condition-clinical", "active")),
                "verificationStatus": concept(hl7("condition-ver-status", "provisional")),
                "category": [concept(hl7("condition-category", "problem-list-item"))],
                "code": concept(text=worded(finding.said, words.protocol)),
                "bodySite": [*side.values()],
                "subject": reference(who),
                "encounter": reference(visit),
                "recordedDate": moment(decision.at),
                "asserter": reference(practitioner(sent.site, decision.by)),
                "evidence": [{"detail": [*map(reference, about)]}]
                if (about := [one for one in seen if _is_because(one, finding)])
                else [],
            }
        )


def accepted(visit: Visit, words: Words) -> Iterator[tuple[Finding, Decision]]:
    """The findings about muscles and patterns of muscles that were accepted."""
    for finding in words.findings:
        decision = visit.decisions.get(finding.key)
        if decision and decision.verdict == "accepted" and finding.rule in _OF_MUSCLES:
            yield finding, decision


def _is_because(seen: Json, finding: Finding) -> bool:
    """Whether a finding rests on an Observation of this visit."""
    place = code_in(seen["code"], "tests"), code_in(seen.get("bodySite"), "sides")
    return place in {(one.test, one.side or "") for one in finding.because if one.seen and not one.date}


def care_plan(sent: SentVisit, who: Json, visit: Json, by: Json, words: Words) -> list[Json]:
    """The sheet of a visit, a request a stretch in its order; none where none was decided on."""
    chosen = sent.visit.prescription
    if chosen is None:
        return []
    around = {"subject": reference(who), "encounter": reference(visit)}
    requests = [
        _request(sent, at, one, {**around, "requester": reference(by)}, words)
        for at, one in enumerate(chosen)
    ]
    plan = {
        "resourceType": "CarePlan",
        "id": within(sent.uid, "plan"),
        "status": "active",
        "intent": "plan",
        "title": "Stretches at home",
        **around,
        "created": sent.day,
        "author": reference(by),
        "activity": [{"reference": reference(one)} for one in requests],
    }
    return [*requests, without_empty(plan)]


def _request(sent: SentVisit, at: int, one: Prescribed, around: Json, words: Words) -> Json:
    known_as = words.protocol.stretches.get(one.stretch)
    name = known_as.name if known_as else ""
    return without_empty(
        {
            "resourceType": "ServiceRequest",
            "id": within(sent.uid, "stretch", at),
            "extension": [
                extension("dose", extension=_dose(one.dose)),
                extension("why", valueString=one.why),
                *(extension("ticked", valueString=code) for code in one.ticked),
            ],
            "status": "active",
            "intent": "plan",
            "code": concept(
                *known(words.codes, f"stretches:{one.stretch}"),
                own("stretches", one.stretch, name),
                text=name or one.stretch,
            ),
            **around,
            "authoredOn": sent.day,
            "occurrenceTiming": {"repeat": _often(one.dose, words.codes)},
            "bodySite": [held] if (held := side_of(one.side, words.codes).get("bodySite")) else [],
            "patientInstruction": one.note,
        }
    )


def _often(dose: Dose, codes: Codes) -> Json:
    """How often as FHIR has it; the dose to the second stands in the extension."""
    often = {"frequency": dose.per_day, "period": 1, "periodUnit": "d"} if dose.per_day > 0 else {}
    return {"boundsDuration": measured(dose.weeks, "weeks", codes), **often}


def _dose(dose: Dose) -> list[Json]:
    held = msgspec.structs.asdict(dose)
    return [inner(name, valueInteger=value) for name, value in held.items() if value is not None]

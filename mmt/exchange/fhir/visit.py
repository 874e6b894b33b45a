"""A signed visit as a transaction Bundle: who and where first, the signature last, which closes it."""

import base64
from collections.abc import Iterator

from mmt.model.rights import Disclosure
from mmt.model.visit import Addendum, Visit

from .parts import (
    Json,
    concept,
    extension,
    hl7,
    identifier,
    inner,
    known,
    own,
    reference,
    within,
    without_empty,
)
from .people import organization, patient, practitioner
from .planned import accepted, care_plan, conditions
from .seen import observation, refers
from .sent import SentPatient, SentVisit, Words, moment
from .told import answers


def bundle_of_patient(*sent: SentPatient) -> Json:
    """Patients without their visits: who is referred to comes before who refers to them."""
    homes = [organization(one.site, one.site_name) for one in sent]
    return transaction([*homes, *map(patient, sent)])


def bundle_of_visit(sent: SentVisit, words: Words) -> Json:
    """A visit with all that is kept of it. Sent twice it is there once: each resource is put under its id."""
    who, clinic = patient(sent.of), organization(sent.site, sent.site_name)
    homes = [organization(sent.of.site, sent.of.site_name), clinic]
    by = practitioner(sent.site, sent.visit.examiner)
    visit = _encounter(sent, who, clinic, by, words)
    around = refers(sent, who, visit, by)
    seen = [observation(sent, one, around, words) for one in sent.visit.observations]
    kept = [
        *seen,
        *answers(sent, around, words),
        *conditions(sent, who, visit, seen, words),
        *care_plan(sent, who, visit, by, words),
        *_notes(sent, who, visit, words),
    ]
    papers = [_paper(sent, one, who, visit) for one in sent.papers]
    people = [practitioner(sent.site, name) for name in _names(sent)]
    return transaction(
        [*homes, who, *people, visit, *papers, *kept, _provenance(sent, clinic, [visit, *kept], words)]
    )


def transaction(resources: list[Json]) -> Json:
    """A Bundle that puts each resource under its id, all of them or none."""
    by_id = {(one["resourceType"], one["id"]): one for one in resources}
    return {
        "resourceType": "Bundle",
        "type": "transaction",
        "entry": [
            {
                "fullUrl": f"urn:uuid:{one['id']}",
                "resource": one,
                "request": {"method": "PUT", "url": f"{one['resourceType']}/{one['id']}"},
            }
            for one in by_id.values()
        ],
    }


def _names(sent: SentVisit) -> list[str]:
    """Everybody whose name stands in a visit, the examiner first."""
    visit = sent.visit
    signed = [visit.signature.by] if visit.signature else []
    decided = [one.by for one in visit.decisions.values()]
    wrote = [*(one.by for one in visit.addenda), *(one.by for one in sent.papers)]
    return [*dict.fromkeys([visit.examiner, *decided, *wrote, *signed])]


def _encounter(sent: SentVisit, who: Json, clinic: Json, by: Json, words: Words) -> Json:
    visit = sent.visit
    return without_empty(
        {
            "resourceType": "Encounter",
            "id": sent.uid,
            "extension": [*_beside(visit), *_decided(visit, words)],
            "identifier": [identifier(sent.site, "visit", str(visit.id))],
            "status": "finished",
            "class": hl7("v3-ActCode", "AMB"),
            "type": [concept(own("exams", visit.exam))] if visit.exam else [],
            "subject": reference(who),
            "participant": [{"individual": reference(by)}],
            "period": {"start": sent.day, "end": sent.day},
            "serviceProvider": reference(clinic),
        }
    )


def _beside(visit: Visit) -> Iterator[Json]:
    """What FHIR has no element for."""
    yield extension("scale", valueCode=visit.scale)
    for name in ("action", "next_visit"):
        if told := getattr(visit, name):
            yield extension(name.replace("_", "-"), valueString=told)
    if visit.entered:
        yield extension("entered", valueDate=visit.entered.isoformat())
    if visit.blind:
        yield extension("blind", valueBoolean=True)
    if why := visit.override:
        covers = (inner("covers", valueString=one) for one in why.covers)
        said = (inner("reason", valueString=why.reason), inner("by", valueString=why.by))
        yield extension("override", extension=[*said, inner("at", valueInstant=moment(why.at)), *covers])


def _decided(visit: Visit, words: Words) -> Iterator[Json]:
    """What was decided about findings, but for those that are Conditions."""
    told = {finding.key for finding, _ in accepted(visit, words)}
    for finding, one in visit.decisions.items():
        if finding not in told:
            said = (inner("finding", valueString=finding), inner("by", valueString=one.by))
            yield extension(one.verdict, extension=[*said, inner("at", valueInstant=moment(one.at))])


def _notes(sent: SentVisit, who: Json, visit: Json, words: Words) -> Iterator[Json]:
    """The clinician's note, and each dated note."""
    if sent.visit.note and sent.visit.signature:
        own_words = Addendum(text=sent.visit.note, by=sent.visit.examiner, at=sent.visit.signature.at)
        yield _document(sent, "note", own_words, who, visit, words)
    for at, one in enumerate(sent.visit.addenda):
        yield _document(sent, f"addendum-{at}", one, who, visit, words)


def _document(sent: SentVisit, kind: str, one: Addendum, who: Json, visit: Json, words: Words) -> Json:
    name = kind.partition("-")[0]
    return {
        "resourceType": "DocumentReference",
        "id": within(sent.uid, kind),
        "status": "current",
        "type": concept(*known(words.codes, "note"), own("documents", name)),
        "subject": reference(who),
        "date": moment(one.at),
        "author": [reference(practitioner(sent.site, one.by))],
        "content": [
            {
                "attachment": {
                    "contentType": "text/plain; charset=utf-8",
                    "data": base64.b64encode(one.text.encode()).decode(),
                }
            }
        ],
        "context": {"encounter": [reference(visit)]},
    }


def _paper(sent: SentVisit, one: Disclosure, who: Json, visit: Json) -> Json:
    """A paper that was given out: what, when, to whom; not the paper itself."""
    return without_empty(
        {
            "resourceType": "DocumentReference",
            "id": within(sent.uid, "paper", one.what, moment(one.at)),
            "status": "current",
            "type": concept(own("documents", "paper"), text=one.what),
            "subject": reference(who),
            "date": moment(one.at),
            "author": [reference(practitioner(sent.site, one.by))],
            "description": one.to,
            "content": [{"attachment": {"title": one.what, "creation": moment(one.at)}}],
            "context": {"encounter": [reference(visit)]},
        }
    )


def _provenance(sent: SentVisit, clinic: Json, kept: list[Json], words: Words) -> Json:
    """Who signed all of it, when, over which digest."""
    signature = sent.visit.signature
    assert signature is not None, "only what is signed goes out"
    signer = reference(practitioner(sent.site, signature.by))
    proof = {"sigFormat": "application/octet-stream", "data": _base64(sent.ed25519)} if sent.ed25519 else {}
    return {
        "resourceType": "Provenance",
        "id": within(sent.uid, "signature"),
        "extension": [extension("digest", valueString=signature.digest)],
        "target": [reference(one) for one in kept],
        "recorded": moment(signature.at),
        "agent": [
            {
                "type": concept(hl7("provenance-participant-type", "author")),
                "who": signer,
                "onBehalfOf": reference(clinic),
            }
        ],
        "signature": [
            {
                "type": [*known(words.codes, "signature:author")],
                "when": moment(signature.at),
                "who": signer,
                **proof,
            }
        ],
    }


def _base64(hexadecimal: str) -> str:
    return base64.b64encode(bytes.fromhex(hexadecimal)).decode()

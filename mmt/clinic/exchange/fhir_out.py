"""Signed visits as FHIR, a line a transaction Bundle."""

from collections.abc import Iterator

import msgspec
from msgspec.structs import replace

from mmt.clinic.practice import Practice
from mmt.exchange.fhir.parts import Json, within
from mmt.exchange.fhir.sent import SentPatient, SentVisit, Words
from mmt.exchange.fhir.visit import bundle_of_patient, bundle_of_visit
from mmt.model.people import Patient
from mmt.model.visit import History, Visit
from mmt.reasoning import concluded
from mmt.storage import disclosures, patients, stable_ids

from .chosen import Chosen, Progress, Tell, histories, protocol_of


def lines(clinic: Practice, chosen: Chosen, progress: Progress, tell: Tell) -> Iterator[bytes]:
    """A Bundle a visit, by patient, the oldest visit first; of who has none one with the patient alone."""
    for history in histories(clinic, chosen, progress, tell):
        who = sent_patient(clinic, history.patient)
        bundles = [
            visit_bundle(clinic, who, history, at)
            for at, visit in enumerate(history.visits)
            if chosen.tells(visit)
        ]
        for bundle in bundles or [bundle_of_patient(who)]:
            yield msgspec.json.encode(bundle) + b"\n"


def visit_bundle(clinic: Practice, who: SentPatient, history: History, at: int) -> Json:
    """The Bundle of one visit of a history that holds signed ones alone, by its place there."""
    sent = sent_visit(clinic, who, history.visits[at])
    return bundle_of_visit(sent, _words(clinic, history.up_to(at)))


def patient_bundle(clinic: Practice, patient: Patient, record: int) -> Json:
    """The Bundle of a patient's own data, as a `record` has them that is read with those of this patient."""
    who = sent_patient(clinic, patient)
    if record == patient.id:
        return bundle_of_patient(who)
    with clinic.store.reading() as db:
        other = patients.read(db, record)
    return bundle_of_patient(who, replace(sent_patient(clinic, other), read_with=who.uid))


def _words(clinic: Practice, history: History) -> Words:
    """What things are called at the last visit of a history; what was found is worked out where something
    was accepted."""
    visit = history.visits[-1]
    protocol = protocol_of(clinic, visit)
    accepted = any(one.verdict == "accepted" for one in visit.decisions.values())
    findings = concluded(history, protocol)[1] if accepted else ()
    return Words(protocol=protocol, codes=clinic.content.codes, findings=findings)


def sent_patient(clinic: Practice, patient: Patient) -> SentPatient:
    """A patient of the clinic under the name that stays."""
    with clinic.store.reading() as db:
        uid, home = stable_ids.uid_of(db, patient.id), stable_ids.clinic(db)
    bare = replace(patient, id=0)
    return SentPatient(uid=uid, patient=bare, site=home.uid, site_name=clinic.letterhead.name)


def sent_visit(clinic: Practice, who: SentPatient, visit: Visit) -> SentVisit:
    """A signed visit under the name that stays. One that was signed here by a file alone is of no clinic
    that is known."""
    with clinic.store.reading() as db:
        uid, site, number, ed25519 = stable_ids.signed_under(db, visit.id)
        papers = disclosures.of_visit(db, visit.id)
    elsewhere = visit.signature.site if visit.signature else ""
    return SentVisit(
        uid=uid,
        of=who,
        site=within(site, elsewhere) if elsewhere and site == who.site else site,
        site_name=elsewhere or who.site_name,
        visit=replace(visit, id=number),
        ed25519=ed25519,
        papers=papers,
    )

"""Signed visits as FHIR, a line a transaction Bundle."""

from collections.abc import Iterator

import msgspec
from msgspec.structs import replace

from mmt.clinic.practice import Practice
from mmt.exchange.fhir.sent import SentPatient, SentVisit, Words
from mmt.exchange.fhir.visit import bundle_of_patient, bundle_of_visit
from mmt.model.people import Patient
from mmt.model.visit import Visit
from mmt.storage import disclosures, stable_ids

from .chosen import Chosen, Progress, Tell, histories, protocol_of


def lines(clinic: Practice, chosen: Chosen, progress: Progress, tell: Tell) -> Iterator[bytes]:
    """A Bundle a visit, by patient, the oldest visit first; of who has none one with the patient alone."""
    for history in histories(clinic, chosen, progress, tell):
        who = sent_patient(clinic, history.patient)
        sent = [sent_visit(clinic, who, one) for one in history.visits]
        bundles = [
            bundle_of_visit(one, Words(protocol=protocol_of(clinic, kept), codes=clinic.content.codes))
            for one, kept in zip(sent, history.visits, strict=True)
        ]
        for bundle in bundles or [bundle_of_patient(who)]:
            yield msgspec.json.encode(bundle) + b"\n"


def sent_patient(clinic: Practice, patient: Patient) -> SentPatient:
    """A patient of the clinic under the name that stays."""
    with clinic.store.reading() as db:
        uid, home = stable_ids.uid_of(db, patient.id), stable_ids.clinic(db)
    bare = replace(patient, id=0)
    return SentPatient(uid=uid, patient=bare, site=home.uid, site_name=clinic.letterhead.name)


def sent_visit(clinic: Practice, who: SentPatient, visit: Visit) -> SentVisit:
    """A signed visit under the name that stays, as the clinic knows it where it was signed."""
    with clinic.store.reading() as db:
        uid, site, number, ed25519 = stable_ids.signed_under(db, visit.id)
        papers = disclosures.of_visit(db, visit.id)
    return SentVisit(
        uid=uid,
        of=who,
        site=site.uid,
        site_name=site.name or clinic.letterhead.name,
        visit=replace(visit, id=number),
        ed25519=ed25519,
        papers=papers,
    )

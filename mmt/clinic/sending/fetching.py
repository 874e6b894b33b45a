"""A patient's visits at other sites, as the server tells them: to be read, and nothing else."""

import datetime
from contextlib import closing

from mmt.clinic.allowed import BLIND_OPEN, obey
from mmt.clinic.practice import Practice
from mmt.exchange.fhir.fetched import fetched_visits, named_in, signature_of
from mmt.exchange.fhir.parts import Json, identifier
from mmt.model.acts import Act
from mmt.model.errors import ClinicError
from mmt.model.sending import FetchedVisit, Server
from mmt.storage import acts, fetched, outbox, stable_ids
from mmt.wire import LostError, Wire

from .asking import FOUND_BY_PATIENT, Asking, dicts

_LOST = "{did} Nothing was fetched; what was fetched before stays as it is."
_UNSEARCHED = "The server does not find {kind} by the patient (status {status}): nothing can be fetched."
_NEEDED = ("Encounter", "Observation")
"""Without these nothing can be told of a visit; a server may know nothing of the others."""


def fetch(clinic: Practice, server: Server, patient: int) -> tuple[FetchedVisit, ...]:
    """Ask the server for the visits of a patient that were made elsewhere, and keep what it tells.

    Raises ClinicError with a sentence; then what was kept before stays.
    """
    history = clinic.history(patient)
    refuse_blind(clinic, patient)
    with clinic.store.reading() as db:
        people = [f"Patient/{stable_ids.uid_of(db, one.id)}" for one in history.people]
        token, site = outbox.token(db), stable_ids.clinic(db).uid
    clinic.store.log(Act.FETCHED, patient=patient)
    try:
        with closing(Wire(server, token)) as wire:
            there = _there(clinic, Asking(wire), people, site)
    except LostError as error:
        raise ClinicError(_LOST.format(did=server.did(error))) from None
    found = tuple(fetched_visits(there))
    with clinic.store.writing(Act.FETCHED, patient=patient) as db:
        fetched.keep(db, patient, found, clinic.now())
    return found


def kept(clinic: Practice, patient: int) -> tuple[tuple[FetchedVisit, ...], datetime.datetime | None]:
    """What was fetched last of a patient, and when. Raises ClinicError where it may not be seen."""
    clinic.history(patient)
    refuse_blind(clinic, patient)
    with clinic.store.reading() as db:
        return fetched.of_patient(db, patient)


def refuse_blind(clinic: Practice, patient: int) -> None:
    """Raise RefusedError while a second examiner must not see what others recorded."""
    with clinic.store.reading() as db:
        obey(BLIND_OPEN if acts.blind_visit(db, patient) is not None else "")


def _there(clinic: Practice, asks: Asking, people: list[str], site: str) -> dict[str, Json]:
    """The visits of these patients that are of other sites, with all that is of them. Raises LostError."""
    there: dict[str, Json] = {}
    for who in people:
        there |= {f"Encounter/{one['id']}": one for one in asks.found("Encounter", who)}
        _refuse_unsearched(asks)
    ours = identifier(site, "visit", "")["system"]
    with clinic.store.reading() as db:
        there = {
            name: one
            for name, one in there.items()
            if stable_ids.visit_of(db, str(one["id"])) is None
            and not any(held.get("system") == ours for held in dicts(one.get("identifier")))
        }
    if not there:
        return {}
    for name in [*there]:
        beside = (*named_in(there[name]), signature_of(name.partition("/")[2]))
        for other in filter(None, beside):
            if other not in there and (one := asks.read(other)) is not None:
                there[other] = one
    for kind in FOUND_BY_PATIENT[1:]:
        for who in people:
            there |= {f"{kind}/{one['id']}": one for one in asks.found(kind, who)}
    _refuse_unsearched(asks)
    return there


def _refuse_unsearched(asks: Asking) -> None:
    """Tell no visit of which a part may be missing."""
    for kind, status in asks.unsearched.items():
        if kind in _NEEDED:
            raise ClinicError(_UNSEARCHED.format(kind=kind, status=status))

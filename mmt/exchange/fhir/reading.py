"""A Bundle that `bundle_of_visit` made, read back: the patient and the visit with the same values."""

import base64
import datetime
from collections.abc import Iterator
from typing import Any, Literal

from mmt.model.rights import Disclosure
from mmt.model.visit import Addendum, Decision, Override, Signature, Visit

from .parts import Json, code_in, extended, part
from .people import read_patient
from .planned import read_condition, read_request
from .seen import read_observation
from .sent import SentPatient, SentVisit
from .told import is_answer, read_answer

VERDICTS: tuple[Literal["accepted", "set-aside"], ...] = ("accepted", "set-aside")


def resources(bundle: Json, kind: str) -> list[Json]:
    """The resources of a type in a Bundle, in their order."""
    found = (entry["resource"] for entry in bundle.get("entry", []) if "resource" in entry)
    return [one for one in found if one.get("resourceType") == kind]


def read_visit(bundle: Json) -> SentVisit:
    """The visit of a Bundle. Raises KeyError, ValueError or IndexError where it is not one of mmt's."""
    (encounter,) = resources(bundle, "Encounter")
    (provenance,) = resources(bundle, "Provenance")
    (who,) = resources(bundle, "Patient")
    clinics = {f"Organization/{one['id']}": one["name"] for one in resources(bundle, "Organization")}
    names = {f"Practitioner/{one['id']}": one["name"][0]["text"] for one in resources(bundle, "Practitioner")}
    home, site = who["managingOrganization"]["reference"], encounter["serviceProvider"]["reference"]
    note, addenda = _notes(bundle, names)
    visit = Visit(
        id=int(encounter["identifier"][0]["value"]),
        date=datetime.date.fromisoformat(encounter["period"]["start"]),
        examiner=names[encounter["participant"][0]["individual"]["reference"]],
        exam=code_in(encounter["type"][0], "exams") if "type" in encounter else "",
        observations=tuple(
            read_observation(one) for one in resources(bundle, "Observation") if not is_answer(one)
        ),
        decisions=dict(_decisions(bundle, encounter, names)),
        prescription=_sheet(bundle),
        note=note,
        addenda=addenda,
        signature=_signature(provenance, names),
        **_answers(bundle),
        **_beside(encounter),
    )
    data = provenance["signature"][0].get("data", "")
    return SentVisit(
        uid=encounter["id"],
        of=SentPatient(
            uid=who["id"], patient=read_patient(who), site=home.partition("/")[2], site_name=clinics[home]
        ),
        site=site.partition("/")[2],
        site_name=clinics[site],
        visit=visit,
        ed25519=base64.b64decode(data).hex(),
        papers=tuple(_papers(bundle, names, visit.date)),
    )


def _answers(bundle: Json) -> dict[str, Any]:
    told: dict[str, dict[str, Any]] = {}
    for one in filter(is_answer, resources(bundle, "Observation")):
        topic, question, value = read_answer(one)
        told.setdefault(topic, {})[question] = value
    return told


def _value(held: Json, name: str) -> Any:
    """The value of an extension; None where there is none."""
    for one in extended(held, name):
        return next(value for key, value in one.items() if key.startswith("value"))
    return None


def _beside(encounter: Json) -> dict[str, Any]:
    entered = _value(encounter, "entered")
    why = next(iter(extended(encounter, "override")), None)
    return {
        "scale": _value(encounter, "scale"),
        "action": _value(encounter, "action") or "",
        "next_visit": _value(encounter, "next-visit") or "",
        "entered": entered and datetime.date.fromisoformat(entered),
        "blind": bool(_value(encounter, "blind")),
        "override": why and _override(why),
    }


def _override(why: Json) -> Override:
    covers = (one["valueString"] for one in why["extension"] if one["url"] == "covers")
    at = datetime.datetime.fromisoformat(part(why, "at"))
    return Override(reason=part(why, "reason"), by=part(why, "by"), at=at, covers=tuple(covers))


def _decisions(bundle: Json, encounter: Json, names: dict[str, str]) -> Iterator[tuple[str, Decision]]:
    for one in resources(bundle, "Condition"):
        yield read_condition(one, names)
    for verdict in VERDICTS:
        for one in extended(encounter, verdict):
            at = datetime.datetime.fromisoformat(part(one, "at"))
            yield part(one, "finding"), Decision(verdict=verdict, by=part(one, "by"), at=at)


def _sheet(bundle: Json) -> tuple[Any, ...] | None:
    if not resources(bundle, "CarePlan"):
        return None
    return tuple(map(read_request, resources(bundle, "ServiceRequest")))


def _notes(bundle: Json, names: dict[str, str]) -> tuple[str, tuple[Addendum, ...]]:
    """The note of the clinician, and the dated notes."""
    note, addenda = "", []
    for one in resources(bundle, "DocumentReference"):
        kind, attachment = code_in(one["type"], "documents"), one["content"][0]["attachment"]
        text = base64.b64decode(attachment.get("data", "")).decode()
        if kind == "note":
            note = text
        elif kind == "addendum":
            at = datetime.datetime.fromisoformat(one["date"])
            addenda.append(Addendum(text=text, by=names[one["author"][0]["reference"]], at=at))
    return note, tuple(addenda)


def _papers(bundle: Json, names: dict[str, str], day: datetime.date) -> Iterator[Disclosure]:
    """What papers of the visit of this day were given out."""
    for one in resources(bundle, "DocumentReference"):
        if code_in(one["type"], "documents") == "paper":
            at = datetime.datetime.fromisoformat(one["date"])
            by = names[one["author"][0]["reference"]]
            yield Disclosure(what=one["type"]["text"], visit=day, to=one.get("description", ""), by=by, at=at)


def _signature(held: Json, names: dict[str, str]) -> Signature:
    at = datetime.datetime.fromisoformat(held["recorded"])
    (digest,) = extended(held, "digest")
    by = names[held["agent"][0]["who"]["reference"]]
    return Signature(by=by, at=at, digest=digest["valueString"])

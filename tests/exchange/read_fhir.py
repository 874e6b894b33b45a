"""A Bundle that `bundle_of_visit` made, read back: the patient and the visit with the same values."""

import base64
import datetime
from collections.abc import Iterator
from typing import Any, Literal

from mmt.exchange.fhir.parts import Json, code_in, extended
from mmt.exchange.fhir.sent import SentPatient, SentVisit
from mmt.model.born import born_of
from mmt.model.observation import Observation
from mmt.model.people import Patient
from mmt.model.rights import Disclosure
from mmt.model.visit import Addendum, Answer, Decision, Dose, Override, Prescribed, Signature, Visit

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


def part(held: Json, name: str) -> Any:
    """The value of a part of an extension; None where it has none."""
    for one in held.get("extension", []):
        if one["url"] == name:
            return next(value for key, value in one.items() if key.startswith("value"))
    return None


def read_patient(held: Json) -> Patient:
    """The patient of a resource that `patient` made."""
    hand = extended(held, "handedness")
    print_large = extended(held, "large-print")
    return Patient(
        name=held["name"][0]["text"],
        birth_date=born_of(held["birthDate"]),
        sex=held["gender"],
        handedness=hand[0]["valueCodeableConcept"]["text"] if hand else "unknown",
        language=held["communication"][0]["language"]["coding"][0]["code"],
        chart_number=next((one["value"] for one in held.get("identifier", [])), ""),
        large_print=bool(print_large and print_large[0]["valueBoolean"]),
    )


def read_condition(held: Json, names: dict[str, str]) -> tuple[str, Decision]:
    """The finding and the decision of a resource that `conditions` made; `names` are people by reference."""
    at = datetime.datetime.fromisoformat(held["recordedDate"])
    by = names[held["asserter"]["reference"]]
    return held["identifier"][0]["value"], Decision(verdict="accepted", by=by, at=at)


def read_request(held: Json) -> Prescribed:
    """The stretch of a resource that `care_plan` made."""
    (dose,) = extended(held, "dose")
    sides = held.get("bodySite", [])
    return Prescribed(
        stretch=code_in(held["code"], "stretches"),
        side=code_in(sides[0], "sides") if sides else None,  # type: ignore[arg-type]
        dose=Dose(**{name: part(dose, name) for name in Dose.__struct_fields__}),
        why=extended(held, "why")[0]["valueString"],
        ticked=tuple(one["valueString"] for one in extended(held, "ticked")),
        note=held.get("patientInstruction", ""),
    )


def read_observation(held: Json) -> Observation:
    """What was seen, of a resource that `observation` made."""
    beside = [(code_in(one["code"], "parts"), one) for one in held.get("component", [])]
    told: dict[str, Any] = {name: _plain(one) for name, one in beside if name not in ("flag", "measure")}
    first = next((one["valueString"] for name, one in beside if name == "measure"), None)
    if first:
        told[first] = _plain(held)
    return Observation(
        test=code_in(held["code"], "tests"),
        side=code_in(held.get("bodySite"), "sides") or None,  # type: ignore[arg-type]
        flags=tuple(one["valueCodeableConcept"]["text"] for name, one in beside if name == "flag"),
        not_tested=code_in(held.get("dataAbsentReason"), "not-tested") or None,  # type: ignore[arg-type]
        **told,
    )


def _plain(held: Json) -> Any:
    """The value of an observation or a component."""
    if "valueQuantity" in held:
        return held["valueQuantity"]["value"]
    if "valueCodeableConcept" in held:
        return held["valueCodeableConcept"]["text"]
    return next(held[name] for name in ("valueInteger", "valueString", "valueBoolean") if name in held)


def read_answer(held: Json) -> tuple[str, str, Answer]:
    """The topic, the question and the answer of a resource that `answers` made."""
    topic, _, question = code_in(held["code"], "questions").partition(":")
    for name in ("valueBoolean", "valueInteger", "valueString"):
        if name in held:
            return topic, question, held[name]
    if "valueQuantity" in held:
        return topic, question, float(held["valueQuantity"]["value"])
    if "dataAbsentReason" in held:
        return topic, question, ""
    return topic, question, tuple(one["valueString"] for one in held.get("component", []))


def is_answer(held: Json) -> bool:
    """Whether an Observation is an answer."""
    return bool(code_in(held["code"], "questions"))

"""Patient, Practitioner and Organization."""

from mmt.model.born import born_of
from mmt.model.people import Patient

from .parts import Json, concept, extended, extension, own, reference, within, without_empty
from .sent import SentPatient

_LANGUAGES = "urn:ietf:bcp:47"


def organization(uid: str, name: str) -> Json:
    """A clinic."""
    return {"resourceType": "Organization", "id": uid, "name": name or "Clinic without a name"}


def practitioner(site: str, name: str) -> Json:
    """Who examined, signed or wrote: in one clinic a name is one person."""
    return {
        "resourceType": "Practitioner",
        "id": within(site, "practitioner", name),
        "name": [{"text": name}],
    }


def patient(sent: SentPatient) -> Json:
    """A patient. A birth date of which only a part is known stays one."""
    one = sent.patient
    clinic = organization(sent.site, sent.site_name)
    chart = {"system": f"urn:uuid:{sent.site}", "value": one.chart_number}
    hand = concept(own("hands", one.handedness), text=one.handedness)
    return without_empty(
        {
            "resourceType": "Patient",
            "id": sent.uid,
            "extension": [
                extension("handedness", valueCodeableConcept=hand),
                extension("large-print", valueBoolean=one.large_print),
            ],
            "identifier": [chart] if one.chart_number else [],
            "name": [{"text": one.name}],
            "gender": one.sex,
            "birthDate": one.birth_date.isoformat(),
            "communication": [
                {"language": concept({"system": _LANGUAGES, "code": one.language}), "preferred": True}
            ],
            "managingOrganization": reference(clinic),
        }
    )


def read_patient(held: Json) -> Patient:
    """The patient of a resource that `patient` made, with the UUID beside."""
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

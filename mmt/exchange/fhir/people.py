"""Patient, Practitioner and Organization."""

from .parts import Json, concept, extension, identifier, own, reference, within, without_empty
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
    """A patient. A birth date of which only a part is known stays one; of a record that is read with another
    it is told which."""
    one = sent.patient
    clinic = organization(sent.site, sent.site_name)
    chart = identifier(sent.site, "chart", one.chart_number)
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
            "active": False if sent.read_with else None,
            "name": [{"text": one.name}],
            "gender": one.sex,
            "birthDate": one.birth_date.isoformat(),
            "communication": [
                {"language": concept({"system": _LANGUAGES, "code": one.language}), "preferred": True}
            ],
            "managingOrganization": reference(clinic),
            "link": [
                {"other": {"reference": f"Patient/{sent.read_with}"}, "type": "replaced-by"},
            ]
            if sent.read_with
            else [],
        }
    )

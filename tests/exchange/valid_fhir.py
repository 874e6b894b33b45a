"""Whether a Bundle is FHIR R4: by a validator of types and elements, and by rules that it does not know."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

Json = dict[str, Any]

REQUIRED = {
    ("Bundle", "type"): {"transaction", "collection"},
    ("Observation", "status"): {"registered", "preliminary", "final", "amended"},
    ("Encounter", "status"): {"planned", "in-progress", "finished", "cancelled"},
    ("CarePlan", "status"): {"draft", "active", "completed"},
    ("CarePlan", "intent"): {"proposal", "plan", "order", "option"},
    ("ServiceRequest", "status"): {"draft", "active", "completed"},
    ("ServiceRequest", "intent"): {"proposal", "plan", "directive", "order"},
    ("DocumentReference", "status"): {"current", "superseded", "entered-in-error"},
    ("CodeSystem", "status"): {"draft", "active", "retired"},
    ("CodeSystem", "content"): {"not-present", "example", "fragment", "complete", "supplement"},
    ("Patient", "gender"): {"male", "female", "other", "unknown"},
    ("AuditEvent", "action"): {"C", "R", "U", "D", "E"},
    ("AuditEvent", "outcome"): {"0", "4", "8", "12"},
}
"""Codes that R4 binds as required."""

CONCEPTS = {
    "clinicalStatus": {"active", "recurrence", "relapse", "inactive", "remission", "resolved"},
    "verificationStatus": {"unconfirmed", "provisional", "differential", "confirmed", "refuted"},
}
_DCM, _HL7 = "http://dicom.nema.org/resources/ontology/DCM", "http://terminology.hl7.org/CodeSystem"
AUDIT = {
    "type": {_DCM: {*range(110100, 110115)}},
    "subtype": {_DCM: {*range(110120, 110143)}},
    "lifecycle": {f"{_HL7}/dicom-audit-lifecycle": {*range(1, 16)}},
    "role": {f"{_HL7}/object-role": {*range(1, 25)}},
    "entity type": {f"{_HL7}/audit-entity-type": {*range(1, 5)}},
    "source type": {f"{_HL7}/security-source-type": {*range(1, 10)}},
}
"""Codes of published systems that R4's value sets for an AuditEvent hold; a system of one's own may stand
beside them, as each of them may be extended."""

REFERS = {
    "subject": {"Patient"},
    "encounter": {"Encounter"},
    "asserter": {"Practitioner"},
    "requester": {"Practitioner"},
    "serviceProvider": {"Organization"},
    "managingOrganization": {"Organization"},
}
_ID = re.compile(r"[A-Za-z0-9\-.]{1,64}")
_CODE = re.compile(r"[^\s]+(\s[^\s]+)*")


def faults(bundle: Json) -> list[str]:
    """What is not valid in a Bundle, a line each. Skips the test where there is no validator."""
    fhirkit = pytest.importorskip("fhirkit", reason="the validator has no wheel for this computer")
    said = [f"{one.path}: {one.message}" for one in fhirkit.validate(bundle) if one.severity == "error"]
    held = [entry["resource"] for entry in bundle["entry"]]
    there = {f"{one['resourceType']}/{one['id']}" for one in held}
    for one in held:
        said += [f"{one['resourceType']}: {fault}" for fault in _of_resource(one, there)]
    return [*said, *_of_bundle(bundle)]


def _of_bundle(bundle: Json) -> Iterator[str]:
    names = [entry["fullUrl"] for entry in bundle["entry"]]
    if len({*names}) < len(names):
        yield "Bundle: bdl-7, one fullUrl twice"
    if bundle["type"] != "transaction":
        return
    for entry in bundle["entry"]:
        resource, request = entry["resource"], entry["request"]
        if request != {"method": "PUT", "url": f"{resource['resourceType']}/{resource['id']}"}:
            yield "Bundle: not put under its id"
        for name, value in _every(resource):
            if value in names:
                yield f"Bundle: a server writes another text in the place of {name} {value}"


def _of_resource(one: Json, there: set[str]) -> Iterator[str]:
    kind = one["resourceType"]
    if not _ID.fullmatch(one["id"]):
        yield f"no id: {one['id']}"
    for (of, element), codes in REQUIRED.items():
        if of == kind and one.get(element) not in codes:
            yield f"{element} is {one.get(element)}"
    for element, codes in CONCEPTS.items():
        if element in one and one[element]["coding"][0]["code"] not in codes:
            yield f"{element} is {one[element]}"
    if kind == "Observation":
        yield from _of_observation(one)
    if kind == "AuditEvent":
        yield from _of_audit_event(one)
    for name, value in _every(one):
        if name == "reference" and value not in there:
            yield f"refers to {value}, which is not in the Bundle"
        if name == "code" and isinstance(value, str) and not _CODE.fullmatch(value):
            yield f"no code: {value!r}"
    for element, kinds in REFERS.items():
        if element in one and one[element]["reference"].partition("/")[0] not in kinds:
            yield f"{element} refers to {one[element]}"


def _of_observation(one: Json) -> Iterator[str]:
    values = [name for name in one if name.startswith("value")]
    if values and "dataAbsentReason" in one:
        yield "obs-6, a value and why there is none"
    if values and any(part["code"] == one["code"] for part in one.get("component", [])):
        yield "obs-7, a component with the code of the whole"
    if "category" not in one:
        yield "no category"


def _of_audit_event(one: Json) -> Iterator[str]:
    held = [("type", one["type"]), *(("subtype", code) for code in one.get("subtype", []))]
    held += [("source type", code) for code in one["source"].get("type", [])]
    for entity in one.get("entity", []):
        named = {"type": "entity type", "role": "role", "lifecycle": "lifecycle"}
        held += [(name, entity[element]) for element, name in named.items() if element in entity]
        if "name" in entity and "query" in entity:
            yield "sev-1, a name and a query"
        if not {"what", "name", "detail"} & entity.keys():
            yield "an entity that says nothing"
    for name, code in held:
        published = AUDIT[name].get(code["system"])
        if published is None and not (name == "subtype" and "mmt.invalid" in code["system"]):
            yield f"{name}: no system {code['system']}"
        if published is not None and int(code["code"]) not in published:
            yield f"{name}: no code {code['code']}"


def _every(value: Any, name: str = "") -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        for key, held in value.items():
            yield from _every(held, key)
    elif isinstance(value, list):
        for held in value:
            yield from _every(held, name)
    else:
        yield name, value

"""The small parts that resources are made of."""

import uuid
from collections.abc import Iterator
from typing import Any

from mmt.model.base import Side
from mmt.model.codes import Codes

Json = dict[str, Any]

OWN = "https://mmt.invalid/fhir"
"""Whose codes and extensions are mmt's own. `.invalid` belongs to nobody (RFC 2606), so that no address that
somebody else may own is used; nothing is looked up there."""

_HL7 = "http://terminology.hl7.org/CodeSystem"


def system(kind: str) -> str:
    """mmt's own code system of a kind: `tests`, `grades`, `questions` …"""
    return f"{OWN}/CodeSystem/{kind}"


def own(kind: str, code: str, display: str = "") -> Json:
    """A code of mmt's own."""
    return without_empty({"system": system(kind), "code": code, "display": display})


def hl7(name: str, code: str) -> Json:
    """A code of a code system that comes with FHIR."""
    return {"system": f"{_HL7}/{name}", "code": code}


def known(codes: Codes, name: str) -> Iterator[Json]:
    """The published code of a thing, where there is one."""
    if one := codes.get(name):
        yield {"system": one.system, "code": one.code, "display": one.display}


def measured(value: float, unit: str, codes: Codes) -> Json:
    """A number with its unit, by the published code where there is one."""
    one = codes.get(f"unit:{unit}")
    named = {"unit": one.display, "system": one.system, "code": one.code} if one else {"unit": unit}
    return {"value": value, **named}


def concept(*codings: Json, text: str = "") -> Json:
    """A concept by its codes and words."""
    return without_empty({"coding": [*codings], "text": text})


def side_of(side: Side | None, codes: Codes) -> Json:
    """The element for a side, published code and mmt's own; none for what has no side."""
    if side is None:
        return {}
    return {"bodySite": concept(*known(codes, f"side:{side}"), own("sides", side), text=side)}


def extension(name: str, **value: Any) -> Json:
    """An extension of mmt's own with a value, or with others in it."""
    return {"url": f"{OWN}/StructureDefinition/{name}", **value}


def inner(name: str, **value: Any) -> Json:
    """A part of an extension."""
    return {"url": name, **value}


def reference(resource: Json) -> Json:
    """A reference to a resource by its type and id."""
    return {"reference": f"{resource['resourceType']}/{resource['id']}"}


def within(uid: str, *of: object) -> str:
    """The id of a part of what has the UUID `uid`: the same part has the same id each time."""
    return str(uuid.uuid5(uuid.UUID(uid), "\x1f".join(map(str, of))))


def identifier(site: str, kind: str, value: str) -> Json:
    """A number that a clinic gave, of its visits or its charts. Whose numbers they are is no `fullUrl` of a
    Bundle: a server puts the type and id of a resource in the place of each text that is one."""
    return {"system": f"urn:uuid:{within(site, kind)}", "value": value}


def without_empty(value: Json) -> Json:
    """A value without what is empty: FHIR knows no empty text and no empty list."""
    return {name: held for name, held in value.items() if held not in ("", [], {}, None)}


def code_in(held: Json | None, kind: str) -> str:
    """The code of mmt's own of this kind in a concept; empty where there is none."""
    codings = (held or {}).get("coding", [])
    return next((one["code"] for one in codings if one.get("system") == system(kind)), "")


def extended(held: Json, name: str) -> list[Json]:
    """The extensions of mmt's own of this name."""
    return [one for one in held.get("extension", []) if one["url"] == f"{OWN}/StructureDefinition/{name}"]

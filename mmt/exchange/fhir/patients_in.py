"""Patients of a FHIR Bundle of any kind, or of resources a line, as other programs write them."""

import re
from collections.abc import Iterator
from typing import Any

from mmt.exchange.arriving import Arriving
from mmt.exchange.decoding import UnreadableError, decoded
from mmt.exchange.language import language_of
from mmt.model.born import BirthDate, born_of
from mmt.model.people import Handedness, Patient, Sex
from mmt.model.text import clean

from .parts import Json, extended

_UID = re.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_SEXES: dict[str, Sex] = {"female": "female", "male": "male", "other": "other", "unknown": "unknown"}
_HANDS: dict[str, Handedness] = {"right": "right", "left": "left", "both": "both"}
_CHART = "MR"

_OF_THE_STATE = re.compile("SS|SB|TAX|NI|NN[A-Z]{3}|PPN|DL|CZ|PRC|CC|BC")
"""Types (HL7 table 0203) of numbers that state or bank gave a person: none of them is a chart number."""

_SSN = re.compile("us-ssn|2\\.16\\.840\\.1\\.113883\\.4\\.1$|social.security|\\bssn\\b", re.IGNORECASE)
"""How a system or a type in words names the social security number."""

_NAMED = {"usual": 0, "official": 1, "": 2}
"""Which name comes first; one for a time, of before or beside (`old`, `maiden`, `nickname` …) comes last."""

_NO_MORE = ("old", "temp")
_DEAD = "is dead by what stands there"
_CLOSED = "is no active record there"
_REPLACED = "is replaced by another record there"


class NoFhirError(ValueError):
    """The file is no FHIR; `str()` is a sentence."""


def arriving(data: bytes) -> Iterator[Arriving]:
    """Each Patient of a file, or what is wrong with it. Raises NoFhirError with a sentence."""
    for number, resource in enumerate(_patients(data), 1):
        try:
            yield _read(f"patient {number}", resource)
        except (AttributeError, KeyError, TypeError, IndexError):
            yield Arriving(at=f"patient {number}", problems=("is not as FHIR R4 writes a Patient",))


def _patients(data: bytes) -> Iterator[Json]:
    found = [one for value in _values(data) for one in _resources(value)]
    if not found:
        raise NoFhirError("No FHIR resource is in it.")
    return (one for one in found if one["resourceType"] == "Patient")


def _values(data: bytes) -> list[Any]:
    """The one value of a file, or a value a line."""
    try:
        return [decoded(data)]
    except UnreadableError:
        pass
    try:
        return [decoded(line) for line in data.splitlines() if line.strip()]
    except UnreadableError as error:
        raise NoFhirError(f"It cannot be read as JSON: {error}.") from None


def _resources(value: Any) -> Iterator[Json]:
    """The resources of a Bundle, or the one."""
    if not isinstance(value, dict) or not isinstance(value.get("resourceType"), str):
        return
    if value["resourceType"] != "Bundle":
        yield value
        return
    entries = value.get("entry")
    for entry in entries if isinstance(entries, list) else ():
        if isinstance(entry, dict):
            yield from _resources(entry.get("resource"))


def _read(at: str, held: Json) -> Arriving:
    problems, name = [], _name(held)
    if not clean(name):
        problems.append("name: is empty")
    if "\0" in name:
        problems.append("name: holds a sign that no text has (NUL)")
    born: BirthDate | None = None
    try:
        born = born_of(held.get("birthDate", ""))
    except ValueError:
        problems.append(
            f'birthDate: "{held.get("birthDate", "")}" is not a date'
            if held.get("birthDate")
            else "birthDate: is empty"
        )
    if problems or born is None:
        return Arriving(at=at, problems=tuple(problems))
    hand = extended(held, "handedness")
    print_large = extended(held, "large-print")
    patient = Patient(
        name=clean(name),
        birth_date=born,
        sex=_SEXES.get(held.get("gender", ""), "unknown"),
        handedness=_HANDS.get(hand[0]["valueCodeableConcept"]["text"], "unknown") if hand else "unknown",
        language=_language(held),
        chart_number=_chart(held),
        large_print=bool(print_large and print_large[0]["valueBoolean"]),
    )
    uid = str(held.get("id", "")).lower()
    return Arriving(
        at=at, patient=patient, uid=uid if _UID.fullmatch(uid) else "", doubts=tuple(_doubts(held))
    )


def _doubts(held: Json) -> Iterator[str]:
    """Why nobody may want this record."""
    if held.get("deceasedBoolean") or held.get("deceasedDateTime"):
        yield _DEAD
    if any(link.get("type") == "replaced-by" for link in held.get("link", [])):
        yield _REPLACED
    elif held.get("active") is False:
        yield _CLOSED


def _name(held: Json) -> str:
    """The name as it is written, else given and family name; the usual or official one first."""
    for one in sorted(held.get("name", []), key=lambda each: _NAMED.get(each.get("use", ""), len(_NAMED))):
        told: str = one.get("text", "") or " ".join((*one.get("given", []), one.get("family", "")))
        if clean(told):
            return told
    return ""


def _chart(held: Json) -> str:
    """The number of the medical record, else the first there is that is a clinic's; of old only if no other
    is there."""
    numbers = [one for one in held.get("identifier", []) if one.get("value") and not _of_the_state(one)]
    numbers.sort(key=lambda one: (one.get("use") in _NO_MORE, _CHART not in _types(one)))
    return clean(numbers[0]["value"]) if numbers else ""


def _types(identifier: Json) -> list[str]:
    return [code.get("code", "") for code in identifier.get("type", {}).get("coding", [])]


def _of_the_state(identifier: Json) -> bool:
    """Whether this is a number of the person's among all people."""
    words = (identifier.get("system", ""), identifier.get("type", {}).get("text", ""))
    return any(map(_OF_THE_STATE.fullmatch, _types(identifier))) or any(map(_SSN.search, words))


def _language(held: Json) -> str:
    """The language that the patient prefers, else the first, by its codes or its name."""
    spoken = sorted(held.get("communication", []), key=lambda one: not one.get("preferred"))
    told = [one["language"] for one in spoken]
    codes = (code.get("code", "") for one in told for code in one.get("coding", []))
    return language_of([*codes, *(one.get("text", "") for one in told)])

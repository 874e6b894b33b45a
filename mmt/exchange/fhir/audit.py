"""Acts of the chain as AuditEvent: who did what, when, with whose record; never what stands in it."""

from collections.abc import Iterable, Iterator
from contextlib import suppress

from mmt.model.acts import Act, SentAct

from .audit_codes import COUNTED, OTHER, Counted
from .parts import Json, extension, hl7, inner, own, reference, within, without_empty
from .people import practitioner
from .sent import moment
from .visit import transaction

MOST = 50
"""Entries of a Bundle: a server takes so many at once."""


def bundles(clinic: Json, found: Iterable[SentAct]) -> Iterator[Json]:
    """Transaction Bundles of acts with who did them, at the clinic that an Organization names."""
    people: dict[str, Json] = {}
    events: list[Json] = []
    for one in found:
        who = practitioner(clinic["id"], one.person)
        if len({*people, who["id"]}) + len(events) + 2 > MOST:
            yield transaction([clinic, *people.values(), *events])
            people, events = {}, []
        people[who["id"]] = who
        events.append(audit_event(clinic, one))
    if events:
        yield transaction([clinic, *people.values(), *events])


def audit_event(clinic: Json, one: SentAct) -> Json:
    """One act. The same act of a clinic has the same id each time; one that took its number, after an older
    backup was restored, has another."""
    act, counted, more = _known(one.act)
    sealed = (inner("number", valuePositiveInt=one.seq), inner("seal", valueString=one.seal))
    return without_empty(
        {
            "resourceType": "AuditEvent",
            "id": within(clinic["id"], "act", one.seq, one.seal),
            "extension": [extension("act", extension=[*sealed])],
            "type": counted.type,
            "subtype": [*counted.subtype, *([own("acts", act)] if act else [])],
            "action": counted.action,
            "recorded": moment(one.at),
            "outcome": counted.outcome,
            "agent": [
                {
                    "who": reference(practitioner(clinic["id"], one.person)),
                    "name": one.person,
                    "requestor": True,
                }
            ],
            "source": {
                "site": clinic["name"],
                "observer": reference(clinic),
                "type": [hl7("security-source-type", "1")],
            },
            "entity": [*_entities(one, counted), *([_named(more)] if more else [])],
        }
    )


def _known(said: str) -> tuple[Act | None, Counted, str]:
    """The act that words of the chain name, as what it counts, and what more they say."""
    words, _, more = said.partition(": ")
    with suppress(ValueError):
        act = Act(words)
        return act, COUNTED[act], more
    return None, OTHER, said


def _entities(one: SentAct, counted: Counted) -> Iterator[Json]:
    """With whose record, and on which visit."""
    if one.patient is not None:
        yield _entity(("Patient", one.patient_uid), ("1", "1"), ("record", one.patient), counted)
    if one.visit is not None:
        yield _entity(("Encounter", one.visit_uid), ("2", "4"), ("visit", one.visit), counted)


def _entity(what: tuple[str, str], of: tuple[str, str], number: tuple[str, int], counted: Counted) -> Json:
    """A thing by its type and id, by kind and role as HL7 numbers them, and by its number at the clinic.

    It is named, not referred to: a server takes the act also where it never had the record.
    """
    kind, uid = what
    name = {"system": "urn:ietf:rfc:3986", "value": f"urn:uuid:{uid}"}
    return without_empty(
        {
            "what": {"type": kind, "identifier": name} if uid else None,
            "type": hl7("audit-entity-type", of[0]),
            "role": hl7("object-role", of[1]),
            "lifecycle": counted.lifecycle,
            "detail": [{"type": number[0], "valueString": str(number[1])}],
        }
    )


def _named(more: str) -> Json:
    return {"type": hl7("audit-entity-type", "4"), "name": more}

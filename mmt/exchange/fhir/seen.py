"""What was seen at the table as Observation: its code is the test, its method the scale, its body site the
side."""

from mmt.exchange.measures import value_first
from mmt.model.grades import rank
from mmt.model.observation import Measure, Observation

from .parts import (
    Json,
    concept,
    hl7,
    known,
    measured,
    own,
    reference,
    side_of,
    within,
    without_empty,
)
from .sent import SentVisit, Words

_ORDINAL = "http://hl7.org/fhir/StructureDefinition/ordinalValue"
_WORDS: dict[Measure, str] = {"result": "results", "touch": "touches"}


def observation(sent: SentVisit, seen: Observation, around: Json, words: Words) -> Json:
    """One thing seen; `around` holds whose it is and at which visit. What was not tested has no value, and
    says why not."""
    test = words.protocol.tests.get(seen.test)
    name = test.name if test else ""
    first, *more = value_first(seen) or (None,)
    return without_empty(
        {
            "resourceType": "Observation",
            "id": within(sent.uid, "observation", seen.test, seen.side or "", seen.trial),
            "status": "final",
            "category": [concept(hl7("observation-category", "exam"))],
            "code": concept(
                *known(words.codes, f"tests:{seen.test}"),
                own("tests", seen.test, name),
                text=name or seen.test,
            ),
            **around,
            **side_of(seen.side, words.codes),
            "method": concept(own("scales", sent.visit.scale)),
            **(_value(seen, first, sent.visit.scale, words) if first else {}),
            **({"dataAbsentReason": _absent(seen)} if seen.not_tested else {}),
            "component": [*(_also(seen, one, sent.visit.scale, words) for one in more), *_marks(seen, first)],
        }
    )


def _value(seen: Observation, measure: Measure, scale: str, words: Words) -> Json:
    """The value of a measure as FHIR's `value[x]`; a grade in the words of its `scale`."""
    value = getattr(seen, measure)
    if measure == "grade":
        kept = words.protocol.scales.get(scale)
        step = next((one for one in kept.steps if one.code == value), None) if kept else None
        ordinal = [{"url": _ORDINAL, "valueDecimal": rank(value)}]
        coding = {"extension": ordinal, **own("grades", value, step.word if step else "")}
        return {"valueCodeableConcept": concept(coding, text=value)}
    if measure in _WORDS:
        return {"valueCodeableConcept": concept(own(_WORDS[measure], value), text=value)}
    if measure == "count":
        return {"valueInteger": value}
    return {"valueQuantity": measured(value, measure, words.codes)}


def _absent(seen: Observation) -> Json:
    why = seen.not_tested or ""
    return concept(hl7("data-absent-reason", "not-performed"), own("not-tested", why), text=why)


def _named(kind: str) -> Json:
    return concept(own("parts", kind))


def _also(seen: Observation, measure: Measure, scale: str, words: Words) -> Json:
    """A second measure: the angle beside a result, the force beside a grade."""
    return {"code": _named(measure), **_value(seen, measure, scale, words)}


def _marks(seen: Observation, first: Measure | None) -> list[Json]:
    """What stands beside the value, and `first` of what it is the value."""
    marks: list[Json] = [
        {"code": _named("flag"), "valueCodeableConcept": concept(own("flags", one), text=one)}
        for one in seen.flags
    ]
    if first:
        marks.append({"code": _named("measure"), "valueString": first})
    if seen.trial > 1:
        marks.append({"code": _named("trial"), "valueInteger": seen.trial})
    for name in ("substitution", "variant"):
        if value := getattr(seen, name):
            marks.append({"code": _named(name), "valueString": value})
    if seen.confirmed:
        marks.append({"code": _named("confirmed"), "valueBoolean": True})
    return marks


def refers(sent: SentVisit, who: Json, visit: Json, by: Json) -> Json:
    """Whose an observation is, at which visit, on which day, by whom."""
    return {
        "subject": reference(who),
        "encounter": reference(visit),
        "effectiveDateTime": sent.day,
        "performer": [reference(by)],
    }

"""What was asked, as Observation: each question its code, scores with the published one beside it."""

from mmt.exchange.asked import asked
from mmt.model.visit import TOPICS, Answer, Topic

from .parts import Json, concept, hl7, known, own, within, without_empty
from .sent import SentVisit, Words

_EMPTY = hl7("data-absent-reason", "unknown")


def answers(sent: SentVisit, around: Json, words: Words) -> list[Json]:
    """Each answer of a visit. What was not asked is not there."""
    return [
        _answer(sent, topic, question, value, around, words)
        for topic in TOPICS
        for question, value in getattr(sent.visit, topic).items()
    ]


def _answer(sent: SentVisit, topic: Topic, question: str, value: Answer, around: Json, words: Words) -> Json:
    name = f"{topic}:{question}"
    asks = asked(words.protocol, topic, question)
    return without_empty(
        {
            "resourceType": "Observation",
            "id": within(sent.uid, "answer", name),
            "status": "final",
            "category": [concept(hl7("observation-category", "survey"))],
            "code": concept(*known(words.codes, name), own("questions", name), text=asks or name),
            **around,
            **_value(value),
        }
    )


def _value(value: Answer) -> Json:
    """An answer as FHIR's `value[x]`; several words are components, each a value."""
    if isinstance(value, bool):
        return {"valueBoolean": value}
    if isinstance(value, int):
        return {"valueInteger": value}
    if isinstance(value, float):
        return {"valueQuantity": {"value": value}}
    if isinstance(value, str):
        return {"valueString": value} if value else {"dataAbsentReason": concept(_EMPTY)}
    return {"component": [{"code": concept(own("parts", "word")), "valueString": one} for one in value]}

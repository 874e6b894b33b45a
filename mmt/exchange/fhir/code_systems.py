"""mmt's own codes as FHIR CodeSystems: what a server needs to know them."""

from collections.abc import Iterable, Mapping
from typing import get_args

from mmt.exchange.asked import asked
from mmt.model.acts import Act
from mmt.model.base import SIDES
from mmt.model.grades import CODES
from mmt.model.observation import FLAGS, MEASURES, NOT_TESTED, TOUCHES, Result
from mmt.model.people import Handedness
from mmt.model.protocol import Protocol
from mmt.model.visit import TOPICS, Topic

from .parts import Json, system

_PARTS = ("flag", "measure", "trial", "substitution", "variant", "confirmed", "word", *MEASURES)


def code_systems(protocol: Protocol) -> Json:
    """A Bundle of all code systems of mmt's own, with the tests, questions and stretches of this protocol."""
    kinds: dict[str, Mapping[str, str]] = {
        "tests": {name: one.name for name, one in protocol.tests.items()},
        "grades": dict.fromkeys(CODES, ""),
        "scales": {name: one.name for name, one in protocol.scales.items()},
        "exams": {name: one.name for name, one in protocol.exams.items()},
        "questions": _questions(protocol),
        "stretches": {name: one.name for name, one in protocol.stretches.items()},
        "sides": dict.fromkeys(SIDES, ""),
        "hands": dict.fromkeys(get_args(Handedness), ""),
        "results": dict.fromkeys(get_args(Result), ""),
        "touches": dict.fromkeys(TOUCHES, ""),
        "flags": dict.fromkeys(FLAGS, ""),
        "not-tested": dict.fromkeys(NOT_TESTED, ""),
        "parts": dict.fromkeys(_PARTS, ""),
        "acts": dict.fromkeys(Act, ""),
        "documents": {
            "note": "Clinician's note",
            "addendum": "Dated note",
            "paper": "Paper that was given out",
        },
    }
    systems = [_system(kind, codes) for kind, codes in kinds.items()]
    return {
        "resourceType": "Bundle",
        "type": "collection",
        "entry": [{"fullUrl": one["url"], "resource": one} for one in systems],
    }


def _questions(protocol: Protocol) -> dict[str, str]:
    names: dict[Topic, Iterable[str]] = {
        "safety": protocol.safety_questions,
        "story": protocol.story,
        "precautions": protocol.precautions,
        "home": protocol.stretches,
    }
    return {f"{topic}:{name}": asked(protocol, topic, name) for topic in TOPICS for name in names[topic]}


def _system(kind: str, codes: Mapping[str, str]) -> Json:
    return {
        "resourceType": "CodeSystem",
        "id": f"mmt-{kind}",
        "url": system(kind),
        "name": "Mmt" + "".join(word.title() for word in kind.split("-")),
        "title": f"mmt: {kind.replace('-', ' ')}",
        "status": "active",
        "content": "complete",
        "concept": [{"code": code, "display": name or code} for code, name in codes.items()],
    }

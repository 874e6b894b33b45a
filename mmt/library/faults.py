"""What tells faults of protocol files: a name that does not exist, stands twice, or cannot be answered so."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping

from mmt.model.exam_tests import TouchTest
from mmt.model.protocol import Protocol
from mmt.model.questions import StoryQuestion
from mmt.toml.problems import Problem

LADDER = "on the ladder of grades"

Fault = tuple[str, str]
"""The item (`stretches:E01`) and what is wrong with it."""


def problems_of(
    faults: Iterable[Fault], origins: Mapping[str, str], elsewhere: str = "protocols"
) -> Iterator[Problem]:
    """Faults of items, each with the file that the item comes from; `elsewhere` where that is not known."""
    for key, says in faults:
        yield Problem(file=origins.get(key, elsewhere), place=key.replace(":", " "), says=says)


def names_a_test(text: str) -> bool:
    """Whether a word where a test or plain words may stand is meant as a test's id: it is in capitals."""
    return re.fullmatch(r"[A-Z][A-Z0-9-]*", text) is not None


_WHERE = {
    "sources": "in the list of sources",
    "scales": "a scale of the library",
    "tests": "a test of the library",
    "safety": "a group of safety questions",
    "safety_questions": "a safety question",
    "precautions": "in the list",
    "story": "in the story",
    "stretches": "a stretch of the library",
    "patterns": "a pattern",
    "combinations": "among what alerts together",
}
"""What of a protocol items name, and how it is told that one is missing there."""


def unknown(protocol: Protocol, key: str, what: str, names: Iterable[str], among: str) -> Iterator[Fault]:
    """One fault for each of `names` that the protocol lacks; an empty one names nothing."""
    yield from not_among(key, what, filter(None, names), getattr(protocol, among), _WHERE[among])


def not_among(
    key: str, what: str, names: Iterable[str], known: Collection[str], where: str
) -> Iterator[Fault]:
    """One fault for each of `names` that is not among `known`."""
    for name in names:
        if name not in known:
            yield key, f'{what} "{name}" is not {where}'


def twice(key: str, what: str, names: Iterable[str]) -> Iterator[Fault]:
    """One fault for each of `names` that stands there before."""
    seen: set[str] = set()
    for name in names:
        if name in seen:
            yield key, f'{what} "{name}" stands twice'
        seen.add(name)


def answerable(key: str, question: StoryQuestion, wanted: str | bool | None) -> Iterator[Fault]:
    """A fault where the question cannot be answered with what an item waits for."""
    if isinstance(wanted, str) and wanted not in question.choices:
        yield key, f'"{wanted}" is not an answer of "{question.id}"'
    if isinstance(wanted, bool) and question.answer != "yes-no":
        yield key, f'"{question.id}" is not answered with yes or no'


def all_answerable(key: str, story: dict[str, bool | str], protocol: Protocol) -> Iterator[Fault]:
    """A fault for each question of the story that is not there, or not answered so."""
    yield from unknown(protocol, key, "question", story, "story")
    for name, wanted in story.items():
        if name in protocol.story:
            yield from answerable(key, protocol.story[name], wanted)


def touches(protocol: Protocol) -> list[str]:
    """The tests of touch by their ids."""
    return [one.id for one in protocol.of(TouchTest)]

"""Checks across protocol files: every id that one item names exists, and every source is listed."""

from collections.abc import Iterator

from mmt.model.exam_tests import MuscleTest
from mmt.model.protocol import Protocol

from .problems import Problem


def check(protocol: Protocol, origins: dict[str, str]) -> list[Problem]:
    """What does not fit together, each problem with the file and item that names the missing thing."""
    return [
        Problem(file=origins.get(key, "protocols"), place=key.replace(":", " "), says=says)
        for key, says in (*_sources(protocol), *_tests(protocol), *_exams(protocol), *_stretches(protocol))
    ]


def _sources(protocol: Protocol) -> Iterator[tuple[str, str]]:
    collections = {
        name: getattr(protocol, name)
        for name in ("scales", "tests", "exams", "safety", "precautions", "story", "stretches")
    }
    collections["rules"] = {
        rule.id: rule for rule in map(protocol.rules.__getattribute__, protocol.rules.__struct_fields__)
    }
    for collection, items in collections.items():
        for item in items.values():
            for source in item.sources:
                if source not in protocol.sources:
                    yield f"{collection}:{item.id}", f'source "{source}" is not in the list of sources'


def _tests(protocol: Protocol) -> Iterator[tuple[str, str]]:
    codes = {code for scale in protocol.scales.values() for code in scale.codes}
    for test in protocol.tests.values():
        if isinstance(test, MuscleTest):
            for antagonist in test.antagonists:
                if antagonist not in protocol.tests:
                    yield f"tests:{test.id}", f'antagonist "{antagonist}" is not a test of the library'
            for code in test.criteria.keys() - codes:
                yield f"tests:{test.id}", f'criterion "{code}" is not a grade'


def _exams(protocol: Protocol) -> Iterator[tuple[str, str]]:
    for exam in protocol.exams.values():
        for test in (*exam.tests, *exam.leg_length):
            if test not in protocol.tests:
                yield f"exams:{exam.id}", f'"{test}" is not a test of the library'
        if exam.scale not in protocol.scales:
            yield f"exams:{exam.id}", f'"{exam.scale}" is not a scale'


def _stretches(protocol: Protocol) -> Iterator[tuple[str, str]]:
    for stretch in protocol.stretches.values():
        key = f"stretches:{stretch.id}"
        for code in stretch.precautions.keys() - protocol.precautions.keys():
            yield key, f'precaution "{code}" is not known'
        for answer in stretch.answers:
            if answer.test and answer.test not in protocol.tests:
                yield key, f'"{answer.test}" is not a test of the library'
            if answer.story and answer.story not in protocol.story:
                yield key, f'"{answer.story}" is not a question of the story'
        for language, text in stretch.text.items():
            for why in {"default", *(answer.why for answer in stretch.answers)} - text.why.keys():
                yield key, f'text.{language}.why lacks "{why}"'
        if "en" not in stretch.text:
            yield key, "has no English text"

"""Checks of stretches: what holds them back, what they answer, and their words in each language."""

from collections.abc import Iterator

from mmt.model.exam_tests import CountTest
from mmt.model.protocol import Protocol
from mmt.model.stretches import Answers, Gate, Stretch

from .faults import Fault, answerable, unknown


def stretch_faults(stretch: Stretch, protocol: Protocol) -> Iterator[Fault]:
    """Why nobody could tell whether this stretch is safe: what it is held back by does not exist."""
    key = f"stretches:{stretch.id}"
    yield from unknown(protocol, key, "precaution", stretch.precautions, "precautions")
    named = [*stretch.usual_only, *(code for codes in stretch.omits.values() for code in codes)]
    yield from unknown(protocol, key, "precaution", named, "precautions")
    yield from unknown(protocol, key, "test", stretch.loads, "tests")
    for gate in stretch.gates:
        yield from _gate(key, gate, protocol)


def all_stretches(protocol: Protocol) -> Iterator[Fault]:
    """What does not fit together in stretches."""
    for stretch in protocol.stretches.values():
        key = f"stretches:{stretch.id}"
        yield from stretch_faults(stretch, protocol)
        for answer in stretch.answers:
            yield from _answer(key, answer, protocol)
        yield from _wording(key, stretch)
        yield from _same_words(key, stretch)
        if stretch.default and (stretch.gates or "X" in stretch.precautions.values()):
            yield key, "is a default and must carry no gate, and no precaution but those that a tick allows"
        if stretch.default and stretch.kind == "walking" and {*stretch.precautions.values()} - {"form"}:
            yield key, "is always on the sheet and must carry no precaution but for another form"


def _gate(key: str, gate: Gate, protocol: Protocol) -> Iterator[Fault]:
    if gate.story and gate.story in protocol.story:
        yield from answerable(key, protocol.story[gate.story], gate.not_equals or None)
        if gate.over is not None and protocol.story[gate.story].answer != "number":
            yield key, f'gate "{gate.story}" has no number to be over'
    elif gate.story:
        yield key, f'gate "{gate.story}" is not a question of the story'
    for name, wanted in gate.where.items():
        if name in protocol.story:
            yield from answerable(key, protocol.story[name], wanted)
        else:
            yield key, f'gate `where` "{name}" is not a question of the story'
    yield from unknown(protocol, key, "test", gate.graded, "tests")
    if gate.test and gate.test not in protocol.tests:
        yield key, f'gate "{gate.test}" is not a test of the library'
    elif gate.above and "grade" not in protocol.tests[gate.test].measures:
        yield key, f'gate "{gate.test}" has no grade to be above'
    elif gate.test and gate.over is not None and "count" not in protocol.tests[gate.test].measures:
        yield key, f'gate "{gate.test}" has no count to be over'
    if gate.pattern and gate.pattern not in protocol.patterns:
        yield key, f'gate "{gate.pattern}" is not a pattern'
    if gate.alert and gate.alert not in protocol.safety:
        yield key, f'gate "{gate.alert}" is not a group of safety questions'


def _answer(key: str, answer: Answers, protocol: Protocol) -> Iterator[Fault]:
    test = protocol.tests.get(answer.test)
    if answer.test and test is None:
        yield key, f'answers the test "{answer.test}", which is not in the library'
    if answer.under is not None and test not in protocol.of(CountTest):
        yield key, "`under` needs a counted test"
    if answer.precaution and answer.precaution not in protocol.precautions:
        yield key, f'answers the precaution "{answer.precaution}", which is not in the list'
    for name, wants in (*answer.story.items(), *answer.if_asked.items()):
        question = protocol.story.get(name)
        if question is None:
            yield key, f'answers "{name}", which is not a question of the story'
        elif isinstance(wants, bool | str):
            yield from answerable(key, question, wants)
        elif question.answer != "number":
            yield key, f'"{name}" is not answered with a number'


def _wording(key: str, stretch: Stretch) -> Iterator[Fault]:
    if "en" not in stretch.text:
        yield key, "has no English text"
    reasons = {"default", *(answer.why for answer in stretch.answers)}
    for language, text in stretch.text.items():
        for why in sorted(reasons - text.why.keys()):
            yield key, f'text.{language}.why lacks "{why}"'
        for code in text.ticked:
            if stretch.precautions.get(code, "X") == "X":
                yield key, f'text.{language}.ticked: "{code}" is not a precaution of it that a tick allows'
        for code, severity in stretch.precautions.items():
            if severity == "form" and code not in text.ticked:
                yield key, f'text.{language}.ticked lacks the other form for "{code}"'
        for code in text.instead:
            if stretch.precautions.get(code) != "form":
                yield key, f'text.{language}.instead: "{code}" is not a precaution that asks for another form'


def _same_words(key: str, stretch: Stretch) -> Iterator[Fault]:
    """A fault where a language tells other steps, or other words for a tick, than the English."""
    english = stretch.text.get("en")
    if english is None:
        return
    for language, text in stretch.text.items():
        if [len(part.steps) for part in text.parts] != [len(part.steps) for part in english.parts]:
            yield key, f"text.{language}.parts have not as many steps as the English ones"
        if {code: len(steps) for code, steps in text.instead.items()} != {
            code: len(steps) for code, steps in english.instead.items()
        }:
            yield key, f"text.{language}.instead has not the same forms and steps as the English one"
        for code in sorted(english.ticked.keys() ^ text.ticked.keys()):
            yield key, f'text.{language}.ticked and the English one differ in "{code}"'

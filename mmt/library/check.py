"""Checks across protocol files: every id that an item names exists, and what one item says fits together."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from mmt.model.exam_tests import CountTest, ExamPlan, LegLengthTest, MuscleTest
from mmt.model.grades import CODES, rank
from mmt.model.protocol import ITEMS, PARTS, Protocol
from mmt.model.questions import OnlyIf, StoryQuestion
from mmt.model.rules import MotorAlarmRule, StrainRule
from mmt.model.stretches import Answers, Gate, Stretch
from mmt.toml.problems import Problem

from . import figures
from .doses import dose_faults

_LADDER = "on the ladder of grades"

Fault = tuple[str, str]
"""The item (`stretches:E01`) and what is wrong with it."""


def check(protocol: Protocol, origins: dict[str, str]) -> list[Problem]:
    """What does not fit together, each with the file and the item that says so."""
    checks = (
        *(
            _sources,
            _scales,
            _tests,
            _errors,
            _exams,
            _safety,
            _combinations,
            _precautions,
            _story,
            _stretches,
        ),
        *(figures.fitting, dose_faults, _patterns, _rules),
    )
    return [
        Problem(file=origins.get(key, "protocols"), place=key.replace(":", " "), says=says)
        for one in checks
        for key, says in one(protocol)
    ]


def names_a_test(text: str) -> bool:
    """Whether a word where a test or plain words may stand is meant as a test's id: it is in capitals."""
    return re.fullmatch(r"[A-Z][A-Z0-9-]*", text) is not None


def _unknown(key: str, what: str, names: Iterable[str], known: Iterable[str], where: str) -> Iterator[Fault]:
    """One fault for each of `names` that is not among `known`."""
    known = set(known)
    for name in names:
        if name not in known:
            yield key, f'{what} "{name}" is not {where}'


def _twice(key: str, what: str, names: Iterable[str]) -> Iterator[Fault]:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            yield key, f'{what} "{name}" stands twice'
        seen.add(name)


def _sources(protocol: Protocol) -> Iterator[Fault]:
    for collection in (*ITEMS, *PARTS):
        for item in getattr(protocol, collection).values():
            yield from _sourced(f"{collection}:{item.id}", item, protocol)
    for name in protocol.rules.__struct_fields__:
        rule = getattr(protocol.rules, name)
        yield from _sourced(f"rules:{rule.id}", rule, protocol)


def _sourced(key: str, item: Any, protocol: Protocol) -> Iterator[Fault]:
    yield from _unknown(key, "source", item.sources, protocol.sources, "in the list of sources")


def _scales(protocol: Protocol) -> Iterator[Fault]:
    for scale in protocol.scales.values():
        key = f"scales:{scale.id}"
        yield from _twice(key, "grade", scale.codes)
        if list(scale.codes) != sorted(scale.codes, key=rank):
            yield key, "the grades do not stand worst first"
        for code in "012345":
            if code not in scale.codes:
                yield key, f'lacks the grade "{code}", which one key records'


def _tests(protocol: Protocol) -> Iterator[Fault]:
    for test in protocol.tests.values():
        yield from ((f"tests:{test.id}", says) for says in test.faults())
    for muscle in protocol.of(MuscleTest):
        yield from _muscle(f"tests:{muscle.id}", muscle, protocol)
    for count in protocol.of(CountTest):
        yield from _twice(f"tests:{count.id}", "convention", (one.id for one in count.conventions))
        named = [count.muscle] if count.muscle else []
        yield from _unknown(f"tests:{count.id}", "muscle", named, protocol.tests, "a test of the library")


def _errors(protocol: Protocol) -> Iterator[Fault]:
    measured = {*protocol.scales, *protocol.tests, *protocol.story}
    for error in protocol.errors.values():
        key = f"errors:{error.id}"
        yield from ((key, says) for says in error.faults())
        yield from _unknown(key, "measure", error.of, measured, "a scale, a test or a question of the story")


def _muscle(key: str, test: MuscleTest, protocol: Protocol) -> Iterator[Fault]:
    library = "a test of the library; words that are no test are written in small letters"
    takers = [one.id for one in test.substitutions]
    yield from _twice(key, "substitution", takers)
    yield from _unknown(key, "substitution", filter(names_a_test, takers), protocol.tests, library)
    yield from _unknown(key, "antagonist", filter(names_a_test, test.antagonists), protocol.tests, library)
    yield from _unknown(key, "criterion", test.criteria, CODES, _LADDER)


def exam_faults(exam: ExamPlan, protocol: Protocol) -> Iterator[Fault]:
    """Why this exam cannot be walked: a test or scale is missing, stands twice, or is of the wrong kind."""
    key = f"exams:{exam.id}"
    yield from _twice(key, "test", exam.tests)
    yield from _unknown(key, "test", exam.tests, protocol.tests, "a test of the library")
    methods = [one.id for one in protocol.of(LegLengthTest)]
    yield from _unknown(
        key, "leg-length method", exam.leg_length, methods, "a leg-length test of the library"
    )
    yield from _unknown(key, "scale", [exam.scale], protocol.scales, "a scale of the library")


def _exams(protocol: Protocol) -> Iterator[Fault]:
    for exam in protocol.exams.values():
        yield from exam_faults(exam, protocol)


def _safety(protocol: Protocol) -> Iterator[Fault]:
    seen: dict[str, str] = {}
    for group in protocol.safety.values():
        key = f"safety:{group.id}"
        if not any(one.kind == "sign" for one in group.questions):
            yield key, "has factors only: it could never alert"
        for one in group.questions:
            if one.id in seen:
                yield key, f'question "{one.id}" stands also in {seen[one.id]}'
            seen[one.id] = group.id
            if one.lasting and one.kind != "factor":
                yield (
                    key,
                    f'"{one.id}": `lasting` is for factors: a sign counts at the visit at which it is found',
                )
            if one.only_if and one.from_record:
                yield key, f'"{one.id}": the record answers it; `only_if` is for what is asked'
            yield from _nobody(key, f'"{one.id}": ', one.only_if)
            named = [one.precaution] if one.precaution else []
            yield from _unknown(key, f'"{one.id}": precaution', named, protocol.precautions, "in the list")


def _combinations(protocol: Protocol) -> Iterator[Fault]:
    for one in protocol.combinations.values():
        key = f"combinations:{one.id}"
        yield from _unknown(key, "group", [one.group], protocol.safety, "a group of safety questions")
        for part in one.needs:
            yield from _unknown(key, "question", part.answers, protocol.safety_questions, "a safety question")
            yield from _unknown(key, "precaution", part.precautions, protocol.precautions, "in the list")
            asked = [told.question for told in part.story]
            yield from _unknown(key, "question", asked, protocol.story, "in the story")
            tests = (*part.signs, *part.muscles)
            yield from _unknown(key, "test", tests, protocol.tests, "a test of the library")


def _precautions(protocol: Protocol) -> Iterator[Fault]:
    for one in protocol.precautions.values():
        key = f"precautions:{one.id}"
        yield from _nobody(key, "", one.only_if)
        if not one.asked and (one.lasting or one.only_if):
            yield key, "is not asked: `only_if` and `lasting` are for what is asked"
        yield from _unknown(key, "spared", one.spares, protocol.stretches, "a stretch of the library")
        until = [one.until] if one.until else []
        yield from _unknown(key, "`until`", until, protocol.story, "in the story")


def _nobody(key: str, lead: str, whom: OnlyIf | None) -> Iterator[Fault]:
    """A fault where a question can apply to nobody, or to everybody."""
    if whom == OnlyIf():
        yield key, f"{lead}`only_if` must name a sex or an age"
    over, under = (whom.over_age, whom.under_age) if whom else (None, None)
    if over is not None and under is not None and under - over < 2:
        yield key, f"{lead}`only_if`: nobody is over {over} and under {under}"


def _story(protocol: Protocol) -> Iterator[Fault]:
    for question in protocol.story.values():
        key = f"story:{question.id}"
        if (question.answer in ("choice", "words")) != bool(question.choices):
            yield key, "`choices` belong to the answers `choice` and `words`, which need them"
        yield from _twice(key, "choice", question.choices)
        yield from _unknown(key, "label", question.labels, question.choices, "one of the choices")
        if (question.change is None) != (question.more is None):
            yield key, "`change` and `more` belong together"
        for one in question.implies:
            yield from _unknown(key, "precaution", [one.precaution], protocol.precautions, "in the list")
            yield from _answerable(key, question, one.equals)


def _answerable(key: str, question: StoryQuestion, wanted: str | bool | None) -> Iterator[Fault]:
    """A fault where the question cannot be answered with what an item waits for."""
    if isinstance(wanted, str) and wanted not in question.choices:
        yield key, f'"{wanted}" is not an answer of "{question.id}"'
    if isinstance(wanted, bool) and question.answer != "yes-no":
        yield key, f'"{question.id}" is not answered with yes or no'


def stretch_faults(stretch: Stretch, protocol: Protocol) -> Iterator[Fault]:
    """Why nobody could tell whether this stretch is safe: what it is held back by does not exist."""
    key = f"stretches:{stretch.id}"
    yield from _unknown(key, "precaution", stretch.precautions, protocol.precautions, "in the list")
    for gate in stretch.gates:
        yield from _gate(key, gate, protocol)


def _stretches(protocol: Protocol) -> Iterator[Fault]:
    for stretch in protocol.stretches.values():
        key = f"stretches:{stretch.id}"
        yield from stretch_faults(stretch, protocol)
        for answer in stretch.answers:
            yield from _answer(key, answer, protocol)
        yield from _wording(key, stretch)
        yield from _same_words(key, stretch)
        if stretch.default and (stretch.gates or "X" in stretch.precautions.values()):
            yield key, "is a default and must carry no gate, and no precaution but those that a tick allows"
        if stretch.default and stretch.kind == "walking" and stretch.precautions:
            yield key, "is always on the sheet and must carry no precaution"


def _gate(key: str, gate: Gate, protocol: Protocol) -> Iterator[Fault]:
    if gate.story and gate.story in protocol.story:
        yield from _answerable(key, protocol.story[gate.story], gate.not_equals or None)
    elif gate.story:
        yield key, f'gate "{gate.story}" is not a question of the story'
    if gate.test and gate.test not in protocol.tests:
        yield key, f'gate "{gate.test}" is not a test of the library'
    elif gate.above and "grade" not in protocol.tests[gate.test].measures:
        yield key, f'gate "{gate.test}" has no grade to be above'
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
    for name, wants in answer.story.items():
        question = protocol.story.get(name)
        if question is None:
            yield key, f'answers "{name}", which is not a question of the story'
        elif isinstance(wants, bool | str):
            yield from _answerable(key, question, wants)
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


def _patterns(protocol: Protocol) -> Iterator[Fault]:
    library, rules = "a test of the library", protocol.rules
    for one in protocol.patterns.values():
        key = f"patterns:{one.id}"
        yield from _unknown(key, "test", one.named, protocol.tests, library)
        yield from _twice(key, "test", one.named)
        yield from _unknown(key, "root", one.roots, protocol.patterns, "a pattern")
        yield from _unknown(key, "spared muscle", one.may_be_spared, one.weak, "one that it expects weak")
        if one.roots and one.named:
            yield key, "names roots, so it may name no tests of its own"
    for figure in rules.next_test.published:
        yield from _unknown("rules:next-test", "test", (figure.test, *figure.when), protocol.tests, library)
        yield from _unknown("rules:next-test", "pattern", figure.tells, protocol.patterns, "in the library")
    for pair in rules.pairs.pairs:
        yield from _unknown("rules:pairs", "muscle", pair, protocol.tests, library)
    for rule in (rules.lower_crossed, rules.upper_crossed):
        named = (*(name for group in rule.short for name in group), *rule.weak)
        yield from _unknown(f"rules:{rule.id}", "test", named, protocol.tests, library)


def alarm_faults(alarm: MotorAlarmRule, protocol: Protocol) -> Iterator[Fault]:
    """Why this rule cannot alarm: the questions that it asks do not exist."""
    asked = [alarm.questions]
    yield from _unknown("rules:motor-alarm", "group", asked, protocol.safety, "a group of safety questions")


def _rules(protocol: Protocol) -> Iterator[Fault]:
    rules = protocol.rules
    library = "a test of the library"
    alarm = rules.motor_alarm
    yield from alarm_faults(alarm, protocol)
    yield from _unknown("rules:motor-alarm", "muscle", alarm.muscles, protocol.tests, library)
    yield from _unknown("rules:motor-alarm", "counted test", alarm.counts, protocol.tests, library)
    keys = rules.key_muscles
    yield from _unknown("rules:key-muscles", "muscle", (*keys.upper, *keys.lower), protocol.tests, library)
    yield from _unknown("rules:key-muscles", "grade", keys.whole, CODES, _LADDER)
    nerve = rules.irritability
    yield from _unknown(
        "rules:irritability", "precaution", [nerve.precaution], protocol.precautions, "in the list"
    )
    asked = [nerve.leg_pain, nerve.night_pain]
    yield from _unknown("rules:irritability", "question", asked, protocol.story, "in the story")
    yield from _all_answerable("rules:irritability", nerve.story, protocol)
    if (legs := rules.both_legs) is not None:
        named = (*legs.reflexes, *legs.proximal, *legs.distal)
        yield from _unknown("rules:both-legs", "test", named, protocol.tests, library)
        yield from _unknown("rules:both-legs", "question", [legs.pain], protocol.story, "in the story")
        asked = [legs.onset]
        yield from _unknown(
            "rules:both-legs", "question", asked, protocol.safety_questions, "a safety question"
        )
    if (given := rules.given_before) is not None:
        asked = [given.done, given.change, *given.centralised, *given.centralised.values()]
        yield from _unknown("rules:given-before", "question", asked, protocol.story, "in the story")
    if (again := rules.walk_again) is not None:
        asked = [again.change, again.pain]
        yield from _unknown("rules:walk-again", "test", again.always, protocol.tests, library)
        yield from _unknown("rules:walk-again", "question", asked, protocol.story, "in the story")
    if (strain := rules.hamstrings) is not None:
        yield from _strain("rules:hamstrings", strain, protocol)


def _strain(key: str, strain: StrainRule, protocol: Protocol) -> Iterator[Fault]:
    yield from _unknown(key, "precaution", [strain.precaution], protocol.precautions, "in the list")
    yield from _unknown(key, "muscle", strain.muscles, protocol.tests, "a test of the library")
    yield from _all_answerable(key, strain.story, protocol)


def _all_answerable(key: str, story: dict[str, bool | str], protocol: Protocol) -> Iterator[Fault]:
    yield from _unknown(key, "question", story, protocol.story, "in the story")
    for name, wanted in story.items():
        if name in protocol.story:
            yield from _answerable(key, protocol.story[name], wanted)

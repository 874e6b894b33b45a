"""Checks across protocol files: every id that an item names exists, and what one item says fits together."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping

from mmt.model.base import Item
from mmt.model.exam_tests import CountTest, ExamPlan, LegLengthTest, MuscleTest, TouchTest
from mmt.model.grades import CODES, rank
from mmt.model.protocol import ITEMS, PARTS, Protocol
from mmt.model.questions import OnlyIf, StoryQuestion
from mmt.model.rules import MotorAlarmRule, Rules, StrainRule
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
    return list(problems_of((fault for one in checks for fault in one(protocol)), origins))


def problems_of(
    faults: Iterable[Fault], origins: Mapping[str, str], elsewhere: str = "protocols"
) -> Iterator[Problem]:
    """Faults of items, each with the file that the item comes from; `elsewhere` where that is not known."""
    for key, says in faults:
        yield Problem(file=origins.get(key, elsewhere), place=key.replace(":", " "), says=says)


def items(protocol: Protocol) -> Iterator[tuple[str, Item]]:
    """Every item that has sources, by its key (`stretches:E01`); the rules last."""
    for collection in protocol.__struct_fields__:
        if collection in (*ITEMS, *PARTS):
            for item in getattr(protocol, collection).values():
                yield f"{collection}:{item.id}", item
    for name in protocol.rules.__struct_fields__:
        rule = getattr(protocol.rules, name)
        yield f"rules:{rule.id}", rule


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
}
"""What of a protocol items name, and how it is told that one is missing there."""


def _unknown(protocol: Protocol, key: str, what: str, names: Iterable[str], among: str) -> Iterator[Fault]:
    """One fault for each of `names` that the protocol lacks; an empty one names nothing."""
    yield from _not_among(key, what, filter(None, names), getattr(protocol, among), _WHERE[among])


def _not_among(
    key: str, what: str, names: Iterable[str], known: Collection[str], where: str
) -> Iterator[Fault]:
    """One fault for each of `names` that is not among `known`."""
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
    for key, item in items(protocol):
        yield from _unknown(protocol, key, "source", item.sources, "sources")


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
        yield from _unknown(protocol, f"tests:{count.id}", "muscle", [count.muscle], "tests")


def _errors(protocol: Protocol) -> Iterator[Fault]:
    measured = {*protocol.scales, *protocol.tests, *protocol.story}
    for error in protocol.errors.values():
        key = f"errors:{error.id}"
        yield from ((key, says) for says in error.faults())
        yield from _not_among(
            key, "measure", error.of, measured, "a scale, a test or a question of the story"
        )


def _muscle(key: str, test: MuscleTest, protocol: Protocol) -> Iterator[Fault]:
    library = "a test of the library; words that are no test are written in small letters"
    takers = [one.id for one in test.substitutions]
    yield from _twice(key, "substitution", takers)
    for what, names in (("substitution", takers), ("antagonist", test.antagonists)):
        yield from _not_among(key, what, filter(names_a_test, names), protocol.tests, library)
    yield from _not_among(key, "criterion", test.criteria, CODES, _LADDER)


def exam_faults(exam: ExamPlan, protocol: Protocol) -> Iterator[Fault]:
    """Why this exam cannot be walked: a test or scale is missing, stands twice, or is of the wrong kind."""
    key = f"exams:{exam.id}"
    yield from _twice(key, "test", (*exam.tests, *exam.screen))
    yield from _unknown(protocol, key, "test", (*exam.tests, *exam.screen), "tests")
    methods, where = [one.id for one in protocol.of(LegLengthTest)], "a leg-length test of the library"
    yield from _not_among(key, "leg-length method", exam.leg_length, methods, where)
    yield from _unknown(protocol, key, "scale", [exam.scale], "scales")


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
                only = "`lasting` is for factors: a sign counts at the visit at which it is found"
                yield key, f'"{one.id}": {only}'
            if one.only_if and one.from_record:
                yield key, f'"{one.id}": the record answers it; `only_if` is for what is asked'
            yield from _nobody(key, f'"{one.id}": ', one.only_if)
            yield from _unknown(protocol, key, f'"{one.id}": precaution', [one.precaution], "precautions")


def _combinations(protocol: Protocol) -> Iterator[Fault]:
    for one in protocol.combinations.values():
        key = f"combinations:{one.id}"
        yield from _unknown(protocol, key, "group", [one.group], "safety")
        for part in one.needs:
            yield from _unknown(protocol, key, "question", part.answers, "safety_questions")
            yield from _unknown(protocol, key, "precaution", part.precautions, "precautions")
            long = [part.not_new] if part.not_new else []
            asked = [*(one.question for one in part.story), *(one.question for one in long)]
            yield from _unknown(protocol, key, "question", asked, "story")
            yield from _unknown(protocol, key, "question", [one.denied for one in long], "safety_questions")
            yield from _unknown(protocol, key, "test", (*part.signs, *part.muscles), "tests")
            yield from _not_among(key, "touch", part.numb, _touches(protocol), "a test of touch")


def _precautions(protocol: Protocol) -> Iterator[Fault]:
    for one in protocol.precautions.values():
        key = f"precautions:{one.id}"
        yield from _nobody(key, "", one.only_if)
        if not one.asked and (one.lasting or one.only_if):
            yield key, "is not asked: `only_if` and `lasting` are for what is asked"
        yield from _unknown(protocol, key, "spared", one.spares, "stretches")
        yield from _unknown(protocol, key, "`until`", [one.until], "story")


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
        yield from _not_among(key, "label", question.labels, question.choices, "one of the choices")
        if (question.change is None and question.change_possible is None) != (question.more is None):
            yield key, "`change` and `more` belong together"
        for one in question.implies:
            yield from _unknown(protocol, key, "precaution", [one.precaution], "precautions")
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
    yield from _unknown(protocol, key, "precaution", stretch.precautions, "precautions")
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
        if gate.over is not None and protocol.story[gate.story].answer != "number":
            yield key, f'gate "{gate.story}" has no number to be over'
    elif gate.story:
        yield key, f'gate "{gate.story}" is not a question of the story'
    for name, wanted in gate.where.items():
        if name in protocol.story:
            yield from _answerable(key, protocol.story[name], wanted)
        else:
            yield key, f'gate `where` "{name}" is not a question of the story'
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
    rules = protocol.rules
    for one in protocol.patterns.values():
        key = f"patterns:{one.id}"
        yield from _unknown(protocol, key, "test", one.named, "tests")
        yield from _twice(key, "test", (*one.named, *one.numb))
        yield from _not_among(key, "touch", one.numb, _touches(protocol), "a test of touch")
        yield from _unknown(protocol, key, "root", one.roots, "patterns")
        yield from _not_among(key, "spared muscle", one.may_be_spared, one.weak, "one that it expects weak")
        yield from _not_among(key, "key muscle", one.key, one.weak, "one that it expects weak")
        if one.roots and (one.named or one.numb):
            yield key, "names roots, so it may name no tests of its own"
    for figure in rules.next_test.published:
        key, patterns = "rules:next-test", protocol.patterns
        yield from _unknown(protocol, key, "test", (figure.test, *figure.when), "tests")
        yield from _not_among(key, "pattern", figure.tells, patterns, "in the library")
    for pair in rules.pairs.pairs:
        yield from _unknown(protocol, "rules:pairs", "muscle", pair, "tests")
    for rule in (rules.lower_crossed, rules.upper_crossed):
        named = (*(name for group in rule.short for name in group), *rule.weak)
        yield from _unknown(protocol, f"rules:{rule.id}", "test", named, "tests")


def _touches(protocol: Protocol) -> list[str]:
    return [one.id for one in protocol.of(TouchTest)]


def alarm_faults(alarm: MotorAlarmRule, protocol: Protocol) -> Iterator[Fault]:
    """Why this rule cannot alarm: the questions that it asks do not exist."""
    yield from _unknown(protocol, "rules:motor-alarm", "group", [alarm.questions], "safety")


def _rules(protocol: Protocol) -> Iterator[Fault]:
    rules = protocol.rules
    alarm, keys, nerve = rules.motor_alarm, rules.key_muscles, rules.irritability
    yield from alarm_faults(alarm, protocol)
    yield from _not_among("rules:key-muscles", "grade", keys.whole, CODES, _LADDER)
    of_all = (
        ("motor-alarm", "muscle", alarm.muscles, "tests"),
        ("motor-alarm", "counted test", alarm.counts, "tests"),
        ("key-muscles", "muscle", (*keys.upper, *keys.lower), "tests"),
        ("irritability", "precaution", [nerve.precaution], "precautions"),
        ("irritability", "question", [nerve.leg_pain, nerve.night_pain], "story"),
    )
    for rule, what, names, among in of_all:
        yield from _unknown(protocol, f"rules:{rule}", what, names, among)
    yield from _all_answerable("rules:irritability", nerve.story, protocol)
    for rule, what, later, among in _of_later_rules(rules):
        yield from _unknown(protocol, f"rules:{rule}", what, later, among)
    for rule, strain in _strains(rules):
        yield from _all_answerable(f"rules:{rule}", strain.story, protocol)


def _of_later_rules(rules: Rules) -> Iterator[tuple[str, str, Iterable[str], str]]:
    """What the rules name that older protocols have not, each with the rule and what it is."""
    if (legs := rules.both_legs) is not None:
        yield "both-legs", "test", (*legs.reflexes, *legs.proximal, *legs.distal), "tests"
        yield "both-legs", "question", [legs.pain], "story"
        yield "both-legs", "question", [legs.onset], "safety_questions"
    if (given := rules.given_before) is not None:
        scores = (*given.centralised, *given.centralised.values())
        yield "given-before", "question", (given.done, given.change, *scores), "story"
    if (again := rules.walk_again) is not None:
        yield "walk-again", "test", again.always, "tests"
        yield "walk-again", "question", [again.change, again.pain], "story"
    if (points := rules.screen) is not None:
        yield "screen", "test", (*points.muscles, *points.signs), "tests"
        yield "screen", "question", points.answers, "safety_questions"
        yield "screen", "question", points.story, "story"
    for rule, strain in _strains(rules):
        yield rule, "precaution", [strain.precaution], "precautions"
        yield rule, "muscle", strain.muscles, "tests"


def _strains(rules: Rules) -> Iterator[tuple[str, StrainRule]]:
    """The rules by which muscles put a precaution on the stretches."""
    named = (("hamstrings", rules.hamstrings), ("floor", rules.floor))
    return ((name, one) for name, one in named if one is not None)


def _all_answerable(key: str, story: dict[str, bool | str], protocol: Protocol) -> Iterator[Fault]:
    yield from _unknown(protocol, key, "question", story, "story")
    for name, wanted in story.items():
        if name in protocol.story:
            yield from _answerable(key, protocol.story[name], wanted)

"""Checks across protocol files: every id that an item names exists, and what one item says fits together."""

from collections.abc import Iterator

from mmt.model.base import Item
from mmt.model.exam_tests import (
    CountTest,
    ExamPlan,
    LegLengthTest,
    LengthTest,
    MuscleTest,
    ReflexTest,
    SignTest,
    TouchTest,
)
from mmt.model.grades import CODES, rank
from mmt.model.protocol import ITEMS, PARTS, Protocol
from mmt.model.questions import OnlyIf
from mmt.toml.problems import Problem

from . import figures
from .check_rules import all_patterns, all_rules
from .check_stretches import all_stretches
from .doses import dose_faults
from .faults import LADDER, Fault, answerable, names_a_test, not_among, problems_of, touches, twice, unknown
from .gists import gist_faults


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
            all_stretches,
        ),
        *(figures.fitting, dose_faults, gist_faults, all_patterns, all_rules),
    )
    return list(problems_of((fault for one in checks for fault in one(protocol)), origins))


def items(protocol: Protocol) -> Iterator[tuple[str, Item]]:
    """Every item that has sources, by its key (`stretches:E01`); the rules last."""
    for collection in protocol.__struct_fields__:
        if collection in (*ITEMS, *PARTS):
            for item in getattr(protocol, collection).values():
                yield f"{collection}:{item.id}", item
    yield from ((f"rules:{name}", rule) for name, rule in protocol.rules_by_id.items())


def _sources(protocol: Protocol) -> Iterator[Fault]:
    for key, item in items(protocol):
        yield from unknown(protocol, key, "source", item.sources, "sources")


def _scales(protocol: Protocol) -> Iterator[Fault]:
    for scale in protocol.scales.values():
        key = f"scales:{scale.id}"
        yield from twice(key, "grade", scale.codes)
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
        yield from twice(f"tests:{count.id}", "convention", (one.id for one in count.conventions))
        yield from unknown(protocol, f"tests:{count.id}", "muscle", [count.muscle], "tests")
    for touch in protocol.of(TouchTest):
        yield from not_among(
            f"tests:{touch.id}", "touch", touch.asks_for, touches(protocol), "a test of touch"
        )
    for length in protocol.of(LengthTest):
        named = [length.same_move] if length.same_move else []
        yield from unknown(protocol, f"tests:{length.id}", "sign", named, "tests")
    for sign in protocol.of(SignTest):
        yield from unknown(protocol, f"tests:{sign.id}", "muscle", sign.muscles, "tests")


def _errors(protocol: Protocol) -> Iterator[Fault]:
    measured = {*protocol.scales, *protocol.tests, *protocol.story}
    for error in protocol.errors.values():
        key = f"errors:{error.id}"
        yield from ((key, says) for says in error.faults())
        yield from not_among(key, "measure", error.of, measured, "a scale, a test or a question of the story")


def _muscle(key: str, test: MuscleTest, protocol: Protocol) -> Iterator[Fault]:
    library = "a test of the library; words that are no test are written in small letters"
    takers = [one.id for one in test.substitutions]
    yield from twice(key, "substitution", takers)
    for what, names in (("substitution", takers), ("antagonist", test.antagonists)):
        yield from not_among(key, what, filter(names_a_test, names), protocol.tests, library)
    yield from not_among(key, "criterion", test.criteria, CODES, LADDER)


def exam_faults(exam: ExamPlan, protocol: Protocol) -> Iterator[Fault]:
    """Why this exam cannot be walked: a test or scale is missing, stands twice, or is of the wrong kind."""
    key = f"exams:{exam.id}"
    yield from twice(key, "test", (*exam.tests, *exam.screen))
    yield from unknown(protocol, key, "test", (*exam.tests, *exam.screen), "tests")
    methods, where = [one.id for one in protocol.of(LegLengthTest)], "a leg-length test of the library"
    yield from not_among(key, "leg-length method", exam.leg_length, methods, where)
    yield from unknown(protocol, key, "scale", [exam.scale], "scales")


def _exams(protocol: Protocol) -> Iterator[Fault]:
    for exam in protocol.exams.values():
        yield from exam_faults(exam, protocol)


def _safety(protocol: Protocol) -> Iterator[Fault]:
    seen: dict[str, str] = {}
    for group in protocol.safety.values():
        key = f"safety:{group.id}"
        if not any(one.kind == "sign" for one in group.questions):
            yield key, "has factors only: it could never alert"
        yield from unknown(protocol, key, "precaution", [group.precaution], "precautions")
        if group.meanwhile and not group.precaution:
            yield key, "`meanwhile` needs a precaution, whose `until` ends it"
        if group.no_tests and not group.meanwhile:
            yield key, "`no_tests` needs what holds `meanwhile`"
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
            yield from unknown(protocol, key, f'"{one.id}": precaution', [one.precaution], "precautions")


def _combinations(protocol: Protocol) -> Iterator[Fault]:
    for one in protocol.combinations.values():
        key = f"combinations:{one.id}"
        yield from unknown(protocol, key, "group", [one.group], "safety")
        yield from unknown(protocol, key, "precaution", [one.precaution], "precautions")
        yield from unknown(protocol, key, "`unless`", [one.unless], "combinations")
        for part in one.needs:
            yield from unknown(protocol, key, "question", part.answers, "safety_questions")
            yield from unknown(protocol, key, "precaution", part.precautions, "precautions")
            long = [long for long in (part.not_new, part.long_standing, one.not_new) if long]
            denied = (name for rule in long for name in (rule.denied, *rule.also_denied))
            unless = [one.unless for one in part.story if one.unless]
            asked = [*(one.question for one in part.story), *(one.question for one in (*unless, *long))]
            yield from unknown(protocol, key, "question", asked, "story")
            yield from unknown(protocol, key, "question", denied, "safety_questions")
            yield from unknown(protocol, key, "test", (*part.signs, *part.muscles, *part.kept), "tests")
            yield from not_among(
                key, "touch", (*part.numb, *part.altered), touches(protocol), "a test of touch"
            )
            reflexes = [one.id for one in protocol.of(ReflexTest)]
            yield from not_among(key, "reflex", part.lost, reflexes, "a reflex")


def _precautions(protocol: Protocol) -> Iterator[Fault]:
    for one in protocol.precautions.values():
        key = f"precautions:{one.id}"
        yield from _nobody(key, "", one.only_if)
        if not one.asked and (one.lasting or one.only_if):
            yield key, "is not asked: `only_if` and `lasting` are for what is asked"
        if one.doubt_days and one.until:
            yield key, "a no takes nothing back that ends with `until`: no `doubt_days`"
        yield from unknown(protocol, key, "spared", one.spares, "stretches")
        yield from unknown(protocol, key, "`until`", [one.until], "story")
        yield from unknown(protocol, key, "`beside`", one.beside, "precautions")


def _nobody(key: str, lead: str, whom: OnlyIf | None) -> Iterator[Fault]:
    """A fault where a question can apply to nobody, or to everybody."""
    if whom == OnlyIf():
        yield key, f"{lead}`only_if` must name a sex or an age"
    over, under = (whom.over_age, whom.under_age) if whom else (None, None)
    if over is not None and under is not None and under <= over:
        yield key, f"{lead}`only_if`: nobody is over {over} and under {under}"


def _story(protocol: Protocol) -> Iterator[Fault]:
    for question in protocol.story.values():
        key = f"story:{question.id}"
        if (question.answer in ("choice", "words")) != bool(question.choices):
            yield key, "`choices` belong to the answers `choice` and `words`, which need them"
        yield from twice(key, "choice", question.choices)
        yield from not_among(key, "label", question.labels, question.choices, "one of the choices")
        if (question.change is None and question.change_possible is None) != (question.more is None):
            yield key, "`change` and `more` belong together"
        if question.side:
            yield from unknown(protocol, key, "`side`", [question.side], "story")
        for one in question.implies:
            yield from unknown(protocol, key, "precaution", [one.precaution], "precautions")
            yield from answerable(key, question, one.equals)

"""Checks of rules and patterns: all that they name exists, and what they wait for can be answered."""

from collections.abc import Iterable, Iterator

from mmt.model.grades import CODES
from mmt.model.protocol import Protocol
from mmt.model.rules import MotorAlarmRule, Rules

from .faults import LADDER, Fault, all_answerable, not_among, touches, twice, unknown


def all_patterns(protocol: Protocol) -> Iterator[Fault]:
    """What does not fit together in patterns, pairs and the rule of the next test."""
    rules = protocol.rules
    asked = rules.patterns.side, rules.patterns.where
    yield from unknown(protocol, "rules:patterns", "question", asked, "story")
    where = protocol.story.get(rules.patterns.where)
    places = where.choices if where else ()
    for one in protocol.patterns.values():
        key = f"patterns:{one.id}"
        yield from unknown(protocol, key, "test", one.named, "tests")
        yield from twice(key, "test", (*one.named, *one.numb))
        yield from not_among(key, "touch", one.numb, touches(protocol), "a test of touch")
        yield from unknown(protocol, key, "root", one.roots, "patterns")
        yield from not_among(key, "spared muscle", one.may_be_spared, one.weak, "one that it expects weak")
        yield from not_among(key, "key muscle", one.key, one.weak, "one that it expects weak")
        yield from not_among(key, "place", one.felt, places, "where the story tells that it is felt")
        if one.roots and (one.named or one.numb):
            yield key, "names roots, so it may name no tests of its own"
    for row in rules.patterns.explained:
        yield from unknown(protocol, "rules:patterns", "combination", [row.combination], "combinations")
        yield from unknown(protocol, "rules:patterns", "question", [row.answer], "safety_questions")
        yield from unknown(protocol, "rules:patterns", "test", row.tests, "tests")
    for figure in rules.next_test.published:
        key, patterns = "rules:next-test", protocol.patterns
        yield from unknown(protocol, key, "test", (figure.test, *figure.when), "tests")
        yield from not_among(key, "pattern", figure.tells, patterns, "in the library")
    for pair in rules.pairs.pairs:
        yield from unknown(protocol, "rules:pairs", "muscle", pair, "tests")
    for rule in (rules.lower_crossed, rules.upper_crossed):
        named = (*(name for group in rule.short for name in group), *rule.weak)
        yield from unknown(protocol, f"rules:{rule.id}", "test", named, "tests")


def alarm_faults(alarm: MotorAlarmRule, protocol: Protocol) -> Iterator[Fault]:
    """Why this rule cannot alarm: the questions that it asks do not exist."""
    yield from unknown(protocol, "rules:motor-alarm", "group", [alarm.questions], "safety")


def all_rules(protocol: Protocol) -> Iterator[Fault]:
    """What does not fit together in the other rules."""
    rules = protocol.rules
    alarm, keys, nerve = rules.motor_alarm, rules.key_muscles, rules.irritability
    yield from alarm_faults(alarm, protocol)
    yield from not_among("rules:key-muscles", "grade", keys.whole, CODES, LADDER)
    of_all = (
        ("motor-alarm", "muscle", alarm.muscles, "tests"),
        ("motor-alarm", "counted test", (*alarm.counts, *alarm.falls), "tests"),
        ("key-muscles", "muscle", (*keys.upper, *keys.lower), "tests"),
        ("irritability", "precaution", [nerve.precaution], "precautions"),
        ("irritability", "question", [nerve.leg_pain, nerve.night_pain], "story"),
        ("irritability", "question", [nerve.calm_question] if nerve.calm_question else [], "story"),
    )
    for rule, what, names, among in of_all:
        yield from unknown(protocol, f"rules:{rule}", what, names, among)
    yield from all_answerable("rules:irritability", nerve.story, protocol)
    for rule, what, later, among in _of_later_rules(rules):
        yield from unknown(protocol, f"rules:{rule}", what, later, among)
    if (harder := rules.harder_form) is not None:
        yield from unknown(protocol, "rules:harder-form", "group", harder.groups, "safety")
        yield from unknown(protocol, "rules:harder-form", "precaution", harder.precautions, "precautions")
    if (root := rules.fresh_root) is not None:
        yield from unknown(protocol, "rules:fresh-root", "precaution", [root.precaution], "precautions")
        yield from unknown(protocol, "rules:fresh-root", "root", root.roots, "patterns")
        yield from unknown(protocol, "rules:fresh-root", "question", [root.question], "story")
        yield from all_answerable("rules:fresh-root", root.eased, protocol)
    if (course := rules.usual_course) is not None:
        yield from unknown(protocol, "rules:usual-course", "question", [course.question], "story")
        yield from unknown(protocol, "rules:usual-course", "precaution", course.precautions, "precautions")
    for rule, strain in rules.strains.items():
        yield from all_answerable(f"rules:{rule}", strain.story, protocol)


def _of_later_rules(rules: Rules) -> Iterator[tuple[str, str, Iterable[str], str]]:
    """What the rules name that older protocols have not, each with the rule and what it is."""
    if (legs := rules.both_legs) is not None:
        yield "both-legs", "test", (*legs.reflexes, *legs.proximal, *legs.distal), "tests"
        yield "both-legs", "question", [legs.pain], "story"
        yield "both-legs", "question", [legs.onset], "safety_questions"
        yield "both-legs", "`explained`", [legs.explained], "combinations"
        yield "both-legs", "`cord`", [legs.cord], "combinations"
    if (look := rules.early_look) is not None:
        yield "early-look", "question", [look.question], "story"
        yield "early-look", "muscle", [name for root in look.arms for name in root], "tests"
        yield (
            "early-look",
            "test",
            (*look.then, *(name for tests in look.then.values() for name in tests)),
            "tests",
        )
        yield "early-look", "precaution", [look.neck] if look.neck else [], "precautions"
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
    beside = rules.upper_motor_neuron.beside
    yield "upper-motor-neuron", "test", (*beside.muscles, *beside.numb), "tests"
    yield "upper-motor-neuron", "question", beside.answers, "safety_questions"
    yield "selection", "question", rules.selection.default_pain, "story"
    yield "selection", "question", rules.selection.elsewhere, "safety_questions"
    yield "selection", "question", rules.selection.elsewhere.values(), "story"
    yield "selection", "question", rules.selection.default_worse, "story"
    if (home := rules.at_home) is not None:
        yield "at-home", "question", (name for row in home.proposals for name in row.over), "story"
        yield "at-home", "test", (name for row in home.proposals for name in row.unless_worse), "tests"
    if (weaker := rules.better_but_weaker) is not None:
        yield "better-but-weaker", "question", weaker.scores, "story"
    for slow in (rules.no_real_change, rules.expected_time):
        if slow is not None:
            yield slow.id, "`change`", [slow.change], "story"
    if (part := rules.part) is not None:
        yield "part", "question", part.scores, "story"
    told = rules.patient_areas
    places = (*told.areas.values(), told.effort) if told else ()
    yield "patient-areas", "test", (name for tests in places for name in tests), "tests"
    if (goals := rules.goal_reached) is not None:
        named = (*goals.goals, goals.by, *goals.counted)
        yield "goal-reached", "question", (name for goal in named for name in goal), "story"
    for rule, strain in rules.strains.items():
        yield rule, "precaution", [strain.precaution], "precautions"
        yield rule, "muscle", strain.muscles, "tests"

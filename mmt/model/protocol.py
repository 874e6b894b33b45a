"""Everything read from protocol files, as one value: what a visit is done under."""

import hashlib
from collections.abc import Collection
from functools import cached_property
from itertools import chain
from typing import Any, TypeVar

import msgspec

from .base import Evidence, Item, Text, Value
from .exam_tests import AnyTest, CountTest, ExamPlan, MuscleTest
from .figures import Body, Figures, Picture
from .grades import Scale
from .measuring import Examiners, MeasuringError, OwnError
from .patterns import Pattern
from .questions import Combination, Precaution, SafetyGroup, SafetyQuestion, StoryQuestion
from .rules import Rules
from .signoff import SignOffs
from .stretches import Stretch

Kind = TypeVar("Kind", bound=AnyTest)

ITEMS = (
    *("safety", "combinations", "precautions", "stretches", "patterns"),
    *("tests", "errors", "exams", "scales", "story"),
)
"""The collections of a protocol whose items are signed off one by one, beside its rules."""

PARTS = ("bodies", "figures")
"""The collections that are no items to sign off: drawings are signed off with their stretch."""


class Source(Value, frozen=True, kw_only=True):
    """One entry of the source list: what to read, and where."""

    id: Text
    title: Text
    url: str = ""
    evidence: Evidence


class Protocol(Value, frozen=True, kw_only=True, dict=True):
    """The library of tests and their errors, exams, scales, questions, stretches and rules, each by its id.

    The protocol as it was read on the day of a visit is kept with the visit, by content hash. What is only
    looked up in it is worked out once a value. `own` are errors of the clinic's own hands,
    where it chose to judge by them.
    """

    sources: dict[str, Source] = {}
    scales: dict[str, Scale] = {}
    tests: dict[str, AnyTest] = {}
    errors: dict[str, MeasuringError] = {}
    exams: dict[str, ExamPlan] = {}
    safety: dict[str, SafetyGroup] = {}
    combinations: dict[str, Combination] = {}
    precautions: dict[str, Precaution] = {}
    story: dict[str, StoryQuestion] = {}
    stretches: dict[str, Stretch] = {}
    bodies: dict[str, Body] = {}
    figures: dict[str, Figures] = {}
    patterns: dict[str, Pattern] = {}
    rules: Rules
    signoffs: SignOffs = SignOffs()
    own: tuple[OwnError, ...] = ()

    def item_id(self, item: Item) -> str:
        """The id under which an item of this protocol is signed off (`stretches:E01`); empty for another."""
        if item in self.rules_by_id.values():
            return f"rules:{item.id}"
        held = (name for name in ITEMS if getattr(self, name).get(item.id) == item)
        return next((f"{name}:{item.id}" for name in held), "")

    def ruled_by(self, rule: str) -> str:
        """The id under which what a conclusion names as its `rule` is signed off; empty where it is none."""
        places = (("safety", self.safety), ("combinations", self.combinations), ("rules", self.rules_by_id))
        return next((f"{name}:{rule}" for name, ids in places if rule in ids), "")

    def offered_tests(self, recorded: Collection[str]) -> dict[str, AnyTest]:
        """The tests that a visit may hold: all but those set aside, unless one is `recorded` already."""
        unused = self.signoffs.unused
        return {
            name: one for name, one in self.tests.items() if name in recorded or not unused(f"tests:{name}")
        }

    @cached_property
    def all_signed(self) -> bool:
        """Whether a clinician signed off every item that is in use, its translations aside."""
        held = [f"{name}:{one}" for name in ITEMS for one in getattr(self, name)]
        return all(map(self.signoffs.signed, (*held, *(f"rules:{one}" for one in self.rules_by_id))))

    @cached_property
    def safety_questions(self) -> dict[str, SafetyQuestion]:
        """All safety questions by id, in the order of their groups."""
        return {one.id: one for group in self.safety.values() for one in group.questions}

    @cached_property
    def group_of(self) -> dict[str, SafetyGroup]:
        """The group of each safety question."""
        return {one.id: group for group in self.safety.values() for one in group.questions}

    @cached_property
    def agreeing(self) -> frozenset[str]:
        """The yes/no tests of which it is known how well examiners agree."""
        return frozenset(name for one in self.errors.values() if one.kappa for name in one.of)

    def own_error(self, test: str, examiners: Examiners) -> OwnError | None:
        """The error of the clinic's own hands that changes of a test are judged by; None where by none."""
        return next((one for one in self.own if (one.test, one.examiners) == (test, examiners)), None)

    def of(self, kind: type[Kind]) -> tuple[Kind, ...]:
        """The tests of one kind, in the order of the library."""
        if kind not in self._kinds:
            self._kinds[kind] = tuple(one for one in self.tests.values() if isinstance(one, kind))
        return self._kinds[kind]

    @cached_property
    def counted(self) -> dict[str, CountTest]:
        """The counted tests by the muscle that they speak for."""
        return {one.muscle: one for one in self.of(CountTest)}

    @cached_property
    def alarming(self) -> tuple[str, ...]:
        """The muscles that can alarm: the alarm set, and by a rule of its own all others of some regions."""
        rule = self.rules.leg_weakness
        others = (one.id for one in self.of(MuscleTest) if rule and one.region in rule.regions)
        named = dict.fromkeys((*self.rules.motor_alarm.muscles, *others))
        return tuple(name for name in named if name in self.tests)

    @cached_property
    def watched(self) -> tuple[str, ...]:
        """The muscles whose weakness counts: the alarm set, and every other muscle of the leg."""
        legs = (one.id for one in self.of(MuscleTest) if one.region == "leg")
        named = dict.fromkeys((*self.rules.motor_alarm.muscles, *legs))
        return tuple(name for name in named if name in self.tests)

    @cached_property
    def patterned(self) -> tuple[str, ...]:
        """Every test that a pattern names, once."""
        named = ((*one.named, *one.numb) for one in self.patterns.values())
        return tuple(dict.fromkeys(chain.from_iterable(named)))

    def drawn(self, stretch: str) -> tuple[Picture, ...]:
        """The drawings of a stretch, each with the proportions of its body; none where a body is missing.

        This side is marked where the stretch is done on one side at a time.
        """
        found, known = self.figures.get(stretch), self.stretches.get(stretch)
        drawings = found.drawings if found else ()
        marked = known is not None and known.sides == "each"
        return tuple(
            Picture(drawing=one, lengths=self.bodies[one.body].lengths, marked=marked)
            for one in drawings
            if one.body in self.bodies
        )

    def cite(self, sources: tuple[str, ...]) -> str:
        """The titles of the named sources, as one line for a reader."""
        return "; ".join(self.sources[name].title if name in self.sources else name for name in sources)

    @cached_property
    def rules_by_id(self) -> dict[str, Item]:
        """The rules by their ids; a protocol of an earlier day may lack one."""
        found = (getattr(self.rules, name) for name in self.rules.__struct_fields__)
        return {one.id: one for one in found if one is not None}

    @cached_property
    def written(self) -> tuple[str, bytes]:
        """The SHA-256 digest of its canonical JSON, and its JSON in the order in which it was read: the order
        of tests and questions is part of it."""
        canonical = msgspec.json.encode(self, order="deterministic")
        return hashlib.sha256(canonical).hexdigest(), msgspec.json.encode(self)

    @cached_property
    def _kinds(self) -> dict[type, tuple[Any, ...]]:
        return {}


def content(protocol: Protocol) -> tuple[str, bytes]:
    """What of a protocol is kept with a visit: digest and JSON, worked out once."""
    return protocol.written


def from_content(body: bytes) -> Protocol:
    """The protocol that `content` wrote."""
    return msgspec.json.decode(body, type=Protocol)

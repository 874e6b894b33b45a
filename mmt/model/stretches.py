"""Stretches and exercises: what answers a finding, what forbids it, and what the patient reads."""

from typing import Annotated, Literal

from msgspec import Meta

from .base import Item, Text, Value
from .review import Strength
from .visit import Dose

Kind = Literal["stretch", "strength", "nerve", "movement", "rest", "walking"]
Severity = Literal["X", "!"]
"""`X`: not offered where the condition is present. `!`: only after the clinician's tick."""


class Answers(Value, frozen=True, kw_only=True):
    """What a stretch answers: a finding (rule, test, least strength), or an answer of the story.

    `side` says on which side it is then done. `why` names the sentence the patient reads. `first` puts it
    before the others (pain-directed movements).
    """

    rule: str = ""
    test: str = ""
    strength: Strength = "present"
    story: str = ""
    equals: str | bool | None = None
    at_least: float | None = None
    side: Literal["same", "other", "both"] = "same"
    why: str = "default"
    first: bool = False


class Gate(Value, frozen=True, kw_only=True):
    """What must be known before a stretch is offered. `code` is printed where the gate is shut.

    A story gate wants the answer recorded (at any visit) and different from `not_equals`. A test gate wants
    no positive result on the `side` named; with `recorded` it wants the test done as well.
    """

    code: Text
    story: str = ""
    not_equals: str = ""
    test: str = ""
    side: Literal["same", "either"] = "either"
    recorded: bool = True


class Part(Value, frozen=True, kw_only=True):
    """Numbered steps of a stretch, with a title where it has more than one part."""

    title: str = ""
    steps: Annotated[tuple[Text, ...], Meta(min_length=1)]


class StretchText(Value, frozen=True, kw_only=True):
    """What the patient reads, in one language. `why` has one sentence a reason; `default` is required."""

    name: Text
    why: dict[str, Text]
    parts: Annotated[tuple[Part, ...], Meta(min_length=1)]
    feel: Text
    avoid: Annotated[tuple[Text, ...], Meta(min_length=1)]
    easier: Text
    harder: Text
    reviewed: bool = False


class Stretch(Item, frozen=True, kw_only=True):
    """One item of the library. `sides` says whether it is done on one side at a time.

    `default` items are offered when nothing else fits and carry no precaution. `course` says when a
    change can be expected.
    """

    name: Text
    kind: Kind
    targets: Text
    sides: Literal["each", "both"]
    answers: tuple[Answers, ...] = ()
    default: bool = False
    precautions: dict[str, Severity] = {}
    gates: tuple[Gate, ...] = ()
    dose: Dose
    course: Text
    text: dict[str, StretchText]

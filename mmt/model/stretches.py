"""Stretches and exercises: what answers a finding, what forbids it, and what the patient reads."""

import re
from collections.abc import Collection
from typing import Annotated, Literal

from msgspec import Meta
from msgspec.structs import replace

from .base import Item, Side, Text, Value
from .born import Ages
from .grades import Code
from .review import Strength
from .visit import Dose

RELIEF = ("rest", "walking")
"""The kinds that a precaution which lets everything wait does not hold back."""

Kind = Literal["stretch", "strength", "nerve", "movement", "rest", "walking"]
Severity = Literal["X", "!", "form"]
"""`X`: not offered where the condition is present. `!`: only after the clinician's tick. `form`: offered in
another form, where the condition is present or was never asked."""

FindingRule = Literal[
    "weakness",
    "side-difference",
    "pair",
    "short",
    "nerve-sign",
    "piriformis-sign",
    "function-sign",
    "reflex",
    "substitution",
    "pattern-lower-crossed",
    "pattern-upper-crossed",
    "dominance-expected",
    "leg-length",
    "gives-way",
]
"""The rules that findings come from, as the case format names them."""


Wants = bool | int | float | str
"""What a question of the story must have been answered: yes or no, a number from which it counts, or a word
(which may be one of several)."""

Turn = Annotated[int, Meta(ge=1, le=9)]


class Answers(Value, frozen=True, kw_only=True):
    """What a stretch answers: a finding (`rule`, `test`, least `strength`), answers of the `story`, or both;
    or a `precaution` that is present, with answers of the story or alone.

    Without a `test` any finding of the rule is answered; `under` asks for a count below it. All of `story`
    must hold, each question as it was answered last. `side` says on which side the stretch is then done.
    `why` names the sentence the patient reads. `first` puts it before all others (pain-directed movements),
    `turn` before or behind others of its kind. A `habit` is no finding: what it alone asks for comes last.
    The row holds `unless` one of these precautions is present, and not where a question of `if_asked` was
    answered otherwise.
    """

    rule: FindingRule | None = None
    test: str = ""
    strength: Strength = "present"
    under: int | None = None
    story: dict[Text, Wants] = {}
    precaution: str = ""
    side: Literal["same", "other", "both"] = "same"
    why: str = "default"
    first: bool = False
    turn: Turn = 5
    habit: bool = False
    unless: tuple[str, ...] = ()
    if_asked: dict[Text, Wants] = {}

    def __post_init__(self) -> None:
        if self.precaution and self.rule:
            raise ValueError("a `precaution` stands without a `rule`")
        if self.rule is None and not self.story and not self.precaution:
            raise ValueError("needs a `rule`, a `story`, or both, or a `precaution`")
        if self.rule is None and (self.test or self.under is not None):
            raise ValueError("`test` and `under` need a `rule`")


class Gate(Value, frozen=True, kw_only=True):
    """What must be known before a stretch is offered. `code` is printed where the gate is shut.

    A story gate wants the answer recorded (at any visit) and different from `not_equals`, or a number `over`
    one (weeks have gone on since they were told); with `where` only while these answers of the story hold,
    and with `graded` only until one of these muscles was graded on both sides while none of them hurt. A
    test gate wants no positive result on the `side` named, or with `above` no grade at or below it, or a
    count `over` one; with `recorded` it wants the test done as well. An alert gate wants no urgent or
    emergency alert of that rule, acted upon or not, and no muscle that became weaker. A pattern gate wants
    that the exam of this visit is not consistent with that pattern, on the `side` named.
    """

    code: Text
    story: str = ""
    not_equals: str = ""
    test: str = ""
    alert: str = ""
    pattern: str = ""
    side: Literal["same", "either"] = "either"
    recorded: bool = True
    above: Code | None = None
    over: float | None = None
    where: dict[str, bool | str] = {}
    graded: tuple[str, ...] = ()

    @property
    def measure(self) -> Literal["grade", "count", "result"]:
        """What of its test it looks at."""
        if self.above is not None:
            return "grade"
        return "result" if self.over is None else "count"

    def __post_init__(self) -> None:
        if self.above is not None and not self.test:
            raise ValueError("`above` needs a `test`")
        if (self.where or self.graded) and not self.story:
            raise ValueError("`where` and `graded` need a `story`")
        if self.over is not None and (self.alert or self.pattern or self.above):
            raise ValueError("`over` needs a `story` or a counted `test`")
        if sum(map(bool, (self.story, self.test, self.alert, self.pattern))) != 1:
            raise ValueError("needs exactly one of `story`, `test`, `alert`, `pattern`")


SIDED = re.compile(r"\{([^{}|]+)\|([^{}|]+)\}")
"""Words for a move on the left, and those for the same move on the right: `{left|right} knee`."""


def told_for(side: Side | None, text: str) -> str:
    """The text with the words for a move on this side; on the left where it is done on both in turn."""
    return SIDED.sub(lambda found: found[2 if side == "right" else 1], text)


class Part(Value, frozen=True, kw_only=True):
    """Numbered steps of a stretch, with a title where it has more than one part."""

    title: str = ""
    steps: Annotated[tuple[Text, ...], Meta(min_length=1)]


class StretchText(Value, frozen=True, kw_only=True):
    """What the patient reads, in one language. `why` has one sentence a reason; `default` is required.

    `ticked` tells what to do otherwise, by the precaution that the clinician ticked or that asks for another
    form; `instead` are the steps of such a form where it has others, and no drawings. `course` says when the
    patient may expect a change.

    `gist` is the whole move in a sentence or two, empty where none is written; words for a side stand in it
    as `SIDED` reads them. `gist_instead` stands for it, by the precaution of a form or a tick that the gist
    does not fit.
    """

    name: Text
    gist: str = ""
    gist_instead: dict[str, Text] = {}
    why: dict[str, Text]
    parts: Annotated[tuple[Part, ...], Meta(min_length=1)]
    feel: Text
    avoid: Annotated[tuple[Text, ...], Meta(min_length=1)]
    easier: Text
    harder: Text
    ticked: dict[str, Text] = {}
    instead: dict[str, Annotated[tuple[Text, ...], Meta(min_length=1)]] = {}
    course: str = ""
    reviewed: bool = False


class Translation(StretchText, frozen=True, kw_only=True):
    """What the patient reads of a stretch in another language than the one it was written in.

    `captions` are those of its drawings, in their order.
    """

    language: Text
    stretch: Text
    captions: tuple[Text, ...] = ()

    @property
    def id(self) -> str:
        """The stretch and the language: `E01 es`."""
        return f"{self.stretch} {self.language}"

    @property
    def text(self) -> StretchText:
        """The words by themselves, as a stretch holds them."""
        return StretchText(**{name: getattr(self, name) for name in StretchText.__struct_fields__})


class Older(Value, frozen=True, kw_only=True):
    """What is different for patients from an age on, in completed years: how long they hold, in s."""

    from_age: Annotated[int, Meta(ge=1, le=120)]
    hold_s: Annotated[int, Meta(ge=1)]


class Stretch(Item, frozen=True, kw_only=True):
    """One item of the library. `sides` says whether it is done on one side at a time. `dose` is changed for
    patients who are `older`.

    Items of the same `move` are forms of it: a first sheet holds one of them. `default` items are offered
    when nothing else fits; no precaution forbids them, and the walking one carries none. `stops` are the
    symptoms at which the patient stops and calls, by their keys in the report templates. `omits` names the
    precautions with which the easier or the harder form is not told, `loads` the muscles beside those it
    trains that its harder form asks more of, `usual_only` those whose tick tells of
    the usual steps alone, and not of a form with steps of its own. `course` says in a clinician's words
    when a change can be expected, `notes` what else to know.
    """

    name: Text
    kind: Kind
    targets: Text
    sides: Literal["each", "both"]
    move: str = ""
    answers: tuple[Answers, ...] = ()
    default: bool = False
    precautions: dict[str, Severity] = {}
    usual_only: tuple[str, ...] = ()
    gates: tuple[Gate, ...] = ()
    dose: Dose
    older: Older | None = None
    stops: tuple[str, ...] = ()
    omits: dict[Literal["easier", "harder"], tuple[str, ...]] = {}
    loads: tuple[str, ...] = ()
    course: Text
    notes: str = ""
    text: dict[str, StretchText]

    def for_age(self, ages: Ages) -> "Stretch":
        """The same in the dose for a patient of this age; the longer hold only for who is surely of its."""
        if self.older is None or ages.least < self.older.from_age:
            return self
        return replace(self, dose=replace(self.dose, hold_s=self.older.hold_s))

    @property
    def muscles(self) -> tuple[str, ...]:
        """The tests whose grades tell whether its harder form may be told."""
        trained = (one.test for one in self.answers if one.rule == "weakness" and one.test)
        held = (one.test for one in self.gates if one.above)
        return tuple(dict.fromkeys((*self.loads, *trained, *held)))

    def told_with(self, conditions: Collection[str], *, plain: bool = False) -> "Stretch":
        """The same without the easier and harder forms that these conditions forbid; `plain` without the
        harder one."""
        gone = {line: "" for line, codes in self.omits.items() if any(code in conditions for code in codes)}
        gone |= {"harder": ""} if plain else {}
        return replace(self, text={name: replace(one, **gone) for name, one in self.text.items()})

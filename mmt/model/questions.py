"""What is asked: safety questions in groups, precautions, and the story."""

import datetime
from typing import Annotated, Literal

from msgspec import Meta

from .base import Item, Text, Value
from .grades import Code
from .people import Patient, Sex
from .review import Level


class OnlyIf(Value, frozen=True, kw_only=True):
    """Whom a question can apply to, by the record: of this `sex`, from the birthday of `over_age` on,
    younger than `under_age`, in completed years. Who is of a sex that the record does not tell is asked."""

    sex: Literal["female", "male"] | None = None
    over_age: int | None = None
    under_age: int | None = None

    def fits(self, patient: Patient, day: datetime.date) -> bool:
        """Whether the question can apply to this patient on `day`, at one of the ages that may be theirs."""
        ages = patient.ages_on(day)
        return (
            (self.sex is None or patient.sex not in ("female", "male") or patient.sex == self.sex)
            and (self.over_age is None or ages.most >= self.over_age)
            and (self.under_age is None or ages.least < self.under_age)
        )


class SafetyQuestion(Value, frozen=True, kw_only=True):
    """One red-flag question. A `sign` alerts alone, or, where it `needs_factor`, only beside a factor or a
    second sign of its group; a `factor` never alerts alone.

    `every_visit` marks the short set. `precaution` is the code that a yes puts on the stretches until the
    question is answered no. A question `from_record` (from the birthday of `over_age` on, younger than
    `under_age` in completed years, of this `sex`) is answered from the patient's record, not put to anyone.
    `only_if` tells whom it can apply to; a yes to a `lasting` factor can never become a no. With a yes to one
    of `no_sheet` no sheet is given at all. Its own `action` is asked for in place of the group's, and
    `services` tells that this calls the emergency services, as in groups and combinations.
    """

    id: Text
    ask: Text
    kind: Literal["sign", "factor"]
    level: Level
    needs_factor: bool = False
    every_visit: bool = False
    precaution: str = ""
    over_age: int | None = None
    under_age: int | None = None
    sex: Sex | None = None
    only_if: OnlyIf | None = None
    lasting: bool = False
    no_sheet: bool = False
    action: str = ""
    services: bool = False

    @property
    def from_record(self) -> bool:
        """Whether the patient's birth date or sex answers this question."""
        return (self.over_age, self.under_age, self.sex) != (None, None, None)


class SafetyGroup(Item, frozen=True, kw_only=True):
    """Questions about one danger, with what the tool says and asks for when the group alerts; `precaution` is
    the code that an urgent alert or an emergency of it puts on the stretches. With `services` the action is
    to call the emergency services, at once or in some cases; with `result` what was arranged has a result,
    which the visits after it ask for. While what an urgent alert of it suspects stands, what holds
    `meanwhile` is told again, and with `no_tests` no resisted test is asked for."""

    name: Text
    says: Text
    action: Text
    meanwhile: str = ""
    no_tests: bool = False
    services: bool = False
    result: bool = False
    precaution: str = ""
    questions: Annotated[tuple[SafetyQuestion, ...], Meta(min_length=1)]


class Over(Value, frozen=True, kw_only=True):
    """A number of the story that is over one; weeks go on after they were told."""

    question: Text
    over: float


class Told(Value, frozen=True, kw_only=True):
    """An answer of the story that counts: equal to `equals` or holding its word, a number of `most` or less,
    or one over `over`; `unless` another answer of the story is known to be over a number."""

    question: Text
    equals: str | bool | None = None
    most: float | None = None
    over: float | None = None
    unless: Over | None = None


class LongStanding(Over, frozen=True, kw_only=True):
    """What tells that weakness is not new: `denied` and all of `also_denied` were answered no at this visit,
    `question` of the story tells of a number over `over`, each weak muscle is of `least` or more, and none
    was stronger at an earlier visit by a fall that alarms."""

    denied: Text
    also_denied: tuple[Text, ...] = ()
    least: Code


class Part(Value, frozen=True, kw_only=True):
    """One thing that a combination needs: so many (`least`) of what is named here.

    `answers` are safety questions, `precautions` codes that are present, `story` answers that count, `signs`
    tests that are positive and `muscles` tests of muscles that are weak, each group on both sides where
    `both_sides`; so are `numb` tests of touch that is less or absent, and `lost` reflexes that are less than
    expected: on one side what age does not explain, on both sides whatever the age. Of `altered` tests of
    touch it counts whatever is not normal at a trial of this visit, and a normal one where the visit before
    found less. With `ungraded` a sign counts from the visit at which it was done last, until a muscle of its
    was graded on that side. `weakness` is any muscle of the legs or of the alarm set that is weak, but for
    what is `not_new`; where `pained`, in pain too. With a `grade` muscles count at that grade or less, in
    pain too, and where pain forbade the test; `over` a grade only those above it. With `only` they count
    where no other of these is weak. `kept` muscles and reflexes are all tested on both sides and as expected;
    where `kept_before`, one that was not tested at this visit as it was at the visit before.
    `long_standing` holds where there is weakness and it is not new, `denied` where these questions were
    answered no at this visit. A part of the story alone that was never
    asked is asked for, where it `asks`.
    """

    answers: tuple[str, ...] = ()
    denied: tuple[str, ...] = ()
    precautions: tuple[str, ...] = ()
    story: tuple[Told, ...] = ()
    signs: tuple[str, ...] = ()
    muscles: tuple[str, ...] = ()
    numb: tuple[str, ...] = ()
    altered: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    ungraded: bool = False
    both_sides: bool = False
    grade: Code | None = None
    over: Code | None = None
    weakness: bool = False
    pained: bool = False
    not_new: LongStanding | None = None
    only: bool = False
    kept: tuple[str, ...] = ()
    kept_before: bool = False
    long_standing: LongStanding | None = None
    asks: bool = True
    least: Annotated[int, Meta(ge=1)] = 1

    @property
    def told(self) -> bool:
        """Whether answers alone tell of it, and no test does."""
        told = ("answers", "denied", "precautions", "story", "asks", "least")
        return self == Part(**{name: getattr(self, name) for name in told})


class Combination(Item, frozen=True, kw_only=True):
    """What alerts together, within a safety `group` or across groups: each of `needs` has to hold.

    `says` and `action` stand for those of the group; without an `action` the group's own is asked for.
    `precaution` is the code that it puts on the stretches while it holds, or, where the precaution stands
    `until` a question was answered yes, from the visit at which it held. With `one_side` the muscles of all
    parts are weak on the same side. It does not hold where the combination `unless` does, and is a caution
    where the weakness is `not_new`. One that is `passing` is not remembered at later visits. With
    `result` what was arranged has one, as for a group. While it holds the patient comes back within
    `review_days`.
    """

    group: Text
    level: Level
    precaution: str = ""
    says: Text
    action: str = ""
    services: bool = False
    passing: bool = False
    result: bool = False
    review_days: Annotated[int, Meta(ge=1)] | None = None
    one_side: bool = False
    unless: str = ""
    not_new: LongStanding | None = None
    needs: Annotated[tuple[Part, ...], Meta(min_length=1)]


class Precaution(Item, frozen=True, kw_only=True):
    """A condition that withholds stretches. `asked` conditions are put on the screen.

    `withholds_all` bars everything that is not a default, or everything but what it `spares`; with
    `ticks_all` everything but rest positions and walking, or but what it `spares`, waits for a tick. The
    patient comes back within `review_days`, and also stops and calls at the symptoms `stops`. `only_if` tells
    whom the condition can apply to; a `lasting` one that was there once stays. What a safety question brought
    stands `until` that question of the story, which is asked then alone, was answered yes. It is present
    where one of those that it stands `beside` is. Within `doubt_days` of a yes a no leaves to the clinician's
    tick what the condition withholds: it can hardly have gone in that time.
    """

    name: Text
    ask: Text
    asked: bool = True
    withholds_all: bool = False
    spares: tuple[str, ...] = ()
    ticks_all: bool = False
    review_days: Annotated[int, Meta(ge=1)] | None = None
    stops: tuple[str, ...] = ()
    only_if: OnlyIf | None = None
    lasting: bool = False
    until: str = ""
    doubt_days: Annotated[int, Meta(ge=1)] | None = None
    beside: tuple[str, ...] = ()

    def waits(self, stretch: str, *, relief: bool) -> bool:
        """Whether it lets a stretch wait for a tick: none that it spares, else none for relief."""
        return self.ticks_all and not (stretch in self.spares if self.spares else relief)

    def bars(self, stretch: str, *, default: bool) -> bool:
        """Whether it withholds all, this stretch too: not a default item, and none that it spares."""
        return self.withholds_all and not (stretch in self.spares if self.spares else default)


class Implies(Value, frozen=True, kw_only=True):
    """An answer that puts a precaution on the stretches: equal to `equals`, or a number above `over`."""

    precaution: Text
    equals: str | bool | None = None
    over: float | None = None


class StoryQuestion(Item, frozen=True, kw_only=True):
    """One question of the story. `topic` groups questions on the screen; `follow_up` asks from the second
    visit on. `implies` ties answers to precautions. `labels` are the words shown for `choices`, `notes` what
    the clinician should know. Numbers lie between `least` and `most`; a score of
    pain or function names how much `change` counts, from how much it is possible, and whether `more` is
    better or worse; `short` names it in a narrow column, and `side` the question of which side it tells. With
    `function` it tells how well daily life goes."""

    ask: Text
    topic: Literal[
        "pain", "causes", "movement", "treatment", "function", "scores", "follow-up", "home", "goals"
    ]
    answer: Literal["yes-no", "number", "choice", "words", "text"]
    choices: tuple[Text, ...] = ()
    labels: dict[str, str] = {}
    least: float | None = None
    most: float | None = None
    unit: str = ""
    follow_up: bool = False
    implies: tuple[Implies, ...] = ()
    change: Annotated[float, Meta(gt=0)] | None = None
    change_possible: Annotated[float, Meta(gt=0)] | None = None
    change_percent: Annotated[float, Meta(gt=0)] | None = None
    more: Literal["better", "worse"] | None = None
    short: str = ""
    side: str = ""
    function: bool = False
    notes: str = ""

    @property
    def named(self) -> str:
        """The name for a narrow column: `back pain`, `ODI`; the question's id where it has none."""
        return self.short or self.id

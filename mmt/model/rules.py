"""The rules of reasoning, each a typed item of `protocols/rules/`: every limit with its source."""

from typing import Annotated, Literal

from msgspec import Meta

from .at_home import AtHomeRule
from .base import Item, Value
from .base_test import Region
from .course import (
    BetterButWeakerRule,
    GoalReachedRule,
    ReExaminationRule,
    SlowRule,
    WorseRunningRule,
    WorseThanBestRule,
)
from .grades import Code
from .observation import Flag, NotTested
from .patterns import CrossedRule, NextTestRule, PairsRule, PatternsRule

Halves = Annotated[int, Meta(ge=1, le=10)]
"""A difference of grades in half grades."""

Percent = Annotated[float, Meta(ge=0, le=100)]

Millimetres = Annotated[float, Meta(gt=0, le=200)]


class WeaknessRule(Item, frozen=True, kw_only=True):
    """From which grade downwards a muscle counts as weak, and how strongly."""

    possible: Code
    present: Code
    marked: Code


class SideDifferenceRule(Item, frozen=True, kw_only=True):
    """From which difference between the sides a finding is made; `marked_at`: either grade at or below it.

    A force that is over `force_possible` per cent less than that of the other side is a finding where the
    grades make none, present over `force_present` per cent.
    """

    possible: Halves
    present: Halves
    marked: Halves
    marked_at: Code
    force_possible: Percent | None = None
    force_present: Percent | None = None


class MotorAlarmRule(Item, frozen=True, kw_only=True):
    """When weakness interrupts: a grade of `level` or less, a fall of `fall` or more.

    `muscles` is the alarm set. Pain-flagged grades alarm at `pained_level` or a fall of `pained_fall`.
    `counts` are counted tests that alarm at or below a number, `falls` counted and held ones that alarm where
    they fell by more than their error and by so many per cent; `both_sides` is the grade from which weakness
    on both sides asks the `questions` of that safety group. After an action a loss of `acted_steps` grades of
    the ladder below the grade of that visit alarms again. From the age `counts_doubted_from`, or with
    pain, a low count is only a caution where the muscle that it speaks for held full pressure by hand without
    pain; of the legs on both sides it is an emergency where that muscle is of `both_sides` or less.
    """

    muscles: Annotated[tuple[str, ...], Meta(min_length=1)]
    level: Code
    fall: Halves
    pained_level: Code
    pained_fall: Halves
    counts: dict[str, int]
    falls: dict[str, Percent] = {}
    both_sides: Code
    questions: str
    acted_steps: Annotated[int, Meta(ge=1)] | None = None
    counts_doubted_from: Annotated[int, Meta(ge=0, le=120)] | None = None


class ForceRule(Item, frozen=True, kw_only=True):
    """What a force alone tells (dynamometer). So many newtons (`none`) or fewer, or so many per cent
    (`apart`) less than on the other side, ask for a grade; one that fell by `fall` per cent or more alarms.
    Over `change` per cent of the higher value a change is possible, of two examiners over `change_other`.
    """

    none: Annotated[float, Meta(ge=0, le=50)]
    apart: Percent
    fall: Percent
    change: Percent
    change_other: Percent


class EarlyLookRule(Item, frozen=True, kw_only=True):
    """When weakness is looked at again within `days`: so many `signs` of one root, a muscle among them, and
    a number of the story's `question` of `most` or less. With a sign among them, and a number of `later_most`
    or less, or the question never asked, within `later_days`. What alarms is seen again within `days`, and so
    is a reflex or a touch that is newly lost, with the tests that `then` has beside it done today. `arms`
    are the muscles of each root of the arm; pain in the arm that comes from the neck, the precaution `neck`,
    is one more sign of it."""

    arms: tuple[tuple[str, ...], ...] = ()
    neck: str = ""
    then: dict[str, tuple[str, ...]] = {}
    question: str
    most: float
    signs: Annotated[int, Meta(ge=1)]
    days: Annotated[int, Meta(ge=1)]
    later_most: float = 0
    later_days: Annotated[int, Meta(ge=1)] | None = None


class FreshRootRule(Item, frozen=True, kw_only=True):
    """What puts bending off: a weak muscle of one of these `roots` with a sign of it, or while its weakness
    presses, unless a number of the story's `question` is known to be over `most`, or one of the answers
    `eased` tells that bending helps. `precaution` is the code that it puts on the stretches."""

    precaution: str
    roots: tuple[str, ...]
    question: str
    most: float
    eased: dict[str, bool | str] = {}


class HarderFormRule(Item, frozen=True, kw_only=True):
    """When no harder form of a move is told: one of its muscles hurt, or was of grade `level` or less, as
    tested last, one of these safety `groups` alerts, or one of these `precautions` is present."""

    level: Code
    groups: tuple[str, ...] = ()
    precautions: tuple[str, ...] = ()


class UsualCourseRule(Item, frozen=True, kw_only=True):
    """Whom it is told that most people get better within weeks to months: who hurts for a number of `most` or
    less of the story's `question`, whose legs and alarm set hold no muscle of grade `level` or less, and in
    whom none of these `precautions` is present."""

    question: str
    most: float
    level: Code
    precautions: tuple[str, ...] = ()


class RetestRule(Item, frozen=True, kw_only=True):
    """What confirms that a grade fell where the muscle still works against gravity: so many (`agreeing`)
    trials of one visit that alarm each. Before that it blocks no sheet, and a better trial lifts it. Without
    this rule each fall blocks at once.
    """

    agreeing: Annotated[int, Meta(ge=2)]


class GaveWayRule(Item, frozen=True, kw_only=True):
    """From how many muscles that give way suddenly (`fewest`) that is told."""

    fewest: Annotated[int, Meta(ge=1)]


class PartRule(Item, frozen=True, kw_only=True):
    """What of a visit supports each letter of PART: `scores` of pain over 0 and values with one of
    `pain_flags` its P, findings of the rules `asymmetry` its A, findings of the rules `range` and values with
    one of `range_flags` its R, values with one of `tissue_flags` its T.
    """

    scores: tuple[str, ...]
    pain_flags: tuple[Flag, ...]
    asymmetry: tuple[str, ...]
    range: tuple[str, ...]
    range_flags: tuple[Flag, ...]
    tissue_flags: tuple[Flag, ...] = ()


Area = Literal[
    "neck",
    "shoulder",
    "blade",
    "chest",
    "arm",
    "hand",
    "belly",
    "waist",
    "back",
    "hip-front",
    "hip-side",
    "buttock",
    "thigh-inner",
    "thigh-front",
    "thigh-back",
    "shin",
    "calf",
    "foot",
]
"""A part of the body as patients name it."""

AreaKind = Literal["weaker", "shorter", "sore", "feeling", "painful"]
"""What a patient is told of an area: less strength, stretches less, hurts when stretched, feels touch
otherwise, hurt in a test."""


class PatientAreasRule(Item, frozen=True, kw_only=True):
    """Which tests a patient is told of, by the area of the body, and which rules of findings say what of it.
    The signs of `effort` tell of strength, whatever rule found them."""

    areas: dict[Area, tuple[str, ...]]
    kinds: dict[AreaKind, tuple[str, ...]]
    effort: tuple[str, ...] = ()


class LegWeaknessRule(Item, frozen=True, kw_only=True):
    """From which grade down any muscle of these `regions` is urgent, in or out of the alarm set.

    With pain it is to be tested again without, or explained. Older protocols know the leg alone.
    """

    level: Code
    regions: tuple[Region, ...] = ("leg",)


class BothLegsRule(Item, frozen=True, kw_only=True):
    """What weakness and lost reflexes of both legs mean together.

    Weakness on both sides with so many of `reflexes` `absent` is an emergency; so many that went within
    `days` are urgent. So many (`fewest`) of the `proximal` muscles weak on both sides are routine, and speak
    for the muscles where none of the `distal` ones is weak. A leg raise of `raises` that is new on both sides
    asks the questions of weakness on both sides. Pain in both legs, as the story tells it under
    `pain`, needs its onset: the safety question that tells it is `onset`. Where the combination `explained`
    holds, weakness and lost reflexes are told there; where `cord` does, nothing speaks for the muscles.
    Muscles of `slight` alone, none of them under `slight_least`, are a finding and no alert, once the
    questions were answered and all `reflexes` and `slight_beside` of both sides were tested and as usual.
    """

    reflexes: Annotated[tuple[str, ...], Meta(min_length=1)]
    absent: Annotated[int, Meta(ge=1)]
    days: Annotated[int, Meta(ge=0)]
    proximal: tuple[str, ...]
    distal: tuple[str, ...]
    fewest: Annotated[int, Meta(ge=1)]
    pain: str
    onset: str
    raises: tuple[str, ...] = ()
    explained: str = ""
    cord: str = ""
    slight: tuple[str, ...] = ()
    slight_least: Code | None = None
    slight_beside: tuple[str, ...] = ()


class StrainRule(Item, frozen=True, kw_only=True):
    """What weak or painful muscles put on the stretches: the `precaution` that carries it.

    With a `level` a grade of that or less in one of `muscles`, or, where `pained`, pain in its test at any
    grade; one that was `not_tested` for one of these reasons; or answers of the `story` that hold all
    together, a word being one of several.
    """

    precaution: str
    muscles: Annotated[tuple[str, ...], Meta(min_length=1)]
    level: Code | None = None
    pained: bool = True
    not_tested: tuple[NotTested, ...] = ("pain",)
    story: dict[str, bool | str] = {}


class ChangeRule(Item, frozen=True, kw_only=True):
    """When a change between visits counts: `possible` from this many half grades, and `likely`, which error
    alone seldom makes, from this many. Protocols of earlier versions of mmt know no `possible`."""

    likely: Halves
    possible: Halves | None = None


class LegLengthRule(Item, frozen=True, kw_only=True):
    """Sizes of a leg-length difference in mm: below each limit the category's name."""

    common_under: Millimetres
    small_under: Millimetres
    mild_under: Millimetres


class LiftRule(Item, frozen=True, kw_only=True):
    """How a shoe lift would be tried, lengths in mm.

    It begins at `first` and grows by `step` every `weeks_least` to `weeks_most` weeks to a share of the
    difference, in per cent; `limit` is the most inside a shoe, `elsewhere` says in words what other sources
    set. It is stopped at new pain of over `stop_days`, and looked at after `recheck_weeks`. Under `from_age`
    years none is tried.
    """

    first: Millimetres
    step: Millimetres
    weeks_least: int
    weeks_most: int
    share_from: float
    share_to: float
    limit: Millimetres
    elsewhere: str
    stop_days: int
    recheck_weeks: int
    from_age: int = 0


class IrritabilityRule(Item, frozen=True, kw_only=True):
    """What makes a nerve highly irritable: a leg raise (`raises`) positive below an angle, leg
    pain above a score, pain at night, or answers of the `story` that hold all together. `precaution` is the
    code that it puts on the stretches. No leg raise and no answer of an earlier visit does where leg pain is
    `leg_pain_calm` or less now and does not wake at night, nor anything else once it has hurt for more than
    `calm_after` weeks (the story's `calm_question`). With `night_scores` pain at night counts only
    where the leg hurts: one of them is over 0 or one of the `night_signs` positive, or none was asked since
    and the story does not tell that the leg is free of pain (`painless`)."""

    precaution: str
    raises: tuple[str, ...]
    under_degrees: float
    leg_pain: str
    leg_pain_over: float
    leg_pain_calm: float | None = None
    calm_question: str = ""
    calm_after: float | None = None
    night_pain: str
    night_scores: tuple[str, ...] = ()
    night_signs: tuple[str, ...] = ()
    painless: dict[str, str] = {}
    story: dict[str, bool | str] = {}


class SelectionRule(Item, frozen=True, kw_only=True):
    """How many of each kind and in all (`first`) go onto a first sheet, and how many any sheet may hold. A
    second one of strength joins a sheet that would hold fewer than `second_under`.

    The default items but walking are for the regions `default_for`: where all that was found lies elsewhere,
    and no question of `default_pain` tells of pain there, they wait for the clinician's tick. So they do
    where a safety question of `elsewhere` was answered yes at this visit, and its score of the back is 0,
    and where an answer of `default_worse` says that what they do makes the pain worse.
    """

    nerve: int
    stretch: int
    strength: int
    fewest: int
    most: int
    first: int | None = None
    second_under: int = 0
    default_for: tuple[Region, ...] = ()
    default_pain: tuple[str, ...] = ()
    elsewhere: dict[str, str] = {}
    default_worse: dict[str, str] = {}

    @property
    def at_first(self) -> int:
        """How many a first sheet may hold."""
        return self.most if self.first is None else self.first


class GivenBeforeRule(Item, frozen=True, kw_only=True):
    """What of the last sheet stays offered. `done` is the story's question how much of it was done.

    It needs the clinician's tick once a score of pain or function is worse than at the sheet's visit, or the
    rating `change` is `worse_from` or less. `centralised` names for a score of the back that of the leg: if
    that one is better, the back's is not held to be worse. What was not done, by one of the answers
    `not_done` about it or the sheet, made nothing worse. The kinds in `while_asked` stay only while an answer
    or a finding of this visit asks for them.
    """

    done: str
    not_done: tuple[str, ...] = ()
    change: str
    worse_from: float
    while_asked: tuple[str, ...] = ()
    centralised: dict[str, str] = {}


class WalkAgainRule(Item, frozen=True, kw_only=True):
    """Which tests of the plan are walked again at a later visit; the others are folded.

    The tests in `always` are. After `days` nothing is folded, nor once the rating `change` is below 0, or the
    answer to `pain` names a leg that it did not name before; `painless` is its word for none.
    """

    always: tuple[str, ...]
    days: Annotated[int, Meta(ge=0)]
    change: str
    pain: str
    painless: str


class ScreenRule(Item, frozen=True, kw_only=True):
    """What points to a nerve, so that the tests of an exam's `screen` are walked.

    One of `muscles` of grade `weak` or less, a reflex that is less than expected, a touch that is not
    normal, one of `signs` positive, one of `answers` to the safety questions that is yes, or an answer of
    the `story`: of each question the answers that count.
    """

    weak: Code
    muscles: tuple[str, ...]
    signs: tuple[str, ...]
    answers: tuple[str, ...]
    story: dict[str, tuple[str, ...]]


class BesideRule(Value, frozen=True, kw_only=True):
    """What makes reflexes that are brisk on both sides count: one of `answers` that is yes, one of `muscles`
    that is weak, or one touch of `numb` that is less or absent on both sides."""

    answers: tuple[str, ...] = ()
    muscles: tuple[str, ...] = ()
    numb: tuple[str, ...] = ()


class UpperMotorNeuronRule(Item, frozen=True, kw_only=True):
    """Signs from spinal cord or brain: a reflex of `reflex_from` or more where less is expected,
    or a positive sign of that group. `question` is the safety group that asks for them.

    A reflex that is brisk on both sides counts from `reflex_both_from` up, beside another sign, or with
    one of what `beside` names, as tested or answered last."""

    precaution: str
    reflex_from: int
    reflex_both_from: int | None = None
    beside: BesideRule = BesideRule()
    question: str


class KeyMusclesRule(Item, frozen=True, kw_only=True):
    """The key muscles whose grades are summed a limb.

    A grade counts without its sign, but for those of `whole`, which count as the grade named there.
    """

    upper: tuple[str, ...]
    lower: tuple[str, ...]
    whole: dict[str, Code] = {}


class AgreementRule(Item, frozen=True, kw_only=True):
    """How many pairs of readings a clinic's own agreement needs (`fewest`) before a figure is told."""

    fewest: Annotated[int, Meta(ge=2)]


class Rules(Value, frozen=True, kw_only=True):
    """All rules, each by its own name: `id = "leg-length"` in a file is `leg_length` here.

    Those that may be None were not yet in the protocols that older visits were signed under.
    """

    weakness: WeaknessRule
    side_difference: SideDifferenceRule
    motor_alarm: MotorAlarmRule
    change: ChangeRule
    leg_length: LegLengthRule
    lift: LiftRule
    irritability: IrritabilityRule
    selection: SelectionRule
    upper_motor_neuron: UpperMotorNeuronRule
    key_muscles: KeyMusclesRule
    patterns: PatternsRule
    next_test: NextTestRule
    pairs: PairsRule
    lower_crossed: CrossedRule
    upper_crossed: CrossedRule
    leg_weakness: LegWeaknessRule | None = None
    retest: RetestRule | None = None
    early_look: EarlyLookRule | None = None
    fresh_root: FreshRootRule | None = None
    harder_form: HarderFormRule | None = None
    usual_course: UsualCourseRule | None = None
    force: ForceRule | None = None
    gave_way: GaveWayRule | None = None
    both_legs: BothLegsRule | None = None
    hamstrings: StrainRule | None = None
    floor: StrainRule | None = None
    unloaded: StrainRule | None = None
    foot_drop: StrainRule | None = None
    weak_calf: StrainRule | None = None
    given_before: GivenBeforeRule | None = None
    walk_again: WalkAgainRule | None = None
    screen: ScreenRule | None = None
    agreement: AgreementRule | None = None
    re_examination: ReExaminationRule | None = None
    at_home: AtHomeRule | None = None
    expected_time: SlowRule | None = None
    no_real_change: SlowRule | None = None
    worse_running: WorseRunningRule | None = None
    worse_than_best: WorseThanBestRule | None = None
    better_but_weaker: BetterButWeakerRule | None = None
    goal_reached: GoalReachedRule | None = None
    part: PartRule | None = None
    patient_areas: PatientAreasRule | None = None

    @property
    def strains(self) -> dict[str, StrainRule]:
        """The rules by which muscles put a precaution on the stretches."""
        named = {
            "hamstrings": self.hamstrings,
            "floor": self.floor,
            "unloaded": self.unloaded,
            "foot-drop": self.foot_drop,
            "weak-calf": self.weak_calf,
        }
        return {name: one for name, one in named.items() if one is not None}

"""Patterns of weakness: what a root or a nerve is expected to leave weak, and how evidence is weighed."""

from collections.abc import Mapping
from typing import Annotated, Literal

from msgspec import Meta
from msgspec.structs import replace

from .base import Item, Text, Value
from .grades import Code

Weight = Annotated[float, Meta(ge=0, le=2)]
"""How much one piece of evidence counts, where a plain one counts 1."""


class Pattern(Item, frozen=True, kw_only=True):
    """What one root, nerve or syndrome of the leg is expected to show on its side.

    `weak` muscles are expected weak, `may_be_weak` support it when weak and say nothing when not. `lost`
    reflexes and positive `signs` are expected; `may_be_lost` and `may_be_positive` say nothing. Every other
    muscle, reflex and sign that any pattern names is expected normal here. `rests_on` tells what the pattern
    needs to be shown at all: a weak muscle, positive signs, or signs from cord or brain. A touch that is not
    normal supports it where `numb` names it, and is a doubt elsewhere; a normal one says nothing. `about`
    names what else goes with it, for the reader.

    Normal strength in one of `may_be_spared`, weak muscles that a partial lesion often leaves out, casts a
    doubt only. Where one weak muscle is all the evidence it needs a grade of `alone` or less.

    With a `key` muscle weak and one of its signs positive a root is considered however much else is normal.
    So is one with a lost reflex that is less than on the other side, beside a muscle that may be weak or pain
    where the root is `felt`, in the story's words.

    One of two `roots` names them, other patterns, and nothing else: it expects what either does.
    """

    name: Text
    kind: Literal["root", "nerve", "syndrome", "upper-motor-neuron"]
    rests_on: Literal["weakness", "signs", "upper-signs"] = "weakness"
    weak: tuple[str, ...] = ()
    may_be_weak: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    may_be_lost: tuple[str, ...] = ()
    signs: tuple[str, ...] = ()
    may_be_positive: tuple[str, ...] = ()
    may_be_spared: tuple[str, ...] = ()
    numb: tuple[str, ...] = ()
    key: tuple[str, ...] = ()
    felt: tuple[str, ...] = ()
    about: str = ""
    alone: Code = "5"
    roots: Annotated[tuple[str, ...], Meta(max_length=2)] = ()

    def whole(self, patterns: Mapping[str, "Pattern"]) -> "Pattern":
        """The pattern with all that its two roots expect; itself where it is not one of two."""
        roots = [patterns[name] for name in self.roots if name in patterns]
        if not roots:
            return self
        weak, lost, signs = (
            tuple(dict.fromkeys(name for one in roots for name in getattr(one, expected)))
            for expected in ("weak", "lost", "signs")
        )
        possible = dict.fromkeys(name for one in roots for name in one.possible)
        return replace(
            self,
            weak=weak,
            lost=lost,
            signs=signs,
            may_be_weak=tuple(name for name in possible if name not in (*weak, *lost, *signs)),
            numb=tuple(dict.fromkeys(name for one in roots for name in one.numb)),
        )

    @property
    def expected(self) -> tuple[str, ...]:
        """Every test that the pattern expects to be weak, lost or positive."""
        return (*self.weak, *self.lost, *self.signs)

    @property
    def possible(self) -> tuple[str, ...]:
        """Every test that may be weak, lost or positive, or not."""
        return (*self.may_be_weak, *self.may_be_lost, *self.may_be_positive)

    @property
    def named(self) -> tuple[str, ...]:
        """Every test that the pattern names, but those of touch."""
        return (*self.expected, *self.possible)


class Explained(Value, frozen=True, kw_only=True):
    """What explains some `tests` without a root or a nerve, while a `combination` of red flags holds or the
    safety question `answer` was answered yes at this visit. Where no muscle of a side is marked, a pattern of
    it that rests on these tests alone, on no more than `most` of them, is not shown."""

    combination: str = ""
    answer: str = ""
    tests: tuple[Text, ...]
    most: int | None = None


class PatternsRule(Item, frozen=True, kw_only=True):
    """How the evidence for a pattern is weighed; a plain hit counts 1.

    `weak` and `normal` are the grades from which down, and from which up, a muscle counts. Each full grade
    below `weak` adds `depth`. A muscle that may be weak counts `possible`; a grade with a substitution is
    multiplied by `substituted`, one of a muscle that gave way by `gave_way`.

    An expected muscle that is normal counts `spared_nerve` against a nerve, `spared_part` where it may be
    spared, `spared_root` against a root, `spared_root_mild` while no muscle is at `marked` or below, and 1
    where a published figure makes it telling, unless a key muscle is weak with a sign of the root. `quiet`
    counts an expected reflex or sign that is not there, `stray` a positive sign that another pattern names.
    From `quiet_from_age` on, in completed years, a sign that is negative is said to tell little, of
    those of `quiet_of`, where it names some.

    A pattern is shown from `fewest` pieces of evidence, with at most `contradictions` that count 1 or more,
    from a score of `least`, and less than `margin` behind the best. One piece is enough where it is all that
    is weak, nothing contradicts it and `alone` other muscles are normal. Two roots together count `two_roots`
    less than what they explain: one lesion is likelier than two. A touch that is absent counts 1, one that is
    changed `touch_changed`; outside the pattern's own points that is multiplied by `touch_stray`. The story
    tells under `side` which leg hurts and under `where` the places where it is felt. A pattern of an
    earlier visit is told until its tests are done again, or no visit was for more than `pause` days. What is
    `explained` otherwise is no pattern.
    """

    weak: Code
    normal: Code
    marked: Code
    depth: Weight
    possible: Weight
    substituted: Weight
    spared_nerve: Weight
    spared_root: Weight
    spared_root_mild: Weight
    quiet: Weight
    quiet_from_age: int | None = None
    quiet_of: tuple[str, ...] = ()
    stray: Weight
    fewest: float
    contradictions: int
    least: float
    margin: float
    alone: int
    two_roots: Weight = 0
    spared_part: Weight = 1
    gave_way: Weight = 1
    touch_changed: Weight = 0.5
    touch_stray: Weight = 0.25
    side: str = ""
    where: str = ""
    pause: int = 0
    explained: tuple[Explained, ...] = ()


class Published(Value, frozen=True, kw_only=True):
    """A test whose power to tell patterns apart has a published figure, where the muscles `when` are weak.

    The figure is of a root and a nerve of `tells`; of any patterns where that is empty.
    """

    test: Text
    when: tuple[str, ...]
    figure: Text
    tells: tuple[str, ...] = ()


class NextTestRule(Item, frozen=True, kw_only=True):
    """How the next telling test is chosen: at most `most` are named; a reflex or sign counts `sign_weight`
    of a muscle; of two that separate as well, one with a `published` figure goes first. A pattern that leads
    alone on `thin` of its findings or fewer is asked for its own first, signs before muscles before touch."""

    most: int
    thin: int = 0
    sign_weight: Weight
    published: tuple[Published, ...]


class PairsRule(Item, frozen=True, kw_only=True):
    """Agonists against antagonists: two muscles of one side (or of the trunk) whose grades are compared."""

    pairs: tuple[tuple[str, str], ...]


class CrossedRule(Item, frozen=True, kw_only=True):
    """A crossed pattern (a hypothesis): at least `fewest_short` short and `fewest_weak` weak of those listed.

    `short` holds groups of length tests of the same muscle: one short test fills its group. A muscle counts
    as weak from the grade `weak_from` down.
    """

    name: Text
    short: tuple[tuple[str, ...], ...]
    weak: tuple[str, ...]
    weak_from: Code
    fewest_short: int
    fewest_weak: int

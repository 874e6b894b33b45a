"""Root against nerve: which patterns the weak muscles of a side are consistent with, and how well.

A counting rule, made finer by depth of weakness, reflexes, signs and normal findings;
every weight stands in `protocols/rules/patterns.toml`.
"""

from collections.abc import Iterable, Mapping, Sequence
from heapq import merge
from typing import NamedTuple

from mmt.model.base import SIDES, Side, Value
from mmt.model.exam_tests import MuscleTest
from mmt.model.grades import at_most
from mmt.model.patterns import Explained, Pattern, PatternsRule, Published
from mmt.model.protocol import Protocol
from mmt.model.review import PatternMatch, Reason
from mmt.model.said import Sentences, said
from mmt.model.visit import History, Visit

from . import seen, signs
from .answers import dated, latest
from .combined import stands
from .evidence import Evidence, Lacking, gather, lacking
from .needs import held
from .remembered import remembered_of_seen


class Told(NamedTuple):
    """What is known of a side: its `evidence` by test, whether its weakness is `mild`, by test the published
    figures that make it `telling`, given what else is weak, and the places where pain is `felt`."""

    side: Side
    evidence: dict[str, Evidence]
    mild: bool
    telling: dict[str, Published]
    felt: dict[str, Reason]

    def any_of(self, names: Iterable[str]) -> bool:
        """Whether one of some tests is abnormal."""
        return any(name in self.evidence and self.evidence[name].abnormal for name in names)


class Fit(Value, frozen=True, kw_only=True):
    """How well a pattern explains one side.

    `hits` are expected findings that are there, `support` possible ones; `contradictions` count in full
    against the pattern, `doubts` less. `pieces` is how many hits the support amounts to without its depth.
    """

    pattern: Pattern
    told: Told
    hits: tuple[Evidence, ...]
    support: tuple[Evidence, ...]
    contradictions: tuple[Evidence, ...]
    doubts: tuple[Evidence, ...]
    pieces: float
    score: float

    @property
    def side(self) -> Side:
        """The side that it explains."""
        return self.told.side

    @property
    def rests(self) -> bool:
        """Whether what the pattern rests on is there: a weak muscle, a sign, or what a reflex adds to."""
        wanted = self.pattern.signs if self.pattern.rests_on == "signs" else self.pattern.weak
        return self._hit(wanted) or self.by_loss or self.by_reflex

    @property
    def by_loss(self) -> bool:
        """Whether it rests on a sign with a reflex or a feeling that is gone, and on no weak muscle."""
        reflex = any(one.test in self.pattern.lost and one.seen.number == 0 for one in self.hits)
        gone = reflex or any(one.seen.touch == "absent" for one in self.support)
        return gone and self._hit(self.pattern.signs) and not self._hit(self.pattern.weak)

    @property
    def by_reflex(self) -> bool:
        """Whether one root, that nothing contradicts, has a reflex that is less than on the other side,
        beside a muscle that may be weak or pain where it is felt."""
        less = any(one.compared and one.test in self.pattern.lost for one in self.hits)
        beside = self.felt or any(one.seen.grade for one in self.support)
        one_root = self.pattern.kind == "root" and not self.pattern.roots
        return one_root and less and bool(beside) and not self.contradictions

    @property
    def felt(self) -> Reason | None:
        """Why pain is felt where the pattern is."""
        return next((why for word, why in self.told.felt.items() if word in self.pattern.felt), None)

    @property
    def thin(self) -> bool:
        """Whether it rests on a reflex with what is beside it, and on no weak muscle nor sign."""
        return self.by_reflex and not self._hit((*self.pattern.weak, *self.pattern.signs))

    @property
    def keyed(self) -> bool:
        """Whether a key muscle is weak and a sign positive: then it is considered, and ahead of a nerve that
        the sign does not belong to."""
        return self._hit(self.pattern.signs) and self._hit(self.pattern.key)

    def _hit(self, names: tuple[str, ...]) -> bool:
        return any(one.test in names for one in self.hits)


class Standing(NamedTuple):
    """The patterns of a side, best first: those that `lead`, and the `others` that anything speaks for."""

    lead: tuple[Fit, ...] = ()
    others: tuple[Fit, ...] = ()


Standings = tuple[Standing, ...]
"""Of each side, right before left."""


@remembered_of_seen
def patterns(history: History, protocol: Protocol) -> tuple[PatternMatch, ...]:
    """The patterns to consider on either side, best first: of those that lead, the ones that rest on evidence
    enough. With signs from cord or brain no other pattern is read from the strength."""
    visit, rule = history.visits[-1], protocol.rules.patterns
    if upper := signs.upper_signs(history, protocol):
        return tuple(_upper(history, upper, protocol))
    shown = [
        [
            one
            for one in side.lead
            if one.pieces >= rule.fewest or one.by_reflex or _stands_alone(one, visit, protocol)
        ]
        for side in standings(history, protocol)
    ]
    return tuple(_match(one, history, protocol) for one in merge(*shown, key=_order))


@remembered_of_seen
def standings(history: History, protocol: Protocol) -> Standings:
    """How the patterns of each side stand; none with signs from cord or brain."""
    if signs.upper_signs(history, protocol):
        return ()
    rows = protocol.rules.patterns.explained
    otherwise = [one for one in rows if _holds(one, history, protocol)]
    return tuple(_standing(_told(history, side, protocol), otherwise, protocol) for side in SIDES)


def _holds(row: Explained, history: History, protocol: Protocol) -> bool:
    """Whether what explains weakness otherwise is there at the last visit."""
    asked = protocol.safety_questions.get(row.answer)
    yes = asked is not None and held(asked, history, protocol) is not None
    return yes or stands(row.combination, history, protocol)


def _told(history: History, side: Side, protocol: Protocol) -> Told:
    rule = protocol.rules.patterns
    evidence = gather(history, protocol, side)
    abnormal = {name: one.seen for name, one in evidence.items() if one.abnormal}
    published = protocol.rules.next_test.published
    return Told(
        side,
        evidence,
        mild=not any(one.grade and at_most(one.grade, rule.marked) for one in abnormal.values()),
        telling={one.test: one for one in reversed(published) if all(when in abnormal for when in one.when)},
        felt=_felt(history, side, rule),
    )


def _felt(history: History, side: Side, rule: PatternsRule) -> dict[str, Reason]:
    """The places where pain is felt, by their words, where it is in the leg of this side."""
    story = latest(history, "story")
    visit, places = story.get(rule.where, (history.visits[-1], None))
    here = story.get(rule.side, (None, None))[1] in (side, "both")
    why = Reason(story=rule.where, answer=places, date=dated(visit, history))
    return dict.fromkeys(places, why) if here and isinstance(places, tuple) else {}


def _standing(told: Told, otherwise: Sequence[Explained], protocol: Protocol) -> Standing:
    """Those near the best of a side lead; two roots push aside nothing that one lesion explains, and what is
    explained otherwise is left out."""
    rule = protocol.rules.patterns
    if not any(one.abnormal for one in told.evidence.values()):
        return Standing()
    fits = {
        pattern.id: _fit(pattern.whole(protocol.patterns), told, rule)
        for pattern in protocol.patterns.values()
        if pattern.rests_on != "upper-signs"
    }
    spoken_for = [
        one
        for one in fits.values()
        if one.rests and _each_root_tells(one, fits) and not any(_explains(row, one) for row in otherwise)
    ]
    sound = [
        one
        for one in spoken_for
        if len(one.contradictions) <= rule.contradictions
        and (one.score >= rule.least or one.keyed or one.by_reflex)
    ]
    lead = [one for one in sound if one.score > _best(one, sound) - rule.margin]
    return Standing(
        lead=tuple(sorted(lead, key=lambda one: (_behind_roots(one, lead), _order(one)))),
        others=tuple(sorted((one for one in spoken_for if one not in lead), key=_order)),
    )


def _explains(row: Explained, fit: Fit) -> bool:
    """Whether all that speaks for a pattern is explained otherwise, and none of it is marked."""
    names = {one.test for one in (*fit.hits, *fit.support)}
    few = row.most is None or len(names) <= row.most
    return fit.told.mild and few and names <= set(row.tests)


def _each_root_tells(fit: Fit, fits: Mapping[str, Fit]) -> bool:
    """Whether each of two roots explains what contradicts the other; true where it is not about two."""
    return all(
        name in fits
        and any(one.abnormal and one not in fit.contradictions for one in fits[name].contradictions)
        for name in fit.pattern.roots
    )


def _best(fit: Fit, sound: Sequence[Fit]) -> float:
    """The best score that a pattern is held against: two roots push aside nothing that one lesion explains,
    and a nerve no root with its key muscle and a sign that is not the nerve's."""
    return max(
        one.score
        for one in sound
        if (fit.pattern.roots or not one.pattern.roots) and not _lacks_sign(one, fit)
    )


def _lacks_sign(nerve: Fit, root: Fit) -> bool:
    """Whether a root with its key muscle shows a sign that does not belong to a nerve."""
    strange = {one.test for one in nerve.doubts if one.abnormal}
    return nerve.pattern.kind == "nerve" and root.keyed and not strange.isdisjoint(root.pattern.signs)


def _behind_roots(fit: Fit, lead: Iterable[Fit]) -> bool:
    """Whether a nerve stands behind two roots, as none of the muscles that tell them apart was tested, or
    behind a root whose sign it lacks."""
    return fit.pattern.kind == "nerve" and any(
        _lacks_sign(fit, one)
        or (
            one.pattern.roots
            and not set(one.pattern.weak).difference(fit.pattern.named) & fit.told.evidence.keys()
        )
        for one in lead
    )


def _stands_alone(fit: Fit, visit: Visit, protocol: Protocol) -> bool:
    """Whether one weak muscle is enough: it explains all, nothing contradicts it, and others are normal."""
    rule = protocol.rules.patterns
    if fit.pattern.rests_on == "signs" or fit.contradictions:
        return False
    second = any(one.seen.grade for one in fit.support)
    if not second and all(
        one.seen.grade and not at_most(one.seen.grade, fit.pattern.alone) for one in fit.hits
    ):
        return False
    evidence = fit.told.evidence
    muscles = [name for name in evidence if isinstance(protocol.tests[name], MuscleTest)]
    named = fit.pattern.named
    normal = [name for name in muscles if not evidence[name].abnormal and name not in named]
    weak = fit.pattern.weak
    lacks = lacking(weak, visit, fit.side, protocol)
    tested = set(weak) - {*lacks.untested, *lacks.painful}
    spared = any(name in evidence and not evidence[name].abnormal for name in tested)
    enough = len(normal) >= rule.alone
    return enough and not spared and 2 * len(tested) >= len(weak)


def _order(fit: Fit) -> tuple[float, int, str]:
    """Best first: by score, then by what is left of the expected findings."""
    return (-fit.score, len(fit.pattern.expected) - len(fit.hits), fit.side)


def _fit(pattern: Pattern, told: Told, rule: PatternsRule) -> Fit:
    expected, possible = pattern.expected, pattern.possible
    hits, support, against = [], [], []
    pieces = score = -rule.two_roots if pattern.roots else 0.0
    for name, one in told.evidence.items():
        if one.abnormal and name in expected:
            hits.append(one)
            pieces += min(one.weight, 1.0)
            score += one.weight
        elif one.abnormal and name in pattern.numb:
            support.append(one)
            pieces += one.weight
            score += one.weight
        elif one.abnormal and name in possible:
            if one.seen.grade is not None:
                support.append(one)
                pieces += rule.possible * min(one.weight, 1.0)
                score += rule.possible * one.weight
        elif one.abnormal or name in expected:
            weight = one.weight * _against(name, one, pattern, told, rule)
            against.append((weight, one))
            score -= weight
    return Fit(
        pattern=pattern,
        told=told,
        hits=tuple(hits),
        support=tuple(support),
        contradictions=tuple(one for weight, one in against if weight >= 1),
        doubts=tuple(one for weight, one in against if 0 < weight < 1),
        pieces=pieces,
        score=score,
    )


def _against(name: str, one: Evidence, pattern: Pattern, told: Told, rule: PatternsRule) -> float:
    """How much it counts against a pattern that something is abnormal, or that it is not."""
    if one.seen.touch is not None:
        return rule.touch_stray
    if one.abnormal:
        return rule.stray if one.seen.result is not None else 1.0
    if name not in pattern.weak:
        return rule.quiet
    if pattern.kind != "root":
        return rule.spared_part if name in pattern.may_be_spared else rule.spared_nerve
    if name in told.telling and not all(map(told.any_of, (pattern.key, pattern.signs))):
        return 1.0
    return rule.spared_root_mild if told.mild else rule.spared_root


def _match(fit: Fit, history: History, protocol: Protocol) -> PatternMatch:
    pattern, visit = fit.pattern, history.visits[-1]
    lacks = lacking(pattern.expected, visit, fit.side, protocol)
    because = [*fit.hits, *fit.support]
    against = [*fit.contradictions, *fit.doubts]
    return PatternMatch(
        id=pattern.id,
        side=fit.side,
        hits=len(fit.hits),
        expected=len(pattern.expected),
        contradictions=len(fit.contradictions),
        not_tested=lacks.untested,
        because=(
            *(seen.reason(one.seen) for one in because),
            *([fit.felt] if fit.felt and fit.by_reflex else []),
        ),
        against=tuple(seen.reason(one.seen) for one in against),
        missing=lacks.all,
        score=round(fit.score, 3),
        said=_said(fit, against, lacks, _quiet(against, history, protocol), _sharing(fit, protocol)),
        sources=(*pattern.sources, *protocol.rules.patterns.sources),
        evidence=pattern.evidence,
    )


def _quiet(against: Sequence[Evidence], history: History, protocol: Protocol) -> list[Evidence]:
    """The signs that are negative and tell little at the age of the patient, or may do so."""
    rule = protocol.rules.patterns
    oldest = history.patient.ages_on(history.visits[-1].date).most
    if rule.quiet_from_age is None or oldest < rule.quiet_from_age:
        return []
    of = rule.quiet_of
    return [one for one in against if one.seen.result == "negative" and (not of or one.test in of)]


def _sharing(fit: Fit, protocol: Protocol) -> tuple[str, ...]:
    """The other roots that lose the same reflex."""
    lost = {one.test for one in fit.hits}.intersection(fit.pattern.lost)
    return tuple(
        one.id
        for one in protocol.patterns.values()
        if one.kind == "root" and one.id != fit.pattern.id and not lost.isdisjoint(one.lost)
    )


def _said(
    fit: Fit, against: list[Evidence], lacks: Lacking, quiet: list[Evidence], shared: tuple[str, ...]
) -> Sentences:
    """What fits a pattern and what speaks against it, then what is not known; what is `quiet` stands by
    itself. One that rests on a reflex names the roots that share it."""
    name, expected = fit.pattern.id, len(fit.pattern.expected)
    fits, support, unfit, mute = (
        tuple(one.seen.test for one in some)
        for some in (fit.hits, fit.support, (one for one in against if one not in quiet), quiet)
    )
    key = "pattern-possible" if fit.thin else "pattern"
    says = [said(key, pattern=name, side=fit.side, hits=len(fit.hits), expected=expected, names=fits)]
    says += [said("pattern-support", names=support)] if support else []
    says += [said("pattern-against", pattern=name, names=unfit)] if unfit else []
    says += [said("pattern-quiet", names=mute)] if mute else []
    says += [said("pattern-signs")] if fit.by_loss else []
    says += [said("pattern-reflex")] if fit.thin else []
    says += [said("pattern-shared", patterns=shared)] if fit.thin and shared else []
    says += [said("pattern-missing", names=lacks.untested)] if lacks.untested else []
    return (*says, *([said("pattern-painful", names=lacks.painful)] if lacks.painful else []))


def _upper(history: History, upper: tuple[Reason, ...], protocol: Protocol) -> Iterable[PatternMatch]:
    """The one pattern that signs from cord or brain allow, on each side that shows them."""
    for pattern in protocol.patterns.values():
        if pattern.rests_on != "upper-signs":
            continue
        for side in SIDES:
            reasons = [one for one in upper if one.side in (side, None) and not (one.seen and one.seen.grade)]
            if reasons:
                weak = [one for name, one in gather(history, protocol, side).items()
                        if one.abnormal and name in pattern.weak]  # fmt: skip
                yield PatternMatch(
                    id=pattern.id,
                    side=side,
                    hits=len(reasons) + len(weak),
                    expected=len(reasons) + len(pattern.weak),
                    contradictions=0,
                    not_tested=lacking(pattern.weak, history.visits[-1], side, protocol).untested,
                    because=(*reasons, *(seen.reason(one.seen) for one in weak)),
                    against=(),
                    said=(said("pattern-upper", side=side),),
                    sources=pattern.sources,
                    evidence=pattern.evidence,
                )

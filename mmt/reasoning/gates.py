"""What keeps a stretch back: precautions that are present or were never asked, and gates that look back."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, product

from msgspec.structs import replace

from mmt.model.base import SIDES, Side
from mmt.model.grades import at_most
from mmt.model.observation import Observation
from mmt.model.protocol import Protocol
from mmt.model.review import Alert, PatternMatch, Reason, Withheld
from mmt.model.rules import IrritabilityRule, StrainRule
from mmt.model.said import Said, said
from mmt.model.stretches import RELIEF, Gate, Severity, Stretch
from mmt.model.visit import Answer, History, Visit

from . import early_look, seen
from .answers import by_now, dated, doubted, latest, weeks_since
from .combined import stands
from .folds import unasked
from .fresh_root import fresh_root
from .signs import upper_signs
from .standing import holds_back, pressing
from .suspected import fired, present


class Gates:
    """What is known about a patient that keeps stretches back, gathered once for the whole library."""

    def __init__(
        self,
        history: History,
        protocol: Protocol,
        alerts: Sequence[Alert],
        patterns: Sequence[PatternMatch] = (),
    ) -> None:
        self._history = history
        self._protocol = protocol
        self._alerts = alerts
        self._patterns = patterns
        self._story = latest(history, "story")
        self._unasked = unasked(history, protocol)
        self.present = present(history, protocol)
        self._doubted = doubted(history, protocol)
        if why := self._irritable():
            self._add(protocol.rules.irritability.precaution, why)
        for strain in protocol.rules.strains.values():
            if why := self._strained(strain):
                self._add(strain.precaution, why)
        if (fresh := protocol.rules.fresh_root) and (why := fresh_root(fresh, history, alerts, protocol)):
            self._add(fresh.precaution, why)
        if why := upper_signs(history, protocol):
            self._add(protocol.rules.upper_motor_neuron.precaution, why)

    def _add(self, code: str, why: tuple[Reason, ...]) -> None:
        self.present[code] = (*self.present.get(code, ()), *why)

    def _irritable(self) -> tuple[Reason, ...]:
        """Why the nerve counts as highly irritable, by what was tested or answered last."""
        rule = self._protocol.rules.irritability
        found: list[Reason] = []
        for test in rule.raises:
            for side in SIDES:
                last = seen.latest(self._history, test, side, "result")
                if last is None or last[1].result != "positive":
                    continue
                if last[1].degrees is not None and last[1].degrees < rule.under_degrees:
                    found.append(self._reason(last))
        for question in (rule.night_pain, rule.leg_pain):
            given = self._story.get(question)
            if given is None or (question == rule.night_pain and not self._leg_hurts(rule, given[0])):
                continue
            over = isinstance(given[1], int | float) and given[1] > rule.leg_pain_over
            if given[1] is True or over:
                found.append(Reason(story=question, answer=given[1], date=dated(given[0], self._history)))
        why = (*found, *self._told(rule.story))
        if not self._calm(rule):
            return why
        return () if self._of_long(rule) else tuple(one for one in why if not (one.test or one.date))

    def _of_long(self, rule: IrritabilityRule) -> bool:
        """Whether it is known to have hurt for so long that a leg which hardly hurts needs no rest."""
        weeks = by_now(rule.calm_question, self._history, self._protocol)
        return rule.calm_after is not None and weeks is not None and weeks > rule.calm_after

    def _leg_hurts(self, rule: IrritabilityRule, night: Visit) -> bool:
        """Whether pain at night, told at a visit, can be of the leg: by the scores since then or a nerve
        sign; where none was told, unless the story says that the leg is free of pain."""
        told = {name: one for name, (visit, one) in self._story.items() if visit.date >= night.date}
        scores = [one for name in rule.night_scores if isinstance(one := told.get(name), int | float)]
        tested = (seen.latest(self._history, *one, "result") for one in product(rule.night_signs, SIDES))
        positive = any(one and one[1].result == "positive" for one in tested)
        painless = any(told.get(name) == answer for name, answer in rule.painless.items())
        return not rule.night_scores or positive or any(scores) or not (scores or painless)

    def _calm(self, rule: IrritabilityRule) -> bool:
        """Whether this visit says that the leg hardly hurts, and not at night: then no leg raise makes its
        nerve highly irritable, nor what was told before."""
        told = self._history.visits[-1].story
        pain = told.get(rule.leg_pain)
        hardly = (
            isinstance(pain, int | float) and rule.leg_pain_calm is not None and pain <= rule.leg_pain_calm
        )
        return hardly and told.get(rule.night_pain) is False

    def _strained(self, rule: StrainRule) -> tuple[Reason, ...]:
        """Why muscles put their precaution on the stretches: trials that are weak, hurt, or not done for a
        reason of the rule, of the last visit that tells, and the answers of the story where all hold."""
        found = []
        for test, side in product(rule.muscles, SIDES):
            for visit in reversed(self._history.visits):
                if trials := [one for one in visit.seen(test, side) if _tells(one, rule)]:
                    ordered = sorted(trials, key=lambda one: one.pained)
                    found += [self._reason((visit, one)) for one in ordered if _hurt(one, rule)]
                    break
        return (*found, *self._told(rule.story))

    def _told(self, story: Mapping[str, bool | str]) -> tuple[Reason, ...]:
        """These answers of the story as reasons, none where one of them was answered otherwise or never."""
        given = {name: self._story[name] for name in story if name in self._story}
        if len(given) < len(story) or not all(_says(given[name][1], story[name]) for name in given):
            return ()
        return tuple(
            Reason(story=name, answer=answer, date=dated(visit, self._history))
            for name, (visit, answer) in given.items()
        )

    def _reason(self, last: tuple[Visit, Observation]) -> Reason:
        here = last[0] is self._history.visits[-1]
        return seen.reason(last[1], None if here else last[0])

    def bars(self, stretch: Stretch, ticked: frozenset[str]) -> Iterator[Withheld]:
        """The precautions that keep a stretch back, whether or not a finding asks for it."""
        for code, precaution in self._protocol.precautions.items():
            why = self.present.get(code)
            if why and precaution.bars(stretch.id, default=stretch.default):
                yield self._held(stretch, code, None, why, said("withheld-all", precaution=code))
        yield from self._in_doubt(stretch, ticked)
        for code, severity in self._codes(stretch).items():
            if severity == "form":
                continue
            if why := self.present.get(code):
                if severity == "X":
                    yield self._held(stretch, code, None, why, said("withheld-present", precaution=code))
                elif code not in ticked:
                    yield self._held(stretch, code, "tick", why, _tick_said(stretch, code))
            elif code in self._unasked and (severity == "X" or code not in ticked):
                says = said("withheld-unasked", precaution=code)
                yield self._held(stretch, code, "ask", (Reason(precaution=code),), says)

    def _in_doubt(self, stretch: Stretch, ticked: frozenset[str]) -> Iterator[Withheld]:
        """The precautions that were taken back sooner than they go: a tick opens what they withhold."""
        for code, (yes, no) in self._doubted.items():
            known = self._protocol.precautions[code]
            names = code in stretch.precautions or known.bars(stretch.id, default=stretch.default)
            if names and code not in (*self.present, *ticked):
                why = (Reason(precaution=code, answer=True, date=yes.date.isoformat()),)
                days = {"then": yes.date.isoformat(), "date": no.date.isoformat()}
                says = said("withheld-taken-back", precaution=code, **days)
                yield self._held(stretch, code, "tick", why, says)

    def forms(self, stretch: Stretch) -> dict[str, tuple[Reason, ...]]:
        """The precautions by which a stretch is done in another form: present, or never asked. Where one of
        them has steps of its own, those that are told of the usual steps are left out."""
        found = self._forms(stretch)
        steps = {code for text in stretch.text.values() for code in text.instead}
        own = {code: why for code, why in found.items() if code in steps}
        return own or found

    def _forms(self, stretch: Stretch) -> dict[str, tuple[Reason, ...]]:
        return {
            code: _formed(code, why, said("other-form", told=(stretch.id, code)))
            for code, severity in stretch.precautions.items()
            if severity == "form"
            and (why := self.present.get(code) or (Reason(precaution=code),) * (code in self._unasked))
        }

    def _codes(self, stretch: Stretch) -> dict[str, Severity]:
        """The precautions of a stretch: its own, and those that let all that they do not spare wait."""
        relief = stretch.kind in RELIEF
        every = self._protocol.precautions.values()
        all_wait = (one.id for one in every if one.waits(stretch.id, relief=relief))
        return {**stretch.precautions, **{code: "!" for code in all_wait if code not in stretch.precautions}}

    @property
    def conditions(self) -> tuple[str, ...]:
        """The precautions that are present or were never asked."""
        return tuple(code for code in self._protocol.precautions if code in (*self.present, *self._unasked))

    def plain(self, stretch: Stretch) -> bool:
        """Whether no harder form of a stretch is told: a muscle of it is weak or hurts, a group alerts, or
        a condition is present in which load waits."""
        rule = self._protocol.rules.harder_form
        if rule is None or not self.present.keys().isdisjoint(rule.precautions):
            return rule is not None
        cells = product(stretch.muscles, (*SIDES, None))
        trials = chain.from_iterable(self._last_trials(*cell) for cell in cells)
        return any(one.pained or one.not_tested or at_most(one.code, rule.level) for one in trials) or any(
            fired(self._protocol.safety[name], self._history, self._protocol) for name in rule.groups
        )

    @property
    def stops(self) -> tuple[str, ...]:
        """The symptoms at which the patient stops because of a precaution that is present."""
        known = self._protocol.precautions.items()
        return tuple(dict.fromkeys(name for code, one in known if code in self.present for name in one.stops))

    @property
    def review_days(self) -> int | None:
        """Within how many days the patient is to be seen again, by the precautions that are present, by what
        alerts together, by what is to be looked at soon, and by weakness that presses."""
        days = [one.review_days for code, one in self._protocol.precautions.items() if code in self.present]
        together = self._protocol.combinations.values()
        days += [
            one.review_days
            for one in together
            if one.review_days and stands(one.id, self._history, self._protocol)
        ]
        rule = self._protocol.rules.early_look
        if rule and any(map(pressing, self._alerts)):
            days.append(rule.days)
        days += early_look.days(self._alerts)
        return min((some for some in days if some), default=None)

    def shut(self, stretch: Stretch, side: Side | None) -> Iterator[Withheld]:
        """The gates that keep a wanted stretch back."""
        for gate in stretch.gates:
            if gate.story:
                yield from self._story_gate(stretch, gate)
            if gate.test:
                yield from self._test_gate(stretch, gate, side)
            if gate.alert:
                yield from self._alert_gate(stretch, gate)
            if gate.pattern:
                yield from self._pattern_gate(stretch, gate, side)

    def _story_gate(self, stretch: Stretch, gate: Gate) -> Iterator[Withheld]:
        where = self._told(gate.where)
        if (gate.where and not where) or self._painless(gate.graded):
            return
        given = self._story.get(gate.story)
        if given is None:
            if gate.recorded:
                why = (Reason(story=gate.story),)
                yield self._held(
                    stretch, gate.code, gate.story, why, said("withheld-story", story=gate.story)
                )
        elif (gate.not_equals and _says(given[1], gate.not_equals)) or self._too_low(gate, *given):
            shut = Reason(story=gate.story, answer=given[1], date=dated(given[0], self._history))
            says = said("withheld-story-shut", story=gate.story, answer=given[1])
            yield self._held(stretch, gate.code, None, (shut, *where), says)

    def _painless(self, muscles: Sequence[str]) -> bool:
        """Whether one of these muscles was graded on both sides, and none hurt when it was tested last."""
        last = {muscle: [self._last_trials(muscle, side) for side in SIDES] for muscle in muscles}
        hurt = any(one.pained or one.not_tested for both in last.values() for each in both for one in each)
        return not hurt and any(all(both) for both in last.values())

    def _last_trials(self, muscle: str, side: Side | None) -> list[Observation]:
        """The trials of the last visit at which a muscle was graded, or not for pain."""
        for visit in reversed(self._history.visits):
            if trials := [one for one in visit.seen(muscle, side) if one.grade or one.not_tested == "pain"]:
                return trials
        return []

    def _too_low(self, gate: Gate, visit: Visit, answer: Answer) -> bool:
        """Whether a number of the story is not over that of a gate; weeks have gone on since."""
        if gate.over is None or not isinstance(answer, int | float):
            return False
        return answer + weeks_since(visit, gate.story, self._history, self._protocol) <= gate.over

    def _test_gate(self, stretch: Stretch, gate: Gate, side: Side | None) -> Iterator[Withheld]:
        sides: tuple[Side | None, ...] = SIDES if gate.side == "either" or side is None else (side,)
        for each in sides if self._protocol.tests[gate.test].sides == "each" else (None,):
            last = seen.latest(self._history, gate.test, each, gate.measure)
            if last is None:
                if gate.recorded:
                    why = (Reason(test=gate.test, side=each),)
                    says = said("withheld-test", test=gate.test, side=each)
                    yield self._held(stretch, gate.code, gate.test, why, says)
            elif gate.above is not None and at_most(last[1].code, gate.above):
                why = (self._reason(last),)
                says = said("withheld-grade", test=gate.test, side=each, grade=gate.above)
                yield self._held(stretch, gate.code, None, why, says)
            elif gate.over is not None and last[1].number <= gate.over:
                why = (self._reason(last),)
                says = said("withheld-count", test=gate.test, side=each, count=last[1].number)
                yield self._held(stretch, gate.code, None, why, says)
            elif last[1].result == "positive":
                why = (self._reason(last),)
                says = said("withheld-sign", test=gate.test, side=each)
                yield self._held(stretch, gate.code, None, why, says)

    def _alert_gate(self, stretch: Stretch, gate: Gate) -> Iterator[Withheld]:
        held = [one for one in self._alerts if one.rule == gate.alert and holds_back(one)]
        why = tuple(reason for one in held for reason in one.because)
        if why:
            says = said("withheld-alert", group=gate.alert)
            yield self._held(stretch, gate.code, None, tuple(dict.fromkeys(why)), says)

    def _pattern_gate(self, stretch: Stretch, gate: Gate, side: Side | None) -> Iterator[Withheld]:
        for one in self._patterns:
            if one.id == gate.pattern and (gate.side == "either" or side in (None, one.side)):
                says = said("withheld-pattern", pattern=one.id, side=one.side)
                yield self._held(stretch, gate.code, None, one.because, says)

    def _held(
        self, stretch: Stretch, code: str, needs: str | None, because: tuple[Reason, ...], says: Said
    ) -> Withheld:
        return Withheld(stretch=stretch.id, code=code, needs=needs, because=because, said=says)


def _tick_said(stretch: Stretch, code: str) -> Said:
    """What a tick allows, and what the patient's sheet then says."""
    english = stretch.text.get("en")
    if english and english.ticked.get(code):
        return said("withheld-tick-told", precaution=code, told=(stretch.id, code))
    return said("withheld-tick", precaution=code)


def _says(given: Answer, wanted: bool | str) -> bool:
    """Whether an answer is the one that is wanted, or holds its word among others."""
    return wanted in given if isinstance(given, tuple) else given == wanted


def _tells(trial: Observation, rule: StrainRule) -> bool:
    """Whether a trial is one that a rule reads: graded, or measured at all where it names no grade."""
    read = trial.grade if rule.level else trial.measured
    return bool(read) or trial.not_tested in rule.not_tested


def _hurt(trial: Observation, rule: StrainRule) -> bool:
    """Whether a trial was not done, or is weak or painful."""
    if trial.not_tested is not None or rule.level is None:
        return trial.not_tested is not None
    return (trial.pained and rule.pained) or at_most(trial.code, rule.level)


def _formed(code: str, why: Sequence[Reason], form: Said) -> tuple[Reason, ...]:
    """Why a precaution is present, with the form that it asks for beside the precaution itself."""
    named = next((one for one in why if one.precaution == code), Reason(precaution=code, answer=True))
    return (*(one for one in why if one != named), replace(named, said=form))

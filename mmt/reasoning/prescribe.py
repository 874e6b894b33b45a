"""From findings to a prescription: what the findings ask for, what keeps it back, what fits on a sheet."""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from mmt.model.base import SIDES, Side, other
from mmt.model.protocol import Protocol
from mmt.model.review import (
    Finding,
    Offer,
    PatternMatch,
    Prescription,
    Reason,
    Strength,
    Watch,
    Withheld,
)
from mmt.model.rules import GivenBeforeRule
from mmt.model.said import said
from mmt.model.stretches import Answers, Stretch, Wants
from mmt.model.visit import Answer, Dose, History, Prescribed, Visit

from . import at_home
from .answers import dated, latest
from .gates import Gates
from .given import LastSheet, last_sheet

_STRENGTHS: tuple[Strength, ...] = ("possible", "present", "marked")
_CLASSES = {"movement": "stretch"}
"""The class that an item counts in where it is not its kind: movements share the room of stretches."""
_ORDER = ("rest", "nerve", "strength", "stretch", "walking")

_ELSEWHERE = "ELSEWHERE"
"""What is printed where a default item is held back because what was found lies elsewhere."""

_GONE = "GONE"
"""What is printed where a stretch of the last sheet was not done, and what asked for it is there no more."""

_WORSE = "WORSE"
"""What is printed where a stretch of the last sheet is held back because it went worse since."""


class Asking(NamedTuple):
    """What may ask for a stretch: the `findings` of the visit by the rule that made them, the latest answers
    of the story (`told`) and the precautions that are `present` as reasons, the last sheet as it goes on, and
    how its stretches went at `home`."""

    findings: Mapping[str, Sequence[Finding]]
    told: Mapping[str, Reason]
    present: Mapping[str, tuple[Reason, ...]]
    sheet: LastSheet | None
    home: Mapping[str | None, Reason]


class Wanted(NamedTuple):
    """A stretch that a finding, an answer or the last sheet (`given`) asks for, and its place in order;
    `habit` tells that nothing but a habit asks for it, `form` is why it is done in another form."""

    stretch: Stretch
    side: Side | None = None
    because: tuple[Reason, ...] = ()
    why: str = "default"
    first: bool = False
    turn: int = 9
    given: Prescribed | None = None
    habit: bool = False
    form: tuple[Reason, ...] = ()

    @property
    def dose(self) -> Dose:
        """How much of it: as on the last sheet, else as the library has it for this age."""
        return self.given.dose if self.given else self.stretch.dose

    @property
    def kind(self) -> str:
        """The class of a sheet that it counts in."""
        return _CLASSES.get(self.stretch.kind, self.stretch.kind)

    @property
    def offer(self) -> Offer:
        """The same as an offer; a default item names the rule that offers it as well."""
        rule = (Reason(rule="default", said=said("default")),) if self.stretch.default else ()
        return Offer(
            stretch=self.stretch.id,
            side=self.side,
            dose=self.dose,
            because=(*rule, *self.because, *self.form),
            why=self.why,
            note=self.given.note if self.given else "",
        )


class Hit(NamedTuple):
    """A row of what a stretch answers that holds: on which sides it is then done, and why."""

    row: Answers
    sides: tuple[Side, ...]
    because: tuple[Reason, ...]


def prescribe(
    history: History,
    protocol: Protocol,
    findings: Sequence[Finding],
    watch: Watch,
    patterns: Sequence[PatternMatch],
) -> Prescription:
    """What would go onto the sheet, what fits beyond its limits, and what is withheld and why."""
    gates = Gates(history, protocol, watch.alerts, patterns)
    ticked = _ticked(history)
    decided = at_home.accepted(findings, history.visits[-1])
    ended = at_home.stopped(history, findings, protocol)
    asking = _asking(history, protocol, findings, gates.present, decided)
    source = _source(history, asking, protocol)
    ages = history.patient.ages_on(history.visits[-1].date)
    stretches = [one.for_age(ages) for one in protocol.stretches.values()]
    forms = {one.id: gates.forms(one) for one in stretches}
    formed = {name: tuple(reason for why in by.values() for reason in why) for name, by in forms.items()}
    wanted = [
        one._replace(form=formed[stretch.id])
        for stretch in stretches
        if (one := _wanted(stretch, asking, protocol))
    ]
    fitting: list[Wanted] = []
    held: list[Withheld] = []
    for one in wanted:
        bars = [
            *gates.bars(one.stretch, ticked.get(one.stretch.id, frozenset())),
            *gates.shut(one.stretch, one.side),
            *_worse(one, asking, protocol, ticked.get(one.stretch.id, frozenset())),
            *_ended(one.stretch, ended, ticked),
            *_beside(one, source, ticked, protocol),
            *_gone(one, asking, history, protocol, ticked.get(one.stretch.id, frozenset())),
        ]
        if bars:
            held += [
                replace(bar, wanted=True, side=one.side, because=(*bar.because, *one.because)) for bar in bars
            ]
        else:
            fitting.append(one)
    asked_for = {one.stretch.id for one in wanted}
    others = [one for one in stretches if one.id not in asked_for]
    held += [bar for one in others for bar in (*_unasked(one, gates, ticked), *_ended(one, ended, ticked))]
    held += _elsewhere([one for one in others if one.default], history, findings, asking, ticked, protocol)
    kept_back = {bar.stretch for bar in held}
    free = [Wanted(one, form=formed[one.id]) for one in stretches if one.default and one.id not in kept_back]
    offered, more = _select(fitting, free, protocol, first=asking.sheet is None)
    held = _leading(wanted, held, {one.stretch for one in offered})
    return Prescription(
        status=watch.status,
        offered=offered,
        more=more,
        withheld=tuple(held),
        review_days=gates.review_days,
        forms={name: tuple(by) for name, by in forms.items() if by},
        conditions=gates.conditions,
        stops=gates.stops,
        plain=tuple(one.id for one in stretches if gates.plain(one)),
    )


def _unasked(stretch: Stretch, gates: Gates, ticked: Mapping[str, frozenset[str]]) -> tuple[Withheld, ...]:
    """What withholds a stretch that nothing asks for; that a test of it is missing does not."""
    return (
        *gates.bars(stretch, ticked.get(stretch.id, frozenset())),
        *(shut for shut in gates.shut(stretch, None) if shut.needs is None),
    )


def as_offered(offers: Sequence[Offer]) -> tuple[Prescribed, ...]:
    """What would be prescribed if a clinician took every offer as it stands."""
    return tuple(
        Prescribed(stretch=one.stretch, side=one.side, dose=one.dose, why=one.why, note=one.note)
        for one in offers
    )


def barred(chosen: Iterable[Prescribed], found: Prescription) -> dict[str, tuple[Withheld, ...]]:
    """The chosen stretches that what is known by now keeps back, each with what does so."""
    held = {one.stretch: tuple(bar for bar in found.withheld if bar.stretch == one.stretch) for one in chosen}
    return {stretch: bars for stretch, bars in held.items() if bars}


def _ticked(history: History) -> dict[str, frozenset[str]]:
    """The precaution codes that the clinician ticked at this visit, by stretch."""
    return {one.stretch: frozenset(one.ticked) for one in history.visits[-1].prescription or ()}


def _worse(one: Wanted, asking: Asking, protocol: Protocol, ticked: frozenset[str]) -> Iterator[Withheld]:
    """What went worse since a stretch was given holds it back until the clinician's tick, unless it was not
    done at all; rest positions and the default items stay."""
    sheet, rule = asking.sheet, protocol.rules.given_before
    if sheet is None or rule is None or one.given is None:
        return
    spared = one.stretch.default or one.kind == "rest" or _idle(one, sheet, asking, rule)
    if sheet.worse and not spared and _WORSE not in ticked:
        says = said("withheld-worse")
        yield Withheld(stretch=one.stretch.id, code=_WORSE, needs="tick", because=sheet.worse, said=says)


def _idle(one: Wanted, sheet: LastSheet, asking: Asking, rule: GivenBeforeRule) -> bool:
    """Whether a stretch of the last sheet was not done at home at all, as told of it or of the sheet."""
    told = asking.home.get(one.stretch.id)
    answers = told.answer if told else (sheet.done[1],)
    return isinstance(answers, tuple) and not set(answers).isdisjoint(rule.not_done)


def _gone(
    one: Wanted, asking: Asking, history: History, protocol: Protocol, ticked: frozenset[str]
) -> Iterator[Withheld]:
    """A stretch of the last sheet that was not done and for which nothing speaks any more: each test that
    may have asked for it was done again without a finding, or was not done when the sheet was given."""
    sheet, rule = asking.sheet, protocol.rules.given_before
    if sheet is None or rule is None or one.given is None or one.stretch.default or _GONE in ticked:
        return
    alone = all(why.home or why.rule == rule.id for why in one.because)
    if alone and _idle(one, sheet, asking, rule) and _asked_again(one, sheet.visit, history.visits[-1]):
        says = said("withheld-gone")
        yield Withheld(stretch=one.stretch.id, code=_GONE, needs="tick", because=one.because, said=says)


def _asked_again(one: Wanted, then: Visit, now: Visit) -> bool:
    """Whether no test that asks for a stretch is left as it was at the visit of the sheet."""
    sides = (*((one.given.side,) if one.given and one.given.side else SIDES), None)
    rows = [row for row in one.stretch.answers if row.rule]
    cells = [(row.test, side) for row in rows for side in sides]
    return all(row.test for row in rows) and not any(
        then.seen(*cell) and not any(each.measured and not each.pained for each in now.seen(*cell))
        for cell in cells
    )


def _leading(wanted: Sequence[Wanted], held: list[Withheld], offered: Container[str]) -> list[Withheld]:
    """What is held back; a move for the way that drew the pain up, which a tick opens, says that without it
    the sheet has nothing for that, where nothing that is offered has."""
    first = [one.stretch.id for one in wanted if one.first and one.kind == "stretch"]
    if any(name in offered for name in first):
        return held
    closed = {bar.stretch for bar in held if bar.needs != "tick"}
    lead = {bar.stretch: bar for bar in reversed(held) if bar.stretch in first and bar.stretch not in closed}
    return [
        replace(bar, said=replace(bar.said, key=f"{bar.said.key}-first"))
        if bar is lead.get(bar.stretch) and bar.said.key in ("withheld-tick", "withheld-tick-told")
        else bar
        for bar in held
    ]


def _ended(
    stretch: Stretch, ended: Mapping[str, Withheld], ticked: Mapping[str, frozenset[str]]
) -> Iterator[Withheld]:
    """That a stretch was stopped holds it back until the clinician's tick."""
    bar = ended.get(stretch.id)
    if bar and bar.code not in ticked.get(stretch.id, ()):
        yield bar


def _elsewhere(
    defaults: Sequence[Stretch],
    history: History,
    findings: Sequence[Finding],
    asking: Asking,
    ticked: Mapping[str, frozenset[str]],
    protocol: Protocol,
) -> Iterator[Withheld]:
    """The default items but walking, where all that was found lies outside of the regions that they are for,
    and no answer tells of pain there; where an answer names another source and the back does not hurt; or
    where one says that what they do makes the pain worse."""
    rule = protocol.rules.selection
    found = [one for one in findings if one.test in protocol.tests]
    here = any(protocol.tests[one.test or ""].region in rule.default_for for one in found)
    told = (asking.told[name].answer for name in rule.default_pain if name in asking.told)
    far = bool(rule.default_for and found) and not here and not any(one and one != "none" for one in told)
    because = tuple(Reason(rule=one.rule, test=one.test, side=one.side) for one in found) if far else ()
    source = _source(history, asking, protocol)
    worse = tuple(
        asking.told[name]
        for name, answer in rule.default_worse.items()
        if name in asking.told and asking.told[name].answer == answer
    )
    key = "withheld-worse-way" if worse else "withheld-source" if source else "withheld-elsewhere"
    why = (*because, *source, *worse)
    for one in defaults if why else ():
        if one.kind != "walking" and _ELSEWHERE not in ticked.get(one.id, ()):
            yield Withheld(stretch=one.id, code=_ELSEWHERE, needs="tick", because=why, said=said(key))


def _source(history: History, asking: Asking, protocol: Protocol) -> tuple[Reason, ...]:
    """The answers of this visit that name another source than the back, each with the back's score of 0."""
    rows = protocol.rules.selection.elsewhere.items()
    return tuple(
        why
        for name, score in rows
        if history.visits[-1].safety.get(name) is True
        if score in asking.told and asking.told[score].answer == 0
        for why in (Reason(question=name, answer=True), asking.told[score])
    )


def _beside(
    one: Wanted, source: tuple[Reason, ...], ticked: Mapping[str, frozenset[str]], protocol: Protocol
) -> Iterator[Withheld]:
    """A movement of the last sheet for which nothing speaks any more but that sheet, where the `source` lies
    elsewhere than in the back."""
    rule = protocol.rules.given_before
    told = all(why.home or (rule and why.rule == rule.id) for why in one.because)
    open_ = _ELSEWHERE in ticked.get(one.stretch.id, ())
    if source and one.given and told and one.stretch.kind == "movement" and not open_:
        says = said("withheld-source")
        yield Withheld(stretch=one.stretch.id, code=_ELSEWHERE, needs="tick", because=source, said=says)


def _asking(
    history: History,
    protocol: Protocol,
    findings: Sequence[Finding],
    present: Mapping[str, tuple[Reason, ...]],
    decided: Mapping[str, Finding],
) -> Asking:
    by_rule: dict[str, list[Finding]] = {}
    for one in findings:
        by_rule.setdefault(one.rule, []).append(one)
    told = {
        name: Reason(story=name, answer=answer, date=dated(visit, history))
        for name, (visit, answer) in latest(history, "story").items()
    }
    sheet = last_sheet(history, protocol)
    after = sheet and at_home.onto_next(sheet, decided, history, protocol)
    at_home_told = {one.home: one for one in at_home.told(history.visits[-1], protocol)}
    return Asking(by_rule, told, present, after, at_home_told)


def _wanted(stretch: Stretch, asking: Asking, protocol: Protocol) -> Wanted | None:
    """What asks for a stretch: all its reasons together, on one side, or on both where they name both."""
    hits = [hit for row in stretch.answers for hit in _answered(row, asking)]
    sheet, rule = asking.sheet, protocol.rules.given_before
    given = sheet.items.get(stretch.id) if sheet else None
    passing = given is not None and rule is not None and stretch.kind in rule.while_asked
    if passing and not any(reason.date is None for hit in hits for reason in hit.because):
        return None
    if not hits and given is None:
        return None
    because = [reason for hit in hits for reason in hit.because]
    if sheet and given:
        told = asking.home.get(stretch.id)
        because += [replace(sheet.reason, said=said("on-last-sheet-told")), told] if told else [sheet.reason]
    side = _side(stretch, hits, given)
    return Wanted(
        stretch=stretch,
        side=side,
        because=tuple(dict.fromkeys(because)),
        why=_why(stretch, side, hits) if hits or given is None else given.why,
        first=any(hit.row.first for hit in hits),
        turn=min((hit.row.turn for hit in hits), default=Wanted(stretch).turn),
        given=given,
        habit=given is None and all(hit.row.habit for hit in hits),
    )


def _why(stretch: Stretch, side: Side | None, hits: Sequence[Hit]) -> str:
    """Which sentence tells the patient why: that of the first row, unless it is true of one side of two."""
    row = hits[0].row
    sides = {one for hit in hits if hit.row == row for one in hit.sides}
    return "default" if stretch.sides == "each" and side is None and len(sides) == 1 else row.why


def _side(stretch: Stretch, hits: Sequence[Hit], given: Prescribed | None) -> Side | None:
    """The side on which a stretch is done: one that was given that of the sheet, and what a finding, or a row
    for both sides, adds."""
    if stretch.sides != "each":
        return None
    if given is not None:
        hits = [hit for hit in hits if hit.row.rule is not None or hit.row.side == "both"]
    sides = {side for hit in hits for side in hit.sides}
    if given is not None:
        sides |= {given.side} if given.side else {*SIDES}
    return sides.pop() if len(sides) == 1 else None


def _answered(row: Answers, asking: Asking) -> Iterator[Hit]:
    """Each finding that a row answers, or once where it answers the story or a precaution alone."""
    told = _told(row.story, asking.told)
    if told is not None and row.precaution:
        told = (*asking.present[row.precaution], *told) if row.precaution in asking.present else None
    if told is None or not asking.present.keys().isdisjoint(row.unless):
        return
    asked = row.if_asked.keys() & asking.told.keys()
    if not all(_given(row.if_asked[name], asking.told[name].answer) for name in asked):
        return
    if row.rule is None:
        pain = asking.told.get("leg_pain_side")
        hurts = (side for side in SIDES if pain and side == pain.answer)
        yield Hit(row, SIDES if row.side == "both" else tuple(hurts), told)
        return
    for one in asking.findings.get(row.rule, ()):
        if _fits(row, one):
            found = Reason(rule=one.rule, test=one.test, side=one.side, strength=one.strength)
            yield Hit(row, _sides(row, one.side), (found, *told))


def _told(wanted: Mapping[str, Wants], told: Mapping[str, Reason]) -> tuple[Reason, ...] | None:
    """The answers of the story that were wanted, as reasons; None where one of them does not hold.

    What was answered at an earlier visit and not asked since still holds, with its date.
    """
    held = [told.get(question) for question in wanted]
    if not all(one and _given(wants, one.answer) for one, wants in zip(held, wanted.values(), strict=True)):
        return None
    return tuple(one for one in held if one)


def _given(wants: Wants, given: Answer | None) -> bool:
    """Whether an answer is the one that is wanted, holds its word, or reaches its number."""
    if isinstance(given, tuple):
        return wants in given
    if given is None or isinstance(given, bool | str):
        return given == wants
    return not isinstance(wants, str) and given >= wants


def _fits(row: Answers, finding: Finding) -> bool:
    """Whether a finding of its rule is one that a row answers. A muscle that gave way tells of effort or
    pain: nothing trains it as weak."""
    if finding.rule == "weakness" and any(
        one.seen and "gives-way" in one.seen.flags for one in finding.because
    ):
        return False
    if row.test not in ("", finding.took_over or finding.test):
        return False
    if finding.strength is not None and _STRENGTHS.index(finding.strength) < _STRENGTHS.index(row.strength):
        return False
    counts = (one.seen.count for one in finding.because if one.seen)
    return row.under is None or any(count is not None and count < row.under for count in counts)


def _sides(row: Answers, side: Side | None) -> tuple[Side, ...]:
    if side is None:
        return ()
    if row.side == "both":
        return SIDES
    return (side if row.side == "same" else other(side),)


def _select(
    fitting: list[Wanted], free: list[Wanted], protocol: Protocol, *, first: bool
) -> tuple[tuple[Offer, ...], tuple[Offer, ...]]:
    """The sheet in order, at most so many new ones of each kind, walking always last; and what else fits.

    What was given before stays; new ones join it while there is room, a habit as on a first sheet. The place
    that a habit would fill goes to what was found and is beyond the limit of its kind; what goes first takes
    no place of strength; on a later sheet, up to the limit of a first one, nor does what trains a marked key
    muscle. A thin sheet takes one more that was found weak. `free` are the default items that nothing keeps
    back.
    """
    rule = protocol.rules.selection
    room = {"nerve": rule.nerve, "stretch": rule.stretch, "strength": rule.strength}
    asked = {one.stretch.id: one for one in fitting}
    defaults = [asked.get(one.stretch.id, one) for one in free]
    always = [one for one in defaults if one.kind == "walking"]
    taken: list[Wanted] = []
    more: list[Wanted] = []
    in_turn = sorted((one for one in fitting if one not in always), key=lambda one: _place(one, protocol))
    for at, one in enumerate(in_turn):
        kept = 0 if one.given else sum(later.given is not None for later in in_turn[at:])
        held = len(taken) + len(always) + kept
        full = held >= (rule.at_first if first or one.habit else rule.most)
        marked = not first and held < rule.at_first and _trains(one, protocol, "marked")
        crowded = room.get(one.kind, 1) < 1 and not marked
        if full or (not one.given and (_twice(one, taken) or crowded)):
            more.append(one)
            continue
        found = next((each for each in more if not _twice(each, taken)), None) if one.habit else None
        if found:
            more[more.index(found)] = one
        taken.append(found or one)
        if one.kind in room and not (one.first and one.kind == "strength"):
            room[one.kind] -= 1
    if len(taken) + len(always) < rule.second_under:
        taken += [one for one in more if _second(one, taken)][:1]
        more = [one for one in more if one not in taken]
    taken.sort(key=lambda one: _place(one, protocol))
    missing = max(0, rule.fewest - len(taken) - len(always))
    fill = [one for one in defaults if one not in always and one not in taken][:missing]
    return tuple(one.offer for one in (*taken, *fill, *always)), tuple(one.offer for one in more)


def _twice(one: Wanted, taken: Sequence[Wanted]) -> bool:
    """Whether another form of the same move was taken."""
    return bool(one.stretch.move) and any(one.stretch.move == each.stretch.move for each in taken)


def _for(one: Wanted) -> set[str]:
    """The weak muscles and the conditions that a move is for."""
    weak = (why.test for why in one.because if why.rule == "weakness")
    return {name for name in (*weak, *(why.precaution for why in one.because)) if name}


def _second(one: Wanted, taken: Sequence[Wanted]) -> bool:
    """Whether a move is of strength, for a muscle that was found weak, or a condition, and that no move taken
    is for."""
    trained = {name for each in taken for name in _for(each)}
    weak = _for(one)
    return one.kind == "strength" and bool(weak - trained) and not _twice(one, taken)


def _place(one: Wanted, protocol: Protocol) -> tuple[bool, bool, int, bool, bool, int]:
    """Where a stretch stands: for a habit last, pain-directed first, then by its class, for weak key muscles,
    as given before, and by its turn."""
    key = _trains(one, protocol)
    return one.habit, not one.first, _ORDER.index(one.kind), not key, one.given is None, one.turn


def _trains(one: Wanted, protocol: Protocol, strength: Strength = "possible") -> bool:
    """Whether a stretch is for a weak key muscle, of this strength of finding or more."""
    alarm = protocol.rules.motor_alarm
    return any(
        why.rule == "weakness"
        and why.test in (*alarm.muscles, *alarm.counts)
        and _STRENGTHS.index(why.strength or "possible") >= _STRENGTHS.index(strength)
        for why in one.because
    )

"""From findings to a prescription: what the findings ask for, what keeps it back, what fits on a sheet."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from mmt.model.base import SIDES, Side, other
from mmt.model.protocol import Protocol
from mmt.model.review import Alert, Finding, Offer, Prescription, Reason, Status, Strength, Withheld
from mmt.model.stretches import Answers, Stretch, Wants
from mmt.model.visit import Answer, History, Prescribed, Visit

from . import words
from .gates import Gates

_STRENGTHS: tuple[Strength, ...] = ("possible", "present", "marked")
_CLASSES = {"movement": "stretch"}
"""The class that an item counts in where it is not its kind: movements share the room of stretches."""
_ORDER = ("rest", "nerve", "strength", "stretch", "walking")

ByRule = Mapping[str, Sequence[Finding]]
"""The findings of a visit by the rule that made them."""


class Wanted(NamedTuple):
    """A stretch that a finding or an answer asks for, with the place that it has among others."""

    stretch: Stretch
    side: Side | None = None
    because: tuple[Reason, ...] = ()
    why: str = "default"
    first: bool = False
    turn: int = 9

    @property
    def kind(self) -> str:
        """The class of a sheet that it counts in."""
        return _CLASSES.get(self.stretch.kind, self.stretch.kind)

    @property
    def offer(self) -> Offer:
        """The same as an offer; a default item names the rule that offers it as well."""
        rule = (Reason(rule="default", text=words.DEFAULT),) if self.stretch.default else ()
        return Offer(
            stretch=self.stretch.id,
            side=self.side,
            dose=self.stretch.dose,
            because=(*rule, *self.because),
            why=self.why,
        )


class Hit(NamedTuple):
    """A row of what a stretch answers that holds: on which sides it is then done, and why."""

    row: Answers
    sides: tuple[Side, ...]
    because: tuple[Reason, ...]


def prescribe(
    history: History, protocol: Protocol, findings: Sequence[Finding], alerts: Sequence[Alert], status: Status
) -> Prescription:
    """What would go onto the sheet, what fits beyond its limits, and what is withheld and why."""
    gates = Gates(history, protocol, alerts)
    ticked = _ticked(history)
    by_rule = _by_rule(findings)
    wanted = [one for stretch in protocol.stretches.values() if (one := _wanted(stretch, history, by_rule))]
    fitting: list[Wanted] = []
    held: list[Withheld] = []
    for one in wanted:
        bars = [
            *gates.bars(one.stretch, ticked.get(one.stretch.id, frozenset())),
            *gates.shut(one.stretch, one.side),
        ]
        if bars:
            held += [
                replace(bar, wanted=True, side=one.side, because=(*bar.because, *one.because)) for bar in bars
            ]
        else:
            fitting.append(one)
    asked_for = {one.stretch.id for one in wanted}
    held += [
        bar
        for stretch in protocol.stretches.values()
        if stretch.id not in asked_for
        for bar in (
            *gates.bars(stretch, ticked.get(stretch.id, frozenset())),
            *(shut for shut in gates.shut(stretch, None) if shut.needs is None),
        )
    ]
    kept_back = {bar.stretch for bar in held}
    free = [one for one in protocol.stretches.values() if one.default and one.id not in kept_back]
    offered, more = _select(fitting, free, protocol)
    return Prescription(status=status, offered=offered, more=more, withheld=tuple(held))


def barred(chosen: Iterable[Prescribed], found: Prescription) -> dict[str, tuple[Withheld, ...]]:
    """The chosen stretches that what is known by now keeps back, each with what does so."""
    held = {one.stretch: tuple(bar for bar in found.withheld if bar.stretch == one.stretch) for one in chosen}
    return {stretch: bars for stretch, bars in held.items() if bars}


def _ticked(history: History) -> dict[str, frozenset[str]]:
    """The precaution codes that the clinician ticked at this visit, by stretch."""
    return {one.stretch: frozenset(one.ticked) for one in history.visits[-1].prescription or ()}


def _by_rule(findings: Sequence[Finding]) -> ByRule:
    found: dict[str, list[Finding]] = {}
    for one in findings:
        found.setdefault(one.rule, []).append(one)
    return found


def _wanted(stretch: Stretch, history: History, findings: ByRule) -> Wanted | None:
    """What asks for a stretch: all its reasons together, on one side, or on both where they name both."""
    hits = [hit for row in stretch.answers for hit in _answered(row, history.visits[-1], findings)]
    if not hits:
        return None
    sides = {side for hit in hits for side in hit.sides}
    return Wanted(
        stretch=stretch,
        side=sides.pop() if len(sides) == 1 and stretch.sides == "each" else None,
        because=tuple(dict.fromkeys(reason for hit in hits for reason in hit.because)),
        why=hits[0].row.why,
        first=any(hit.row.first for hit in hits),
        turn=min(hit.row.turn for hit in hits),
    )


def _answered(row: Answers, visit: Visit, findings: ByRule) -> Iterator[Hit]:
    """Each finding that a row answers, or once where it answers the story alone."""
    told = _told(row.story, visit.story)
    if told is None:
        return
    if row.rule is None:
        pain = visit.story.get("leg_pain_side")
        yield Hit(row, tuple(side for side in SIDES if side == pain), told)
        return
    for one in findings.get(row.rule, ()):
        if _fits(row, one):
            found = Reason(rule=one.rule, test=one.test, side=one.side, strength=one.strength)
            yield Hit(row, _sides(row, one.side), (found, *told))


def _told(wanted: Mapping[str, Wants], story: Mapping[str, Answer]) -> tuple[Reason, ...] | None:
    """The answers of the story that were wanted, as reasons; None where one of them does not hold."""
    if not all(_given(wants, story.get(question)) for question, wants in wanted.items()):
        return None
    return tuple(Reason(story=question, answer=story[question]) for question in wanted)


def _given(wants: Wants, given: Answer | None) -> bool:
    """Whether an answer is the one that is wanted, holds its word, or reaches its number."""
    if isinstance(given, tuple):
        return wants in given
    if given is None or isinstance(given, bool | str):
        return given == wants
    return not isinstance(wants, str) and given >= wants


def _fits(row: Answers, finding: Finding) -> bool:
    """Whether a finding of its rule is one that a row answers."""
    if row.test not in ("", finding.took_over or finding.test):
        return False
    if finding.strength is not None and _STRENGTHS.index(finding.strength) < _STRENGTHS.index(row.strength):
        return False
    counts = [reason.count for reason in finding.because if reason.count is not None]
    return row.under is None or any(count < row.under for count in counts)


def _sides(row: Answers, side: Side | None) -> tuple[Side, ...]:
    if side is None:
        return ()
    if row.side == "both":
        return SIDES
    return (side if row.side == "same" else other(side),)


def _select(
    fitting: list[Wanted], free: list[Stretch], protocol: Protocol
) -> tuple[tuple[Offer, ...], tuple[Offer, ...]]:
    """The first sheet in order, at most so many of each kind, walking always last; and what else fits.

    `free` are the default items that nothing keeps back.
    """
    rule = protocol.rules.selection
    room = {"nerve": rule.nerve, "stretch": rule.stretch, "strength": rule.strength}
    asked = {one.stretch.id: one for one in fitting}
    defaults = [asked.get(one.id, Wanted(one)) for one in free]
    always = [one for one in defaults if one.kind == "walking"]
    taken: list[Wanted] = []
    more: list[Wanted] = []
    for one in sorted((one for one in fitting if one not in always), key=lambda one: _place(one, protocol)):
        twice = one.stretch.move and any(one.stretch.move == each.stretch.move for each in taken)
        if twice or not room.get(one.kind, 1) or len(taken) + len(always) >= rule.most:
            more.append(one)
            continue
        taken.append(one)
        if one.kind in room:
            room[one.kind] -= 1
    missing = max(0, rule.fewest - len(taken) - len(always))
    fill = [one for one in defaults if one not in always and one not in taken][:missing]
    return tuple(one.offer for one in (*taken, *fill, *always)), tuple(one.offer for one in more)


def _place(one: Wanted, protocol: Protocol) -> tuple[bool, int, bool, int]:
    """Where a stretch stands: pain-directed first, then by its class, weak key muscles, and its turn."""
    alarm = protocol.rules.motor_alarm
    key = any(why.rule == "weakness" and why.test in (*alarm.muscles, *alarm.counts) for why in one.because)
    return not one.first, _ORDER.index(one.kind), not key, one.turn

"""From findings to a prescription: what the findings ask for, what keeps it back, what fits on a sheet."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from mmt.model.base import Side
from mmt.model.protocol import Protocol
from mmt.model.review import Alert, Finding, Offer, Prescription, Reason, Status, Strength, Withheld
from mmt.model.stretches import Answers, Stretch
from mmt.model.visit import Answer, History, Prescribed

from . import words
from .gates import Gates

_STRENGTHS: tuple[Strength, ...] = ("possible", "present", "marked")
_ORDER = ("rest", "nerve", "strength", "movement", "stretch", "walking")
_LIMITED = {"nerve": "nerve", "stretch": "stretch", "movement": "stretch", "strength": "strength"}


class Wanted(NamedTuple):
    """A stretch that a finding or an answer asks for."""

    stretch: Stretch
    side: Side | None
    because: tuple[Reason, ...]
    why: str
    first: bool


def prescribe(
    history: History, protocol: Protocol, findings: Sequence[Finding], alerts: Sequence[Alert], status: Status
) -> Prescription:
    """What would go onto the sheet, what fits beyond its limits, and what is withheld and why."""
    gates = Gates(history, protocol, alerts)
    ticked = _ticked(history)
    wanted = [one for stretch in protocol.stretches.values() if (one := _wanted(stretch, history, findings))]
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
    offered, more = _select(fitting, protocol)
    return Prescription(status=status, offered=offered, more=more, withheld=tuple(held))


def barred(chosen: Iterable[Prescribed], found: Prescription) -> dict[str, tuple[Withheld, ...]]:
    """The chosen stretches that what is known by now keeps back, each with what does so."""
    held = {one.stretch: tuple(bar for bar in found.withheld if bar.stretch == one.stretch) for one in chosen}
    return {stretch: bars for stretch, bars in held.items() if bars}


def _ticked(history: History) -> dict[str, frozenset[str]]:
    """The precaution codes that the clinician ticked at this visit, by stretch."""
    return {one.stretch: frozenset(one.ticked) for one in history.visits[-1].prescription or ()}


def _wanted(stretch: Stretch, history: History, findings: Sequence[Finding]) -> Wanted | None:
    """What asks for a stretch: all its reasons together, on one side, or on both where they name both."""
    reasons: list[Reason] = []
    sides: list[Side | None] = []
    why, first = "", False
    for answers in stretch.answers:
        for side, reason in _answered(answers, history, findings):
            reasons.append(reason)
            sides.append(side)
            why, first = why or answers.why, first or answers.first
    if not reasons:
        return None
    same = len(set(sides)) == 1 and stretch.sides == "each"
    return Wanted(stretch, sides[0] if same else None, tuple(reasons), why, first)


def _answered(
    answers: Answers, history: History, findings: Sequence[Finding]
) -> Iterable[tuple[Side | None, Reason]]:
    """Each finding or answer that an item answers, with the side on which it is then done."""
    if answers.story:
        given = history.visits[-1].story.get(answers.story)
        if _given(answers, given):
            pain = history.visits[-1].story.get("leg_pain_side")
            side: Side | None = "right" if pain == "right" else "left" if pain == "left" else None
            yield side, Reason(story=answers.story, answer=given)
        return
    least = _STRENGTHS.index(answers.strength)
    for one in findings:
        if one.rule != answers.rule or answers.test not in ("", one.took_over or one.test):
            continue
        if one.strength is None or _STRENGTHS.index(one.strength) >= least:
            reason = Reason(rule=one.rule, test=one.test, side=one.side, strength=one.strength)
            yield _side(answers, one.side), reason


def _given(answers: Answers, given: Answer | None) -> bool:
    if given is None:
        return False
    if answers.at_least is not None:
        return isinstance(given, int | float) and not isinstance(given, bool) and given >= answers.at_least
    return given == answers.equals


def _side(answers: Answers, side: Side | None) -> Side | None:
    if answers.side == "both" or side is None:
        return None
    if answers.side == "same":
        return side
    return "left" if side == "right" else "right"


def _select(fitting: list[Wanted], protocol: Protocol) -> tuple[tuple[Offer, ...], tuple[Offer, ...]]:
    """The first sheet in order, at most so many of each kind, walking always last; and what else fits."""
    rule = protocol.rules.selection
    left = {"nerve": rule.nerve, "stretch": rule.stretch, "strength": rule.strength}
    key = set(protocol.rules.motor_alarm.muscles)
    ordered = sorted(
        fitting,
        key=lambda one: (
            not one.first,
            _ORDER.index(one.stretch.kind),
            not any(reason.test in key for reason in one.because),
        ),
    )
    defaults = [one for one in protocol.stretches.values() if one.default]
    always = [one for one in defaults if one.kind == "walking"]
    taken: list[Offer] = []
    more: list[Offer] = []
    for one in ordered:
        offer = Offer(
            stretch=one.stretch.id, side=one.side, dose=one.stretch.dose, because=one.because, why=one.why
        )
        kind = _LIMITED.get(one.stretch.kind, "")
        room = left.get(kind, 1) > 0 and len(taken) + len(always) < rule.most
        if room and kind:
            left[kind] -= 1
        (taken if room else more).append(offer)
    chosen = {one.stretch for one in taken}
    missing = rule.fewest - len(taken) - len([one for one in always if one.id not in chosen])
    fill = [one for one in defaults if one not in always and one.id not in chosen][: max(0, missing)]
    plain = [
        Offer(stretch=one.id, side=None, dose=one.dose, because=(Reason(rule="default", text=words.DEFAULT),))
        for one in (*fill, *always)
        if one.id not in chosen
    ]
    return (*taken, *plain), tuple(more)

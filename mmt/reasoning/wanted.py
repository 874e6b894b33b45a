"""What asks for a stretch: findings, answers of the story, precautions, and the last sheet."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from mmt.model.base import SIDES, Side, other
from mmt.model.protocol import Protocol
from mmt.model.review import STRENGTHS, Finding, Offer, Reason
from mmt.model.said import said
from mmt.model.stretches import Answers, Stretch, Wants
from mmt.model.visit import Answer, Dose, History, Prescribed

from . import at_home
from .answers import dated, latest
from .given import LastSheet, last_sheet

_CLASSES = {"movement": "stretch"}
"""The class that an item counts in where it is not its kind: movements share the room of stretches."""


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


def what_asks(
    history: History,
    protocol: Protocol,
    findings: Sequence[Finding],
    present: Mapping[str, tuple[Reason, ...]],
) -> Asking:
    """All that may ask for a stretch at the last visit; the last sheet goes on as it was decided there."""
    by_rule: dict[str, list[Finding]] = {}
    for one in findings:
        by_rule.setdefault(one.rule, []).append(one)
    told = {
        name: Reason(story=name, answer=answer, date=dated(visit, history))
        for name, (visit, answer) in latest(history, "story").items()
    }
    sheet = last_sheet(history, protocol)
    decided = at_home.accepted(findings, history.visits[-1])
    after = sheet and at_home.onto_next(sheet, decided, history, protocol)
    at_home_told = {one.home: one for one in at_home.told(history.visits[-1], protocol)}
    return Asking(by_rule, told, present, after, at_home_told)


def wanted(stretch: Stretch, asking: Asking, protocol: Protocol) -> Wanted | None:
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
    if finding.strength is not None and STRENGTHS.index(finding.strength) < STRENGTHS.index(row.strength):
        return False
    counts = (one.seen.count for one in finding.because if one.seen)
    return row.under is None or any(count is not None and count < row.under for count in counts)


def _sides(row: Answers, side: Side | None) -> tuple[Side, ...]:
    if side is None:
        return ()
    if row.side == "both":
        return SIDES
    return (side if row.side == "same" else other(side),)

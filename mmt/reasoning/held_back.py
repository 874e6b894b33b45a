"""What keeps stretches back at a visit: their precautions and gates, how they went at home, and whether what
was found or told speaks for another place."""

from collections.abc import Container, Iterator, Sequence

from msgspec.structs import replace

from mmt.model.base import SIDES
from mmt.model.protocol import Protocol
from mmt.model.review import Finding, Reason, Withheld
from mmt.model.said import said
from mmt.model.stretches import Stretch
from mmt.model.visit import History, Visit

from . import at_home
from .gates import Gates
from .given import LastSheet
from .wanted import Asking, Wanted

_ELSEWHERE = "ELSEWHERE"
"""What is printed where a default item is held back because what was found lies elsewhere."""

_GONE = "GONE"
"""What is printed where a stretch of the last sheet was not done, and what asked for it is there no more."""

_WORSE = "WORSE"
"""What is printed where a stretch of the last sheet is held back because it went worse since."""


class HeldBack:
    """What is known at a visit that keeps stretches back, gathered once; a clinician's tick opens some."""

    def __init__(
        self,
        history: History,
        protocol: Protocol,
        findings: Sequence[Finding],
        gates: Gates,
        asking: Asking,
    ) -> None:
        self._history = history
        self._protocol = protocol
        self._findings = findings
        self._gates = gates
        self._asking = asking
        self._source = tuple(self._named_source())
        self._ended = at_home.stopped(history, findings, protocol)
        given = history.visits[-1].prescription or ()
        self._ticks = {one.stretch: frozenset(one.ticked) for one in given}

    def wanted(self, one: Wanted) -> tuple[Withheld, ...]:
        """What keeps a stretch back that something asks for."""
        bars = (
            *self._gates.bars(one.stretch, self._ticked(one.stretch)),
            *self._gates.shut(one.stretch, one.side),
            *self._worse(one),
            *self._stopped(one.stretch),
            *self._beside(one),
            *self._gone(one),
        )
        return tuple(
            replace(bar, wanted=True, side=one.side, because=(*bar.because, *one.because)) for bar in bars
        )

    def unasked(self, stretch: Stretch) -> Iterator[Withheld]:
        """What keeps a stretch back that nothing asks for; that a test of it is missing does not."""
        yield from self._gates.bars(stretch, self._ticked(stretch))
        yield from (shut for shut in self._gates.shut(stretch, None) if shut.needs is None)
        yield from self._stopped(stretch)

    def elsewhere(self, defaults: Sequence[Stretch]) -> Iterator[Withheld]:
        """The default items but walking, where all that was found lies outside of the regions that they are
        for, and no answer tells of pain there; where an answer names another source and the back does not
        hurt; or where one says that what they do makes the pain worse."""
        rule, asking, protocol = self._protocol.rules.selection, self._asking, self._protocol
        found = [one for one in self._findings if one.test in protocol.tests]
        here = any(protocol.tests[one.test or ""].region in rule.default_for for one in found)
        told = (asking.told[name].answer for name in rule.default_pain if name in asking.told)
        far = bool(rule.default_for and found) and not here and not any(one and one != "none" for one in told)
        because = tuple(Reason(rule=one.rule, test=one.test, side=one.side) for one in found) if far else ()
        worse = tuple(
            asking.told[name]
            for name, answer in rule.default_worse.items()
            if name in asking.told and asking.told[name].answer == answer
        )
        key = "withheld-worse-way" if worse else "withheld-source" if self._source else "withheld-elsewhere"
        why = (*because, *self._source, *worse)
        for one in defaults if why else ():
            if one.kind != "walking" and _ELSEWHERE not in self._ticked(one):
                yield _until_ticked(one, _ELSEWHERE, why, key)

    def _ticked(self, stretch: Stretch) -> frozenset[str]:
        """The precaution codes that the clinician ticked for a stretch at this visit."""
        return self._ticks.get(stretch.id, frozenset())

    def _stopped(self, stretch: Stretch) -> Iterator[Withheld]:
        """That a stretch was stopped holds it back until the clinician's tick."""
        bar = self._ended.get(stretch.id)
        if bar and bar.code not in self._ticked(stretch):
            yield bar

    def _worse(self, one: Wanted) -> Iterator[Withheld]:
        """What went worse since a stretch was given holds it back until the clinician's tick, unless it was
        not done at all; rest positions and the default items stay."""
        sheet = self._asking.sheet
        if sheet is None or one.given is None:
            return
        spared = one.stretch.default or one.kind == "rest" or self._idle(one, sheet)
        if sheet.worse and not spared and _WORSE not in self._ticked(one.stretch):
            yield _until_ticked(one.stretch, _WORSE, sheet.worse, "withheld-worse")

    def _gone(self, one: Wanted) -> Iterator[Withheld]:
        """A stretch of the last sheet that was not done and for which nothing speaks any more: each test that
        may have asked for it was done again without a finding, or was not done when the sheet was given."""
        sheet = self._asking.sheet
        if sheet is None or one.given is None or one.stretch.default or _GONE in self._ticked(one.stretch):
            return
        alone = self._by_sheet_alone(one) and self._idle(one, sheet)
        if alone and _asked_again(one, sheet.visit, self._history.visits[-1]):
            yield _until_ticked(one.stretch, _GONE, one.because, "withheld-gone")

    def _beside(self, one: Wanted) -> Iterator[Withheld]:
        """A movement of the last sheet for which nothing speaks any more but that sheet, where the source
        lies elsewhere than in the back."""
        moves = one.given is not None and one.stretch.kind == "movement"
        open_ = _ELSEWHERE in self._ticked(one.stretch)
        if self._source and moves and self._by_sheet_alone(one) and not open_:
            yield _until_ticked(one.stretch, _ELSEWHERE, self._source, "withheld-source")

    def _by_sheet_alone(self, one: Wanted) -> bool:
        """Whether nothing asks for a stretch but that it was on the last sheet, and what was told of it."""
        rule = self._protocol.rules.given_before
        return all(why.home or (rule and why.rule == rule.id) for why in one.because)

    def _idle(self, one: Wanted, sheet: LastSheet) -> bool:
        """Whether a stretch of the last sheet was not done at home at all, as told of it or of the sheet."""
        rule, told = self._protocol.rules.given_before, self._asking.home.get(one.stretch.id)
        answers = told.answer if told else (sheet.done[1],)
        return isinstance(answers, tuple) and rule is not None and not set(answers).isdisjoint(rule.not_done)

    def _named_source(self) -> Iterator[Reason]:
        """The answers of this visit that name another source than the back, each with its score of 0."""
        told, safety = self._asking.told, self._history.visits[-1].safety
        for name, score in self._protocol.rules.selection.elsewhere.items():
            if safety.get(name) is True and score in told and told[score].answer == 0:
                yield from (Reason(question=name, answer=True), told[score])


def _until_ticked(stretch: Stretch, code: str, because: tuple[Reason, ...], key: str) -> Withheld:
    return Withheld(stretch=stretch.id, code=code, needs="tick", because=because, said=said(key))


def _asked_again(one: Wanted, then: Visit, now: Visit) -> bool:
    """Whether no test that asks for a stretch is left as it was at the visit of the sheet."""
    sides = (*((one.given.side,) if one.given and one.given.side else SIDES), None)
    rows = [row for row in one.stretch.answers if row.rule]
    cells = [(row.test, side) for row in rows for side in sides]
    return all(row.test for row in rows) and not any(
        then.seen(*cell) and not any(each.measured and not each.pained for each in now.seen(*cell))
        for cell in cells
    )


def leading(wanted: Sequence[Wanted], held: list[Withheld], offered: Container[str]) -> list[Withheld]:
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

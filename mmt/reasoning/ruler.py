"""By how much a value must move before that counts, and which way is better."""

import math
from typing import NamedTuple

from mmt.model.exam_tests import (
    AnyTest,
    CountTest,
    HoldTest,
    LegLengthTest,
    LengthTest,
    ReflexTest,
    TouchTest,
)
from mmt.model.observation import UNITS, Measure
from mmt.model.protocol import Protocol
from mmt.model.questions import StoryQuestion
from mmt.model.review import Better, Confidence
from mmt.model.said import Said, said

NO_LIMIT = said("no-limit")
PUBLISHED = said("published-error")
_PLURAL = {" grade": " grades", " step": " steps"}


class Ruler(NamedTuple):
    """A move of `limit` or more is told, with `beyond` only one of more than that; without a limit none is.

    One of less than `sure` is no more than possible; without `sure` every one is. `percent` is by how much of
    the value before it must get better as well. `twice` is an answer that counts once it was seen twice, and
    `across` how sure a grade is that crosses the line of gravity. `unit` stands behind each number. With
    `share` moves are told in per cent of the higher of the two values. `rests` says on whose error the limit
    rests, where a clinic judges by its own.
    """

    better: Better | None = None
    limit: float | None = None
    sure: float | None = None
    beyond: bool = False
    unit: str = ""
    percent: float = 0
    twice: bool = False
    across: Confidence | None = None
    share: bool = False
    rests: Said | None = None

    def apart(self, then: float, now: float) -> float:
        """How far two values lie apart, as this ruler tells it."""
        return 100 * (now - then) / (max(then, now) or 1) if self.share else now - then

    def told(self, apart: float) -> bool:
        """Whether a move of this size is told."""
        if self.limit is None:
            return False
        return abs(apart) > self.limit if self.beyond else abs(apart) >= self.limit

    @property
    def counts(self) -> Said:
        """Which way is better, and from what size a move counts."""
        ways = [said(f"{self.better}-is-better")] if self.better else []
        if self.twice:
            ways.append(said("counts-twice"))
        elif self.limit is None:
            ways.append(NO_LIMIT)
        else:
            from_ = "over" if self.beyond else "from"
            key = "counts" if self.sure == self.limit else "possible"
            more = self.sure is not None and self.sure > self.limit
            likely = {"sure": f"{self.sure:g}"} if more else {}
            key = f"{key}-likely" if more else key
            ways.append(said(f"{key}-{from_}", size=self._size(self.limit), **likely))
        if self.percent:
            ways.append(said("better-percent", percent=self.percent))
        if self.across:
            ways.append(said("across-three", confidence=self.across))
        if self.rests:
            ways.append(self.rests)
        return said("counts", ways=tuple(ways))

    def _size(self, number: float) -> str:
        unit = _PLURAL.get(self.unit, self.unit) if number != 1 else self.unit
        return f"{number:g}{unit}"


def of_test(test: AnyTest, measure: Measure, protocol: Protocol, *, other: bool) -> Ruler:
    """For a value of a test of the examination, `other` where another examiner measured it than before."""
    if measure == "grade":
        rule = protocol.rules.change
        least, sure = (rule.possible or rule.likely) / 2, None if other else rule.likely / 2
        return Ruler("more", least, sure, unit=" grade", across="likely" if other else "real")
    if measure == "result":
        return Ruler("negative", twice=True)
    if isinstance(test, ReflexTest | TouchTest):
        return Ruler("expected", float(test.error), beyond=True, unit=" step")
    if measure == "newtons" and (force := protocol.rules.force):
        least = force.change_other if other else force.change
        return Ruler("more", least, beyond=True, unit=" %", share=True)
    unit = UNITS.get(measure, "")
    if isinstance(test, LengthTest):
        limit = test.error and max(test.error, (other and test.error_other) or 0)
        sure = None if other and test.error_other is None else limit
        over = test.short is not None and test.short.direction == "over"
        ruler = Ruler("less" if over else "more", limit, sure, beyond=True, unit=unit)
        return _by_own_hands(ruler, test, protocol, other=other)
    if isinstance(test, CountTest | HoldTest):
        ruler = Ruler("more", test.error, None if other else test.error, beyond=True, unit=unit)
        return _by_own_hands(ruler, test, protocol, other=other)
    return Ruler("more", unit=unit)


def _by_own_hands(ruler: Ruler, test: AnyTest, protocol: Protocol, *, other: bool) -> Ruler:
    """The ruler with the clinic's own error in place of the published one, where it judges by its own.

    That of one examiner comes from trials of one visit and knows nothing of two days: it only widens.
    """
    if not protocol.own:
        return ruler
    own = protocol.own_error(test.id, "two" if other else "one")
    if own is None or not (other or own.limit > (ruler.limit or math.inf)):
        return ruler._replace(rests=PUBLISHED) if ruler.limit is not None else ruler
    return ruler._replace(limit=own.limit, sure=own.limit, rests=said("own-error", pairs=own.pairs))


def of_legs(test: LegLengthTest, readings: int, *, other: bool) -> Ruler:
    """For a leg-length difference, of the mean of so many readings a side."""
    limit = test.error_of(readings, other=other)
    return Ruler("less", limit, limit and max(limit, (other and test.likely_other) or 0), unit=" mm")


def of_score(question: StoryQuestion) -> Ruler:
    """For a score of pain or function."""
    limit = question.change_possible or question.change
    better: Better = "less" if question.more == "worse" else "more"
    return Ruler(better, limit, question.change, percent=question.change_percent or 0)

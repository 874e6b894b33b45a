"""Scores of pain and function at two visits, judged against their error."""

from collections.abc import Iterator

from mmt.model.protocol import Protocol
from mmt.model.questions import StoryQuestion
from mmt.model.review import Change
from mmt.model.visit import Answer, History, Visit

from .answers import latest
from .judged import ERROR_AS_LARGE, Judged, change
from .ruler import NO_LIMIT, Ruler, of_score


def scores(
    then: Visit, now: Visit, protocol: Protocol, but: frozenset[str] = frozenset()
) -> Iterator[Change]:
    """Scores of pain and function `but` some: better needs the change in points and, where there is one, in
    percent."""
    for question in protocol.story.values():
        one, two = then.story.get(question.id), now.story.get(question.id)
        if (
            question.id in but
            or question.more is None
            or not isinstance(one, int | float)
            or not isinstance(two, int | float)
        ):
            continue
        ruler = of_score(question)
        judged, shown = _score(one, two, question, ruler), (f"{one:g}", f"{two:g}")
        yield change(question.id, None, shown, then, judged, ruler, question.sources, protocol)


def other_goals(history: History, since: int, protocol: Protocol) -> frozenset[str]:
    """The scores of goals whose words are others than at the visit with index `since`: they tell of something
    else now."""
    rule = protocol.rules.goal_reached
    then, now = latest(history.up_to(since), "story"), latest(history, "story")
    goals = rule.goals if rule else ()
    return frozenset(one for goal, one, _ in goals if goal in then and not alike(then[goal][1], now[goal][1]))


def alike(one: Answer, two: Answer) -> bool:
    """Whether two wordings of a goal are the same, but for case and space."""
    return str(one).casefold().split() == str(two).casefold().split()


def _score(one: float, two: float, question: StoryQuestion, ruler: Ruler) -> Judged:
    """A score that moved by more than its error, or by as much as is possible; for better by enough in
    percent too."""
    apart = two - one
    if not ruler.told(apart):
        unknown = apart and ruler.limit is None
        return Judged("not-comparable", why=(NO_LIMIT,)) if unknown else Judged("within-noise")
    worse = (apart > 0) == (question.more == "worse")
    if not worse and abs(apart) * 100 < ruler.percent * abs(one):
        return Judged("within-noise")
    judged = Judged("worse" if worse else "better", "likely")
    if ruler.sure is None:
        return judged.at_most_possible(NO_LIMIT)
    return judged if abs(apart) >= ruler.sure else judged.at_most_possible(ERROR_AS_LARGE)

"""Scores of pain and function at two visits, judged against their error."""

from collections.abc import Iterator

from mmt.model.protocol import Protocol
from mmt.model.questions import StoryQuestion
from mmt.model.review import Change
from mmt.model.visit import Visit

from .judged import ERROR_AS_LARGE, Judged, change
from .ruler import NO_LIMIT, Ruler, of_score


def scores(then: Visit, now: Visit, protocol: Protocol) -> Iterator[Change]:
    """Scores of pain and function: better needs the change in points and, where there is one, in percent."""
    for question in protocol.story.values():
        one, two = then.story.get(question.id), now.story.get(question.id)
        if question.more is None or not isinstance(one, int | float) or not isinstance(two, int | float):
            continue
        ruler = of_score(question)
        judged, shown = _score(one, two, question, ruler), (f"{one:g}", f"{two:g}")
        yield change(question.id, None, shown, then, judged, ruler, question.sources, protocol)


def _score(one: float, two: float, question: StoryQuestion, ruler: Ruler) -> Judged:
    """A score that moved by more than its error, or by as much as is possible; for better by enough in
    percent too."""
    apart = two - one
    if not ruler.told(apart):
        return Judged("within-noise", why=(NO_LIMIT,) if apart and ruler.limit is None else ())
    worse = (apart > 0) == (question.more == "worse")
    if not worse and abs(apart) * 100 < ruler.percent * abs(one):
        return Judged("within-noise")
    judged = Judged("worse" if worse else "better", "likely")
    if ruler.sure is None:
        return judged.at_most_possible(NO_LIMIT)
    return judged if abs(apart) >= ruler.sure else judged.at_most_possible(ERROR_AS_LARGE)

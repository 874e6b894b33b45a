"""Which questions are folded at a visit: those that cannot apply, and those whose earlier yes lasts."""

from collections.abc import Iterable, Iterator
from itertools import chain

from mmt.model.protocol import Protocol
from mmt.model.questions import Precaution, SafetyQuestion
from mmt.model.visit import History, Topic, Visit

from .answers import askable, holding, latest
from .remembered import remembered_of_seen
from .suspected import present

Folds = dict[tuple[Topic, str], Visit | None]
"""The folded questions: each with the earlier visit whose yes lasts, or None where it cannot apply."""


@remembered_of_seen
def folded(history: History, protocol: Protocol) -> Folds:
    """The questions that need not be put at the last visit. A folded question is never answered by that.

    What was answered at this visit is not folded, nor what cannot apply by the record although a yes stands:
    one of the two is wrong.
    """
    return dict(_folds(history, protocol))


def put(
    questions: Iterable[SafetyQuestion], history: History, protocol: Protocol
) -> tuple[SafetyQuestion, ...]:
    """Those of some questions that are put to the patient at the last visit."""
    off = folded(history, protocol)
    return tuple(one for one in questions if not one.from_record and ("safety", one.id) not in off)


def unasked(history: History, protocol: Protocol) -> set[str]:
    """The precaution codes that were never asked and can be there: not asked is not absent."""
    asked, off = latest(history, "precautions"), folded(history, protocol)
    codes = (one.id for one in protocol.precautions.values() if one.asked)
    return {code for code in codes if code not in asked and ("precautions", code) not in off}


def _folds(history: History, protocol: Protocol) -> Iterator[tuple[tuple[Topic, str], Visit | None]]:
    now = history.visits[-1]
    asked: Iterator[tuple[Topic, SafetyQuestion | Precaution]] = chain(
        (("safety", one) for one in askable(protocol)),
        (("precautions", one) for one in protocol.precautions.values() if one.asked),
    )
    for topic, one in asked:
        if one.id in getattr(now, topic) or not (one.lasting or one.only_if):
            continue
        yes = holding(history.before, topic, one.id)
        if yes and one.lasting:
            yield (topic, one.id), yes
        elif not yes and one.only_if and not one.only_if.fits(history.patient, now.date):
            yield (topic, one.id), None
    standing = present(history, protocol)
    ending = [one for one in protocol.precautions.values() if one.until and one.until not in now.story]
    asked_for = {one.until for one in ending if one.id in standing}
    yield from ((("story", one.until), None) for one in ending if one.until not in asked_for)

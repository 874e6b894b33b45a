"""What became of a patient from the first visit to the latest, and of all together, without a mark."""

import datetime
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from mmt.model.at_home import mostly_done
from mmt.model.people import Patient
from mmt.model.protocol import Protocol
from mmt.model.review import Change, Told
from mmt.model.said import Sentences
from mmt.model.visit import Answer, History

from .door import due
from .scores import other_goals, scores
from .words import TOLD

HOW_HELD = "From the first value to the latest of each patient, each held against the error of its score."


class Outcome(NamedTuple):
    """A patient over the signed visits: how many, the days of the first and the latest, each score from its
    first value to its latest, how much of the last sheet was `done` as a whole, how many of how many `moves`
    were mostly done, and what waits."""

    patient: Patient
    visits: int
    first: datetime.date
    last: datetime.date
    scores: tuple[Change, ...]
    done: Answer | None
    moves: tuple[int, int] | None
    due: Sentences


class Share(NamedTuple):
    """A score over patients: how often each verdict was come to, of so many (`known`) with two values or
    more; `missing` have fewer."""

    question: str
    verdicts: dict[Told, int]
    known: int
    missing: int


def outcome(history: History, protocol: Protocol, today: datetime.date) -> Outcome | None:
    """What became of a patient; None where no visit is signed."""
    signed = [one for one in history.visits if one.signed]
    if not signed:
        return None
    rule = protocol.rules.given_before
    answers = [one.story[rule.done] for one in signed if rule and rule.done in one.story]
    return Outcome(
        patient=history.patient,
        visits=len(signed),
        first=signed[0].date,
        last=signed[-1].date,
        scores=tuple(_scores(history, protocol)),
        done=answers[-1] if answers else None,
        moves=next(filter(None, (mostly_done(one.home) for one in reversed(signed))), None),
        due=due(history, protocol, today),
    )


def _scores(history: History, protocol: Protocol) -> list[Change]:
    """Each score from its first value to its latest, over signed visits."""
    found = []
    for question in protocol.story.values():
        held = [one for one in history.visits if one.signed and question.id in one.story]
        if question.more and len(held) > 1:
            others = other_goals(history, history.visits.index(held[0]), protocol)
            found += [one for one in scores(held[0], held[-1], protocol, others) if one.test == question.id]
    return found


def shares(found: Sequence[Outcome], protocol: Protocol) -> list[Share]:
    """Each score that any patient has twice, over all of them: who has it less often is missing."""
    verdicts: dict[str, Counter[Told]] = {}
    for one in found:
        for change in one.scores:
            verdicts.setdefault(change.test, Counter())[change.told] += 1
    return [
        Share(name, dict(held), held.total(), len(found) - held.total())
        for name in protocol.story
        if (held := verdicts.get(name))
    ]


def score_said(change: Change, protocol: Protocol) -> str:
    """A score from its first value to its latest with its verdict: `leg pain 8 → 2  ▲ better (likely)`."""
    sign, word = TOLD[change.told]
    sure = f" ({change.confidence})" if change.confidence else ""
    return f"{protocol.story[change.test].named} {change.from_} → {change.to}  {sign} {word}{sure}"


def done_said(one: Outcome, protocol: Protocol) -> str:
    """How much of the last sheet was done, by move where that was asked; empty where nothing was."""
    if one.moves:
        return f"moves mostly done: {one.moves[0]} of {one.moves[1]}"
    rule = protocol.rules.given_before
    if one.done is None or rule is None:
        return ""
    return f"last sheet done: {protocol.story[rule.done].labels.get(str(one.done), str(one.done))}"


def share_said(one: Share, protocol: Protocol) -> str:
    """A score over all patients: in how many it has two values, how those stand, of how many it is not known:
    `leg pain, asked more than once in 2 of 3 patients: 1 worse, 1 better; of 1 it is not known`."""
    each = ((word, one.verdicts.get(verdict)) for verdict, (_, word) in TOLD.items())
    told = ", ".join(f"{count} {word}" for word, count in each if count)
    of = f"{one.known} of {one.known + one.missing} patients"
    unknown = f"; of {one.missing} it is not known" if one.missing else ""
    return f"{protocol.story[one.question].named}, asked more than once in {of}: {told}{unknown}"

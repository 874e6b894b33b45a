"""What was seen and answered, as a colleague reads it on paper."""

from collections.abc import Collection
from statistics import fmean

from msgspec.structs import replace

from mmt.model.base import SIDES, Side, grouped
from mmt.model.course import COURSE
from mmt.model.observation import Observation
from mmt.model.papers import GradeRow, LetterAlert, LetterFinding, ScoreCourse, ScorePoint, Unasked
from mmt.model.protocol import Protocol
from mmt.model.review import Alert, Change, Finding, LegLength, Reason
from mmt.model.said import said
from mmt.model.visit import History, Visit
from mmt.reasoning import goals
from mmt.reasoning.answers import dated, latest
from mmt.reasoning.basis import answer_said, name_of, place_said, story_said
from mmt.reasoning.folds import folded, put
from mmt.reasoning.seen import worth
from mmt.reasoning.series import scores_over
from mmt.reasoning.wording import sentence, worded
from mmt.reasoning.words import TOLD

_SIGNS = ("nerve-sign", "piriformis-sign", "function-sign")
"""Findings whose sentence goes on to tell the examiner what counts as positive."""


def letter_alert(alert: Alert, protocol: Protocol) -> LetterAlert:
    """An alert with the facts that it rests on."""
    facts = dict.fromkeys(filter(None, (_fact(one, protocol) for one in alert.because)))
    return LetterAlert(level=alert.level, text=worded(alert.said, protocol), facts=tuple(facts))


def letter_finding(finding: Finding, legs: LegLength | None, protocol: Protocol) -> LetterFinding:
    """A finding as a colleague reads it: what was found, without what the screen tells the examiner to do."""
    if finding.rule in _SIGNS and finding.test:
        return LetterFinding(kind="sign", name=name_of(protocol, finding.test), side=finding.side)
    if finding.rule == "leg-length" and legs:
        return LetterFinding(kind=f"leg-{legs.reading}", side=legs.shorter, size=legs.size)
    return LetterFinding(text=worded(finding.said[:1] if finding.rule in COURSE else finding.said, protocol))


def _fact(reason: Reason, protocol: Protocol) -> str:
    """A reason in words: what was seen or answered. Reasons that only name a rule say nothing to a reader."""
    when = f" ({reason.date})" if reason.date else ""
    if reason.test is not None:
        if reason.seen is None:
            return ""
        why = _qualified(reason.seen)
        place = place_said(protocol, reason.test, reason.side)
        return f"{place}: {reason.seen.shown}{f', {why}' if why else ''}{when}"
    if reason.question is not None:
        question = protocol.safety_questions.get(reason.question)
        return f"{question.ask if question else reason.question} {answer_said(reason.answer)}{when}"
    if reason.story is not None:
        return f"{story_said(reason.story, reason.answer, protocol)}{when}"
    return ""


def grade_rows(visit: Visit, protocol: Protocol, only: Collection[str] | None = None) -> tuple[GradeRow, ...]:
    """Every test seen at a visit, or `only` these, with both its sides, in the order of the library.

    A value with a flag, or not tested, has a star, and its note says why.
    """
    tests = dict.fromkeys(one.test for one in visit.observations)
    tests = tests if only is None else {one: None for one in tests if one in only}
    ordered = sorted(tests, key=[*protocol.tests, *tests].index)
    return tuple(_grade_row(visit, protocol, test) for test in ordered)


def _grade_row(visit: Visit, protocol: Protocol, test: str) -> GradeRow:
    shown: dict[Side, str] = {}
    notes = []
    for side in SIDES:
        trials = visit.seen(test, side) or visit.seen(test, None)
        shown[side], why = _value(trials) if trials else ("", "")
        if why:
            notes.append(f"{name_of(protocol, test)}, {side}: {why}")
    return GradeRow(test=name_of(protocol, test), notes=tuple(notes), **shown)


def _value(trials: tuple[Observation, ...]) -> tuple[str, str]:
    """The value of a side and why it has a star: best of several grades, mean of lengths and angles."""
    measured = [one for one in trials if one.not_tested is None]
    lengths = [one.millimetres for one in measured if one.millimetres is not None]
    if lengths:
        return f"{sum(lengths) / len(lengths):.0f} mm", ""
    graded = [one for one in measured if one.grade is not None]
    chosen = max(graded, key=worth) if graded else (measured or trials)[-1]
    angles = [one.degrees for one in measured if one.degrees is not None]
    if angles and chosen.result is None:
        chosen = replace(chosen, degrees=round(fmean(angles), 1))
    why = _qualified(chosen)
    return f"{chosen.shown} *" if why else chosen.shown, why


def _qualified(observation: Observation) -> str:
    """Why a value does not stand for itself: its flags in words, or why it was not tested."""
    if observation.not_tested is not None:
        return f"not tested ({observation.not_tested})"
    words = [flag.replace("-", " ") for flag in observation.flags]
    return ", ".join(words) + (f" ({observation.substitution})" if observation.substitution else "")


def not_asked(history: History, protocol: Protocol) -> tuple[Unasked, ...]:
    """The safety groups with questions that nobody asked of those that are put, and how many."""
    found, asked = [], history.visits[-1].safety
    for group in protocol.safety.values():
        questions = put(group.questions, history, protocol)
        missing = sum(one.id not in asked for one in questions)
        if missing:
            found.append(Unasked(group=group.name, missing=missing, of=len(questions)))
    return tuple(found)


def lasting_yes(history: History, protocol: Protocol) -> tuple[str, ...]:
    """The red-flag questions that were not put as an earlier yes lasts, each with the day of that yes."""
    asks = protocol.safety_questions
    return tuple(
        f"{asks[name].ask} ({visit.date})"
        for (topic, name), visit in folded(history, protocol).items()
        if topic == "safety" and visit is not None
    )


def conditions(history: History, protocol: Protocol) -> tuple[str, ...]:
    """The conditions that are present as they were answered last, each with the day of an earlier yes."""
    found = []
    for code, (visit, answer) in latest(history, "precautions").items():
        if answer is True:
            when = dated(visit, history)
            name = protocol.precautions[code].name if code in protocol.precautions else code
            found.append(f"{name} ({when})" if when else name)
    return tuple(found)


def story_told(visit: Visit, protocol: Protocol, *, follow_up: bool = False) -> tuple[str, ...]:
    """What was answered of the story but for the goals, a paragraph for each of its topics, or only what is
    asked at a `follow_up` about the time between."""
    return tuple(story_by_topic(visit, protocol, follow_up=follow_up).values())


def story_by_topic(visit: Visit, protocol: Protocol, *, follow_up: bool = False) -> dict[str, str]:
    """The same, each paragraph by its topic."""
    said = grouped(
        (one.topic, f"{story_said(one.id, visit.story[one.id], protocol)} {one.unit}".strip())
        for one in protocol.story.values()
        if one.id in visit.story and one.topic != "goals" and (one.follow_up or not follow_up)
    )
    return {topic: f"{'; '.join(some)}." for topic, some in said.items()}


def verdict_said(change: Change) -> str:
    """How a value changed, and how sure that is: `worse, likely`."""
    return ", ".join(filter(None, (TOLD[change.told][1], change.confidence)))


def goals_told(history: History, protocol: Protocol) -> tuple[str, ...]:
    """How far the patient's own goals are, in a paragraph; none where no goal was told."""
    said = worded(goals(history, protocol), protocol)
    return (f"Goals. {said}",) if said else ()


def score_courses(history: History, protocol: Protocol) -> tuple[ScoreCourse, ...]:
    """Each score of pain or function that was taken at two visits or more, by the dates of the visits."""
    return tuple(
        ScoreCourse(
            name=protocol.story[one.measure].ask,
            least=one.ends[0],
            most=one.ends[1],
            points=tuple(ScorePoint(date=at.visit.date, value=at.height) for at in one.tracks[0].points),
            band=one.ruler.limit or 0,
            better=sentence(said(f"{one.ruler.better}-is-better"), protocol),
        )
        for one in scores_over(history, protocol)
        if one.ends
    )

"""What was answered, over all visits: the latest answer of a question stands until it is asked again."""

from collections.abc import Iterator

from mmt.model.base import grouped
from mmt.model.protocol import Protocol
from mmt.model.questions import SafetyQuestion
from mmt.model.review import Reason
from mmt.model.visit import Answer, History, Topic, Visit


def latest(history: History, topic: Topic) -> dict[str, tuple[Visit, Answer]]:
    """The latest answer to each question of a topic, with its visit."""
    found: dict[str, tuple[Visit, Answer]] = {}
    for visit in history.visits:
        for question, answer in getattr(visit, topic).items():
            found[question] = (visit, answer)
    return found


def holding(history: History, topic: Topic, question: str, *, lasting: bool = False) -> Visit | None:
    """The latest visit whose yes to a question still stands: that of a `lasting` question whatever was
    answered since, any other until it was answered no."""
    for visit in reversed(history.visits):
        answer = getattr(visit, topic).get(question)
        if answer is True:
            return visit
        if answer is not None and not lasting:
            return None
    return None


def condition(code: str, history: History, protocol: Protocol) -> Visit | None:
    """The visit whose yes puts a condition on the patient that still stands."""
    known = protocol.precautions.get(code)
    return holding(history, "precautions", code, lasting=known is not None and known.lasting)


def taken_back(history: History, topic: Topic, question: str) -> tuple[Visit, Visit] | None:
    """The visits of the latest yes to a question and of the no that followed it; None where no was not
    answered last."""
    asked = [visit for visit in history.visits if question in getattr(visit, topic)]
    yes = [visit for visit in asked if getattr(visit, topic)[question] is True]
    return (yes[-1], asked[-1]) if yes and asked[-1] is not yes[-1] else None


def dated(visit: Visit, history: History) -> str | None:
    """The date of an earlier visit; None for the visit under review."""
    return None if visit is history.visits[-1] else visit.date.isoformat()


def weeks_since(visit: Visit, question: str, history: History, protocol: Protocol) -> int:
    """The weeks that have gone on since a question of the story that is told in weeks was answered."""
    told = protocol.story.get(question)
    return (history.visits[-1].date - visit.date).days // 7 if told and told.unit == "weeks" else 0


def by_now(question: str, history: History, protocol: Protocol) -> float | None:
    """The number that a question of the story was last answered with, weeks having gone on since; None where
    there is none."""
    told = latest(history, "story").get(question)
    if told is None or not isinstance(told[1], int | float):
        return None
    return told[1] + weeks_since(told[0], question, history, protocol)


def from_record(question: SafetyQuestion, history: History) -> bool:
    """The answer that the patient's birth date and sex give to a question: yes where it may be yes."""
    ages = history.patient.ages_on(history.visits[-1].date)
    return (
        (question.over_age is None or ages.most >= question.over_age)
        and (question.under_age is None or ages.least < question.under_age)
        and (question.sex is None or history.patient.sex == question.sex)
    )


def askable(protocol: Protocol) -> Iterator[SafetyQuestion]:
    """The safety questions that the record does not answer by itself."""
    return (one for one in protocol.safety_questions.values() if not one.from_record)


def earlier_yes(history: History, protocol: Protocol) -> tuple[tuple[SafetyQuestion, Visit], ...]:
    """The emergency and urgent signs that were answered yes last and were not put at this visit, each with
    the visit of that yes."""
    put = history.visits[-1].safety
    signs = (one for one in askable(protocol) if one.kind == "sign" and one.level in ("emergency", "urgent"))
    return tuple(
        (one, visit) for one in signs if one.id not in put and (visit := holding(history, "safety", one.id))
    )


def _standing(question: SafetyQuestion, history: History, protocol: Protocol) -> Visit | None:
    """The visit whose yes to a safety question puts its precaution on the stretches: until it is answered no,
    or, where the precaution names the question that alone ends it, until that was answered yes. A lasting yes
    stays."""
    known = protocol.precautions.get(question.precaution)
    if known is None or not known.until:
        return holding(history, "safety", question.id, lasting=question.lasting)
    for visit in reversed(history.visits):
        if visit.story.get(known.until) is True:
            return None
        if visit.safety.get(question.id) is True:
            return visit
    return None


def doubted(history: History, protocol: Protocol) -> dict[str, tuple[Visit, Visit]]:
    """The precaution codes that a no took back sooner than the condition goes, each with the visits of the
    latest yes and of the last no."""
    found: dict[str, tuple[Visit, Visit]] = {}
    asked: list[tuple[Topic, str, str]] = [
        *(("precautions", code, code) for code in protocol.precautions),
        *(("safety", one.id, one.precaution) for one in askable(protocol)),
    ]
    for topic, question, code in asked:
        known, back = protocol.precautions.get(code), taken_back(history, topic, question)
        if known is None or known.doubt_days is None or back is None:
            continue
        if (history.visits[-1].date - back[0].date).days <= known.doubt_days:
            found[code] = back
    return found


def precautions(history: History, protocol: Protocol) -> dict[str, tuple[Reason, ...]]:
    """The precaution codes that are present, each with its reasons: conditions, safety answers, story and
    signs, each as it was answered or tested last, a lasting yes as it was answered ever."""
    found = grouped(_present(history, protocol))
    return {code: tuple(reasons) for code, reasons in found.items()}


def _present(history: History, protocol: Protocol) -> Iterator[tuple[str, Reason]]:
    for code in latest(history, "precautions"):
        if given := condition(code, history, protocol):
            yield code, Reason(precaution=code, answer=True, date=dated(given, history))
    for question in askable(protocol):
        if question.precaution and (given := _standing(question, history, protocol)):
            yield question.precaution, Reason(question=question.id, answer=True, date=dated(given, history))
    told = latest(history, "story")
    for name in (name for name in protocol.story if name in told):
        visit, answer = told[name]
        for implied in protocol.story[name].implies:
            over = implied.over is not None and isinstance(answer, int | float) and answer > implied.over
            if over or (implied.equals is not None and answer == implied.equals):
                yield implied.precaution, Reason(story=name, answer=answer, date=dated(visit, history))

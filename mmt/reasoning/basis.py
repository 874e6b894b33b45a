"""What was seen or answered, named as a clinician knows it."""

from mmt.model.base import Side
from mmt.model.observation import Observation
from mmt.model.protocol import Protocol
from mmt.model.visit import Answer, Dose

from .words import ENGLISH


def observed(seen: Observation) -> str:
    """A value with its flags, the muscle that took over, whether the examiner confirmed it, and the reason
    where it was not tested."""
    flags = [
        f"{flag}: {seen.substitution}" if flag == "substitution" and seen.substitution else flag
        for flag in seen.flags
    ]
    force = f"{seen.newtons:g} N" if seen.newtons is not None and seen.measured[0] != "newtons" else ""
    sure = "confirmed" if seen.confirmed else ""
    marks = [f"({one})" for one in (seen.not_tested, force, *flags, sure) if one]
    return " ".join((seen.shown, *marks))


def story_said(name: str, answer: Answer | None, protocol: Protocol) -> str:
    """A question of the story with its answer, in the words of the question."""
    ask = name_of(protocol, name)
    return f"{ask}{' ' if ask.endswith('?') else ': '}{story_answer(name, answer, protocol)}"


def story_answer(name: str, answer: Answer | None, protocol: Protocol) -> str:
    """An answer of the story in the words that its question offers."""
    if not isinstance(answer, str | tuple):
        return answer_said(answer)
    labels = protocol.story[name].labels if name in protocol.story else {}
    return ", ".join(labels.get(one, one) for one in (answer if isinstance(answer, tuple) else (answer,)))


def home_said(answer: Answer | None) -> str:
    """How a stretch went at home: `more than half, it hurt`."""
    return ", ".join(ENGLISH[f"told-{one}"] for one in answer) if isinstance(answer, tuple) else ""


def answer_said(answer: Answer | None) -> str:
    """An answer as it is read aloud; what was not asked says so."""
    if answer is None:
        return "not asked"
    if isinstance(answer, bool):
        return "yes" if answer else "no"
    if isinstance(answer, tuple):
        return ", ".join(answer)
    return answer if isinstance(answer, str) else f"{answer:g}"


def place_said(protocol: Protocol, test: str, side: Side | None) -> str:
    """A test and its side: `Tibialis anterior, left`."""
    return ", ".join(filter(None, (name_of(protocol, test), side)))


def dose_said(dose: Dose) -> str:
    """A dose in a clinician's words: `hold 30 s, 2 times, once a day, 7 days a week, 6 weeks`."""
    parts = (
        f"hold {dose.hold_s} s" if dose.hold_s else "",
        f"{dose.reps} times" if dose.reps else "",
        f"{dose.sets} sets" if dose.sets else "",
        f"{dose.minutes} minutes" if dose.minutes else "",
        "once a day" if dose.per_day == 1 else f"{dose.per_day} times a day",
        f"{dose.days_per_week} days a week",
        "1 week" if dose.weeks == 1 else f"{dose.weeks} weeks",
    )
    return ", ".join(filter(None, parts))


def name_of(protocol: Protocol, key: str) -> str:
    """What a reader calls a test, a stretch or a score: its name, or the question, else the id itself."""
    if key in protocol.tests:
        return protocol.tests[key].name
    if key in protocol.stretches:
        return protocol.stretches[key].name
    return protocol.story[key].ask if key in protocol.story else key


def name_said(test: str, protocol: Protocol) -> str:
    """What is compared, by name; of a score of the story without its range: `Leg pain now`."""
    asked, name = protocol.story.get(test), name_of(protocol, test)
    return name.removesuffix(f", {asked.least:g} to {asked.most:g}") if asked else name

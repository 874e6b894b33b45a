"""Values of cells as words: large ones for the board, short ones for lists, notes beside them."""

import datetime
from typing import NamedTuple

from mmt.model.base import Side
from mmt.model.exam_tests import AnyTest, MuscleTest
from mmt.model.observation import FLAGS, Observation
from mmt.model.visit import History, Visit

FLAG_WORDS = {flag: flag.replace("-", " ") for flag in FLAGS}
REASON_WORDS = {
    "pain": "pain",
    "cast": "cast",
    "surgery": "surgery",
    "declined": "patient declined",
    "contraindicated": "contraindicated",
    "time": "no time",
}

_LARGE = {"positive": "POS", "negative": "NEG"}
_FELT = {"absent": "ABS", "less": "LESS", "normal": "NORM", "more": "MORE"}
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class Earlier(NamedTuple):
    """A value of an earlier visit, with its date and examiner."""

    value: str
    when: str
    examiner: str


def large(observation: Observation) -> str:
    """The value to be drawn in blocks: `4+`, `NT`, `POS`, `42.5`."""
    if observation.result is not None:
        return _LARGE[observation.result]
    if observation.touch is not None:
        return _FELT[observation.touch]
    return observation.shown.removesuffix(" mm").removesuffix(" s").removesuffix(" N")


def short(observation: Observation | None) -> str:
    """The value for a list: a star where something qualifies it, a middle dot where nothing is recorded."""
    if observation is None:
        return "·"
    shown = observation.shown.replace("positive", "pos").replace("negative", "neg")
    return shown + ("*" if observation.flags else "")


def notes(observation: Observation, test: AnyTest | None) -> str:
    """What qualifies the value, in words: flags, what took over, the reason why not tested, the angle."""
    words = [FLAG_WORDS[flag] for flag in observation.flags if flag != "substitution"]
    if observation.not_tested is not None:
        words.append(f"not tested: {REASON_WORDS[observation.not_tested]}")
    if "substitution" in observation.flags:
        words.append(f"substitution: {took_over(observation, test)}".removesuffix(": "))
    if observation.result is not None and observation.degrees is not None:
        words.append(f"at {observation.degrees:g}°")
    if observation.newtons is not None and observation.measured[0] != "newtons":
        words.append(f"{observation.newtons:g} N")
    if observation.variant is not None:
        words.append(observation.variant)
    return ", ".join(words)


def took_over(observation: Observation, test: AnyTest | None) -> str:
    """What took over, in the words of the test; its id where the test has none."""
    known = test.substitutions if isinstance(test, MuscleTest) else ()
    named = (one.text.rstrip(".") for one in known if one.id == observation.substitution)
    return next(named, observation.substitution or "")


def earlier(history: History, test: str, side: Side | None) -> Earlier | None:
    """The latest value of a cell at a visit before the last one; None where there is none."""
    for then in reversed(history.visits[:-1]):
        if trials := then.seen(test, side):
            values = ", ".join(short(one) for one in trials)
            return Earlier(values, day(then), then.examiner)
    return None


def day(visit: Visit) -> str:
    """The date of a visit, `2 Mar 2026`; one that was entered from paper says so."""
    return f"{date_said(visit.date)}{' (from paper)' if visit.entered else ''}"


def date_said(date: datetime.date) -> str:
    """A date as `2 Mar 2026`, the same in every locale."""
    return f"{date.day} {MONTHS[date.month - 1]} {date.year}"

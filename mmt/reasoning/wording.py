"""Conclusions in words, for whoever shows or prints them: the reasoning itself never words a sentence."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from mmt.model.base import grouped
from mmt.model.observation import Observation
from mmt.model.protocol import Protocol
from mmt.model.review import Alert, Change, Missing, Reason, SeenOnce
from mmt.model.said import Said, said
from mmt.model.visit import Visit

from .basis import answer_said, home_said, name_of, name_said, observed, place_said, story_answer, story_said
from .fluent import filled, listed
from .safety import quiet
from .standing import unsettled
from .words import ENGLISH, QUIET


def worded(sentences: Iterable[Said], protocol: Protocol) -> str:
    """Sentences in words, one behind the other, each once."""
    return " ".join(dict.fromkeys(sentence(one, protocol) for one in sentences))


def quiet_said(visit: Visit, alerts: Iterable[Alert], protocol: Protocol) -> str:
    """What was answered yes without an alert, in a sentence; empty where there is none."""
    asks = " ".join(one.ask for one in quiet(visit, alerts, protocol))
    return QUIET.format(asks=asks) if asks else ""


def sentence(one: Said, protocol: Protocol) -> str:
    """One sentence in words. What it names by an id, it is told by the protocol."""
    return filled(ENGLISH[one.key], {name: _filled(name, value, protocol) for name, value in one.given})


def once_said(found: Iterable[SeenOnce], protocol: Protocol) -> str:
    """What only one of two visits holds, by test: `Soleus left 4 (not tested at the other: pain)`."""
    named = grouped((name_said(one.test, protocol), one) for one in found)
    return "; ".join(f"{name} {', '.join(map(_once, ones))}" for name, ones in named.items())


def _once(one: SeenOnce) -> str:
    why = f"(not tested at the other: {one.not_tested})" if one.not_tested else ""
    return " ".join(filter(None, (one.side, one.value, why)))


def left_open(alerts: Sequence[Alert], protocol: Protocol, *, acted: bool = False) -> str:
    """The falls that were not tested again and that nothing confirms, in words; empty where there is none, or
    where something was done (`acted`) that was about them."""
    found = unsettled(alerts, acted=acted)
    return worded((said("motor-open", **dict(one.said[0].given)) for one in found), protocol)


def missing_said(missing: Missing, named: Callable[[str], str]) -> str:
    """What was not known, a test or question `named` by its id; of a painful value that it is not counted."""
    if isinstance(missing, str):
        return named(missing)
    test = missing.value("test")
    return f"{named(str(test))}: {ENGLISH[missing.key]}" if test else ENGLISH[missing.key]


def reason_said(reason: Reason, protocol: Protocol) -> str:
    """One reason on one line: `Tibialis anterior, left: 2 (pain), 2026-02-02`."""
    told = sentence(reason.said, protocol) if reason.said else None
    line = listed(filter(None, (_about(reason, protocol), told)))
    return f"{line.removesuffix('.')}, {reason.date}" if reason.date else line


def _about(reason: Reason, protocol: Protocol) -> str:
    if reason.question is not None:
        question = protocol.safety_questions.get(reason.question)
        return f"{question.ask if question else reason.question} {answer_said(reason.answer)}"
    if reason.story is not None:
        return story_said(reason.story, reason.answer, protocol)
    if reason.home is not None:
        return f"{name_of(protocol, reason.home)}, at home: {home_said(reason.answer)}"
    if reason.precaution is not None:
        precaution = protocol.precautions.get(reason.precaution)
        name = precaution.name if precaution else reason.precaution
        return f"{reason.precaution} ({name}): {_PRESENT[reason.answer is True, reason.answer is None]}"
    if reason.test is None:  # what an earlier visit gave says so in its own words
        return "" if reason.said and reason.date else reason.rule or ""
    value = observed(reason.seen) if reason.seen else reason.strength
    if reason.seen and reason.seen.trial > 1 and reason.seen.measured[:1] not in _MEAN:
        value = f"{value}, trial {reason.seen.trial}"
    return ": ".join(filter(None, (reason.rule, place_said(protocol, reason.test, reason.side), value)))


_MEAN = (("degrees",), ("millimetres",))
"""The measures whose trials are read as their mean: of these none is told apart."""

_PRESENT = {(True, False): "present", (False, False): "not present", (False, True): "not asked"}


def _filled(place: str, value: Any, protocol: Protocol) -> object:
    """What stands in a place of a sentence: by the place, else by the kind of value."""
    if place in _PLACES:
        return _PLACES[place](value, protocol)
    if isinstance(value, Said):
        return sentence(value, protocol)
    return listed(sentence(one, protocol) for one in value) if isinstance(value, tuple) else value


def _names(found: tuple[str | Observation, ...], protocol: Protocol) -> str:
    """Tests by their names; what was seen with its side and value."""
    return ", ".join(
        name_of(protocol, one)
        if isinstance(one, str)
        else f"{name_of(protocol, one.test)} {one.side} {one.shown}"
        for one in found
    )


def _short(found: str | Observation, protocol: Protocol) -> str:
    """A test by its short name; what was seen with its side and value."""
    if isinstance(found, str):
        return short_of(found, None, protocol)
    return f"{short_of(found.test, found.side, protocol)} {found.shown}"


def short_of(test: str, side: str | None, protocol: Protocol) -> str:
    """A test or a score by its short name, with its side: `TA left`, `knee jerk left`."""
    known = protocol.tests.get(test) or protocol.story.get(test)
    return " ".join(filter(None, (known.named if known else test, side)))


def _moved(one: Change, protocol: Protocol) -> str:
    """A value then and now, by a short name."""
    return f"{short_of(one.test, one.side, protocol)} {one.from_} → {one.to}"


def _grades(found: tuple[Observation, ...], protocol: Protocol) -> str:
    return ", ".join(f"{name_of(protocol, one.test)} {one.grade}" for one in found)


def _ticked(value: tuple[str, str], protocol: Protocol) -> str:
    """What the patient's sheet says of a stretch where a precaution was ticked."""
    stretch, code = value
    return protocol.stretches[stretch].text["en"].ticked[code]


def _beyond(found: tuple[str, str, str], protocol: Protocol) -> str:
    """A length beyond its limit, in the words of its test."""
    name, value, limit = found
    test: Any = protocol.tests[name]
    says: str = test.short.says or ENGLISH[f"short-{test.short.direction}"]
    return says.format(value=value, limit=limit)


_PLACES: dict[str, Callable[[Any, Protocol], object]] = {
    "test": lambda name, protocol: protocol.tests[name],
    "sign": lambda name, protocol: protocol.tests[name],
    "other": lambda name, protocol: name_of(protocol, name) if name else ENGLISH["another-muscle"],
    "names": _names,
    "brief": lambda found, protocol: ", ".join(_short(one, protocol) for one in found),
    "moved": lambda found, protocol: ", ".join(_moved(one, protocol) for one in found),
    "against": _grades,
    "side": lambda side, _: ENGLISH[side or "midline"],
    "other_side": lambda side, _: ENGLISH[side],
    "group": lambda name, protocol: protocol.safety[name],
    "question": lambda name, protocol: protocol.safety_questions[name],
    "combination": lambda name, protocol: protocol.combinations[name],
    "pattern": lambda name, protocol: protocol.patterns[name],
    "patterns": lambda names, protocol: ", ".join(protocol.patterns[one].name for one in names),
    "crossed": lambda name, protocol: getattr(protocol.rules, name),
    "lift": lambda name, protocol: getattr(protocol.rules, name),
    "stretches": lambda names, protocol: ", ".join(name_of(protocol, one) for one in names),
    "precaution": lambda code, protocol: protocol.precautions[code],
    "story": lambda name, protocol: protocol.story[name],
    "home": lambda answer, _: home_said(answer) or ENGLISH["not-told"],
    "stretch": lambda name, protocol: name_of(protocol, name),
    "scores": lambda found, protocol: ", ".join(place_said(protocol, *one) for one in found),
    "measures": lambda found, protocol: ", ".join(place_said(protocol, *one) for one in found),
    "answer": lambda answer, _: answer_said(answer),
    "done": lambda given, protocol: story_answer(given[0], given[1], protocol),
    "told": _ticked,
    "beyond": _beyond,
}
"""What is named by an id, an answer or a list in a sentence, and how a reader is told it."""

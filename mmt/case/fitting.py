"""What of a case does not fit the protocol, or the rest of the case."""

import datetime
import re
from collections.abc import Collection, Iterator, Sequence, Set
from itertools import pairwise
from operator import getitem
from typing import Annotated, Any, Literal, get_args

from msgspec import Meta

from mmt.model.at_home import DONE, FELT
from mmt.model.born import BirthDate, first_day
from mmt.model.grades import CODES
from mmt.model.observation import MEASURES
from mmt.model.protocol import Protocol
from mmt.model.questions import StoryQuestion
from mmt.model.review import Proposed
from mmt.toml.decode import Fault, join, meant, shown, sound

from .form import CaseFile, Seen, WrittenPatient, WrittenVisit

_ANY_NUMBER = 1e9

_YEARS = range(1900, 2201)
"""The years in which a patient can be born and a visit can be."""

_OLDEST = 130
"""Years after the birth beyond which a visit is a slip of a key."""

_DAY = re.compile(r"\d{4}-\d\d?-\d\d?")


def misfits(case: CaseFile, protocol: Protocol, broken: Set[str]) -> Iterator[Fault]:
    """Every fault that shows only beside the protocol or the rest of the case.

    `broken` are the places at which nothing sound was read, so that None or a default stands there; each has
    its own fault already.
    """
    return (one for one in _Fitting(protocol, broken).case(case) if one[0] not in broken)


class _Fitting:
    def __init__(self, protocol: Protocol, broken: Set[str]) -> None:
        self._protocol = protocol
        self._broken = broken

    def case(self, case: CaseFile) -> Iterator[Fault]:
        if case.exam:
            yield from _unknown("exam", case.exam, self._protocol.exams, "an exam of the library")
        visits = case.visits or ()
        days = [one.date if one else None for one in visits]
        if case.patient:
            place, conditions = "patient.conditions", case.patient.conditions or ()
            for at, code in enumerate(conditions):
                known = self._protocol.precautions
                yield from _unknown(f"{place}[{at}]", code, known, "a precaution code")
            yield from _twice(place, conditions)
            yield from self._born(case.patient, [one for one in days if one])
            languages = {name: 0 for one in self._protocol.stretches.values() for name in one.text}
            what = f"a language of the sheet ({', '.join(languages)})"
            if languages:  # where no stretch is in use none is known
                yield from _unknown("patient.language", case.patient.language, languages, what)
        for at, (before, day) in enumerate(pairwise(days), 1):
            if before and day and day < before:
                yield f"visits[{at}].date", f"{day} is before {before}; the oldest visit stands first"
        for at, visit in enumerate(visits):
            if visit:
                yield from self._visit(visit, f"visits[{at}]")
                yield from _in_years(f"visits[{at}].date", visit.date)
                yield from self._given_before(visits[:at], visit, f"visits[{at}].home")

    def _born(self, patient: WrittenPatient, days: Sequence[datetime.date]) -> Iterator[Fault]:
        place, born = "patient.birth_date", patient.birth_date
        if not born or any(one.startswith(place) for one in self._broken):
            return
        yield from _in_years(place, born)
        if days and first_day(born) > min(days):
            yield place, f"{born} is after the visit of {min(days)}"
        if days and born.year in _YEARS and max(days).year - born.year > _OLDEST:
            yield place, f"{born} is over {_OLDEST} years before the visit of {max(days)}"

    def _accepted(self, key: str, place: str) -> Iterator[Fault]:
        """What is wrong with the key of a finding that was accepted: its rule, what it is of, and its side or
        what was proposed."""
        rule, about, last = key.split(":") if key.count(":") == 2 else ("", "", "")
        if not rule or not (about and last if rule == self._at_home else about or last):
            yield place, f'{shown(key)} is not the key of a finding, such as "at-home:E04:harder"'
        elif rule == self._at_home:
            yield from _unknown(place, about, self._protocol.stretches, "a stretch of the library")
            yield from _unknown(place, last, get_args(Proposed), f"one of {', '.join(get_args(Proposed))}")
        else:
            yield from _unknown(place, about, self._protocol.tests, "a test of the library")

    @property
    def _at_home(self) -> str:
        rule = self._protocol.rules.at_home
        return rule.id if rule else ""

    def _visit(self, visit: WrittenVisit, place: str) -> Iterator[Fault]:
        protocol = self._protocol
        if visit.entered and visit.entered <= visit.date:
            yield f"{place}.entered", f"{visit.entered} is not after the visit of {visit.date}"
        yield from _in_years(f"{place}.entered", visit.entered)
        for at, key in enumerate(visit.accepted or ()):
            yield from self._accepted(key, f"{place}.accepted[{at}]") if key else ()
        if visit.scale not in protocol.scales:
            yield f"{place}.scale", f"{shown(visit.scale)} is not one of {', '.join(protocol.scales)}"
        for name in visit.safety:
            asked = protocol.safety_questions.get(name)
            if asked is None:
                hint = meant(name, protocol.safety_questions)
                yield f"{place}.safety.{name}", f"is not a safety question{hint}"
            elif asked.from_record:
                yield f"{place}.safety.{name}", "is told by birth date and sex, not asked; leave it out"
        for name, answer in visit.story.items():
            here, question = f"{place}.story.{name}", protocol.story.get(name)
            if question is None:
                yield here, f"is not a question of the story{meant(name, protocol.story)}"
            else:
                yield from _inside(here, _answer(question, answer))
        for name, words in visit.home.items():
            here = f"{place}.home.{name}"
            yield from _unknown(here, name, protocol.stretches, "a stretch of the library")
            yield from _inside(here, _at_home(words))
        stretches = [one.stretch if one else None for one in visit.sheet or ()]
        for at, given in enumerate(stretches):
            here = f"{place}.sheet[{at}].stretch"
            yield from _unknown(here, given, protocol.stretches, "a stretch of the library")
        yield from _twice(f"{place}.sheet", stretches, ".stretch")
        yield from self._observations(visit, f"{place}.observations")

    def _given_before(
        self, before: Sequence[WrittenVisit], visit: WrittenVisit, place: str
    ) -> Iterator[Fault]:
        """A fault for each stretch that was told of and that no sheet of the visits before holds, where all
        of them could be read."""
        if any(".sheet" in broken for broken in self._broken):
            return
        given = {one.stretch for each in before if each for one in each.sheet or () if one}
        for name in visit.home:
            if name in self._protocol.stretches and name not in given:
                yield f"{place}.{name}", "was on no sheet of the visits before; write it into their `sheet`"

    def _observations(self, visit: WrittenVisit, place: str) -> Iterator[Fault]:
        scale = self._protocol.scales.get(visit.scale)
        codes, what = (scale.codes, visit.scale) if scale else (CODES, "any scale")
        first: dict[Any, int] = {}
        for at, seen in enumerate(visit.observations):
            here = f"{place}[{at}]"
            if seen is None:
                continue
            if seen.grade is not None and seen.grade not in codes:
                yield f"{here}.grade", f"{shown(seen.grade)} is not a grade of {what}"
            yield from self._observation(seen, here)
            if self._broken.isdisjoint(f"{here}.{name}" for name in ("test", "side", "trial")):
                earlier = first.setdefault((*seen.cell, seen.trial), at)
                if earlier != at:
                    yield here, f"repeats observations[{earlier}]; give a further reading its own trial"

    def _observation(self, seen: Seen, place: str) -> Iterator[Fault]:
        yield from _twice(f"{place}.flags", seen.flags)
        values = (*MEASURES, "not_tested")
        if seen.not_tested and seen.measured:
            held = " and ".join((*seen.measured, "not_tested"))
            yield place, f"holds {held}; an observation holds one value"
        written = {f"{place}.{name}" for name in values} & self._broken
        if not seen.not_tested and not seen.measured and not written:
            yield place, f"holds no value; it needs one of {', '.join(values)}"
        if seen.substitution and "substitution" not in seen.flags:
            yield f"{place}.substitution", 'needs "substitution" among the flags'
        falls = (seen.grade, seen.count, seen.seconds, seen.newtons) != (None, None, None, None)
        if seen.confirmed and not falls and f"{place}.grade" not in self._broken:
            yield f"{place}.confirmed", "needs a grade, a count, seconds or newtons"
        yield from _unknown(f"{place}.test", seen.test, self._protocol.tests, "a test of the library")
        if test := self._protocol.tests.get(seen.test):
            yield from _inside(place, test.misfits(seen))
            takers = [one.id for one in test.substitutions]
            if seen.substitution not in self._protocol.tests:
                what = f"a test, nor a substitution of {test.id}"
                yield from _unknown(f"{place}.substitution", seen.substitution, takers, what)


def _answer(question: StoryQuestion, answer: Any) -> Iterator[Fault]:
    """What is wrong with an answer to a question of the story."""
    words: Any = getitem(Literal, question.choices) if question.choices else str
    least = -_ANY_NUMBER if question.least is None else question.least
    most = _ANY_NUMBER if question.most is None else question.most
    kinds: dict[str, Any] = {
        "yes-no": bool,
        "number": Annotated[float, Meta(ge=least, le=most)],
        "choice": words,
        "words": tuple[words, ...],
        "text": str,
    }
    given, faults = sound(answer, kinds[question.answer])
    yield from faults
    if question.answer == "text" and given and _DAY.fullmatch(given) and not _is_day(given):
        yield "", f"{shown(given)} is not a day of the calendar"
    if question.answer == "words":
        yield from _twice("", given or ())


def _is_day(text: str) -> bool:
    try:
        return bool(datetime.date.fromisoformat(text))
    except ValueError:
        return False


def _at_home(words: Any) -> Iterator[Fault]:
    """What is wrong with how a stretch went at home: how much of it was done, how it felt, or both."""
    told: Any = getitem(Literal, (*DONE, *FELT))
    given, faults = sound([words] if isinstance(words, str) else words, tuple[told, ...])
    yield from faults
    if given is not None and sum(one in DONE for one in given) > 1:
        yield "", f"tells more than one of {', '.join(DONE)}"
    yield from _twice("", given or ())


def _inside(place: str, faults: Iterator[Fault]) -> Iterator[Fault]:
    """Faults inside a value, with the place of that value put before them."""
    return ((join(place, where), says) for where, says in faults)


def _unknown(place: str, name: str | None, known: Collection[str], what: str) -> Iterator[Fault]:
    """A fault where a name that was read is none of the known ones."""
    if name and name not in known:
        yield place, f"{shown(name)} is not {what}{meant(name, known)}"


def _in_years(place: str, day: BirthDate | None) -> Iterator[Fault]:
    """A fault where a day that was read lies in no year of a patient or a visit."""
    if day and day.year not in _YEARS:
        yield place, f"{day} is not between {_YEARS[0]} and {_YEARS[-1]}"


def _twice(place: str, names: Sequence[str | None], where: str = "") -> Iterator[Fault]:
    for at, name in enumerate(names):
        if name and name in names[:at]:
            yield f"{place}[{at}]{where}", f"{shown(name)} stands twice"

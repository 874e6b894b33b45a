"""How good the clinic's own hands are: how well readings taken twice agree, over all its records."""

from collections.abc import Iterator
from typing import NamedTuple

from mmt.model.errors import ClinicError
from mmt.model.observation import UNITS
from mmt.model.protocol import Protocol
from mmt.reasoning.basis import name_of
from mmt.reasoning.repeated import Agreement, Pair, agreements, may_be_own, own_errors, repeated
from mmt.storage import patients

from .practice import Practice

_BY = {"one": "one examiner", "two": "two examiners"}
_UNITS = {"grade": "grades", "degrees": "°", "millimetres": "mm", "seconds": "s", "newtons": "N"}

HOW_TO_READ = (
    "Kappa is agreement beyond chance, 1 at best. The limits hold 95 of 100 differences between two "
    "readings, second less first; the error is that of one reading. A second trial is often taken because "
    "the first surprised, so trials of one visit may differ more than usual. Two examiners may differ less "
    "where the second saw what the first had found; blind ones stand by themselves. Readings in pain, and "
    "those with another muscle taking over, are left out."
)


class Hands(NamedTuple):
    """How well the readings `agree`, a kind each, and whose records could not be read, a sentence each."""

    agree: list[Agreement]
    unread: tuple[str, ...]


class HandsDesk:
    """How well the clinic's own readings agree, read a patient at a time as `more` is asked for; then in
    words, with the choice of whose errors changes are judged by."""

    def __init__(self, clinic: Practice) -> None:
        self._clinic = clinic
        self._coming = _each(clinic)
        self._pairs: list[Pair] = []
        self._unread: list[str] = []

    def more(self) -> bool:
        """Read the next patient; whether there was one. Raises ClinicError where nothing can be read."""
        one = next(self._coming, None)
        if isinstance(one, str):
            self._unread.append(one)
        else:
            self._pairs += one or ()
        return one is not None

    @property
    def found(self) -> Hands:
        """What came of it so far."""
        return Hands(agreements(self._pairs, self._clinic.protocol), tuple(self._unread))

    def lines(self) -> Iterator[str]:
        """Whose errors are judged by, then each test that was read twice."""
        yield whose_said(self.found, self._clinic.protocol)
        yield from in_words(self.found, self._clinic.protocol)

    def judge(self) -> str:
        """Judge by the clinic's own errors, where it does already by the published ones again; what came of
        it. Raises ClinicError where that cannot be kept."""
        which = "published" if self._clinic.protocol.own else "own"
        return " ".join(judge_by(self._clinic, self.found, which))


def _each(clinic: Practice) -> Iterator[list[Pair] | str]:
    """The readings that were taken twice, a patient at a time; of one who cannot be read a sentence."""
    with clinic.store.reading() as db:
        numbers = patients.read_twice(db)
    for number in numbers:
        try:
            yield list(repeated(clinic.history(number), clinic.protocol))
        except ClinicError as error:
            yield str(error)


def hands(clinic: Practice) -> Hands:
    """Look through the records of all patients with readings that were taken twice."""
    desk = HandsDesk(clinic)
    while desk.more():
        pass
    return desk.found


def in_words(found: Hands, protocol: Protocol) -> Iterator[str]:
    """What `mmt agreement` prints, a line a kind."""
    yield from found.unread
    for one in found.agree:
        yield _agreement_said(one, protocol)
    yield (
        HOW_TO_READ if found.agree else "No reading was taken twice yet, in one visit or by two within a day."
    )


def _agreement_said(one: Agreement, protocol: Protocol) -> str:
    """How well readings of one kind agree, or how many pairs there are and how many are needed."""
    rule = protocol.rules.agreement
    scale = f" ({one.kind.scale})" if one.kind.scale else ""
    head = f"{name_of(protocol, one.kind.test)}{scale}, {_who(one)}: {_pairs(one.pairs)}"
    if rule and one.pairs < rule.fewest:
        return f"{head}, too few to tell (from {rule.fewest})."
    return f"{head}; {'; '.join(_figures(one, protocol))}."


def whose_said(found: Hands, protocol: Protocol) -> str:
    """Whose errors changes are judged by, how many pairs of one test are needed for its own, and for which
    tests there are so many, else how many there are."""
    rule, own = protocol.rules.agreement, own_errors(found.agree, protocol)
    now = "the clinic's own errors where it has one" if protocol.own else "the published errors"
    said = f"Changes are judged by {now}."
    if rule is None:
        return said
    need = f"An own error needs {rule.fewest} pairs of a length, a count or a hold"
    if own:
        named = (f"{name_of(protocol, one.test)}, {_BY[one.examiners]}: {_pairs(one.pairs)}" for one in own)
        return f"{said} {need}; enough are there of {'; '.join(named)}."
    sized = [one for one in found.agree if may_be_own(one, protocol)]
    most = max(sized, key=lambda one: one.pairs, default=None)
    if most is None:
        return f"{said} {need}; there is none yet."
    return (
        f"{said} {need}; the most so far: {most.pairs}, of {name_of(protocol, most.kind.test)}, {_who(most)}."
    )


def _who(one: Agreement) -> str:
    return f"{_BY[one.kind.examiners]}{', blind' if one.kind.blind else ''}"


def judge_by(clinic: Practice, found: Hands, which: str) -> Iterator[str]:
    """Judge changes by the clinic's `own` errors as they are now, or by the `published` ones, from here on; a
    line a test that has its own. Signed visits stay judged as on their day."""
    own = own_errors(found.agree, clinic.protocol) if which == "own" else ()
    clinic.judge_by(own)
    for one in own:
        size = f"{one.limit:g}{_unit(one.test, clinic.protocol)}"
        who = f"{name_of(clinic.protocol, one.test)}, {_BY[one.examiners]}"
        yield f"{who}: changes are judged by {size} from {one.pairs} pairs."
    if not own:
        few = "No test has enough pairs yet: changes" if which == "own" else "Changes"
        yield f"{few} are judged by the published errors."


def _unit(test: str, protocol: Protocol) -> str:
    return UNITS.get(protocol.tests[test].measures[0], "")


def _pairs(count: int) -> str:
    return f"{count} pair{'' if count == 1 else 's'}"


def _figures(one: Agreement, protocol: Protocol) -> Iterator[str]:
    if one.kappa:
        low, high = one.kappa.interval
        yield f"the same in {one.kappa.exact:.0%}, kappa {one.kappa.value:.2f} ({low:.2f} to {high:.2f})"
    if one.limits:
        low, high = one.limits.interval
        unit = _UNITS.get(one.kind.measure, "")
        published = _published(one, protocol)
        yield f"mean difference {one.limits.mean:+.1f} {unit}, limits {low:+.1f} to {high:+.1f}".rstrip()
        yield f"error {one.limits.sem:.2f}{f', published {published:g}' if published else ''}"
    if not (one.kappa or one.limits):
        yield "all the same"


def _published(one: Agreement, protocol: Protocol) -> float | None:
    """The published error of one such reading; None where none was found."""
    named = {one.kind.test, one.kind.scale}
    fits = [
        each.sem
        for each in protocol.errors.values()
        if named & set(each.of) and each.examiners == one.kind.examiners and each.below is None
    ]
    return fits[0] if fits else None

"""How good the clinic's own hands are: how well readings taken twice agree, over all its records."""

from collections.abc import Iterator
from typing import NamedTuple

from mmt.model.errors import ClinicError
from mmt.model.observation import UNITS
from mmt.model.protocol import Protocol
from mmt.reasoning.basis import name_of
from mmt.reasoning.repeated import Agreement, Pair, agreements, own_errors, repeated
from mmt.storage import patients

from .clinic import Clinic
from .own_errors import write as keep

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


def hands(clinic: Clinic) -> Hands:
    """Look through the records of all patients with readings that were taken twice."""
    with clinic.store.reading() as db:
        numbers = patients.read_twice(db)
    pairs: list[Pair] = []
    unread = []
    for number in numbers:
        try:
            pairs += repeated(clinic.history(number), clinic.protocol)
        except ClinicError as error:
            unread.append(str(error))
    return Hands(agreements(pairs, clinic.protocol), tuple(unread))


def in_words(found: Hands, protocol: Protocol) -> Iterator[str]:
    """What `mmt agreement` prints, a line a kind."""
    yield from found.unread
    rule = protocol.rules.agreement
    for one in found.agree:
        kind = one.kind
        scale = f" ({kind.scale})" if kind.scale else ""
        who = f"{_BY[kind.examiners]}{', blind' if kind.blind else ''}"
        head = f"{name_of(protocol, kind.test)}{scale}, {who}: {_pairs(one.pairs)}"
        if rule and one.pairs < rule.fewest:
            yield f"{head}, too few to tell (from {rule.fewest})."
        else:
            yield f"{head}; {'; '.join(_figures(one, protocol))}."
    yield (
        HOW_TO_READ if found.agree else "No reading was taken twice yet, in one visit or by two within a day."
    )


def judge_by(clinic: Clinic, found: Hands, which: str) -> Iterator[str]:
    """Judge changes by the clinic's `own` errors as they are now, or by the `published` ones, from the next
    start on; a line a test that has its own. Signed visits stay judged as on their day."""
    own = own_errors(found.agree, clinic.protocol) if which == "own" else ()
    keep(clinic.places.own_errors, own, clinic.today())
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

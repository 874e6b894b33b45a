"""Who of those that arrive in a file is here already, stands in it twice, or may be somebody who is known."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from mmt.clinic.doubts import CLUES, known_as
from mmt.model.base import grouped
from mmt.model.people import Patient, PatientRow, chart_key
from mmt.model.text import one_spelling
from mmt.reasoning.same_person import oldest_pairs

_ARRIVING = 1 << 40
"""Numbers from here on are of patients who are not here yet."""

_DOUBT = "{at}: {who} {told}."
_OTHERWISE = "{at}: {who} is here already, and not as in the file: {known} (record {number}) stays so."
_TWO = "{at}: {who} has the id of {other_at}, {other}. Whose it is cannot be told from here: both stay out."


class Fresh(NamedTuple):
    """Who may be taken in, and where in the file; `doubts` say why nobody may want the record."""

    at: str
    patient: Patient
    uid: str
    doubts: tuple[str, ...] = ()

    def row(self, number: int) -> PatientRow:
        """The patient as if there were a record of this number."""
        who = self.patient
        return PatientRow(id=number, name=who.name, birth_date=who.birth_date, chart_number=who.chart_number)


class Sifted(NamedTuple):
    """Those who are `fresh`, and those of them who are so for `sure`, as they stand in the file; how many are
    `here` already, how many `repeated` in it; what is doubtful about whom, and the `problems` of those who
    stay out."""

    fresh: tuple[Fresh, ...]
    sure: tuple[Fresh, ...]
    here: int
    repeated: int
    doubts: tuple[str, ...]
    problems: tuple[str, ...]


class Known:
    """People by what makes two of them one beyond doubt: one name, one birth date, no other chart number."""

    def __init__(self, people: Iterable[PatientRow]) -> None:
        self._by_chart: dict[tuple[str, str], dict[str, PatientRow]] = {}
        for one in people:
            self.add(one)

    def add(self, one: PatientRow) -> None:
        """Know somebody from now on."""
        self._by_chart.setdefault(_person(one), {}).setdefault(chart_key(one.chart_number), one)

    def same(self, one: PatientRow) -> PatientRow | None:
        """Who of them is this person."""
        held = self._by_chart.get(_person(one), {})
        if chart := chart_key(one.chart_number):
            return held.get(chart) or held.get("")
        return next(iter(held.values()), None)


class _Sieve:
    """Takes those who arrive one after the other, each under a number of its own."""

    def __init__(self, here: Sequence[PatientRow], named: Mapping[str, PatientRow]) -> None:
        self._known, self._named, self._uids = Known(here), named, set[str]()
        self.compared = [*here]
        self.fresh: dict[int, Fresh] = {}
        self.otherwise: dict[int, str] = {}
        self.here = self.repeated = 0

    def put(self, number: int, one: Fresh) -> None:
        """Find out whether somebody is here, is repeated, or is to be compared with all others."""
        row, held = one.row(number), self._named.get(one.uid)
        if held:
            self.here += 1
            if _person(held) != _person(row):
                told = {"known": known_as(held), "number": held.id}
                self.otherwise[number] = _OTHERWISE.format(at=one.at, who=one.patient.name, **told)
            return
        same = self._known.same(row)
        if same and same.id < _ARRIVING:
            self.here += 1
        elif same or one.uid in self._uids:
            self.repeated += 1
        else:
            self.fresh[number] = one
            self._known.add(row)
        if same is None or chart_key(same.chart_number) != chart_key(row.chart_number):
            self.compared.append(row)
        self._uids |= {one.uid} - {""}


def sifted(arriving: Sequence[Fresh], here: Sequence[PatientRow], named: Mapping[str, PatientRow]) -> Sifted:
    """Sift those who arrive by who is `here`, and by the records that are `named` as they are among clinics.

    Of two who are one, that one counts of which nothing is doubtful in itself.
    """
    among = dict(enumerate(sorted(arriving, key=lambda one: bool(one.doubts)), _ARRIVING))
    unclear = dict(_unclear(among.values()))
    sieve = _Sieve(here, named)
    for number, one in among.items():
        if one.uid not in unclear:
            sieve.put(number, one)
    doubts = dict(_doubts(sieve, among))
    fresh = {one.at: number for number, one in sieve.fresh.items()}
    return Sifted(
        fresh=tuple(one for one in arriving if one.at in fresh),
        sure=tuple(one for one in arriving if one.at in fresh and fresh[one.at] not in doubts),
        here=sieve.here,
        repeated=sieve.repeated,
        doubts=(*sieve.otherwise.values(), *doubts.values()),
        problems=tuple(chain.from_iterable(unclear.values())),
    )


def _unclear(among: Iterable[Fresh]) -> Iterator[tuple[str, list[str]]]:
    """The ids that are not of one person alone, with who has them, a sentence each."""
    for uid, (first, *others) in grouped((one.uid, one) for one in among if one.uid).items():
        known = {"other_at": first.at, "other": known_as(first.row(0))}
        said = [
            _TWO.format(at=one.at, who=known_as(one.row(0)), **known)
            for one in others
            if _person(one.row(0)) != _person(first.row(0))
        ]
        if said:
            yield uid, said


def _doubts(sieve: _Sieve, among: Mapping[int, Fresh]) -> Iterator[tuple[int, str]]:
    """What is doubtful about those who are fresh, by their numbers."""
    older = {pair.other.id: pair for pair in oldest_pairs(sieve.compared)}
    for number, one in sieve.fresh.items():
        told, because = [" and ".join(one.doubts)], ""
        if pair := older.get(number):
            place = among[pair.one.id].at if pair.one.id in among else f"record {pair.one.id}"
            told.append(f"may be {known_as(pair.one)} ({place})")
            because = " ".join(CLUES[clue] for clue in pair.clues)
        if any(told):
            said = _DOUBT.format(at=one.at, who=one.patient.name, told="; ".join(filter(None, told)))
            yield number, f"{said} {because}".rstrip()


def _person(one: PatientRow) -> tuple[str, str]:
    return one_spelling(one.name), one.birth_date.isoformat() if one.birth_date else ""

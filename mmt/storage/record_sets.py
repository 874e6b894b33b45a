"""Records as values that another clinic's mmt can take in: every row of them, as it was written."""

import datetime
from collections.abc import Collection, Iterable, Iterator
from typing import Any

import msgspec

from mmt.exchange.records import (
    Answered,
    Because,
    ChangedExaminer,
    Decided,
    GivenOut,
    JoinedRecords,
    KeptProtocol,
    MovedVisit,
    Note,
    PatientRecord,
    Person,
    RecordSet,
    Restricted,
    Seen,
    Signed,
    ToldApart,
    VisitRecord,
)
from mmt.model.base import grouped
from mmt.model.observation import Observation
from mmt.model.text import clean
from mmt.model.visit import Answer, Decision, Override, Prescribed

from . import discarded, patients, stable_ids
from .driver import Database
from .faults import naming
from .signing import key_of
from .visits import get

_LINKS = """
select patient, became from joined_patients union select patient, other from told_apart
 union select was, became from moved_visits
"""


def sets(db: Database, among: Collection[int] | None = None) -> list[tuple[int, ...]]:
    """The numbers of all patients, or of those `among` them; together are those whose records speak of each
    other. In the order in which the first of each came."""
    numbers = [row[0] for row in db.conn.execute("select id from patients order by id")]
    numbers = [one for one in numbers if among is None or one in among]
    first = {one: one for one in numbers}

    def root(one: int) -> int:
        while first[one] != one:
            one = first[one]
        return one

    for one, other in db.conn.execute(_LINKS).fetchall():
        if one in first and other in first:
            low, high = sorted((root(one), root(other)))
            first[high] = low
    return [tuple(held) for held in grouped((root(one), one) for one in numbers).values()]


def seen_since(db: Database, day: datetime.date) -> set[int]:
    """The numbers of the patients with a visit on a day or later."""
    rows = db.conn.execute("select distinct patient from visits where date >= ?", (day.isoformat(),))
    return {row[0] for row in rows}


def signed_by_day(db: Database, numbers: Iterable[int], since: datetime.date | None) -> list[tuple[int, int]]:
    """The signed visits of these patients, with whose record each is in, in the order of their days."""
    first = (since or datetime.date.min).isoformat()
    signed = "select visit from signatures"
    asks = f"id, patient from visits where id in ({signed}) and date >= '{first}' and patient"
    return [(visit, patient) for visit, patient in _of(db, asks, numbers, "order by date, id")]


def record_set(db: Database, numbers: tuple[int, ...]) -> RecordSet:
    """The records of these patients. What they tell of the record of another one is not in it. To whom
    something was given out is cleaned: an earlier mmt kept that as it was typed.

    Raises ClinicError where a row cannot be read.
    """
    uids = dict(_of(db, "patient, uid from patient_ids where patient", numbers))
    with naming(f"The record of patient number {numbers[0]}"):
        return RecordSet(
            patients=tuple(_patient(db, one, uids) for one in numbers),
            joined=tuple(_joined(db, numbers, uids)),
            apart=tuple(_apart(db, numbers, uids)),
        )


def _of(db: Database, asks: str, numbers: Iterable[int], more: str = "") -> list[tuple[Any, ...]]:
    """The rows of a question whose last word is the column that is one of these numbers."""
    listed = ", ".join(map(str, numbers))
    return db.conn.execute(f"select {asks} in ({listed}) {more}").fetchall()


def _patient(db: Database, number: int, uids: dict[int, str]) -> PatientRecord:
    ((added,),) = _of(db, "created_at from patients where id", (number,))
    given = (
        "what, visit_ids.uid, given_to, said_by, said_at from disclosures"
        " left join visit_ids on visit_ids.visit = disclosures.visit where patient"
    )
    said = "reason, said_by, said_at"
    restricted = _of(db, f"{said}, restricted from restrictions where patient", (number,), "order by id")
    return PatientRecord(
        id=uids[number],
        person=Person.of(patients.read(db, number)),
        added=_at(added),
        visits=tuple(_visits(db, number, uids)),
        restrictions=tuple(
            Restricted(reason=why, by=by, at=_at(at), restricted=bool(held))
            for why, by, at, held in restricted
        ),
        openings=tuple(
            map(_because, _of(db, f"{said} from openings where patient", (number,), "order by id"))
        ),
        given_out=tuple(
            GivenOut(what=what, visit=visit, to=clean(to), by=by, at=_at(at))
            for what, visit, to, by, at in _of(db, given, (number,), "order by id")
        ),
        discarded=next(map(_because, _discarded(db, "patient", number)), None),
    )


def _discarded(db: Database, kind: str, number: int) -> list[tuple[Any, ...]]:
    those = discarded.VISITS if kind == "visit" else discarded.PATIENTS
    asks = f"reason, discarded_by, discarded_at from discarded_{kind}s where {kind} in ({those}) and {kind}"
    return _of(db, asks, (number,))


def _at(text: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(text)


def _day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def _because(row: tuple[str, str, str]) -> Because:
    reason, by, at = row
    return Because(reason=reason, by=by, at=_at(at))


_FIELDS = "date, examiner, scale, exam, protocol, place, note, next_visit, action"


def _visits(db: Database, patient: int, uids: dict[int, str]) -> Iterator[VisitRecord]:
    columns = (
        "visits.id, uid, started_at, override, prescription, entered, blind, visits_elsewhere.number,"
        f" visits_elsewhere.public_key, (select uid from sites where id = coalesce(site, {stable_ids.OWN})),"
        f" {_FIELDS}"
        " from visits join visit_ids on visit_ids.visit = visits.id"
        " left join visits_elsewhere on visits_elsewhere.visit = visits.id where patient"
    )
    for row in _of(db, columns, (patient,), "order by visits.id"):
        number, uid, started, override, sheet, entered, blind, there, key, site, *fields = row
        yield VisitRecord(
            **{**dict(zip(_FIELDS.split(", "), fields, strict=True)), "date": _day(fields[0])},
            id=uid,
            site=site,
            number=there or number,
            started=_at(started),
            override=_json(override, Override),
            prescription=_json(sheet, tuple[Prescribed, ...]),
            entered=entered and _day(entered),
            blind=bool(blind),
            moves=tuple(_moves(db, number, uids)),
            examiners=tuple(
                ChangedExaminer(was=was, became=became, reason=why, by=by, at=_at(at))
                for was, became, why, by, at in _rows(
                    db, number, "was, became, reason, changed_by, changed_at from changed_examiners"
                )
            ),
            **_recorded(db, number),
            signature=_signature(db, number, key),
            notes=tuple(
                Note(text=text, by=by, at=_at(at))
                for text, by, at in _rows(db, number, "text, written_by, written_at from addenda")
            ),
            discarded=next(map(_because, _discarded(db, "visit", number)), None),
        )


def _rows(db: Database, visit: int, asks: str) -> list[tuple[Any, ...]]:
    return _of(db, f"{asks} where visit", (visit,), "order by id")


def _json(text: str | None, kind: Any) -> Any:
    return None if text is None else msgspec.json.decode(text, type=kind)


def _recorded(db: Database, visit: int) -> dict[str, Any]:
    """What was seen, said and decided at a visit."""
    seen = _rows(db, visit, "test, side, trial, value, examiner, scale, recorded_at from observations")
    told = _rows(db, visit, "topic, question, value, recorded_at from answers")
    decided = _rows(db, visit, "finding, decision, recorded_at from decisions")
    return {
        "observations": tuple(
            Seen(
                test=test,
                side=side,
                trial=trial,
                value=_json(value, Observation),
                examiner=examiner,
                scale=scale,
                at=_at(at),
            )
            for test, side, trial, value, examiner, scale, at in seen
        ),
        "answers": tuple(
            Answered(topic=topic, question=question, value=_json(value, Answer), at=_at(at))
            for topic, question, value, at in told
        ),
        "decisions": tuple(
            Decided(finding=finding, decision=_json(decision, Decision), at=_at(at))
            for finding, decision, at in decided
        ),
    }


def _moves(db: Database, visit: int, uids: dict[int, str]) -> Iterator[MovedVisit]:
    for was, became, *why in _rows(
        db, visit, "was, became, reason, changed_by, changed_at from moved_visits"
    ):
        if was in uids and became in uids:
            said = msgspec.structs.asdict(_because(tuple(why)))
            yield MovedVisit(was=uids[was], became=uids[became], **said)


def _signature(db: Database, visit: int, key: str | None) -> Signed | None:
    asks = "signed_by, signed_at, digest, kept, ed25519 from signatures where visit"
    for by, at, digest, kept, ed25519 in _of(db, asks, (visit,)):
        return Signed(
            by=by,
            at=_at(at),
            digest=digest,
            kept=msgspec.json.decode(kept),
            ed25519=ed25519,
            key=key_of(db, visit) if key is None else key,
            altered=get(db, visit).altered,
        )
    return None


def _joined(db: Database, numbers: tuple[int, ...], uids: dict[int, str]) -> Iterator[JoinedRecords]:
    asks = (
        "patient, became, signed, joined_patients.reason, joined_by, joined_at,"
        " parted_patients.reason, parted_by, parted_at from joined_patients"
        " left join parted_patients on joined = id where patient"
    )
    for patient, became, signed, why, by, at, *parted in _of(db, asks, numbers, "order by id"):
        if became in uids:
            yield JoinedRecords(
                patient=uids[patient],
                became=uids[became],
                signed=signed,
                reason=why,
                by=by,
                at=_at(at),
                parted=_because(tuple(parted)) if parted[-1] else None,
            )


def _apart(db: Database, numbers: tuple[int, ...], uids: dict[int, str]) -> Iterator[ToldApart]:
    asks = "patient, other, apart, told_by, told_at from told_apart where patient"
    for patient, other, apart, by, at in _of(db, asks, numbers, "order by id"):
        if other in uids:
            yield ToldApart(patient=uids[patient], other=uids[other], apart=bool(apart), by=by, at=_at(at))


def kept_protocols(db: Database, numbers: Iterable[int]) -> list[str]:
    """The digests of the protocols that the visits of these patients refer to, in order."""
    return sorted({row[0] for row in _of(db, "distinct protocol from visits where patient", numbers)})


def kept_protocol(db: Database, digest: str) -> KeptProtocol:
    """A kept protocol, by its digest."""
    (body,) = db.conn.execute("select body from protocols where hash = ?", (digest,)).fetchone()
    return KeptProtocol(digest=digest, body=msgspec.Raw(body))


def sites(db: Database, numbers: Iterable[int], here: str) -> dict[str, str]:
    """The names of the clinics that the visits of these patients are of, by UUID; this one is `here`, if
    it has a name."""
    asks = (
        f"distinct coalesce(site, {stable_ids.OWN}) from visits"
        " left join visits_elsewhere on visits_elsewhere.visit = visits.id where patient"
    )
    found = _of(db, "uid, name, id from sites where id", [row[0] for row in _of(db, asks, numbers)])
    told = {uid: here if number == stable_ids.OWN else name for uid, name, number in sorted(found)}
    return {uid: name or stable_ids.NAMELESS for uid, name in told.items()}

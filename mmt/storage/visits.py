"""Visits as rows: one an observation, one an answer, one a decision; the latest row counts."""

import datetime
import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from mmt.model.base import Side, grouped
from mmt.model.errors import ClinicError
from mmt.model.observation import Key, Observation
from mmt.model.protocol import Protocol
from mmt.model.visit import Addendum, Answer, Decision, Moved, Override, Prescribed, Signature, Visit

from . import discarded, joins, protocols
from .adding import insert, insert_all, refuse_strange
from .driver import Database
from .faults import day_of, naming, stamp
from .seals import SEALED, keep_signature
from .signing import SIGNED_AT, UNSIGNED, signed
from .stable_ids import name_visit

_COLUMNS = (
    *("id", "date", "examiner", "scale", "exam", "place", "note", "next_visit", "action"),
    *("override", "prescription", "entered", "blind"),
)
_KEPT = f"id not in ({discarded.VISITS})"
"""A discarded draft counts as no visit."""
_PARTS = {
    "observations": "select visit, test, side, trial, value from observations where visit in {of}"
    " order by visit, id",
    "answers": "select visit, topic, question, value from answers where visit in {of} order by visit, id",
    "decisions": "select visit, finding, decision from decisions where visit in {of} order by id",
    "signatures": "select signatures.visit, signed_by, signed_at, digest,"
    f" seal is not ({SEALED}) or {UNSIGNED}, number, {SIGNED_AT} from signatures"
    " left join visits_elsewhere as away on away.visit = signatures.visit"
    " left join sites on sites.id = site where signatures.visit in {of}",
    "addenda": "select visit, text, written_by, written_at from addenda where visit in {of} order by id",
}
"""What the other tables hold of some visits, read at once: by itself each would be five questions more."""
_LATER = ("home", "entered", "blind")
"""What the visits of earlier versions have not: where it is empty, it is no part of a digest."""
_TOGETHER = 256
"""So many visits are looked at together."""
_OPEN = {"place", "note", "next_visit", "action", "override", "prescription"}


def begin(db: Database, patient: int, visit: Visit, protocol: Protocol, now: datetime.datetime) -> int:
    """Keep a new draft with the protocol it is done under; the number of the visit."""
    kept = protocols.keep(db, protocol)
    by = {"examiner": visit.examiner, "scale": visit.scale, "exam": visit.exam}
    day = {"date": visit.date.isoformat(), "entered": visit.entered and visit.entered.isoformat()}
    begun = {"blind": int(visit.blind), "protocol": kept, "started_at": now.isoformat()}
    number = insert(db, "visits", patient=patient, **day, **by, **begun)
    insert(db, "open_visits", visit=number)
    name_visit(db, number)
    return number


def discard(db: Database, visit: int, reason: str, by: str, now: datetime.datetime) -> None:
    """Mark a draft as discarded: its rows stay, and it counts as no visit from here on."""
    insert(db, "discarded_visits", visit=visit, reason=reason, discarded_by=by, discarded_at=now.isoformat())
    db.conn.execute("delete from open_visits where visit = ?", (visit,))


def change_examiner(db: Database, visit: Visit, examiner: str, by: str, now: datetime.datetime) -> None:
    """Let another have examined in a draft; the record keeps who stood there before."""
    _changed(db, "changed_examiners", visit.id, was=visit.examiner, became=examiner, changed_by=by, at=now)
    db.conn.execute("update visits set examiner = ? where id = ?", (examiner, visit.id))


def move(db: Database, visit: int, to: int, reason: str, by: str, now: datetime.datetime) -> None:
    """Let a draft be one of another patient; whoever has it open has it open no more."""
    (was,) = db.conn.execute("select patient from visits where id = ?", (visit,)).fetchone()
    _changed(db, "moved_visits", visit, was=was, became=to, reason=reason, changed_by=by, at=now)
    db.conn.execute("update visits set patient = ? where id = ?", (to, visit))
    db.conn.execute("delete from holds where visit = ?", (visit,))


def _changed(db: Database, table: str, visit: int, *, at: datetime.datetime, **row: Any) -> None:
    insert(db, table, visit=visit, **{"reason": "", **row}, changed_at=at.isoformat())


def day_begun_last(db: Database) -> datetime.date | None:
    """The day on which a visit was begun last, whoever the patient is; None before the first."""
    begun = "select coalesce(entered, date) from visits"
    row = db.conn.execute(f"{begun} where {_KEPT} order by id desc limit 1").fetchone()
    return day_of(row[0]) if row else None


def put(db: Database, visit: Visit, observation: Observation, now: datetime.datetime) -> None:
    """Add an observation: the present value of its test, side and trial."""
    put_all(db, visit, (observation,), now)


def put_all(db: Database, visit: Visit, seen: Iterable[Observation], now: datetime.datetime) -> None:
    """Add observations in their order, each as `put` does."""
    _observe(db, visit, ((one.key, _json(one)) for one in seen), now)


def withdraw(
    db: Database, visit: Visit, test: str, side: Side | None, trial: int, now: datetime.datetime
) -> None:
    """Add a row that takes a value back."""
    _observe(db, visit, [(((test, side), trial), None)], now)


def _observe(
    db: Database, visit: Visit, seen: Iterable[tuple[Key, str | None]], now: datetime.datetime
) -> None:
    by = {"examiner": visit.examiner, "scale": visit.scale, "recorded_at": now.isoformat()}
    rows = [
        {"visit": visit.id, "test": test, "side": side, "trial": trial, "value": value, **by}
        for ((test, side), trial), value in seen
    ]
    insert_all(db, "observations", rows)


def answer(
    db: Database, visit: int, topic: str, question: str, value: Answer | None, now: datetime.datetime
) -> None:
    """Add an answer; None says that the question counts as not asked."""
    answer_all(db, visit, [(topic, question, value)], now)


def answer_all(
    db: Database, visit: int, told: Iterable[tuple[str, str, Answer | None]], now: datetime.datetime
) -> None:
    """Add answers in their order, each with its topic and question, as `answer` does."""
    at = {"recorded_at": now.isoformat()}
    rows = [
        {"visit": visit, "topic": topic, "question": question, "value": _json(value), **at}
        for topic, question, value in told
    ]
    insert_all(db, "answers", rows)


def decide(db: Database, visit: int, finding: str, decision: Decision | None, now: datetime.datetime) -> None:
    """Add what was decided about a finding; None takes it back."""
    at = now.isoformat()
    insert(db, "decisions", visit=visit, finding=finding, decision=_json(decision), recorded_at=at)


def set_fields(db: Database, visit: int, **fields: Any) -> None:
    """Change the fields of a draft that are not observations or answers."""
    if unknown := fields.keys() - _OPEN:
        raise ValueError(f"not fields of a draft: {', '.join(sorted(unknown))}")
    values = {name: value if isinstance(value, str) else _json(value) for name, value in fields.items()}
    refuse_strange(values)
    sets = ", ".join(f"{name} = :{name}" for name in values)
    db.conn.execute(f"update visits set {sets} where id = :id", {**values, "id": visit})


def _json(value: Any) -> str | None:
    """A value as its column holds it; None where it was taken back."""
    return None if value is None else msgspec.json.encode(value).decode()


def sign(
    db: Database,
    visit: Visit,
    protocol: Protocol,
    by: str,
    kept: bytes,
    now: datetime.datetime,
    seed: bytes = b"",
) -> Signature:
    """Close a visit: who, when, the digest of what is kept of it, what was on the screen that day; with the
    `seed` of who signs also a signature that nobody else can make.

    The protocol that it was finished under takes the place of the one that it was begun under.
    """
    signature = Signature(by=by, at=now.astimezone(), digest=digest(get(db, visit.id)))
    db.conn.execute("update visits set protocol = ? where id = ?", (protocols.keep(db, protocol), visit.id))
    row = {"signed_by": by, "signed_at": now.isoformat(), "digest": signature.digest, "kept": kept.decode()}
    ed25519 = signed(seed, visit.id, signature.digest, by, now) if seed else ""
    keep_signature(db, {"visit": visit.id, **row, "ed25519": ed25519})
    db.conn.execute("delete from open_visits where visit = ?", (visit.id,))
    return signature


def digest(visit: Visit) -> str:
    """SHA-256 over the canonical JSON of a visit without its signature and addenda."""
    alone = msgspec.structs.replace(visit, signature=None, addenda=(), place="")
    bare = msgspec.to_builtins(alone, order="deterministic")
    for later in (name for name in _LATER if not bare[name]):
        del bare[later]
    return hashlib.sha256(msgspec.json.encode(bare)).hexdigest()


def add(db: Database, visit: int, addendum: Addendum) -> None:
    """Add a dated note to a signed visit."""
    at = addendum.at.astimezone(datetime.UTC).isoformat()
    insert(db, "addenda", visit=visit, text=addendum.text, written_by=addendum.by, written_at=at)


def of_patient(db: Database, patient: int) -> tuple[Visit, ...]:
    """All visits of a patient, oldest first, those of joined records among them."""
    records = (str(row[0]) for row in db.conn.execute(joins.RECORDS, {"patient": patient}))
    return _visits(db, f"patient in ({', '.join(records)})")


def moved(db: Database, patient: int) -> tuple[Moved, ...]:
    """The drafts that were moved to or from the records of this patient, in the order of the moves."""
    rows = db.conn.execute(
        f"with held(record) as ({joins.RECORDS}) select date, became, was, was in held, reason, changed_by,"
        " changed_at from moved_visits join visits on visits.id = moved_visits.visit"
        " where was in held or became in held order by moved_visits.id",
        {"patient": patient},
    ).fetchall()
    with naming(f"A visit that was moved to or from the record of patient number {patient}"):
        return tuple(_moved(*row) for row in rows)


def _moved(day: str, became: int, was: int, gone: int, reason: str, by: str, at: str) -> Moved:
    other = {"to": became} if gone else {"origin": was}
    return Moved(date=datetime.date.fromisoformat(day), **other, reason=reason, by=by, at=stamp(at))


def get(db: Database, visit: int) -> Visit:
    """The visit of this number. Raises KeyError where there is none."""
    found = _visits(db, "id = :visit", visit=visit)
    if not found:
        raise KeyError(visit)
    return found[0]


def _visits(db: Database, which: str, **values: int) -> tuple[Visit, ...]:
    of = f"(select id from visits where {which} and {_KEPT})"
    parts = {
        name: grouped((row[0], row[1:]) for row in db.conn.execute(sql.format(of=of), values))
        for name, sql in _PARTS.items()
    }
    rows = db.conn.execute(
        f"select {', '.join(_COLUMNS)} from visits where {which} and {_KEPT} order by date, id", values
    ).fetchall()
    return tuple(
        _visit(row, {name: found.get(row["id"], []) for name, found in parts.items()})
        for row in (dict(zip(_COLUMNS, each, strict=True)) for each in rows)
    )


def altered(db: Database) -> Iterator[int]:
    """The numbers of signed visits that are not as they were signed, or cannot be read."""
    (last,) = db.conn.execute("select coalesce(max(visit), 0) from signatures").fetchone()
    for first in range(1, last + 1, _TOGETHER):
        yield from _altered(db, first, first + _TOGETHER - 1)


def _altered(db: Database, first: int, last: int) -> Iterator[int]:
    among = "id between :first and :last and id in (select visit from signatures)"
    try:
        yield from [one.id for one in _visits(db, among, first=first, last=last) if one.altered]
    except (ClinicError, msgspec.MsgspecError):
        if first == last:
            yield first
            return
        middle = (first + last) // 2
        yield from _altered(db, first, middle)
        yield from _altered(db, middle + 1, last)


def patient_of(db: Database, visit: int) -> int:
    """The number of the record that a visit is read with. Raises KeyError where there is no such visit."""
    row = db.conn.execute(f"select patient from visits where id = ? and {_KEPT}", (visit,)).fetchone()
    if row is None:
        raise KeyError(visit)
    return joins.root(db, row[0])


def protocol_digest(db: Database, visit: int) -> str:
    """The digest of the protocol that a visit is done under."""
    return str(db.conn.execute("select protocol from visits where id = ?", (visit,)).fetchone()[0])


def protocol_of(db: Database, visit: int) -> Protocol:
    """The protocol as it was read on the day of a visit."""
    row = db.conn.execute(
        "select hash, body from protocols join visits on visits.protocol = hash where visits.id = ?",
        (visit,),
    ).fetchone()
    try:
        return protocols.read(*row)
    except msgspec.ValidationError:  # of another shape: written by another version
        raise
    except msgspec.DecodeError as error:
        with naming(f"The protocol of visit number {visit}"):
            raise error


def _visit(row: dict[str, Any], parts: dict[str, list[tuple[Any, ...]]]) -> Visit:
    """The visit of a row, with what the other tables hold of it."""
    number, day, entered = row["id"], row.pop("date"), row.pop("entered")
    override, prescription, blind = row.pop("override"), row.pop("prescription"), row.pop("blind")
    with naming(f"Visit number {number} of {day}"):
        answers = _answers(parts["answers"])
        visit = Visit(
            **row,
            blind=bool(blind),
            safety=answers["safety"],
            story=answers["story"],
            precautions=answers["precautions"],
            home=answers["home"],
            date=datetime.date.fromisoformat(day),
            entered=entered and datetime.date.fromisoformat(entered),
            observations=_observations(parts["observations"]),
            decisions=_decisions(parts["decisions"]),
            override=override and msgspec.json.decode(override, type=Override),
            prescription=prescription and msgspec.json.decode(prescription, type=tuple[Prescribed, ...]),
            addenda=tuple(Addendum(text=text, by=by, at=stamp(at)) for text, by, at in parts["addenda"]),
        )
        return next((_signed(visit, *signed) for signed in parts["signatures"]), visit)


def _signed(visit: Visit, by: str, at: str, told: str, unsealed: int, number: int | None, site: str) -> Visit:
    """A visit with its signature, held against what is kept; one that was signed elsewhere bore another
    `number` there."""
    altered = bool(unsealed) or digest(msgspec.structs.replace(visit, id=number or visit.id)) != told
    signature = Signature(by=by, at=stamp(at), digest=told, altered=altered, site=site)
    return msgspec.structs.replace(visit, signature=signature)


def _observations(rows: list[tuple[Any, ...]]) -> tuple[Observation, ...]:
    """What stands of each test, side and trial, in the order in which it was recorded last. Raises ValueError
    where nothing was observed."""
    found: dict[tuple[Any, ...], str] = {}
    for *key, value in rows:
        found.pop(tuple(key), None)
        found[tuple(key)] = value
    seen = tuple(_OBSERVATION.decode(value) for value in found.values() if value is not None)
    if any(one.grade is None and one.not_tested is None and not one.measured for one in seen):
        raise ValueError("an observation of nothing")
    return seen


_OBSERVATION = msgspec.json.Decoder(Observation)


def _answers(rows: list[tuple[Any, ...]]) -> defaultdict[str, dict[str, Any]]:
    """The answers of each topic that stand, in the order in which they were given last. Raises ValueError
    where an answer is of no topic."""
    found: defaultdict[str, dict[str, Any]] = defaultdict(dict)
    for topic, question, value in rows:
        if topic not in _ANSWERS:
            raise ValueError(f"an answer of {topic}")
        found[topic].pop(question, None)
        if value is not None:
            found[topic][question] = _ANSWERS[topic].decode(value)
    return found


_TOLD = {"story": Answer, "home": tuple[str, ...], "safety": bool, "precautions": bool}
_ANSWERS: dict[str, msgspec.json.Decoder[Any]] = {
    topic: msgspec.json.Decoder(kind) for topic, kind in _TOLD.items()
}
"""What reads an answer of each topic."""


def _decisions(rows: list[tuple[Any, ...]]) -> dict[str, Decision]:
    found = dict(rows)
    return {name: msgspec.json.decode(text, type=Decision) for name, text in found.items() if text}

"""Patients as rows, and finding them as a person types."""

import datetime
import re
from typing import Any

import msgspec

from mmt.model.born import BirthDate, born_of
from mmt.model.people import Patient, PatientRow
from mmt.model.text import clean, folded, one_spelling

from . import discarded
from .adding import insert
from .driver import Database
from .faults import birth_of, day_of, naming
from .stable_ids import name_patient

_FIELDS = ("name", "birth_date", "sex", "handedness", "language", "chart_number", "large_print")

LIVE = "select id, patient, became from joined_patients where id not in (select joined from parted_patients)"
"""The joins of two records that stand."""

ROOTS = f"""recursive live as ({LIVE}), roots(patient, root) as materialized (
  select patient, became from live where became not in (select patient from live)
  union all select live.patient, roots.root from live join roots on roots.patient = live.became
)"""
"""Of each joined record the one that it is read with; stands behind `with`."""

_ROWS = """
with {roots}, among(id) as ({among}),
  found(id) as materialized (
    select coalesce(root, among.id) from among left join roots on roots.patient = among.id
  ),
  records(id, patient) as (
    select id, id from found union select root, patient from roots where root in found
  ),
  known(id, last_visit, draft) as (
    select records.id, max(v.date), max(o.visit) from records
    left join visits v on v.patient = records.patient and v.id not in ({gone_visits})
    left join open_visits o on o.visit = v.id group by records.id
  ),
  others(id, also) as (
    select records.id, group_concat(j.name, ', ' order by j.id) from records
    join patients j on j.id = records.patient join patients p on p.id = records.id
    where records.patient <> records.id and j.name <> p.name group by records.id
  )
select p.id, p.name, p.birth_date, p.chart_number, last_visit, draft, begun.date, coalesce(begun.place, ''),
  coalesce(also, '')
from known join patients p on p.id = known.id left join others on others.id = known.id
left join visits begun on begun.id = draft
where p.id is not :id and p.id not in ({gone})
order by {order} limit :limit
"""
"""A patient in a list, with what is known of joined records, which are gone through once. The last visit and
the draft are told by an index alone: a search reads no visit."""

_GONE = {"gone_visits": discarded.VISITS, "gone": discarded.PATIENTS}
_MATCHING = "select rowid from patients_search where patients_search match ? limit ?"
_RECENT = """
select patient from (select patient from visits order by id desc limit 500)
union select id from (select id from patients order by id desc limit 100)
"""
_WITH_DRAFT = "select patient from visits where id in (select visit from open_visits)"
_SEEN_ON = f"select patient from visits where date = :day and id not in ({discarded.VISITS})"


def add(db: Database, patient: Patient, now: datetime.datetime, uid: str = "") -> int:
    """Keep a new patient, who may have a name among clinics; the number of the record."""
    row = _row(patient)
    number = insert(db, "patients", **row, created_at=now.isoformat())
    name_patient(db, number, uid)
    _index(db, number, row)
    return number


def change(db: Database, patient: Patient) -> None:
    """Keep the changed data of a known patient."""
    row = _row(patient)
    sets = ", ".join(f"{name} = :{name}" for name in row)
    db.conn.execute(f"update patients set {sets} where id = :id", {**row, "id": patient.id})
    db.conn.execute("delete from patients_search where rowid = ?", (patient.id,))
    _index(db, patient.id, row)


def discard(db: Database, patient: int, reason: str, by: str, now: datetime.datetime) -> None:
    """Mark a patient made by mistake as discarded: the row stays, and nothing finds it from here on."""
    at = now.isoformat()
    insert(db, "discarded_patients", patient=patient, reason=reason, discarded_by=by, discarded_at=at)


def get(db: Database, number: int) -> Patient:
    """The patient of a number. Raises KeyError for none, or a discarded or joined one; ClinicError for a
    damaged one."""
    gone = f"{discarded.PATIENTS} union all select patient from ({LIVE})"
    if db.conn.execute(f"select 1 where ? in ({gone})", (number,)).fetchone():
        raise KeyError(number)
    return read(db, number)


def read(db: Database, number: int) -> Patient:
    """The patient of a number, in whichever record; as `get`."""
    found = db.conn.execute(
        f"select id, {', '.join(_FIELDS)} from patients where id = ?", (number,)
    ).fetchone()
    if found is None:
        raise KeyError(number)
    row = dict(zip(("id", *_FIELDS), found, strict=True))
    with naming(f"The data of patient number {number}"):
        known = {"birth_date": born_of(row["birth_date"]), "large_print": bool(row["large_print"])}
        return msgspec.convert(row | known, Patient)


def search(db: Database, text: str, limit: int) -> list[PatientRow]:
    """Patients with a word in name, birth date or chart number for each word typed, which begins with it.

    In the order of names; where more than `limit` fit, those first whose words are the typed ones to the
    end. Accents, spellings of one letter (ü, ue, u), word order and left-out apostrophes are forgiven.
    Nothing typed lists those seen last.
    """
    words = [word for word in one_spelling(clean(text)).split() if any(char.isalnum() for char in word)]
    if not words:
        return found(db, _RECENT, "last_visit desc nulls last, p.id desc", {"limit": limit})
    whole = [db.quote_fts(word).rstrip() for word in words]
    begun = [f"{word}*" for word in whole]
    fitting: dict[int, None] = {}
    for query in (whole, begun):
        fitting |= dict.fromkeys(row[0] for row in db.conn.execute(_MATCHING, (" ".join(query), limit)))
    among = ", ".join(map(str, list(fitting)[:limit]))
    return found(db, f"select id from patients where id in ({among})", "p.name, p.id", {"limit": limit})


def drafts(db: Database) -> list[PatientRow]:
    """Patients with an open visit, the latest on top."""
    return found(db, _WITH_DRAFT, "draft desc", {"limit": 200})


def seen_on(db: Database, day: datetime.date) -> list[PatientRow]:
    """Patients with a visit on this day."""
    return found(db, _SEEN_ON, "p.name", {"day": day.isoformat(), "limit": 500})


def count(db: Database) -> int:
    """How many patients were ever added."""
    return int(db.conn.execute("select count(*) from patients").fetchone()[0])


def with_visits(db: Database) -> list[int]:
    """The numbers of all patients with a signed visit, last seen first."""
    rows = db.conn.execute(
        f"with {ROOTS} select coalesce(root, visits.patient) as number from visits"
        " left join roots on roots.patient = visits.patient"
        " where id in (select visit from signatures) group by number order by max(date) desc, number"
    )
    return [row[0] for row in rows]


def read_twice(db: Database) -> list[int]:
    """The numbers of patients with a second trial of something, or seen by two examiners within a day; and of
    all with joined records."""
    rows = db.conn.execute(
        f"with {ROOTS}, twice(patient) as ("
        "select patient from visits where id in (select visit from observations where trial > 1)"
        " union select one.patient from visits one join visits two on two.patient = one.patient"
        " and two.examiner <> one.examiner and two.date between one.date and date(one.date, '+1 day')"
        " union select patient from roots)"
        " select distinct coalesce(root, twice.patient) from twice"
        " left join roots on roots.patient = twice.patient order by 1"
    )
    return [row[0] for row in rows]


def found(db: Database, among: str, order: str, values: dict[str, Any]) -> list[PatientRow]:
    """The patients of a query of their numbers, as lists show them."""
    names = ("id", "name", "birth_date", "chart_number", "last_visit", "draft", "draft_date", "place", "also")
    rows = db.conn.execute(
        _ROWS.format(roots=ROOTS, among=among, order=order, **_GONE), {"id": None, **values}
    )
    return [_listed(dict(zip(names, row, strict=True))) for row in rows]


def _listed(row: dict[str, Any]) -> PatientRow:
    """A row of a list, whatever its columns hold: nobody vanishes from a list."""
    days: dict[str, BirthDate | None] = {name: day_of(row[name]) for name in ("last_visit", "draft_date")}
    days["birth_date"] = birth_of(row["birth_date"])
    damaged = any(day is None and row[name] is not None for name, day in days.items())
    return PatientRow(**{**row, **days}, damaged=damaged)


def _row(patient: Patient) -> dict[str, Any]:
    row = msgspec.to_builtins(patient)
    kept = {"birth_date": patient.birth_date.isoformat(), "large_print": int(patient.large_print)}
    return {name: row[name] for name in _FIELDS} | kept


def index_anew(db: Database) -> None:
    """Write the words that every patient is found by anew."""
    db.conn.execute("delete from patients_search")
    names = ("id", "name", "birth_date", "chart_number")
    for values in db.conn.execute(f"select {', '.join(names)} from patients").fetchall():
        _index(db, values[0], dict(zip(names, values, strict=True)))


def unfound(db: Database) -> list[int]:
    """The numbers of patients that are found by other words than theirs, or not at all."""
    columns = "name, birth_date, chart_number"
    held = {row[0]: row[1:] for row in db.conn.execute(f"select rowid, {columns} from patients_search")}
    rows = db.conn.execute(f"select id, {columns} from patients").fetchall()
    names = columns.split(", ")
    meant = {row[0]: _words(dict(zip(names, row[1:], strict=True))) for row in rows}
    return sorted(one for one in {*held, *meant} if held.get(one) != meant.get(one))


def _index(db: Database, number: int, row: dict[str, Any]) -> None:
    name, birth_date, chart_number = _words(row)
    insert(db, "patients_search", rowid=number, name=name, birth_date=birth_date, chart_number=chart_number)


def _words(row: dict[str, Any]) -> tuple[str, str, str]:
    """What a patient is found by: the words of name, birth date and chart number."""
    name = folded(row["name"])
    joined = re.sub("['’ʼ]", "", name)
    if joined != name:  # who looks for O'Brien may type obrien
        name = f"{name} {joined}"
    return one_spelling(name), row["birth_date"], one_spelling(row["chart_number"])

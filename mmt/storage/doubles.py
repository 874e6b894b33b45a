"""Records that may be of one person: those to look at beside one, all of them, and what was said of two."""

import datetime
from collections.abc import Collection

import msgspec

from mmt.model.people import Patient, PatientRow, chart_key
from mmt.reasoning.same_person import near

from . import discarded
from .adding import insert
from .driver import Database
from .faults import birth_of
from .patients import ROOTS, found

CHART_KEY = "ltrim(replace(lower(chart_number), ' ', ''), '0')"
"""A chart number as an index holds it; as `chart_key` in the model."""

BESIDE = f"""
select id from patients where birth_date in (select value from json_each(:days)) and id != :id
union select id from patients where birth_date >= :part and birth_date < :beyond and id != :id
union select id from patients where {CHART_KEY} = :chart and :chart != '' and id != :id
"""
"""The numbers of records to hold against another, each by an index."""

_EVERYBODY = f"""
with {ROOTS}, others(id, also) as (
  select root, group_concat(j.name, ', ' order by j.id) from roots
  join patients j on j.id = roots.patient join patients p on p.id = root where j.name <> p.name group by root
)
select p.id, p.name, p.birth_date, p.chart_number, coalesce(also, '') from patients p
left join others on others.id = p.id
where p.id not in (select patient from roots) and p.id not in ({discarded.PATIENTS})
order by p.id
"""
_CAME = """
with told(of, first, last) as (
  select one.value ->> 0, one.value ->> 1, one.value ->> 2 from acts, json_each(changes) one where seq > :seq
)
select patients.id from told join patients on of = 'patients' and patients.id between first and last
union select patient from told join joined_patients on of = 'parted_patients' and id between first and last
"""
"""The numbers of records that were added, changed or parted by acts after one."""

_NAMED = """
select uid, id, name, birth_date, chart_number from patient_ids join patients on id = patient
where uid in (select value from json_each(?))
"""

_APART = """
select patient, other from told_apart where id in (select max(id) from told_apart group by patient, other)
and apart
"""
_TOLD = f"select patient, other from ({_APART}) where :id in (patient, other)"


def beside(db: Database, patient: Patient) -> list[PatientRow]:
    """The records that are to be held against that of `patient`: with a birth date near it or its chart
    number, however many there are; without those that were told to be of someone else."""
    born = patient.birth_date.isoformat()
    whole = isinstance(patient.birth_date, datetime.date)
    values = {
        "id": patient.id,
        "days": msgspec.json.encode([born, *near(born)]).decode(),
        "part": "" if whole else born,
        "beyond": "" if whole else f"{born}~",
        "chart": chart_key(patient.chart_number),
    }
    if not db.conn.execute(BESIDE, values).fetchone():  # most often so, and the list costs many times as much
        return []
    told = {one for both in db.conn.execute(_TOLD, {"id": patient.id}) for one in both}
    return [one for one in found(db, BESIDE, "p.name, p.id", {**values, "limit": -1}) if one.id not in told]


def came_since(db: Database, seq: int) -> list[PatientRow]:
    """The records that were added, changed or parted from others since the act of this number."""
    return found(db, _CAME, "p.id", {"seq": seq, "limit": -1})


def everybody(db: Database) -> list[PatientRow]:
    """All records that are read by themselves, with the names of those joined to them; without visits."""
    return [
        PatientRow(id=number, name=name, birth_date=birth_of(born), chart_number=chart, also=also)
        for number, name, born, chart, also in db.conn.execute(_EVERYBODY)
    ]


def named(db: Database, uids: Collection[str]) -> dict[str, PatientRow]:
    """The records of these names among clinics, each by its name, as they are by themselves."""
    rows = db.conn.execute(_NAMED, (msgspec.json.encode([*uids]).decode(),))
    return {
        uid: PatientRow(id=number, name=name, birth_date=birth_of(born), chart_number=chart)
        for uid, number, name, born, chart in rows
    }


def apart(db: Database) -> set[tuple[int, int]]:
    """Each two records that were told to be of two people, the older one first."""
    return set(db.conn.execute(_APART).fetchall())


def tell(db: Database, one: int, other: int, by: str, now: datetime.datetime, *, apart: bool) -> None:
    """Keep that two records are of two people, or that this is taken back."""
    patient, other = sorted((one, other))
    row = {"patient": patient, "other": other, "apart": int(apart)}
    insert(db, "told_apart", **row, told_by=by, told_at=now.isoformat())

"""The shape of a clinic's file: an append-only list of migrations, and the triggers that guard signed visits.

What is seen at the table is insert-only: a correction or a withdrawal is a new row, and the latest row of a
test, side and trial is its present value. Nothing is ever overwritten, signed or not.
"""

from .driver import Database, Migrations

APPLICATION_ID = 0x6D6D7431
"""`mmt1` in ASCII: marks the file as ours in its header."""

migrations = Migrations("mmt")

_TABLES = """
create table clinic (
  id integer primary key check (id = 1), letterhead text not null, created_at text not null
) strict;
create table practitioners (
  id integer primary key, name text not null unique, since text not null
) strict;
create table patients (
  id integer primary key, name text not null, birth_date text not null, sex text not null,
  handedness text not null, language text not null, chart_number text not null, large_print integer not null,
  created_at text not null
) strict;
create virtual table patients_search using fts5(
  name, birth_date, chart_number, tokenize = "unicode61 remove_diacritics 2", prefix = '2 3'
);
create table protocols (hash text primary key, body blob not null) strict;
create table visits (
  id integer primary key, patient integer not null references patients(id), date text not null,
  examiner text not null, scale text not null, exam text not null,
  protocol text not null references protocols(hash), started_at text not null,
  place text not null default '', note text not null default '', next_visit text not null default '',
  action text not null default '', override text, prescription text
) strict;
create index visits_of_patient on visits(patient, date, id);
create table observations (
  id integer primary key, visit integer not null references visits(id), test text not null,
  side text, trial integer not null, value text, examiner text not null, scale text not null,
  recorded_at text not null
) strict;
create index observations_of_visit on observations(visit, id);
create table answers (
  id integer primary key, visit integer not null references visits(id), topic text not null,
  question text not null, value text, recorded_at text not null
) strict;
create index answers_of_visit on answers(visit, id);
create table decisions (
  id integer primary key, visit integer not null references visits(id), finding text not null,
  decision text, recorded_at text not null
) strict;
create index decisions_of_visit on decisions(visit, id);
create table signatures (
  visit integer primary key references visits(id), signed_by text not null, signed_at text not null,
  digest text not null, kept text not null
) strict;
create table addenda (
  id integer primary key, visit integer not null references visits(id), text text not null,
  written_by text not null, written_at text not null
) strict;
"""

_SIGNED = "exists (select 1 from signatures where signatures.visit = {row}.{column})"


def _guards() -> dict[str, str]:
    """Every guard by name. `before insert` also meets `insert or replace`, which fires no delete trigger."""
    guards = {}
    of_visit = (("visits", "id"), ("observations", "visit"), ("answers", "visit"), ("decisions", "visit"))
    for table, column in of_visit:
        for event, row in (("insert", "new"), ("update", "old"), ("delete", "old")):
            guards[f"{table}_{event}_signed"] = (
                f"before {event} on {table} when {_SIGNED.format(row=row, column=column)}"
                f" begin select raise(abort, 'the visit is signed'); end"
            )
    for table in ("observations", "answers", "decisions"):
        for event in ("update", "delete"):
            guards[f"{table}_{event}_never"] = (
                f"before {event} on {table} begin select raise(abort, 'rows of {table} are only added'); end"
            )
    for table, key in (("signatures", "visit"), ("addenda", "id")):
        for event in ("update", "delete"):
            guards[f"{table}_{event}_never"] = (
                f"before {event} on {table} begin select raise(abort, 'what is signed stays'); end"
            )
        guards[f"{table}_insert_again"] = (
            f"before insert on {table} when exists (select 1 from {table} where {key} = new.{key})"
            f" begin select raise(abort, 'what is signed stays'); end"
        )
    for table, key in (("observations", "id"), ("answers", "id"), ("decisions", "id")):
        guards[f"{table}_insert_again"] = (
            f"before insert on {table} when exists (select 1 from {table} where {key} = new.{key})"
            f" begin select raise(abort, 'rows of {table} are only added'); end"
        )
    guards["addenda_insert_unsigned"] = (
        f"before insert on addenda when not {_SIGNED.format(row='new', column='visit')}"
        " begin select raise(abort, 'only signed visits take an addendum'); end"
    )
    return guards


GUARDS = {name: f"create trigger {name} {body}" for name, body in _guards().items()}


@migrations()
def first_shape(db: Database) -> None:
    """Tables, indexes and guards of the first release."""
    for statement in (*_TABLES.split(";\n"), *GUARDS.values()):
        if statement.strip():
            db.conn.execute(statement)
    db.conn.execute(f"pragma application_id = {APPLICATION_ID}")


def missing_guards(db: Database) -> list[str]:
    """Names of guards that are absent from the file or differ from the code."""
    held = dict(db.conn.execute("select name, sql from sqlite_master where type = 'trigger'").fetchall())
    return [name for name, sql in GUARDS.items() if held.get(name, "").lower().split() != sql.lower().split()]

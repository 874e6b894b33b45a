"""The shape of a clinic's file: an append-only list of migrations, and the triggers that guard signed visits.

What is seen at the table is insert-only: a correction or a withdrawal is a new row, and the latest row of a
test, side and trial is its present value. Nothing is ever overwritten, signed or not.
"""

from .doubles import CHART_KEY
from .driver import Database, Migrations
from .outbox import FILLS, TABLES
from .patients import index_anew
from .seals import SEALED
from .stable_ids import name_all
from .watches import WATCHED, watches

APPLICATION_ID = 0x6D6D7431
"""`mmt1` in ASCII: marks the file as ours in its header."""

SHAPE = 11
"""The number of the present shape: how many migrations there are, as `user_version` in the file's header."""

CHAINED = 7
"""The first shape with a chain of acts: from there on the records have a chain key."""

migrations = Migrations("mmt")
STEPS = "_sqlite_migrations"
"""The table of the steps that a file has taken."""

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
  name, birth_date, chart_number, tokenize = "unicode61 remove_diacritics 2", prefix = '1 2 3'
);
create table protocols (hash text primary key, body blob not null) strict, without rowid;
create table visits (
  id integer primary key, patient integer not null references patients(id), date text not null,
  examiner text not null, scale text not null, exam text not null,
  protocol text not null references protocols(hash), started_at text not null,
  place text not null default '', note text not null default '', next_visit text not null default '',
  action text not null default '', override text, prescription text
) strict;
create index visits_of_patient on visits(patient, date, id);
create index visits_of_day on visits(date, patient);
create table open_visits (visit integer primary key references visits(id) on delete cascade) strict;
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

_SIGNED = "exists (select 1 from signatures where signatures.visit in ({rows}))"
_REFUSES = "CREATE TRIGGER {name} before {event} on {table} {when}begin select raise({how}, '{says}'); end"
_DISCARDED = "exists (select 1 from discarded_visits where discarded_visits.visit in ({rows}))"
_JOINED = (
    "exists (select 1 from joined_patients where patient in ({rows})"
    " and id not in (select joined from parted_patients))"
)
_AWAY = "the patient was joined to another record, and stays with it"
_GONE = "the visit was discarded and stays as it is"
_ONLY_ADDED = "what is recorded stays: rows are only added"
_SAYS_SO = "new.{column} is not old.{column} and new.{column} is not ({latest})"
_LATEST = "select became from {table} where {table}.visit = new.id order by id desc limit 1"


def _guards() -> dict[str, str]:
    """Every guard by name.

    Every write path is met, also that of a tool that leaves `recursive_triggers` off: there `or replace`
    deletes a row without firing its delete trigger, so the row it would hit is looked for before.
    """
    guards = {}

    def guard(name: str, table: str, event: str, says: str, when: str = "", how: str = "abort") -> None:
        condition = f"when {when} " if when else ""
        guards[name] = _REFUSES.format(
            name=name, event=event, table=table, when=condition, how=how, says=says
        )

    for event, rows in (("insert", "new.id"), ("update", "old.id, new.id"), ("delete", "old.id")):
        guard(f"visits_{event}_signed", "visits", event, "the visit is signed", _SIGNED.format(rows=rows))
        if event != "insert":
            guard(f"visits_{event}_discarded", "visits", event, _GONE, _DISCARDED.format(rows=rows))
    guard("visits_update_blind", "visits", "update", _ONLY_ADDED, "new.blind is not old.blind")
    signed = _SIGNED.format(rows="new.visit")
    for table in ("observations", "answers", "decisions"):
        guard(f"{table}_insert_signed", table, "insert", "the visit is signed", signed)
    for table in ("observations", "answers", "decisions", "signatures"):
        guard(f"{table}_insert_discarded", table, "insert", _GONE, _DISCARDED.format(rows="new.visit"))
    gone = "exists (select 1 from discarded_patients where patient = new.patient)"
    guard("visits_insert_discarded", "visits", "insert", "the patient was discarded", gone)
    guard("discarded_visits_insert_signed", "discarded_visits", "insert", "the visit is signed", signed)
    gone = "exists (select 1 from discarded_patients where patient = new.became)"
    guard("moved_visits_insert_gone", "moved_visits", "insert", "the patient was discarded", gone)
    for table, rows in (
        ("visits", "new.patient"),
        ("moved_visits", "new.became"),
        ("discarded_patients", "new.patient"),
        ("joined_patients", "new.patient, new.became"),
    ):
        guard(f"{table}_insert_joined", table, "insert", _AWAY, _JOINED.format(rows=rows))
    gone = "exists (select 1 from discarded_patients where patient in (new.patient, new.became))"
    guard("joined_patients_insert_gone", "joined_patients", "insert", "the patient was discarded", gone)
    for column, table in (("patient", "moved_visits"), ("examiner", "changed_examiners")):
        unsaid = _SAYS_SO.format(column=column, latest=_LATEST.format(table=table))
        guard(f"visits_update_{column}", "visits", "update", f"{_ONLY_ADDED}, also of whose it is", unsaid)
        guard(f"{table}_insert_signed", table, "insert", "the visit is signed", signed)
        guard(f"{table}_insert_discarded", table, "insert", _GONE, _DISCARDED.format(rows="new.visit"))
    for table, key, says in (
        ("observations", "id", _ONLY_ADDED),
        ("answers", "id", _ONLY_ADDED),
        ("decisions", "id", _ONLY_ADDED),
        ("protocols", "hash", _ONLY_ADDED),
        ("signatures", "visit", "the visit is signed"),
        ("addenda", "id", "the visit is signed"),
        ("discarded_visits", "visit", _ONLY_ADDED),
        ("discarded_patients", "patient", _ONLY_ADDED),
        ("moved_visits", "id", _ONLY_ADDED),
        ("changed_examiners", "id", _ONLY_ADDED),
        ("joined_patients", "id", _ONLY_ADDED),
        ("parted_patients", "joined", _ONLY_ADDED),
        ("acts", "seq", _ONLY_ADDED),
        ("told_apart", "id", _ONLY_ADDED),
        ("restrictions", "id", _ONLY_ADDED),
        ("openings", "id", _ONLY_ADDED),
        ("disclosures", "id", _ONLY_ADDED),
        ("sites", "id", _ONLY_ADDED),
        ("patient_ids", "patient", _ONLY_ADDED),
        ("visit_ids", "visit", _ONLY_ADDED),
        ("visits_elsewhere", "visit", _ONLY_ADDED),
        ("servers", "id", _ONLY_ADDED),
    ):
        held = f"exists (select 1 from {table} where {key} = new.{key})"
        how = "rollback" if table == "acts" else "abort"  # as its one statement in `ledger.py`
        guard(f"{table}_insert_again", table, "insert", says, held, how)
        for event in ("update", "delete"):
            guard(f"{table}_{event}_never", table, event, says)
    for table in ("sites", "patient_ids", "visit_ids"):
        held = f"exists (select 1 from {table} where uid = new.uid)"
        guard(f"{table}_insert_same", table, "insert", _ONLY_ADDED, held)
    guard("visits_elsewhere_insert_signed", "visits_elsewhere", "insert", "the visit is signed", signed)
    guard("addenda_insert_unsigned", "addenda", "insert", "the visit is not signed", f"not {signed}")
    return guards


GUARDS = _guards()


@migrations()
def first_shape(db: Database) -> None:
    """Tables and indexes of the first release."""
    for statement in filter(str.strip, _TABLES.split(";\n")):
        db.conn.execute(statement)
    db.conn.execute(f"pragma application_id = {APPLICATION_ID}")
    db.conn.execute("pragma user_version = 1")


@migrations()
def found_by_spelling_birth_and_chart(db: Database) -> None:
    """Names are found by either spelling of a letter; a second record by birth date and chart number."""
    db.conn.execute("create index patients_of_birth_date on patients(birth_date)")
    db.conn.execute("create index patients_of_chart on patients(chart_number collate nocase)")
    index_anew(db)
    db.conn.execute("pragma user_version = 2")


@migrations()
def discarded_by_mark(db: Database) -> None:
    """Empty drafts and patients made by mistake are marked as discarded; their rows stay."""
    for name in ("visit", "patient"):
        db.conn.execute(
            f"create table discarded_{name}s ({name} integer primary key references {name}s(id), "
            "reason text not null, discarded_by text not null, discarded_at text not null) strict"
        )
    db.conn.execute("pragma user_version = 3")


@migrations()
def known_who_has_a_draft_open(db: Database) -> None:
    """Each program on the file knows which of them has a draft open; only a draft can be."""
    db.conn.execute(
        "create table holds ("
        "visit integer primary key references open_visits(visit) on delete cascade, token text not null,"
        " host text not null, process integer not null, who text not null, since text not null) strict"
    )
    db.conn.execute("pragma user_version = 4")


@migrations()
def second_thoughts(db: Database) -> None:
    """Of a draft the patient and the examiner change by a row that says so; a visit may come from paper."""
    for table, kind, more in (
        ("moved_visits", "integer", " references patients(id)"),
        ("changed_examiners", "text", ""),
    ):
        db.conn.execute(
            f"create table {table} (id integer primary key, visit integer not null references visits(id),"
            f" was {kind} not null{more}, became {kind} not null{more},"
            " reason text not null, changed_by text not null, changed_at text not null) strict"
        )
        db.conn.execute(f"create index {table}_of_visit on {table}(visit, id)")
    for end in ("was", "became"):
        db.conn.execute(f"create index moved_visits_{end} on moved_visits({end})")
    db.conn.execute("alter table visits add column entered text")
    db.conn.execute("pragma user_version = 5")


@migrations()
def two_records_of_one_person(db: Database) -> None:
    """Records of one person are joined by a row that says so, and apart again by another; a visit may be
    blind; the notes of a visit are found without a look through all others."""
    one = "integer not null references patients(id)"
    db.conn.execute(
        f"create table joined_patients (id integer primary key, patient {one}, became {one},"
        " signed integer not null, reason text not null, joined_by text not null, joined_at text not null,"
        " check (patient <> became)) strict"
    )
    db.conn.execute(
        "create table parted_patients (joined integer primary key references joined_patients(id),"
        " reason text not null, parted_by text not null, parted_at text not null) strict"
    )
    db.conn.execute("alter table visits add column blind integer not null default 0")
    db.conn.execute("create index addenda_of_visit on addenda(visit, id)")
    db.conn.execute("pragma user_version = 6")


@migrations()
def acts_in_a_chain(db: Database) -> None:
    """Each transaction leaves an act, sealed over the one before it; signatures are sealed, and may be made
    with a key of the practitioner's own, who may leave the clinic."""
    db.conn.execute(
        "create table acts (seq integer primary key, at text not null,"
        " actor text not null check (actor <> ''), act text not null, patient integer, visit integer,"
        " changes text not null,"
        " salt blob, was text, hash blob not null) strict"
    )
    for name, column in (("patient", "patient"), ("person", "actor"), ("moment", "at")):
        db.conn.execute(f"create index acts_of_{name} on acts({column})")
    for table, column in (
        ("signatures", "seal"),
        ("signatures", "ed25519"),
        ("practitioners", "public_key"),
        ("practitioners", "left_at"),
    ):
        db.conn.execute(f"alter table {table} add column {column} text not null default ''")
    db.conn.execute(f"update signatures set seal = ({SEALED})")
    db.conn.execute("pragma user_version = 7")


@migrations()
def rights_of_the_patient(db: Database) -> None:
    """Two records are told to be of two people; a record is restricted, and opened then with a reason alone;
    it is kept what of it was given to whom. Chart numbers are held against each other by what is told in
    speaking."""
    one = "integer not null references patients(id)"
    db.conn.execute(
        f"create table told_apart (id integer primary key, patient {one}, other {one},"
        " apart integer not null, told_by text not null, told_at text not null,"
        " check (patient < other)) strict"
    )
    db.conn.execute("create index told_apart_of_patient on told_apart(patient, other, id)")
    for table, column in (("restrictions", "restricted integer not null, "), ("openings", "")):
        db.conn.execute(
            f"create table {table} (id integer primary key, patient {one}, {column}reason text not null,"
            " said_by text not null, said_at text not null) strict"
        )
        db.conn.execute(f"create index {table}_of_patient on {table}(patient, id)")
    db.conn.execute(
        f"create table disclosures (id integer primary key, patient {one},"
        " visit integer references visits(id), what text not null, given_to text not null,"
        " said_by text not null, said_at text not null) strict"
    )
    db.conn.execute("create index disclosures_of_patient on disclosures(patient, id)")
    db.conn.execute("drop index patients_of_chart")
    db.conn.execute(f"create index patients_of_chart on patients({CHART_KEY})")
    db.conn.execute("pragma user_version = 8")


@migrations()
def known_wherever_it_goes(db: Database) -> None:
    """The clinic, each patient and each visit have a name that no other has in any clinic; of a visit that
    came from another one it is known from which."""
    db.conn.execute(
        "create table sites (id integer primary key, uid text not null unique, name text not null) strict"
    )
    for one in ("patient", "visit"):
        db.conn.execute(
            f"create table {one}_ids ({one} integer primary key references {one}s(id),"
            " uid text not null unique) strict"
        )
    db.conn.execute(
        "create table visits_elsewhere (visit integer primary key references visits(id),"
        " site integer not null references sites(id), number integer not null, public_key text not null)"
        " strict"
    )
    name_all(db)
    db.conn.execute("pragma user_version = 9")


@migrations()
def sent_to_a_server(db: Database) -> None:
    """A server may be chosen that signed visits are sent to; of each it is kept what became of it."""
    for statement in TABLES:
        db.conn.execute(statement)
    db.conn.execute("pragma user_version = 10")


@migrations()
def runs_of_acts(db: Database) -> None:
    """Of acts that only add to one draft, one after the other, the indexes know the first one: the others
    cost no page of theirs. Each act that is there is its own first."""
    db.conn.execute("alter table acts add column more integer not null default 0")
    for name, column in (("patient", "patient"), ("person", "actor"), ("moment", "at")):
        db.conn.execute(f"drop index acts_of_{name}")
        db.conn.execute(f"create index acts_of_{name} on acts({column}) where more = 0")
    db.conn.execute("pragma user_version = 11")


TAKEN_OVER = {7: WATCHED, 9: ("sites", "patient_ids", "visit_ids")}
"""The tables that a step to a shape may have changed rows of, or found: the chain vouches for them anew."""


def taken_over(shape: int) -> tuple[str, ...]:
    """The tables that the chain vouches for anew when records of this `shape` become those of the present."""
    return tuple({name: None for step in range(shape + 1, SHAPE + 1) for name in TAKEN_OVER.get(step, ())})


def pending(db: Database) -> bool:
    """Whether a file has not the present shape yet."""
    return bool(migrations.pending(db))


def steps_fit(db: Database, shape: int) -> bool:
    """Whether the file tells of just the steps that make its shape."""
    return len(migrations.applied(db)) == shape


def migrate(db: Database) -> None:
    """Bring a file up to the present shape and lay the present triggers, within the transaction that is
    open."""
    for (name,) in db.conn.execute("select name from sqlite_master where type = 'trigger'").fetchall():
        db.conn.execute(f'drop trigger "{name}"')
    migrations.apply(db)
    for trigger in (GUARDS | FILLS | watches(db)).values():
        db.conn.execute(trigger)

"""Patients with nasty names and whole histories, kept row by row as a clinic would: with corrections, values
taken back, notes, discarded drafts, and what a patient asked for."""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from dumps import small
from histories import PROTOCOL, histories
from hypothesis import strategies as st
from msgspec.structs import replace

from mmt.exchange.records import RecordSet
from mmt.model.acts import Act
from mmt.model.base import Value
from mmt.model.born import Incomplete
from mmt.model.observation import FLAGS, MEASURES, NOT_TESTED
from mmt.model.people import Patient
from mmt.model.text import clean
from mmt.model.visit import TOPICS, Addendum, Decision, History, Visit
from mmt.storage import disclosures, patients, record_sets, restrictions, visits
from mmt.storage.driver import Database
from mmt.storage.store import Store

SMALL = small(PROTOCOL)
NOW = datetime.datetime(2026, 3, 2, 9, 30, 15, 250000, tzinfo=datetime.UTC)
SEED = bytes(range(32))
PUBLIC = Ed25519PrivateKey.from_private_bytes(SEED).public_key().public_bytes_raw().hex()
NASTY = (
    "O'Brien-Żółć, Łukasz",
    '=HYPERLINK("http://x","y")',
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "[L] 4[/]5 <b>& <img src=x>",
    "مريم بنت عبد الله",
    "Zoë 👩🏽‍⚕️ “quoted”; DROP TABLE patients;--",
    "4+",
    "-5",
    "null",
    "\\u202e\\n {{x}} %s",
    "José, comma; semicolon",
    "x" * 1000,
)
NAMES = st.sampled_from(NASTY) | st.text(min_size=1, max_size=30).map(clean).filter(bool)
NOTES = st.just("") | st.text(max_size=60).map(lambda text: clean(text, lines=True))
BORN = st.dates(datetime.date(1930, 1, 1), datetime.date(2020, 1, 1)) | st.builds(
    Incomplete, year=st.integers(1930, 2020), month=st.none() | st.integers(1, 12)
)


class MadeUp(Value, frozen=True, kw_only=True):
    """A history to be kept; what was typed beside it."""

    history: History
    notes: tuple[str, ...]
    chance: tuple[int, ...]


@st.composite
def made_up(draw: st.DrawFn, most: int = 3) -> MadeUp:
    """A patient with one visit, or as many as `most`."""
    history = draw(histories(most=most))
    who = replace(
        history.patient,
        name=draw(NAMES),
        birth_date=draw(BORN),
        chart_number=draw(st.just("") | NAMES),
        language=draw(st.sampled_from(("en", "es", "pl"))),
        large_print=draw(st.booleans()),
    )
    notes = tuple(draw(NOTES) for _ in range(4))
    chance = tuple(draw(st.lists(st.integers(0, 3), min_size=8, max_size=8)))
    return MadeUp(history=replace(history, patient=who), notes=notes, chance=chance)


EVERY_KIND = {
    *(f"scale {name}" for name in PROTOCOL.scales),
    *(f"a {type(test).__name__}" for test in PROTOCOL.tests.values()),
    *MEASURES,
    *(f"flag {flag}" for flag in FLAGS),
    *(f"not tested: {why}" for why in NOT_TESTED),
    *TOPICS,
}
"""Whatever a thing seen or asked can be."""


def kinds(history: History) -> set[str]:
    """Of which kinds are the things that were seen and asked in a history."""
    found = {f"scale {visit.scale}" for visit in history.visits}
    for visit in history.visits:
        found |= {topic for topic in TOPICS if getattr(visit, topic)}
        for seen in visit.observations:
            found |= {f"a {type(PROTOCOL.tests[seen.test]).__name__}", *seen.measured}
            found |= {f"flag {flag}" for flag in seen.flags}
            found |= {f"not tested: {seen.not_tested}"} if seen.not_tested else set()
    return found


def keep(db: Database, made: MadeUp) -> int:
    """Keep all of it; the number of the patient."""
    number = patients.add(db, made.history.patient, NOW)
    for at, visit in enumerate(made.history.visits):
        _keep_visit(db, number, visit, made, at)
    if made.chance[6] == 3:
        restrictions.restrict(db, number, "Asked for", "A", NOW, restricted=True)
        restrictions.opened(db, number, clean(made.notes[1]) or "Why", "A", NOW)
        restrictions.restrict(db, number, "Over", "A", NOW, restricted=False)
    return number


def _keep_visit(db: Database, patient: int, visit: Visit, made: MadeUp, at: int) -> None:
    chance = made.chance[at:]
    entered = visit.date + datetime.timedelta(days=3) if chance[0] == 3 else None
    number = visits.begin(db, patient, replace(visit, entered=entered, blind=chance[1] == 3), SMALL, NOW)
    kept = replace(visit, id=number)
    for topic in TOPICS:
        for question, answer in getattr(visit, topic).items():
            visits.answer(db, number, topic, question, answer, NOW)
            if chance[2] == 3:
                visits.answer(db, number, topic, question, None, NOW)
    for one in visit.observations:
        if chance[3] == 3:
            visits.put(db, kept, replace(one, grade=None, flags=(), not_tested="time"), NOW)
            visits.withdraw(db, kept, one.test, one.side, one.trial, NOW)
        visits.put(db, kept, one, NOW)
    for finding in ("weakness:TA:right", clean(made.notes[0]) or "x"):
        visits.decide(db, number, finding, Decision(verdict="set-aside", by="A", at=NOW), NOW)
    note = {"note": made.notes[2], "place": "exam:TA:left", "next_visit": clean(made.notes[3])}
    visits.set_fields(db, number, action=visit.action, prescription=visit.prescription, **note)
    if visit.override:
        visits.set_fields(db, number, override=visit.override)
    if chance[4] == 3:
        visits.change_examiner(db, kept, "C", "A", NOW)
    disclosures.keep(db, patient, number, "Visit note", clean(made.notes[1]), "A", NOW)
    if visit.signed:
        seed = SEED if chance[5] == 3 else b""
        kept_words = b'{"alerts": [{"said": "x", "n": 1.5}]}'
        visits.sign(db, visits.get(db, number), SMALL, "A", kept_words, NOW, seed)
        visits.add(db, number, Addendum(text=made.notes[1] or "Later", by="B", at=NOW))
    elif chance[5] == 2:
        visits.discard(db, number, "By mistake", "A", NOW)


def record(db: Database, number: int) -> RecordSet:
    """The record of a patient."""
    return record_sets.record_set(db, (number,))


class _TakenBackError(Exception):
    pass


@contextmanager
def as_if(store: Store) -> Iterator[Database]:
    """What is written within it is taken back."""
    with suppress(_TakenBackError), store.writing(Act.IMPORTED) as db:
        yield db
        raise _TakenBackError


def patient(name: str = "Ann Example", **fields: object) -> Patient:
    """A patient."""
    return Patient(**{"name": name, "birth_date": datetime.date(1980, 5, 17), **fields})  # type: ignore[arg-type]

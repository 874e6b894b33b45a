"""What was seen comes back as it was seen, with its history, under the protocol of its day."""

import datetime
import hashlib
import json
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from kept import DAY, NOW, begun, graded, held, made, opened, signed
from msgspec.structs import replace

from mmt.model.acts import Act
from mmt.model.errors import ClinicError
from mmt.model.observation import FLAGS, NOT_TESTED, Observation
from mmt.model.protocol import Protocol, Source, content
from mmt.model.text import clean
from mmt.model.visit import Addendum, Answer, Decision, Dose, Override, Prescribed, Visit
from mmt.paths import Places
from mmt.storage import visits
from mmt.storage.adding import insert
from mmt.storage.store import Store

LATER = NOW + datetime.timedelta(days=3)


@pytest.fixture(scope="module")
def one(tmp_path_factory: pytest.TempPathFactory, protocol: Protocol) -> Iterator[tuple[Store, Visit]]:
    """A file with a draft that many values go through."""
    store = made(Places(tmp_path_factory.mktemp("one")))
    yield store, begun(store, protocol)
    store.close()


TEXT = st.text(min_size=1, max_size=30).map(clean).filter(bool)
NUMBER = st.floats(-9999, 9999, allow_nan=False)
COUNTED = st.floats(0, 9999, allow_nan=False)
KINDS: dict[str, st.SearchStrategy[dict[str, Any]]] = {
    "grade": st.fixed_dictionaries({"grade": st.sampled_from(("0", "1", "2-", "3", "4+", "5-", "5"))}),
    "degrees": st.fixed_dictionaries({"degrees": NUMBER}),
    "millimetres": st.fixed_dictionaries({"millimetres": NUMBER}),
    "count": st.fixed_dictionaries({"count": st.integers(0, 999)}),
    "seconds": st.fixed_dictionaries({"seconds": COUNTED}),
    "newtons": st.fixed_dictionaries({"newtons": COUNTED}),
    "result": st.fixed_dictionaries(
        {"result": st.sampled_from(("positive", "negative")), "degrees": st.none() | NUMBER}
    ),
    "not tested": st.fixed_dictionaries({"not_tested": st.sampled_from(NOT_TESTED)}),
}


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_every_observation_comes_back_as_it_was(
    kind: str, data: st.DataObject, one: tuple[Store, Visit]
) -> None:
    store, visit = one
    observation = Observation(
        test=data.draw(TEXT),
        side=data.draw(st.sampled_from(("right", "left", None))),
        trial=data.draw(st.integers(1, 99)),
        flags=data.draw(st.lists(st.sampled_from(FLAGS), unique=True).map(tuple)),
        substitution=data.draw(st.none() | TEXT),
        variant=data.draw(st.none() | TEXT),
        **data.draw(KINDS[kind]),
    )
    with store.writing(Act.WROTE) as db:
        visits.put(db, visit, observation, NOW)
    assert held(store, visit.id).observations[-1] == observation


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    answer=st.booleans() | st.integers(-999, 999) | NUMBER | TEXT | st.lists(TEXT, max_size=3).map(tuple),
    topic=st.sampled_from(("safety", "story", "precautions")),
)
def test_every_answer_comes_back_as_it_was(answer: Answer, topic: str, one: tuple[Store, Visit]) -> None:
    store, visit = one
    with store.writing(Act.WROTE) as db:
        visits.answer(db, visit.id, topic, "question", True if topic != "story" else answer, NOW)
    found = getattr(held(store, visit.id), topic)["question"]
    wanted = answer if topic == "story" else True
    assert (found, type(found)) == (wanted, type(wanted))


def test_a_correction_is_a_new_row_and_the_old_one_stays(store: Store, protocol: Protocol) -> None:
    visit = graded(store, begun(store, protocol), "4", "3", "4-")
    assert [seen.grade for seen in visit.observations] == ["4-"]
    with store.reading() as db:
        rows = db.conn.execute("select value, examiner, scale, recorded_at from observations").fetchall()
    assert [json.loads(row[0])["grade"] for row in rows] == ["4", "3", "4-"]
    assert {row[1:] for row in rows} == {("Dr Example", "MRC-8", NOW.isoformat())}


def test_a_value_taken_back_is_absent_and_its_history_stays(store: Store, protocol: Protocol) -> None:
    visit = graded(store, begun(store, protocol), "4")
    with store.writing(Act.WROTE) as db:
        visits.withdraw(db, visit, "TA", "right", 1, NOW)
    assert held(store, visit.id).observations == ()
    assert [seen.grade for seen in graded(store, visit, "2").observations] == ["2"]
    with store.reading() as db:
        assert db.conn.execute("select count(*) from observations").fetchone()[0] == 3


def test_sides_and_trials_are_values_of_their_own(store: Store, protocol: Protocol) -> None:
    visit = begun(store, protocol)
    values = [
        Observation(test="LL-TAPE", side="right", millimetres=902.0),
        Observation(test="LL-TAPE", side="right", trial=2, millimetres=903.5),
        Observation(test="LL-TAPE", side="left", millimetres=889.0),
        Observation(test="LL-PRONE", result="negative"),
    ]
    for value in values:
        with store.writing(Act.WROTE) as db:
            visits.put(db, visit, value, NOW)
    assert held(store, visit.id).observations == tuple(values)


def test_an_answer_taken_back_is_not_asked(store: Store, protocol: Protocol) -> None:
    visit = begun(store, protocol)
    for value in (True, None):
        with store.writing(Act.WROTE) as db:
            visits.answer(db, visit.id, "safety", "fever", value, NOW)
    assert held(store, visit.id).safety == {}


def test_a_decision_taken_back_is_open(store: Store, protocol: Protocol) -> None:
    visit = begun(store, protocol)
    decision = Decision(verdict="set-aside", by="Dr Example", at=NOW)
    with store.writing(Act.WROTE) as db:
        visits.decide(db, visit.id, "weakness:TA:right", decision, NOW)
        visits.decide(db, visit.id, "weakness:EHL:right", decision, NOW)
        visits.decide(db, visit.id, "weakness:TA:right", None, NOW)
    assert held(store, visit.id).decisions == {"weakness:EHL:right": decision}


def test_everything_of_a_visit_comes_back_after_the_next_start(
    places: Places, store: Store, protocol: Protocol
) -> None:
    visit = graded(store, begun(store, protocol), "4+")
    dose = Dose(hold_s=30, reps=3, per_day=2, days_per_week=7, weeks=4)
    fields = {
        "place": "exam:TA:left",
        "note": "First line\nsecond – Łukasz's [b] <i>",
        "next_visit": "2026-03-16",
        "action": "Referred on the day",
        "override": Override(reason="Seen by the hospital already", by="Dr Example", at=NOW),
        "prescription": (Prescribed(stretch="E01", side="left", dose=dose, ticked=("OST",)),),
    }
    with store.writing(Act.WROTE) as db:
        visits.set_fields(db, visit.id, **fields)
    signature = signed(store, held(store, visit.id), protocol).signature
    addendum = Addendum(text="Telephoned", by="Dr Other", at=LATER)
    with store.writing(Act.WROTE) as db:
        visits.add(db, visit.id, addendum)
    store.close()
    again = opened(places)
    assert held(again, visit.id) == replace(visit, **fields, signature=signature, addenda=(addendum,))
    again.close()


def test_no_stretch_chosen_is_not_the_same_as_not_yet_chosen(store: Store, protocol: Protocol) -> None:
    visit = begun(store, protocol)
    assert visit.prescription is None
    with store.writing(Act.WROTE) as db:
        visits.set_fields(db, visit.id, prescription=())
    assert held(store, visit.id).prescription == ()


def test_only_fields_of_a_draft_can_be_set(store: Store, protocol: Protocol) -> None:
    visit = begun(store, protocol)
    with (
        pytest.raises(ValueError, match="not fields of a draft: examiner, id"),
        store.writing(Act.WROTE) as db,
    ):
        visits.set_fields(db, visit.id, id=7, examiner="Someone Else", note="kept?")
    assert held(store, visit.id) == visit


def test_a_signature_vouches_for_what_the_file_holds(store: Store, protocol: Protocol) -> None:
    visit = signed(store, graded(store, begun(store, protocol), "4", "3+"), protocol)
    assert visit.signature is not None
    assert (visit.signature.by, visit.signature.at) == ("Dr Example", NOW)
    assert visits.digest(visit) == visit.signature.digest


@pytest.mark.parametrize(
    "change",
    [
        {"observations": ()},
        {"safety": {"fever": True}},
        {"story": {"pain": 3}},
        {"home": {"E04": ("most",)}},
        {"note": "another"},
        {"action": "another"},
        {"examiner": "Someone Else"},
        {"date": DAY + datetime.timedelta(days=1)},
        {"prescription": ()},
        {"decisions": {"x": Decision(verdict="accepted", by="Dr Example", at=NOW)}},
    ],
)
def test_whatever_else_was_signed_would_have_another_digest(
    change: dict[str, Any], one: tuple[Store, Visit]
) -> None:
    visit = replace(one[1], observations=(Observation(test="TA", side="right", grade="3"),))
    assert visits.digest(replace(visit, **change)) != visits.digest(visit)


def test_a_visit_signed_by_an_earlier_version_keeps_its_digest(one: tuple[Store, Visit]) -> None:
    alone = msgspec.to_builtins(replace(one[1], signature=None, addenda=(), place=""), order="deterministic")
    for later in ("home", "entered", "blind"):
        alone.pop(later)
    assert visits.digest(one[1]) == hashlib.sha256(msgspec.json.encode(alone)).hexdigest()


def test_what_was_told_of_home_is_corrected_by_a_new_row(store: Store, protocol: Protocol) -> None:
    visit = begun(store, protocol)
    with store.writing(Act.WROTE) as db:
        for words in (("most",), ("most", "pain")):
            visits.answer(db, visit.id, "home", "E04", words, NOW)
    assert held(store, visit.id).home == {"E04": ("most", "pain")}
    with store.reading() as db:
        assert db.conn.execute("select count(*) from answers").fetchone()[0] == 2


def test_visits_come_oldest_first(store: Store, protocol: Protocol) -> None:
    first = begun(store, protocol)
    days = [DAY - datetime.timedelta(days=30), DAY, DAY - datetime.timedelta(days=60)]
    with store.writing(Act.WROTE) as db:
        patient = visits.patient_of(db, first.id)
        for day in days:
            visits.begin(db, patient, replace(first, date=day), protocol, NOW)
    with store.reading() as db:
        found = visits.of_patient(db, patient)
    assert [visit.date for visit in found] == sorted([DAY, *days])
    assert [visit.id for visit in found if visit.date == DAY] == [1, 3]


def test_a_protocol_is_kept_once_and_each_visit_is_read_with_its_own(
    store: Store, protocol: Protocol
) -> None:
    later = replace(
        protocol, sources={**protocol.sources, "NEW": Source(id="NEW", title="N", evidence="weak")}
    )
    old = [begun(store, protocol), begun(store, protocol)]
    new = begun(store, later)
    with store.reading() as db:
        assert db.conn.execute("select count(*) from protocols").fetchone()[0] == 2
        assert [visits.protocol_of(db, visit.id) for visit in (*old, new)] == [protocol, protocol, later]


def test_a_draft_finished_under_a_changed_protocol_is_kept_with_that(
    store: Store, protocol: Protocol
) -> None:
    later = replace(protocol, stretches={})
    visit = signed(store, begun(store, protocol), later)
    with store.reading() as db:
        assert visits.protocol_of(db, visit.id) == later


def test_no_visit_begins_under_a_protocol_whose_place_another_one_has(
    store: Store, protocol: Protocol
) -> None:
    digest, body = content(protocol)
    with store.writing(Act.WROTE) as db:
        insert(db, "protocols", hash=digest, body=body.replace(b"ibialis", b"IBIALIS"))
    with pytest.raises(ClinicError, match="the records hold another one"):
        begun(store, protocol)


def test_what_does_not_exist_is_not_made_up(store: Store) -> None:
    for look in (visits.get, visits.patient_of):
        with pytest.raises(KeyError), store.reading() as db:
            look(db, 99)


def test_a_long_history_is_read_in_as_many_questions_as_a_short_one(store: Store, protocol: Protocol) -> None:
    """And none of them looks through what belongs to other patients."""
    draft = Visit(date=DAY, examiner="Dr Example", scale="MRC-8", exam="sciatica-quick")
    number = begun(store, protocol).id
    with store.writing(Act.WROTE) as db:
        patient = visits.patient_of(db, number)
        others = [visits.begin(db, patient, draft, protocol, NOW) for _ in range(5)]
    asked: list[str] = []
    with store.reading() as db:
        db.conn.set_trace_callback(asked.append)
        assert [one.id for one in visits.of_patient(db, patient)] == [number, *others]
        db.conn.set_trace_callback(None)
        plans = {row[3] for sql in asked for row in db.conn.execute(f"explain query plan {sql}")}
    assert len(asked) <= 7
    tables = ("visits", "observations", "answers", "decisions", "signatures", "addenda")
    assert not {f"SCAN {table}" for table in tables} & plans


def test_what_is_signed_is_what_is_kept(store: Store, protocol: Protocol) -> None:
    """A whole number of millimetres is kept as one with a point: its digest would be another one."""
    visit = begun(store, protocol)
    seen = Observation(test="LL-TRUE", side="right", millimetres=900)
    with store.writing(Act.OBSERVED) as db:
        visits.put(db, visit, seen, NOW)
    kept = signed(store, replace(visit, observations=(seen,)), protocol)
    assert kept.observations == (seen,)
    assert not kept.altered

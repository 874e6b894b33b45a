"""Acts that add to one draft, one after the other, are a run: the indexes know its first act alone, and yet
whatever is asked finds each of them."""

import datetime
import random
import shutil
from contextlib import closing
from itertools import product
from typing import Any

import pytest
from kept import NOW, begun, foreign, opened, patient

from mmt.model.acts import Act
from mmt.model.errors import NotSavedError
from mmt.model.observation import Observation
from mmt.model.protocol import Protocol
from mmt.model.visit import Visit
from mmt.paths import Places
from mmt.storage import acts, joins, visits
from mmt.storage.acts import Between
from mmt.storage.store import Store
from mmt.storage.verifying import Verifier

HOUR, FRAME = datetime.timedelta(hours=1), 24 + 4096


def grade(store: Store, visit: Visit, person: int, test: str = "TA") -> None:
    """A grade as an exam keeps it."""
    with store.writing(Act.OBSERVED, patient=person, visit=visit.id) as db:
        visits.put(db, visit, Observation(test=test, side="right", grade="4"), NOW)


def first_ones(store: Store) -> list[int]:
    """The acts that the indexes know."""
    with store.reading() as db:
        return [row[0] for row in db.conn.execute("select seq from acts where more = 0 order by seq")]


def breaks(store: Store) -> list[str]:
    """What is not as mmt left it."""
    with store.reading() as db:
        return list(Verifier(db, store.secrets).breaks())


@pytest.fixture
def exam(store: Store, protocol: Protocol) -> Visit:
    """The draft of patient 1, begun by act 2, with the grades of acts 3 to 5."""
    store.clock = lambda: NOW
    visit = begun(store, protocol)
    for _ in range(3):
        grade(store, visit, 1)
    return visit


def test_grades_one_after_the_other_are_a_run(store: Store, exam: Visit) -> None:
    with store.writing(Act.ANSWERED, patient=1, visit=exam.id) as db:
        visits.answer(db, exam.id, "safety", "fever", False, NOW)
    assert first_ones(store) == [1, 2]
    assert breaks(store) == []


def test_in_the_middle_of_an_exam_an_act_costs_one_page(store: Store, places: Places, exam: Visit) -> None:
    log, costs = places.database.with_name(places.database.name + "-wal"), set()
    for _ in range(5):
        before = log.stat().st_size
        grade(store, exam, 1)
        costs.add((log.stat().st_size - before) / FRAME)
    assert min(costs) == 3, "the grades, their index, the acts"


def test_what_is_not_the_same_person_record_or_day_or_is_changed_begins_another_run(
    store: Store, places: Places, protocol: Protocol, exam: Visit
) -> None:
    store.actor = "Dr Second"
    grade(store, exam, 1)  # 6
    store.clock = lambda: NOW + 24 * HOUR
    grade(store, exam, 1)  # 7
    grade(store, exam, 1)
    with store.writing(Act.WROTE, patient=1, visit=exam.id) as db:  # 9
        visits.put(db, exam, Observation(test="TA", side="left", grade="4"), NOW)
        visits.set_fields(db, exam.id, note="Something else")
    store.log(Act.LEFT, patient=1, visit=exam.id)  # 10
    grade(store, exam, 1)
    other = begun(store, protocol, patient("Second Person"))  # 12
    grade(store, other, 2)
    with closing(opened(places)) as station:
        station.actor, station.clock = store.actor, store.clock
        grade(station, other, 2)  # 14
        grade(store, other, 2)  # 15
        grade(store, other, 2)
    assert first_ones(store) == [1, 2, 6, 7, 9, 10, 12, 14, 15]
    assert breaks(store) == []


def test_acts_of_a_moment_are_found_also_where_the_clock_went_back_in_their_run(
    store: Store, exam: Visit
) -> None:
    store.clock = lambda: NOW - HOUR
    grade(store, exam, 1)
    assert first_ones(store) == [1, 2]
    with store.reading() as db:
        found = acts.newest(db, 9, between=Between(NOW - 2 * HOUR, NOW))
    assert [one.seq for one in found] == [6]


def fail_to_commit(store: Store, visit: Visit) -> None:
    """A grade whose act is written, and which the disk refuses then."""
    with store.writing(Act.OBSERVED, patient=1, visit=visit.id) as db:
        visits.put(db, visit, Observation(test="TA", side="right", grade="4"), NOW)
        db.conn.execute("pragma defer_foreign_keys = 1")
        db.conn.execute("insert into open_visits values (99)")


def test_no_run_goes_on_from_an_act_that_was_not_kept(store: Store, exam: Visit) -> None:
    with pytest.raises(NotSavedError):
        fail_to_commit(store, exam)
    grade(store, exam, 1)
    grade(store, exam, 1)
    assert first_ones(store) == [1, 2, 6]
    assert breaks(store) == []


def test_a_grade_within_a_run_that_another_program_changed_is_told(
    store: Store, places: Places, exam: Visit
) -> None:
    assert store.not_as_kept(1) == []
    with closing(foreign(places)) as tool:
        trigger = tool.execute("select sql from sqlite_master where name = 'observations_update_never'")
        (sql,) = trigger.fetchone()
        tool.execute("drop trigger observations_update_never")
        tool.execute("update observations set value = replace(value, '4', '5') where id = 3")
        tool.execute(sql)
    assert len(store.not_as_kept(1)) == 1


def steps(store: Store, **asked: Any) -> int:
    """How much work an answer is to the database."""
    taken = []
    with store.reading() as db:
        db.conn.set_progress_handler(lambda: taken.append(1), 20)
        acts.newest(db, 100, **asked)
        db.conn.set_progress_handler(None, 20)
    return len(taken)


@pytest.mark.parametrize(
    "asked",
    [{"patient": 1}, {"person": "Dr First"}, {"between": Between(NOW - HOUR, NOW + HOUR)}, {"before": 6}],
)
def test_what_came_later_makes_no_answer_longer(
    asked: dict[str, Any], store: Store, protocol: Protocol
) -> None:
    store.actor, store.clock = "Dr First", lambda: NOW
    draft = begun(store, protocol)
    for _ in range(3):
        grade(store, draft, 1)
    store.actor, store.clock = "Dr Second", lambda: NOW + 48 * HOUR
    later = begun(store, protocol, patient("Second Person"))
    before = steps(store, **asked)
    for _ in range(100):
        grade(store, later, 2)
        store.log(Act.LEFT, patient=2, visit=later.id)
    assert steps(store, **asked) <= before + 5


def alone(places: Places) -> Store:
    """A copy of the records in which each act stands alone."""
    copy = Places(places.root.with_name("alone"))
    shutil.copytree(places.root, copy.root)
    with closing(foreign(copy)) as tool:
        (sql,) = tool.execute("select sql from sqlite_master where name = 'acts_update_never'").fetchone()
        tool.execute("drop trigger acts_update_never")
        assert tool.execute("update acts set more = 0 where more = 1").rowcount > 50
        tool.execute(sql)
    return opened(copy)


@pytest.mark.parametrize("seed", range(3))
def test_whatever_is_asked_is_answered_as_if_each_act_stood_alone(
    seed: int, places: Places, store: Store, protocol: Protocol
) -> None:
    """Two stations, clocks that go back, records that are joined, visits that are moved."""
    chance, at = random.Random(seed), NOW
    drafts = {number: begun(store, protocol, patient(f"Number {number}")) for number in (1, 2, 3)}
    of = {draft.id: number for number, draft in drafts.items()}
    store.close()
    stations = store, station = opened(places), opened(places)
    for one in stations:
        one.clock = lambda: at
    draft = drafts[1]
    for step in range(250):
        at += HOUR * chance.choice((0, 0, 0, 0, 0, 0, 1, 2, -2, 9, -11))
        one = chance.choice((store,) * 9 + (station,))
        one.actor = chance.choice(("Dr Example",) * 20 + ("Dr Second",))
        draft = chance.choice((draft,) * 9 + tuple(drafts.values()))
        if step in (60, 120):
            with one.writing(Act.MOVED) as db:
                became = of[draft.id] % 3 + 1
                visits.move(db, draft.id, became, "Wrong", "Dr Example", at)
                of[draft.id] = became
        elif step % 50 == 7:
            one.log(Act.LEFT, patient=of[draft.id], visit=draft.id)
        else:
            grade(one, draft, of[draft.id], chance.choice(("TA", "EHL")))
    with store.writing(Act.JOINED) as db:
        joins.join(db, 3, 1, 0, "The same", "Dr Example", at)
    station.close()
    store.close()
    other, store = alone(places), opened(places)
    moments = [None, *(Between(NOW + day * HOUR, NOW + (day + 30) * HOUR) for day in range(-40, 300, 17))]
    asked: list[dict[str, Any]] = [{"patient": one} for one in (1, 2, 3)]
    asked += [{"person": one} for one in ("Dr Example", "Dr Second", "x")]
    with store.reading() as db, other.reading() as plain:
        assert acts.persons(db) == acts.persons(plain)
        for of_whom, between, before, many in product(
            (*asked, {}), moments, (None, 5, 77, 140), (1, 10, 1000)
        ):
            limits = {**of_whom, "between": between, "before": before}
            assert acts.newest(db, many, **limits) == acts.newest(plain, many, **limits), limits
    assert [store.not_as_kept(one) for one in (1, 2, 3)] == [[], [], []]
    assert breaks(store) == []
    store.close()
    other.close()

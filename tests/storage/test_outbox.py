"""What has to reach a server: filled by the very transaction that signs or changes something."""

import datetime

import pytest
from kept import DAY, LAKE, NOW, begun, foreign, graded, patient, signed
from msgspec.structs import replace

from mmt.model.acts import Act
from mmt.model.errors import NotSavedError
from mmt.model.protocol import Protocol
from mmt.model.sending import Outgoing, Server
from mmt.model.visit import Addendum, Visit
from mmt.paths import Places
from mmt.storage import disclosures, joins, outbox, patients, stable_ids, visits
from mmt.storage.erasing import erase
from mmt.storage.store import Store

OAK = Server(base="https://oak.example/fhir")


def chosen(store: Store, server: Server = OAK, token: str = "") -> None:
    with store.writing(Act.CHOSE_SERVER) as db:
        outbox.choose(db, server, token, "Dr Example", NOW)


def waiting(store: Store) -> list[tuple[int, int | None]]:
    """Whose record and which visit waits."""
    with store.reading() as db:
        return [(one.read_with, one.visit) for one in outbox.waiting(db)]


def accepted(store: Store) -> None:
    """The server takes all of it."""
    with store.writing(Act.SENT) as db:
        for one in outbox.waiting(db):
            outbox.settle(db, one, "accepted", NOW, 200, "", "digest")


def done(store: Store, protocol: Protocol, name: str = "Ann", day: datetime.date = DAY) -> Visit:
    return signed(store, graded(store, begun(store, protocol, patient(name), day), "4"), protocol)


def test_nothing_waits_until_a_server_is_chosen_and_then_all_that_was_signed(
    store: Store, protocol: Protocol
) -> None:
    late, early = done(store, protocol, day=DAY), done(store, protocol, day=DAY.replace(day=1))
    begun(store, protocol)
    assert waiting(store) == []
    chosen(store)
    assert waiting(store) == [(1, late.id), (2, early.id)]


def test_a_visit_waits_from_the_transaction_on_that_signs_it(store: Store, protocol: Protocol) -> None:
    chosen(store)
    draft = graded(store, begun(store, protocol), "4")
    assert waiting(store) == []

    def cut_off() -> None:
        with store.writing(Act.SIGNED) as db:
            visits.sign(db, draft, protocol, "Dr Example", b"{}", NOW)
            assert [one.visit for one in outbox.waiting(db)] == [draft.id]
            db.conn.execute("insert into visits (id) values ('x')")

    with pytest.raises(NotSavedError):
        cut_off()
    assert waiting(store) == [], "not signed, so nothing waits"
    signed(store, draft, protocol)
    assert waiting(store) == [(1, draft.id)]


def test_what_changes_a_visit_that_was_sent_lets_it_wait_again(store: Store, protocol: Protocol) -> None:
    visit = done(store, protocol)
    chosen(store)
    for change in (
        lambda db: visits.add(db, visit.id, Addendum(text="Seen", by="Dr Example", at=NOW)),
        lambda db: disclosures.keep(db, 1, visit.id, "Hand-out", "", "Dr Example", NOW),
    ):
        accepted(store)
        assert waiting(store) == []
        with store.writing(Act.ADDED_NOTE) as db:
            change(db)
        assert waiting(store) == [(1, visit.id)]


def test_a_corrected_patient_waits_and_one_without_a_signed_visit_does_not(
    store: Store, protocol: Protocol
) -> None:
    done(store, protocol)
    begun(store, protocol, patient("Ben"))
    chosen(store)
    accepted(store)
    with store.writing(Act.CHANGED_PATIENT) as db:
        for number in (1, 2):
            patients.change(db, replace(patients.get(db, number), name="Another"))
    assert waiting(store) == [(1, None)]


def test_records_that_are_joined_or_parted_wait_with_all_their_visits(
    store: Store, protocol: Protocol
) -> None:
    one, two = done(store, protocol, "Ann"), done(store, protocol, "Anne")
    other = done(store, protocol, "Zoe")
    chosen(store)
    accepted(store)
    with store.writing(Act.JOINED) as db:
        joins.join(db, 2, 1, 2, "Twice", "Dr Example", NOW)
    assert waiting(store) == [(1, None), (1, None), (1, one.id), (1, two.id)]
    accepted(store)
    with store.writing(Act.PARTED) as db:
        joins.part(db, 1, "Two people", "Dr Example", NOW)
    assert waiting(store) == [(1, None), (1, one.id), (2, None), (2, two.id)]
    assert other.id not in dict(waiting(store)).values()


def test_a_visit_that_is_entered_late_lets_those_behind_it_wait_again(
    store: Store, protocol: Protocol
) -> None:
    chosen(store)
    today = done(store, protocol)
    accepted(store)
    paper = Visit(date=DAY.replace(day=1), examiner="Dr Example", scale="MRC-8", exam="sciatica-quick")
    with store.writing(Act.BEGAN) as db:
        number = visits.begin(db, 1, paper, protocol, NOW)
    with store.reading() as db:
        draft = visits.get(db, number)
    signed(store, graded(store, draft, "3"), protocol)
    assert waiting(store) == [(1, number), (1, today.id)]


def test_what_came_from_another_clinic_is_that_ones_to_send(store: Store, protocol: Protocol) -> None:
    foreign_visit = graded(store, begun(store, protocol), "4")
    with store.writing(Act.IMPORTED) as db:
        stable_ids.came_from(db, foreign_visit.id, LAKE)
    signed(store, foreign_visit, protocol)
    chosen(store)
    done(store, protocol, "Ben")
    assert waiting(store) == [(2, 2)]


def row(store: Store) -> Outgoing:
    with store.reading() as db:
        (found,) = outbox.waiting(db)
    return found


def test_what_becomes_due_while_it_is_on_its_way_stays_due(store: Store, protocol: Protocol) -> None:
    visit = done(store, protocol)
    chosen(store)
    before = row(store)
    with store.writing(Act.SENT) as db:
        outbox.hand_over(db, before)
    assert row(store).state == "sending"
    with store.writing(Act.ADDED_NOTE) as db:
        visits.add(db, visit.id, Addendum(text="Seen", by="Dr Example", at=NOW))
    with store.writing(Act.SENT) as db:
        outbox.settle(db, before, "accepted", NOW, 200, "", "digest")
    assert row(store).state == "due"


def test_the_same_server_chosen_anew_gets_nothing_twice_and_another_one_gets_all(
    store: Store, protocol: Protocol
) -> None:
    visit = done(store, protocol)
    chosen(store, token="first")
    accepted(store)
    with store.writing(Act.STOPPED_SENDING) as db:
        outbox.stop(db, "Dr Example", NOW)
    with store.reading() as db:
        assert (outbox.server(db), outbox.token(db)) == (None, "")
    unsent = done(store, protocol, "Ben")
    chosen(store, replace(OAK, most=20), "second")
    assert waiting(store) == [(2, unsent.id)]
    chosen(store, Server(base="https://elm.example/fhir"))
    assert waiting(store) == [(1, visit.id), (2, unsent.id)]
    with store.reading() as db:
        assert outbox.token(db) == "", "an old token goes to no other server"


def test_the_token_is_in_no_act(store: Store, protocol: Protocol) -> None:
    chosen(store, token="s3cret-t0ken")
    with store.reading() as db:
        assert outbox.token(db) == "s3cret-t0ken"
        told = db.conn.execute("select changes, coalesce(was, '') from acts").fetchall()
    assert told
    assert not [one for one in told if "s3cret" in "".join(one)]


def test_of_an_erased_record_nothing_waits(store: Store, protocol: Protocol, places: Places) -> None:
    done(store, protocol)
    kept = done(store, protocol, "Ben")
    chosen(store)
    with store.writing(Act.ERASED, patient=1) as db:
        erase(db, 1)
    assert waiting(store) == [(2, kept.id)]
    tool = foreign(places)
    assert tool.execute("select count(*) from outbox").fetchone() == (1,)
    tool.close()

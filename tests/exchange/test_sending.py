"""Signed visits reach a server once, whole and in order, whatever it and the network do."""

import datetime
import resource
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import chain, repeat
from threading import Event, Thread

import pytest
from loopback import Asked, Fault, FhirServer, outcome, served
from made_up import NOW
from msgspec.structs import replace
from to_send import add, choose, send, sign

from mmt.clinic import Clinic
from mmt.clinic.alone import alone
from mmt.clinic.sending.desk import SendingDesk
from mmt.clinic.sending.sender import Pace, Sender
from mmt.model.acts import Act
from mmt.model.errors import ClinicError
from mmt.model.observation import Observation
from mmt.model.sending import Server
from mmt.model.visit import Addendum
from mmt.storage import disclosures, joins, outbox, patients, restrictions, visits
from mmt.wire import Wire

pytestmark = pytest.mark.usefixtures("content_once")


@pytest.fixture
def server() -> Iterator[FhirServer]:
    with served() as there:
        yield there


def lines(clinic: Clinic) -> list[str]:
    return [*SendingDesk(clinic).lines()]


def days(server: FhirServer) -> list[str]:
    """The day of each Encounter in the order in which it came."""
    entries = chain.from_iterable(one["entry"] for one in server.posts)
    return [one["resource"]["period"]["start"] for one in entries if one["request"]["url"].startswith("Enc")]


def first(fault: Fault, times: int = 1, method: str = "POST"):  # type: ignore[no-untyped-def]
    """The first requests fail."""
    left = [fault] * times

    def fails(asked: Asked) -> Fault | None:
        return left.pop() if asked.method == method and left else None

    return fails


def test_a_visit_is_there_with_all_that_was_seen_and_is_sent_once(oak: Clinic, server: FhirServer) -> None:
    choose(oak, server.base)
    sign(oak, add(oak), seen=4)
    assert send(oak)[:3] == (1, 0, 0)
    kinds = {name.partition("/")[0]: 0 for name in server.held}
    for name in server.held:
        kinds[name.partition("/")[0]] += 1
    assert kinds == {"Organization": 1, "Patient": 1, "Practitioner": 1, "Encounter": 1, "Observation": 4,
                     "Provenance": 1}  # fmt: skip
    asked = len(server.posts)
    assert send(oak) == (0, 0, 0, (), "")
    assert len(server.posts) == asked
    assert set(server.written.values()) == {1}
    assert "All that was signed here is there." in lines(oak)


def test_all_that_was_signed_before_the_server_was_chosen_goes_out_too(
    oak: Clinic, server: FhirServer
) -> None:
    for name in ("Ann", "Ben"):
        sign(oak, add(oak, name))
    choose(oak, server.base)
    assert send(oak).accepted == 2
    assert len(server.of("Encounter")) == 2


def test_a_large_visit_goes_in_parts_its_signature_alone_and_last(oak: Clinic, server: FhirServer) -> None:
    server.most = 6
    choose(oak, server.base, most=6)
    sign(oak, add(oak), seen=10)
    assert send(oak).accepted == 1
    sizes = [len(one["entry"]) for one in server.posts]
    assert sizes == [6, 6, 2, 1]
    first_kinds = [one["request"]["url"].partition("/")[0] for one in server.posts[0]["entry"]]
    assert first_kinds[:4] == ["Organization", "Patient", "Practitioner", "Encounter"]
    assert server.posts[-1]["entry"][0]["resource"]["resourceType"] == "Provenance"
    assert len(server.of("Observation")) == 10


def test_the_visits_of_a_patient_go_in_the_order_of_their_days(oak: Clinic, server: FhirServer) -> None:
    patient = add(oak)
    for day in (9, 2, 5):
        sign(oak, patient, day)
    choose(oak, server.base)
    send(oak)
    assert days(server) == ["2026-03-02", "2026-03-05", "2026-03-09"]


def test_behind_a_refused_visit_nothing_of_the_patient_goes_and_others_go_on(
    oak: Clinic, server: FhirServer
) -> None:
    ann, ben = add(oak, "Ann"), add(oak, "Ben")
    for patient, day in ((ann, 2), (ann, 5), (ben, 3)):
        sign(oak, patient, day)
    choose(oak, server.base)
    bad = [True]
    server.refuses = lambda one: (
        "no such day" if bad and one.get("period", {}).get("start") == "2026-03-02" else ""
    )
    assert send(oak)[:3] == (1, 1, 1)
    assert {one["period"]["start"] for one in server.of("Encounter")} == {"2026-03-03"}
    assert any("refused on" in one and "answered with status 422: no such day." in one for one in lines(oak))
    asked = len(server.posts)
    assert send(oak)[:3] == (0, 0, 1), "what was refused is not asked again by itself"
    assert len(server.posts) == asked
    bad.clear()
    assert SendingDesk(oak).again() == 1
    assert send(oak)[:3] == (2, 0, 0)
    assert len(server.of("Encounter")) == 3


def test_a_200_that_holds_a_refusal_is_one(oak: Clinic, server: FhirServer) -> None:
    server.atomic, server.kind = False, "batch-response"
    choose(oak, server.base)
    sign(oak, add(oak))
    server.refuses = lambda one: "no grade" if one["resourceType"] == "Observation" else ""
    assert send(oak)[:2] == (0, 1)
    (told,) = [one for one in lines(oak) if "refused on" in one]
    assert " of 6 resources (status 422): no grade. It took" in told
    assert "no grade" in told
    assert "as a batch" in told


def test_where_parts_may_stay_the_signature_of_a_refused_visit_does_not(
    oak: Clinic, server: FhirServer
) -> None:
    """It tells other sites that all of the visit is there."""
    server.atomic, server.kind = False, "batch-response"
    SendingDesk(oak).choose(Server(base=server.base))
    sign(oak, add(oak), seen=3)
    server.refuses = lambda one: "no grade" if one["resourceType"] == "Observation" else ""
    assert send(oak)[:2] == (0, 1)
    assert server.of("Encounter") != []
    assert server.of("Provenance") == []
    server.refuses = lambda _: ""
    SendingDesk(oak).again()
    assert send(oak)[:2] == (1, 0)
    assert (len(server.of("Observation")), len(server.of("Provenance"))) == (3, 1)


@pytest.mark.parametrize("kind", ["transaction-response", "batch-response"])
def test_a_200_for_fewer_resources_than_were_sent_counts_none_as_arrived(
    kind: str, oak: Clinic, server: FhirServer
) -> None:
    choose(oak, server.base)
    for day in (2, 5):
        sign(oak, 1 if day == 5 else add(oak), day, seen=2)
    server.silent, server.kind = 1, kind
    assert send(oak)[:3] == (0, 1, 1)
    asked = len(server.posts)
    assert send(oak)[:3] == (0, 0, 1)
    assert len(server.posts) == asked, "it is not sent on and on by itself"
    told = lines(oak)
    (refused,) = [one for one in told if "refused on" in one]
    assert "answered for 6 of 7 resources: whether all of them are there is not known" in refused
    assert any("`mmt send --again` sends it anew" in one and "--most N" in one for one in told)
    server.silent, server.kind = 0, "transaction-response"
    SendingDesk(oak).again()
    assert send(oak)[:3] == (2, 0, 0)
    assert (len(server.of("Observation")), len(server.of("Provenance"))) == (4, 2)
    assert not [one for one in lines(oak) if "refused" in one]


def test_a_server_that_takes_transactions_no_more_refuses_no_visit(oak: Clinic, server: FhirServer) -> None:
    for name in ("Ann", "Ben"):
        sign(oak, add(oak, name))
    choose(oak, server.base)
    server.fails = lambda one: Fault(status=501) if one.method == "POST" else None
    pauses: list[float] = []
    found = send(oak, pauses)
    assert (found[:3], pauses, len(server.posts)) == ((0, 0, 2), [], 1)
    assert "takes no transactions (status 501): whoever keeps it can turn them on. What waits" in found.halted
    server.fails = lambda _: None
    assert send(oak).accepted == 2


def test_resources_that_the_server_was_too_busy_for_are_no_refusal(oak: Clinic, server: FhirServer) -> None:
    server.atomic, server.status = False, "429"
    choose(oak, server.base)
    sign(oak, add(oak), seen=3)
    busy = [True, True, False]
    server.refuses = lambda one: "too busy" if one["resourceType"] == "Encounter" and busy.pop(0) else ""
    pauses: list[float] = []
    assert send(oak, pauses)[:3] == (1, 0, 0)
    assert len(pauses) == 2


def test_a_server_that_does_not_answer_in_time_is_not_asked_again_at_once(
    oak: Clinic, server: FhirServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may be at it still: what is asked again before it is done makes a crowd of it."""
    monkeypatch.setattr("mmt.wire.READ_S", 0.2)
    choose(oak, server.base)
    sign(oak, add(oak))
    server.fails = first(Fault(status=200, seconds=0.6, does=True))
    pauses: list[float] = []
    found = send(oak, pauses)
    assert (found.waits, pauses) == (1, [])
    assert "did not answer in time" in found.halted
    assert send(oak).accepted == 1
    assert len(server.of("Encounter")) == 1


@pytest.mark.parametrize(
    "fault",
    [
        Fault("drop"),
        Fault("cut"),
        Fault(status=500),
        Fault(status=500, does=True),
        Fault(status=503, headers={"Retry-After": "1"}),
        Fault(status=429),
        Fault(status=408),
        Fault(status=409),
        Fault(status=200, body=b"<html>Please sign in to the guest network</html>"),
        Fault(status=200, body=b'{"resourceType": "Bundle"'),
    ],
    ids=lambda one: f"{one.kind}-{one.status}-{len(one.body)}-{one.does}",
)
def test_what_the_network_and_a_tired_server_do_is_tried_again_and_is_there_once(
    fault: Fault, oak: Clinic, server: FhirServer
) -> None:
    choose(oak, server.base)
    sign(oak, add(oak), seen=3)
    server.fails = first(fault, 2)
    pauses: list[float] = []
    assert send(oak, pauses)[:3] == (1, 0, 0)
    assert len(pauses) == 2
    assert pauses[1] > 0.9
    assert len(server.of("Observation")) == 3
    assert len(server.of("Encounter")) == 1


def test_a_server_that_is_away_is_told_and_costs_no_visit_a_try(oak: Clinic, server: FhirServer) -> None:
    choose(oak, "http://127.0.0.1:9/fhir")
    sign(oak, add(oak))
    found = send(oak)
    assert found[:3] == (0, 0, 1)
    assert found.halted == (
        "127.0.0.1:9 could not be reached: nobody answers there. What waits stays here, and is sent once it "
        "can be."
    )
    with oak.store.reading() as db:
        assert disclosures.of_patient(db, 1) == (), "nothing left the clinic"
    assert lines(oak)[1:] == [
        "1 visit waits to be sent: `mmt send` does it now, and says what stands against it."
    ], "of a server that was never asked for anything there is nothing to tell"


PAGE = Fault(status=200, body=b"<html><title>Guest network</title>Please sign in</html>")


def test_what_is_no_server_of_fhir_is_told_alike_by_all_that_ask_and_is_sent_no_visit(
    oak: Clinic, server: FhirServer
) -> None:
    there = choose(oak, server.base)
    sign(oak, add(oak))
    send(oak)
    sign(oak, 1, day=5)
    server.asked.clear()
    server.fails = lambda _: PAGE
    page = f"{there.host} {{}}answered with a web page “Guest network” instead of FHIR (status 200). "
    found = send(oak)
    assert (found.waits, found.halted) == (
        1,
        f"{page.format('')}What waits stays here, and is sent once it can be.",
    )
    assert server.posts == []
    (told,) = SendingDesk(oak).reconcile().lines
    asked = page.format("was asked for a list of Encounter, and ")
    assert told == f"{asked}What was not compared until then is not told."
    with pytest.raises(ClinicError) as raised:
        SendingDesk(oak).fetch(1)
    assert str(raised.value) == f"{asked}Nothing was fetched; what was fetched before stays as it is."
    with pytest.raises(ClinicError) as raised:
        SendingDesk(oak).choose(there)
    assert str(raised.value).startswith(f"{page.format('')}Is {server.base} the address of a FHIR server?")


def test_a_visit_that_a_page_answered_says_so_where_it_waits(oak: Clinic, server: FhirServer) -> None:
    choose(oak, server.base)
    sign(oak, add(oak))
    server.fails = first(PAGE, 9)
    send(oak)
    (told,) = [one for one in lines(oak) if "tried on" in one]
    page = "answered with a web page “Guest network” instead of FHIR (status 200); whether it took"
    assert page in told
    assert told.startswith("record 1, visit of 2026-03-02: tried on 2026-03-02 09:30. 127.0.0.1:")
    assert "could not be reached" not in told


def test_a_run_that_is_stopped_before_the_server_answered_blames_it_for_nothing(
    oak: Clinic, server: FhirServer
) -> None:
    there = choose(oak, server.base)
    sign(oak, add(oak))
    with closing(Wire(there, "")) as wire:
        wire.cut()
        found = Sender(oak, there, wire, Pace(lambda _: None, stopped=lambda: True)).run()
    assert found.halted == "Stopped. What waits stays here."


def test_what_cannot_be_taken_now_waits_longer_each_time_unless_somebody_asks(
    oak: Clinic, server: FhirServer
) -> None:
    choose(oak, server.base)
    sign(oak, add(oak))
    server.fails = lambda one: Fault(status=500) if one.method == "POST" else None
    waits = []
    for _ in range(4):
        send(oak)
        with oak.store.reading() as db:
            (row,) = outbox.waiting(db)
        assert row.not_before
        waits.append((row.not_before - NOW).total_seconds())
    assert 15 <= waits[0] <= 45
    assert waits[3] > 4 * 30
    asked = len(server.posts)
    assert send(oak, hurry=False).accepted == 0
    assert len(server.posts) == asked, "not before its time"
    assert any("Tried again after" in one for one in lines(oak))
    server.fails = lambda _: None
    assert send(oak).accepted == 1


def test_a_server_that_asks_to_wait_long_is_left_alone(oak: Clinic, server: FhirServer) -> None:
    choose(oak, server.base)
    for name in ("Ann", "Ben"):
        sign(oak, add(oak, name))
    server.fails = first(Fault(status=429, headers={"Retry-After": "900"}))
    pauses: list[float] = []
    assert send(oak, pauses, hurry=False)[:3] == (0, 0, 2)
    assert pauses == []
    assert send(oak, hurry=False)[:3] == (0, 0, 2), "nor is it asked for another visit before"
    oak.now = lambda: NOW + datetime.timedelta(seconds=901)
    assert send(oak, hurry=False)[:3] == (2, 0, 0)


@pytest.mark.parametrize("ahead", [datetime.timedelta(hours=12), datetime.timedelta(days=400)])
@pytest.mark.parametrize("fault", [Fault(status=500), Fault(status=503, headers={"Retry-After": "900"})])
def test_a_clock_that_is_put_back_holds_nothing_up(
    ahead: datetime.timedelta, fault: Fault, oak: Clinic, server: FhirServer
) -> None:
    for name in ("Ann", "Ben"):
        sign(oak, add(oak, name))
    choose(oak, server.base)
    oak.now = lambda: NOW + ahead
    server.fails = lambda one: fault if one.method == "POST" else None
    assert send(oak)[:3] == (0, 0, 2)
    asked = len(server.posts)
    oak.now = lambda: NOW + ahead + datetime.timedelta(seconds=5)
    assert send(oak, hurry=False)[:3] == (0, 0, 2)
    assert len(server.posts) == asked, "a clock that goes on is waited for"
    oak.now = lambda: NOW
    server.fails = lambda _: Fault("drop")
    send(oak, hurry=False)
    with oak.store.reading() as db:
        assert not [one for one in outbox.waiting(db) if one.is_of_another_clock(NOW)]
    server.fails = lambda one: fault if one.method == "POST" else None
    assert send(oak, hurry=False)[:3] == (0, 0, 2)
    assert len(server.posts) > asked
    asked = len(server.posts)
    assert send(oak, hurry=False)[:3] == (0, 0, 2)
    assert len(server.posts) == asked, "from then on it is waited as ever"
    assert not [one for one in lines(oak) if "Tried again after" in one and "after 2026-03-02" not in one]
    server.fails = lambda _: None
    oak.now = lambda: NOW + datetime.timedelta(hours=2)
    assert send(oak, hurry=False)[:3] == (2, 0, 0)


@pytest.fixture
def room() -> Iterator[Callable[[int | None], None]]:
    """Lets files of this program grow no further than so many bytes; as ever with None."""
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)

    def limit(size: int | None) -> None:
        soft = limits[0] if size is None else size
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, limits[1]))

    yield limit
    limit(None)


def full(clinic: Clinic, room: Callable[[int | None], None]) -> None:
    """The disk takes nothing more."""
    room(clinic.places.database.with_name(f"{clinic.places.database.name}-wal").stat().st_size)


@pytest.mark.parametrize("refused", [False, True])
def test_what_a_full_disk_cannot_keep_of_an_answer_is_told_and_is_neither_lost_nor_sent_on_and_on(
    refused: bool, oak: Clinic, server: FhirServer, room: Callable[[int | None], None]
) -> None:
    choose(oak, server.base)
    for name in ("Ann", "Ben"):
        sign(oak, add(oak, name), seen=3)
    server.refuses = lambda one: "no grade" if refused and one["resourceType"] == "Observation" else ""
    server.fails = lambda one: full(oak, room) if one.method == "POST" else None  # type: ignore[func-returns-value]
    pauses: list[float] = []
    found = send(oak, pauses)
    assert (found[:3], len(pauses), len(server.posts)) == ((0, 0, 2), 3, 1)
    did = "answered with status 422: no grade" if refused else "took it"
    assert f" {did}. That could not be written down: The disk does not answer, or is full." in found.halted
    for _ in range(3):
        found = send(oak)
        assert (found[:3], len(server.posts)) == ((0, 0, 2), 1), "nothing leaves that cannot be written down"
        assert found.halted == "The disk does not answer, or is full. Check it, then try again."
    room(None)
    server.refuses, server.fails = lambda _: "", lambda _: None
    assert send(oak)[:3] == (2, 0, 0)
    assert (len(server.of("Encounter")), len(server.of("Observation"))) == (2, 6)
    with oak.store.reading() as db:
        assert len(disclosures.of_patient(db, 1)) == 1
    assert SendingDesk(oak).reconcile().lines == ()


def test_a_disk_that_has_room_again_soon_costs_no_second_sending(
    oak: Clinic, server: FhirServer, room: Callable[[int | None], None]
) -> None:
    there = choose(oak, server.base)
    sign(oak, add(oak))
    server.fails = lambda one: full(oak, room) if one.method == "POST" else None  # type: ignore[func-returns-value]
    with closing(Wire(there, "")) as wire:
        found = Sender(oak, there, wire, Pace(lambda _: room(None))).run()
    assert (found.accepted, found.waits, len(server.posts)) == (1, 0, 1)


def test_one_visit_that_breaks_the_server_holds_back_no_other_patient(
    oak: Clinic, server: FhirServer
) -> None:
    for name in ("Ann", "Ben", "Cy"):
        sign(oak, add(oak, name))
    choose(oak, server.base)
    breaks = lambda one: "Ann" in str(one.body)  # noqa: E731
    server.fails = lambda one: Fault(status=500) if one.method == "POST" and breaks(one) else None
    assert send(oak)[:3] == (2, 0, 1)


def test_a_token_that_does_not_hold_refuses_no_visit(oak: Clinic, server: FhirServer) -> None:
    server.token = "right"
    choose(oak, server.base, "wrong")
    for name in ("Ann", "Ben"):
        sign(oak, add(oak, name))
    found = send(oak)
    assert found[:3] == (0, 0, 2)
    assert "does not let this clinic in" in found.halted
    choose(oak, server.base, "right")
    assert send(oak).accepted == 2


def test_a_server_that_refuses_everything_is_left_alone_before_all_is_refused(
    oak: Clinic, server: FhirServer
) -> None:
    for number in range(12):
        sign(oak, add(oak, f"Patient {number}"))
    choose(oak, server.base)
    server.fails = lambda one: Fault(status=403) if one.method == "POST" else None
    found = send(oak)
    assert found[:3] == (0, 10, 2)
    assert "refused 10 things in a row, and took nothing" in found.halted


def test_a_redirection_is_not_followed(oak: Clinic, server: FhirServer) -> None:
    choose(oak, server.base, "secret")
    sign(oak, add(oak))
    with served() as other:
        server.fails = first(Fault(status=307, headers={"Location": f"{other.base}/"}), 9)
        assert "sends mmt elsewhere" in send(oak).halted
        assert other.asked == []


def test_a_note_and_a_correction_go_out_and_what_did_not_change_does_not(
    oak: Clinic, server: FhirServer
) -> None:
    choose(oak, server.base)
    visit = sign(oak, add(oak))
    send(oak)
    with oak.store.writing(Act.ADDED_NOTE) as db:
        visits.add(db, visit, Addendum(text="Telephoned", by="Dr Oak", at=NOW))
    assert send(oak).accepted == 1
    assert len(server.of("DocumentReference")) == 1
    who = oak.history(1).patient
    asked = len(server.posts)
    for name in ("Ann Other", "Ann Example"):
        with oak.store.writing(Act.CHANGED_PATIENT) as db:
            patients.change(db, replace(who, name=name))
        if name == "Ann Other":
            assert send(oak).accepted == 1
            assert server.of("Patient")[0]["name"] == [{"text": "Ann Other"}]
            asked = len(server.posts)
    assert send(oak).accepted == 1
    assert len(server.posts) == asked + 1
    with oak.store.writing(Act.CHANGED_PATIENT) as db:
        patients.change(db, who)
    assert send(oak).accepted == 1
    assert len(server.posts) == asked + 1, "the same as is there"


def test_what_was_refused_in_part_is_sent_anew_though_it_is_again_as_it_was_accepted(
    oak: Clinic, server: FhirServer
) -> None:
    server.most = 4
    choose(oak, server.base, most=4)
    for name in ("Ann", "Anne"):
        sign(oak, add(oak, name), seen=6)
    assert send(oak).accepted == 2
    subjects = {one["id"]: one["subject"] for one in server.of("Encounter")}
    server.refuses = lambda one: "no" if one["resourceType"] == "Provenance" else ""
    with oak.store.writing(Act.JOINED) as db:
        joins.join(db, 2, 1, 2, "Twice", "Dr Oak", NOW)
    assert send(oak).refused == 1
    server.refuses = lambda _: ""
    with oak.store.writing(Act.PARTED) as db:
        joins.part(db, 1, "Two people", "Dr Oak", NOW)
    send(oak)
    assert {one["id"]: one["subject"] for one in server.of("Encounter")} == subjects
    assert SendingDesk(oak).reconcile().lines == ()


def test_records_that_were_joined_are_one_there_too(oak: Clinic, server: FhirServer) -> None:
    choose(oak, server.base)
    for name, day in (("Ann", 2), ("Anne", 5)):
        sign(oak, add(oak, name), day)
    send(oak)
    with oak.store.writing(Act.JOINED) as db:
        joins.join(db, 2, 1, 2, "Twice", "Dr Oak", NOW)
    assert send(oak).accepted == 4
    stays, gone = server.of("Patient")
    assert gone["active"] is False
    assert gone["link"][0]["other"]["reference"] == f"Patient/{stays['id']}"
    assert {one["subject"]["reference"] for one in server.of("Encounter")} == {f"Patient/{stays['id']}"}


def test_a_restricted_record_and_one_with_an_open_blind_visit_stay_here(
    oak: Clinic, server: FhirServer
) -> None:
    for name in ("Ann", "Ben", "Cy"):
        sign(oak, add(oak, name))
    choose(oak, server.base)
    with oak.store.writing(Act.RESTRICTED) as db:
        restrictions.restrict(db, 1, "Asked for", "Dr Oak", NOW, restricted=True)
        begun = replace(visits.get(db, 2), id=0, blind=True, examiner="Dr Second", signature=None)
        visits.begin(db, 2, begun, oak.protocol, NOW)
    found = send(oak)
    assert found.accepted == 1
    assert [one["name"][0]["text"] for one in server.of("Patient")] == ["Cy"]
    assert len(found.stays) == 2
    assert "is restricted since" in found.stays[0]
    assert "blind visit" in found.stays[1]
    assert SendingDesk(oak).standing == (1, 0, 1)
    with oak.store.writing(Act.LIFTED) as db:
        restrictions.restrict(db, 1, "Over", "Dr Oak", NOW, restricted=False)
    assert send(oak).accepted == 1


def test_a_record_that_is_restricted_while_it_goes_out_goes_no_further(
    oak: Clinic, server: FhirServer
) -> None:
    patient = add(oak)
    for day in (2, 5):
        sign(oak, patient, day)
    choose(oak, server.base)

    def restricts(one: Asked) -> None:
        if one.method == "POST" and len(server.posts) == 1:
            with closing(Clinic.open(oak.places)) as other, other.store.writing(Act.RESTRICTED) as db:
                restrictions.restrict(db, patient, "Asked for", "Dr Oak", NOW, restricted=True)

    server.fails = restricts
    assert send(oak).accepted == 1
    assert days(server) == ["2026-03-02"]


def test_a_visit_that_is_not_as_it_was_signed_stays_here(oak: Clinic, server: FhirServer) -> None:
    visit = sign(oak, add(oak))
    choose(oak, server.base)
    with oak.store.writing(Act.OBSERVED) as db:
        db.conn.execute("drop trigger observations_insert_signed")
        visits.put(db, visits.get(db, visit), Observation(test="EHL", side="right", grade="1"), NOW)
    found = send(oak)
    assert found.accepted == 0
    assert found.stays == ("record 1, visit of 2026-03-02 is not as it was signed, and stays here: "
                           "`mmt verify` names it.",)  # fmt: skip
    assert server.posts == []


def test_each_visit_that_leaves_is_kept_as_given_out_once_though_it_is_tried_often(
    oak: Clinic, server: FhirServer
) -> None:
    choose(oak, server.base)
    sign(oak, add(oak))
    server.fails = lambda one: Fault(status=500) if one.method == "POST" else None
    send(oak)
    server.fails = lambda _: None
    send(oak)
    with oak.store.reading() as db:
        (given,) = disclosures.of_patient(db, 1)
        acts = [row[0] for row in db.conn.execute("select act from acts")]
    assert (given.what, given.to) == ("The visit of 2026-03-02 as FHIR", server.base[7:].partition("/")[0])
    assert [one for one in acts if "handed" in one] == [f"handed over to the server: {given.to}"]


def test_nothing_of_the_records_is_locked_while_the_server_is_waited_for(
    oak: Clinic, server: FhirServer
) -> None:
    choose(oak, server.base)
    sign(oak, add(oak))
    asked, go, secrets = Event(), Event(), oak.store.secrets
    done: list[int] = []

    def waits(one: Asked) -> None:
        if one.method == "POST":
            asked.set()
            go.wait(5)

    def run() -> None:
        beside = oak.beside(secrets)
        done.append(send(beside).accepted)  # type: ignore[arg-type]
        beside.store.close()

    server.fails = waits
    thread = Thread(target=run)
    thread.start()
    assert asked.wait(5)
    began = time.monotonic()
    add(oak, "While it is sent")
    assert time.monotonic() - began < 0.5
    go.set()
    thread.join()
    assert done == [1]


def test_a_record_is_erased_though_a_run_hangs_at_the_server(oak: Clinic, server: FhirServer) -> None:
    choose(oak, server.base)
    sign(oak, add(oak))
    asked, go = Event(), Event()

    def waits(one: Asked) -> None:
        if one.method == "POST":
            asked.set()
            go.wait(20)

    server.fails = waits
    courier = SendingDesk(oak).courier(lambda: True, lambda: None)
    courier.go()
    assert asked.wait(5)
    oak.today = lambda: datetime.date(2046, 3, 3)
    oak.rights(1).erase()
    assert not courier.busy
    go.set()
    assert SendingDesk(oak).standing == (0, 0, 0)


def test_only_one_program_sends_at_a_time(oak: Clinic, server: FhirServer) -> None:
    choose(oak, server.base)
    with alone(oak.places.sending, ""), pytest.raises(ClinicError, match="sending already"):
        SendingDesk(oak).send()
    SendingDesk(oak).send()


def test_the_token_is_nowhere_to_be_read(oak: Clinic, server: FhirServer) -> None:
    server.token = "s3cret-t0ken"
    choose(oak, server.base, "s3cret-t0ken")
    sign(oak, add(oak))
    server.fails = first(Fault(status=422, body=str(outcome("no")).replace("'", '"').encode()))
    send(oak)
    told = [*lines(oak), *(str(one) for one in oak.acts().all()), repr(SendingDesk(oak).server)]
    assert not [one for one in told if "s3cret" in one]


def test_words_of_a_server_are_one_line_and_bounded(oak: Clinic, server: FhirServer) -> None:
    choose(oak, server.base)
    sign(oak, add(oak))
    words = "x\x1b[2J\n" + "".join(repeat("y", 5000))
    server.refuses = lambda _: words
    send(oak)
    (told,) = [one for one in lines(oak) if "refused on" in one]
    assert "\x1b" not in told
    assert "\n" not in told
    assert len(told) < 800

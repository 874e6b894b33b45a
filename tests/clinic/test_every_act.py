"""Whatever changes what is kept, shows a patient's record or gives it away leaves an act with who did it."""

import datetime
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from loopback import served
from msgspec.structs import replace
from passphrases import ANN as ANNS
from passphrases import BEN, CHEAP, CODE, DR

from mmt.clinic import Clinic, OpenVisit
from mmt.clinic.acts.desk import ActsDesk
from mmt.clinic.backups.desk import BackupDesk
from mmt.clinic.doubles import DoublesDesk
from mmt.clinic.exchange.desk import ExchangeDesk
from mmt.clinic.exchange.patients_in import PatientsFile
from mmt.clinic.exchange.records_in import RecordsFile
from mmt.clinic.hands import HandsDesk
from mmt.clinic.keys import KeyDesk
from mmt.clinic.rights import RightsDesk
from mmt.clinic.sending.desk import SendingDesk
from mmt.clinic.sign_off import SignOffDesk
from mmt.model.errors import NotSavedError
from mmt.model.observation import Observation
from mmt.model.people import Letterhead, Patient
from mmt.model.sending import Server
from mmt.model.sign_in import NewKeys
from mmt.model.signoff import Signer
from mmt.model.visit import Visit
from mmt.paths import Places
from mmt.storage.slots import cost

DESKS = (
    *(Clinic, OpenVisit, SignOffDesk, BackupDesk, HandsDesk, DoublesDesk, ActsDesk, KeyDesk, RightsDesk),
    *(ExchangeDesk, RecordsFile, PatientsFile, SendingDesk),
)

QUIET = {
    "Clinic": "exists settings letterhead practitioners here exposed trouble problems content protocol"
    " only_signed read_content_anew read_practitioners names not_as seed keys rules_of fold_in backups"
    " doubles hands sending beside"
    " sign_off exchange write_down rights retention is_in stay_in close_record"  # no patient's record
    " unwiped not_as_kept finish_erasing"  # where an erasure was cut off, and then it does
    " search drafts todays open_elsewhere"  # names alone, to choose from
    " history read outcome know printed"  # what `look_at`, `view` and `outcomes` show
    " kept fixed unjoinable unpartable may_look_again not_blind addressed",  # whether something may be done
    "OpenVisit": "visit review watch clock doubt refusal overtaken leave hold move"  # of a visit that is open
    " documents record usual to_print made pictures blanks",
    "SignOffDesk": "fault standing tally who only_signed last changes refused",
    "BackupDesk": "folder offered ready told busy give_up close write_down",
    "HandsDesk": "more found lines",
    "DoublesDesk": "found",
    "ActsDesk": "persons page all sent",
    "RightsDesk": "restriction disclosures given_out restricted kept_until retained not_erasable file",
    "ExchangeDesk": "file",
    "RecordsFile": "look asks order",
    "PatientsFile": "look asks",
    "SendingDesk": "server chosen standing told lines courier reconcile fetched fetching",
    "KeyDesk": "users without prove refuse_weak new_code refuse_other_code",
}
"""What leaves no act by itself."""

ANN = Patient(name="Ann Low", birth_date=datetime.date(1980, 2, 3))


NINE = "nine old river stones"


class Session:
    """A clinic at work."""

    def __init__(self, places: Places, drive: Path) -> None:
        self.places, self.drive = places, drive
        self.clinic = Clinic.create(places, Letterhead(name="Example"), "Dr Example")
        self.visit: OpenVisit
        self.server = ""
        self.file: Path

    def begin(self, patient: int = 1) -> None:
        self.visit = self.clinic.begin(patient, "Dr Example", "Kendall-12", "full", sure=True)

    def leave(self) -> int:
        self.visit.leave()
        return self.visit.visit.id

    def signer(self, do: Callable[[SignOffDesk], object]) -> None:
        do(self.clinic.sign_off())

    def backups(self) -> BackupDesk:
        return self.clinic.backups()

    def write(self) -> None:
        self.file = self.clinic.exchange().write("json", self.drive, patient=2).path

    def take(self) -> None:
        self.clinic.rights(2).erase()
        self.clinic.exchange().file(self.file).take()

    def take_list(self) -> None:
        self.file.write_text("name,born\nCy Listed,1950-01-01\n")
        file = self.clinic.exchange().file(self.file)
        file.look()
        file.take()

    def sending(self) -> SendingDesk:
        return self.clinic.sending()

    def seen(self) -> Visit:
        seen = Observation(test="TA", side="right", grade="4")
        return replace(self.visit.visit, observations=(seen,), story={"nprs_leg": 3})


BY = Signer(name="Dr Example", licence="1")
SCRIPT: tuple[tuple[str, Callable[[Session], object]], ...] = (
    ("Clinic.add_practitioner", lambda s: s.clinic.add_practitioner("Dr Second")),
    (
        "Clinic.change_letterhead",
        lambda s: s.clinic.change_letterhead(Letterhead(name="Other"), was=s.clinic.letterhead),
    ),
    ("Clinic.add_patient", lambda s: s.clinic.add_patient(ANN)),
    (
        "Clinic.change_patient",
        lambda s: s.clinic.change_patient(
            replace(ANN, id=1, name="Ann High"), was=s.clinic.history(1).patient
        ),
    ),
    ("Clinic.look_at", lambda s: s.clinic.look_at(1)),
    ("Clinic.begin", lambda s: s.begin()),
    ("OpenVisit.keep", lambda s: s.visit.keep(Observation(test="TA", side="left", grade="4"))),
    ("OpenVisit.withdraw", lambda s: s.visit.withdraw("TA", "left")),
    ("OpenVisit.answer", lambda s: s.visit.answer("story", "nprs_leg", 5)),
    ("OpenVisit.take_in", lambda s: s.visit.take_in(s.seen())),
    ("OpenVisit.decide", lambda s: s.visit.decide("weakness:TA:right", "accepted")),
    ("OpenVisit.accept", lambda s: s.visit.accept(["weakness:TA:left"])),
    ("OpenVisit.prescribe", lambda s: s.visit.prescribe(())),
    ("OpenVisit.act", lambda s: s.visit.act("Told")),
    ("OpenVisit.write", lambda s: s.visit.write(note="It went well")),
    ("Clinic.view", lambda s: s.clinic.view(s.leave())),
    (
        "Clinic.change_examiner",
        lambda s: s.clinic.change_examiner(1, s.leave(), "Dr Second"),
    ),
    ("Clinic.add_patient", lambda s: s.clinic.add_patient(replace(ANN, name="Bo"), sure=True)),
    ("Clinic.move", lambda s: s.clinic.move(1, s.leave(), 2, "Wrong patient", "Dr Example")),
    ("Clinic.discard", lambda s: s.clinic.discard(2, s.leave(), "By mistake", "Dr Example")),
    ("Clinic.join", lambda s: s.clinic.join(1, 2, "Twice", "Dr Example", sure=True)),
    ("Clinic.part", lambda s: s.clinic.part(1, "Two people", "Dr Example")),
    ("DoublesDesk.tell", lambda s: s.clinic.doubles().tell(1, 2, "Dr Example", apart=True)),
    ("Clinic.begin", lambda s: s.begin()),
    ("OpenVisit.answer", lambda s: s.visit.answer("safety", "saddle-numbness", True)),
    ("OpenVisit.go_on", lambda s: s.visit.go_on("Looked at in hospital", "Dr Example")),
    ("OpenVisit.act", lambda s: s.visit.act("Sent to hospital")),
    ("OpenVisit.paper", lambda s: s.visit.paper("visit-note")),
    ("OpenVisit.printed", lambda s: s.visit.printed("visit-note")),
    ("OpenVisit.as_text", lambda s: s.visit.as_text("visit-note")),
    ("OpenVisit.sign", lambda s: s.visit.sign("Dr Example")),
    ("OpenVisit.add", lambda s: s.visit.add("Telephoned", "Dr Example")),
    ("SendingDesk.choose", lambda s: s.sending().choose(Server(base=s.server))),
    ("SendingDesk.again", lambda s: s.sending().again()),
    ("SendingDesk.send", lambda s: s.sending().send()),
    ("SendingDesk.fetch", lambda s: s.sending().fetch(1)),
    ("SendingDesk.stop", lambda s: s.sending().stop()),
    ("Clinic.outcomes", lambda s: list(s.clinic.outcomes())),
    ("Clinic.acts", lambda s: s.clinic.acts()),
    (
        "SignOffDesk.decide",
        lambda s: s.signer(lambda desk: desk.decide(desk.items[0], "signed", BY)),
    ),
    ("SignOffDesk.withdraw", lambda s: s.signer(lambda desk: desk.withdraw(desk.items[0].id))),
    ("SignOffDesk.print_only_signed", lambda s: s.signer(lambda desk: desk.print_only_signed(only=True))),
    ("HandsDesk.judge", lambda s: s.clinic.hands().judge()),
    ("Clinic.judge_by", lambda s: s.clinic.judge_by(())),
    (
        "Clinic.change_settings",
        lambda s: s.clinic.change_settings(replace(s.clinic.settings, name_in_files=False)),
    ),
    ("Clinic.note", lambda s: s.clinic.note("tried")),
    ("RightsDesk.restrict", lambda s: s.clinic.rights(1).restrict("Asked for it", "Dr Example")),
    ("Clinic.let_in", lambda s: s.clinic.let_in(1, "A letter", "Dr Example")),
    ("RightsDesk.lift", lambda s: s.clinic.rights(1).lift("Asked for it", "Dr Example")),
    ("RightsDesk.copy", lambda s: s.clinic.rights(1).copy("The patient")),
    ("ExchangeDesk.write", lambda s: s.write()),
    ("RecordsFile.take", lambda s: s.take()),
    ("PatientsFile.take", lambda s: s.take_list()),
    ("RightsDesk.erase", lambda s: s.clinic.rights(3).erase()),
    ("BackupDesk.make", lambda s: s.backups().make(s.drive)),
    ("BackupDesk.choose", lambda s: s.backups().choose(str(s.drive))),
    ("BackupDesk.make_if_due", lambda s: (desk := s.backups(), desk.make_if_due(), desk.close())),
    ("KeyDesk.turn_on", lambda s: s.clinic.keys().turn_on(DR, NewKeys(passphrase=ANNS, code=CODE))),
    ("KeyDesk.add", lambda s: s.clinic.keys().add("Ben Second", BEN, ANNS)),
    ("KeyDesk.change", lambda s: s.clinic.keys().change(ANNS, NINE)),
    ("KeyDesk.keep_code", lambda s: s.clinic.keys().keep_code(CODE, CODE, NINE)),
    ("Clinic.lock", lambda s: (s.clinic.lock(), s.clinic.unlock(NINE))),
    ("Clinic.unlock", lambda s: (s.clinic.lock(), s.clinic.unlock(NINE))),
    ("Clinic.enter", lambda s: (s.clinic.lock(), s.clinic.unlock(NINE))),
    ("KeyDesk.remove", lambda s: s.clinic.keys().remove("Ben Second", NINE)),
    ("KeyDesk.turn_off", lambda s: s.clinic.keys().turn_off(NINE)),
)
"""Each of the others once, in an order in which it may be done."""

AROUND = {"Clinic.create", "Clinic.open", "Clinic.close"}


def acts(clinic: Clinic) -> list[tuple[str, str]]:
    """Each act with who did it, oldest first."""
    with clinic.store.reading() as db:
        return db.conn.execute("select act, actor from acts order by seq").fetchall()


@pytest.fixture
def session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Session]:
    monkeypatch.setattr(cost, "STANDARD", CHEAP)
    (tmp_path / "drive").mkdir()
    with served() as server:
        made = Session(Places(tmp_path / "clinic"), tmp_path / "drive")
        made.server = server.base
        yield made


def test_each_deed_leaves_an_act_with_who_did_it(session: Session) -> None:
    silent = []
    for name, do in SCRIPT:
        before = len(acts(session.clinic))
        do(session)
        fresh = acts(session.clinic)[before:]
        assert all(actor for _, actor in fresh)
        if not fresh:
            silent.append(name)
        with session.clinic.store.reading() as db:
            known = [number for (number,) in db.conn.execute("select id from patients")]
        assert not [one for one in known if session.clinic.not_as_kept(one)], f"{name} is no other program's"
    assert silent == []


def test_the_records_tell_who_opened_and_closed_them(session: Session) -> None:
    assert acts(session.clinic)[0][0] == "clinic set up"
    session.clinic.close()
    again = Clinic.open(session.places)
    assert [act for act, _ in acts(again)[-2:]] == ["records closed", "records opened"]
    again.close()


def test_of_each_public_name_is_said_whether_it_leaves_an_act() -> None:
    named = {f"{desk}.{name}" for desk, names in QUIET.items() for name in names.split()}
    named |= AROUND | {name for name, _ in SCRIPT}
    public = {
        f"{desk.__name__}.{name}" for desk in DESKS for name in dir(desk) if not name.startswith(("_", "mro"))
    }
    assert sorted(public - named) == [], "let it leave an act and stand in SCRIPT, or name it in QUIET"
    attributes = {"Clinic.settings", "Clinic.letterhead", "Clinic.practitioners"}
    assert sorted(named - public - attributes) == [], "there is no such name any more"


def test_where_an_act_cannot_be_kept_the_work_goes_on(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    session.clinic.add_patient(ANN)
    session.begin()
    full = session.clinic.store.log

    def refused(*_: object, **__: object) -> None:
        with session.clinic.store.reading() as db:
            db.conn.execute("pragma query_only = on")
        try:
            full("tried")
        finally:
            with session.clinic.store.reading() as db:
                db.conn.execute("pragma query_only = off")

    monkeypatch.setattr(session.clinic.store, "log", refused)
    assert session.clinic.look_at(1).patient.name == "Ann Low"
    session.visit.keep(Observation(test="TA", side="left", grade="4"))
    assert session.clinic.history(1).visits[0].observations[0].grade == "4"


def test_a_screen_is_shown_before_the_act_waits_for_the_disk(session: Session) -> None:
    session.clinic.add_patient(ANN)
    waiting: list[Callable[[], object]] = []
    session.clinic.after_showing = waiting.append
    before = acts(session.clinic)
    session.clinic.look_at(1)
    assert acts(session.clinic) == before
    waiting.pop()()
    assert acts(session.clinic)[-1][0] == "patient's page opened"
    session.clinic.look_at(1)  # and mmt is left at once
    session.clinic.close()
    again = Clinic.open(session.places)
    assert "patient's page opened" in {act for act, _ in acts(again)[len(before) + 1 :]}
    again.close()


def test_what_could_not_be_kept_is_kept_later_with_its_own_moment(session: Session) -> None:
    session.clinic.add_patient(ANN)
    full, moment = session.clinic.store.log, session.clinic.now()
    session.clinic.store.clock = lambda: moment

    def refused(*_: object, **__: object) -> None:
        raise NotSavedError("The disk is full.")

    session.clinic.store.log = refused  # type: ignore[method-assign]
    session.clinic.look_at(1)
    session.clinic.store.log = full  # type: ignore[method-assign]
    session.clinic.store.clock = lambda: moment + datetime.timedelta(hours=1)
    session.clinic.note("tried")
    with session.clinic.store.reading() as db:
        kept = db.conn.execute("select act, at from acts order by seq desc limit 2").fetchall()
    assert [act for act, _ in kept] == ["tried", "patient's page opened"]
    assert kept[1][1] == moment.isoformat()

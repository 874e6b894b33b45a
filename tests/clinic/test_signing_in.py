"""The records open for who shows a passphrase, and say who came; failing costs time, not the records."""

import datetime
import gc
import lzma
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from passphrases import ANN, AS_BEN, AS_DR, BEN, CHEAP, CODE, DR, LETTERHEAD, acts, entered

from mmt.clinic import Clinic, signing_in
from mmt.clinic.verifying import verify
from mmt.model.errors import ClinicError, NotSavedError, RefusedError, SignInError
from mmt.model.observation import Observation
from mmt.model.people import Patient
from mmt.model.sign_in import NewKeys, SignIn
from mmt.paths import Places
from mmt.storage.driver import dbapi2
from mmt.storage.keyfile import Secrets
from mmt.storage.ledger import head
from mmt.storage.mark import write_fresh
from mmt.storage.signing import false_signatures
from mmt.storage.slots import cost

NOW = datetime.datetime(2026, 3, 2, 9, 30, tzinfo=datetime.UTC)


@pytest.fixture(autouse=True, scope="module")
def _cheap() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cost, "STANDARD", CHEAP)
        yield


@pytest.fixture(scope="module")
def shut(_cheap: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a clinic with two practitioners, each with a passphrase, to be copied."""
    folder = tmp_path_factory.mktemp("shut") / "clinic"
    keys = NewKeys(passphrase=ANN, code=CODE)
    clinic = Clinic.create(Places(folder), LETTERHEAD, DR, keys)
    clinic.keys().add("Ben Second", BEN, ANN)
    clinic.close()
    return folder


@pytest.fixture
def places(shut: Path, tmp_path: Path) -> Places:
    return Places(shutil.copytree(shut, tmp_path / "clinic"))


@pytest.fixture
def clinic(places: Places) -> Iterator[Clinic]:
    clinic = entered(places)
    yield clinic
    clinic.close()


def patient(clinic: Clinic) -> Patient:
    return clinic.add_patient(Patient(name="Ann Example", birth_date=datetime.date(1980, 5, 17)))


def test_without_a_passphrase_nothing_opens_and_who_may_is_told(places: Places) -> None:
    assert signing_in.who_may(places) == (DR, "Ben Second")
    for sign_in in (None, SignIn(who="", passphrase=ANN)):
        with pytest.raises(SignInError, match="Who has one: Dr Example, Ben Second"):
            Clinic.open(places, sign_in)


def test_who_signed_in_is_who_acts(places: Places) -> None:
    for sign_in in (AS_DR, AS_BEN):
        clinic = entered(places, sign_in)
        patient(clinic) if sign_in == AS_DR else None
        assert clinic.names == (sign_in.who,)
        clinic.close()
    clinic = entered(places)
    told = acts(clinic)
    clinic.close()
    assert (DR, "patient added") in told
    assert [who for who, act in told if act == "signed in"] == [DR, DR, "Ben Second", DR]


def test_a_clinic_without_passphrases_asks_nobody(tmp_path: Path) -> None:
    places = Places(tmp_path / "open")
    Clinic.create(places, LETTERHEAD, DR).close()
    clinic = Clinic.open(places)
    assert (signing_in.who_may(places), clinic.signed_in, clinic.names) == ((), "", (DR,))
    with pytest.raises(RefusedError, match="open without a passphrase"):
        clinic.keys().add("Ben Second", BEN, ANN)
    clinic.close()


def failed(places: Places, moment: datetime.datetime, passphrase: str = "no") -> str:
    with pytest.raises(SignInError) as caught:
        entered(places, SignIn(who=DR, passphrase=passphrase), now=lambda: moment)
    return str(caught.value)


def test_failed_tries_wait_longer_and_longer_also_after_a_restart(places: Places) -> None:
    for _ in range(2):
        assert failed(places, NOW).endswith("capitals and spaces count.")
    assert failed(places, NOW).endswith("3 tries failed. The next one can be made in 2 seconds.")
    later = NOW + datetime.timedelta(seconds=1.5)
    assert failed(places, later, ANN) == "3 tries failed. The next one can be made in 1 second."
    for days in (1, 2):
        back = later - datetime.timedelta(days=days)
        assert failed(places, back, ANN) == "3 tries failed. The next one can be made in 2 seconds."
    clinic = entered(places, now=lambda: back + datetime.timedelta(seconds=2))
    assert clinic.told == ("Before you signed in, a passphrase was tried in vain 3 times.",)
    assert [act for _, act in acts(clinic)][-4:] == [*["sign-in failed"] * 3, "signed in"]
    clinic.close()
    clinic = entered(places, now=lambda: NOW)
    assert clinic.told == ()
    clinic.close()


def test_to_look_into_the_records_forgets_no_failed_try(places: Places) -> None:
    failed(places, signing_in.utc_now())
    signing_in.look_into(places, lambda _: AS_DR)
    clinic = entered(places)
    assert clinic.told == ("Before you signed in, a passphrase was tried in vain 1 time.",)
    clinic.close()


def test_records_without_a_chain_are_not_taken_over_where_passphrases_open(places: Places) -> None:
    dump = lzma.decompress((Path(__file__).with_name("old") / "0.1.0.sql.xz").read_bytes()).decode()
    clinic = entered(places)
    pragma = clinic.store.secrets.pragma
    clinic.close()
    for path in (places.database, places.database.with_name("clinic.mark")):
        path.unlink()
    older = dbapi2.connect(places.database, isolation_level=None)
    older.execute("pragma cipher_log_level = NONE")
    older.execute(pragma)
    older.executescript(dump)
    older.close()
    before = places.database.read_bytes()
    with pytest.raises(
        ClinicError, match="is older than the passphrases that open it: other records were put"
    ):
        entered(places)
    assert places.database.read_bytes() == before


def test_a_damaged_key_file_is_no_failed_try(places: Places) -> None:
    whole = places.key.read_bytes()
    places.key.write_bytes(whole.replace(b"Ben", b"Bem"))
    for _ in range(5):
        with pytest.raises(ClinicError, match="is damaged, or was changed"):
            entered(places)
    places.key.write_bytes(whole)
    entered(places).close()


def test_by_the_recovery_code_a_forgotten_passphrase_is_made_anew_and_all_are_told(places: Places) -> None:
    entered(places, AS_BEN).close()
    with pytest.raises(SignInError, match="7 groups"):
        signing_in.recover(places, "0000", DR, "nine old river stones", lambda: NOW)
    with pytest.raises(ClinicError, match="among the first that are guessed"):
        signing_in.recover(places, CODE, DR, "passwordpassword", lambda: NOW)
    with pytest.raises(ClinicError, match="Cleo has no passphrase here"):
        signing_in.recover(places, CODE, "Cleo", "nine old river stones", lambda: NOW)
    signing_in.recover(places, CODE.lower(), DR, "nine old river stones", lambda: NOW)
    with pytest.raises(SignInError):
        entered(places)
    for sign_in in (SignIn(who=DR, passphrase="nine old river stones"), AS_BEN):
        clinic = entered(places, sign_in)
        assert clinic.told[0].startswith("Dr Example opened the records with the recovery code on 2026-03-02")
        clinic.close()
        clinic = entered(places, sign_in)
        assert clinic.told == ()
        clinic.close()


def test_a_signature_made_before_a_forgotten_passphrase_still_holds(clinic: Clinic, places: Places) -> None:
    visit = clinic.begin(patient(clinic).id, DR)
    visit.sign(DR, ANN)
    clinic.close()
    signing_in.recover(places, CODE, DR, "nine old river stones", lambda: NOW)
    again = entered(places, SignIn(who=DR, passphrase="nine old river stones"))
    again.begin(visit.history.patient.id, DR).sign(DR, "nine old river stones")
    with again.store.reading() as db:
        assert false_signatures(db) == []
        assert db.conn.execute("select count(*) from signatures where ed25519 <> ''").fetchone() == (2,)
    again.close()


def test_signing_asks_for_the_passphrase_again(clinic: Clinic, places: Places) -> None:
    visit = clinic.begin(patient(clinic).id, DR)
    for typed in ("", BEN):
        with pytest.raises(SignInError, match="does not open the records as Dr Example"):
            visit.sign(DR, typed)
    assert not visit.visit.signed
    visit.sign(DR, ANN)
    assert visit.visit.signed
    clinic.close()
    assert verify(places.root, ask=lambda _: AS_DR).breaks == ()
    assert verify(places.root, ask=lambda _: SignIn(who="", passphrase=CODE)).signed == 1
    with pytest.raises(SignInError):
        verify(places.root)


@pytest.mark.parametrize(
    "forged",
    [
        "update signatures set signed_by = 'Ben Second'",
        "update signatures set signed_at = '2026-03-03T09:30:00+00:00'",
        "update signatures set digest = 'other'",
        "update signatures set ed25519 = '00'",
        "update signatures set ed25519 = 'none'",
        "update signatures set ed25519 = ''",
        "update signatures set visit = 7",
    ],
)
def test_a_signature_that_another_made_up_is_named(forged: str, clinic: Clinic) -> None:
    """By a tool that has both keys of the clinic, but nobody's passphrase."""
    visit = clinic.begin(patient(clinic).id, DR)
    visit.sign(DR, ANN)
    with clinic.store.reading() as db:
        db.conn.execute("pragma foreign_keys = 0")
        db.conn.execute("drop trigger signatures_update_never")
        db.conn.execute("BEGIN")
        for table in ("signatures", "practitioners"):
            db.conn.execute(f"drop trigger {table}_update_told")
        db.conn.execute(forged)
        assert len(false_signatures(db)) == 1
        db.conn.execute("ROLLBACK")
        assert false_signatures(db) == []


def test_nothing_is_kept_in_another_ones_name(clinic: Clinic) -> None:
    ann = patient(clinic)
    says = "Dr Example is signed in: nothing is kept in the name of Ben Second"
    with pytest.raises(RefusedError, match=says):
        clinic.begin(ann.id, "Ben Second")
    visit = clinic.begin(ann.id, DR)
    with pytest.raises(RefusedError, match=says):
        visit.sign("Ben Second", BEN)
    with pytest.raises(RefusedError, match=says):
        clinic.discard(ann.id, visit.visit.id, "by mistake", "Ben Second")
    visit.sign(DR, ANN)
    with pytest.raises(RefusedError, match=says):
        visit.add("a note", "Ben Second")
    assert visit.add("a note", DR).by == DR


def test_a_draft_of_another_is_gone_on_with_once_it_is_ones_own(clinic: Clinic, places: Places) -> None:
    draft = clinic.begin(patient(clinic).id, DR)
    seen = Observation(test="TA", side="right", grade="4")
    clinic.close()
    clinic = entered(places, AS_BEN)
    here = clinic.view(draft.visit.id)
    with pytest.raises(RefusedError, match="Dr Example examines in this draft, and Ben Second is signed in"):
        here.keep(seen)
    assert here.refusal.sign().startswith("Dr Example examines in this draft")
    clinic.change_examiner(here.history.patient.id, draft.visit.id, "Ben Second")
    here = clinic.view(draft.visit.id)
    here.keep(seen)
    here.sign("Ben Second", BEN)
    clinic.close()


def test_locked_records_answer_nothing_and_open_again_for_the_same_person(clinic: Clinic) -> None:
    draft = clinic.begin(patient(clinic).id, DR)
    clinic.lock()
    with pytest.raises(NotSavedError, match="The records are locked"):
        draft.keep(Observation(test="TA", side="right", grade="4"))
    with pytest.raises(ClinicError, match="The records are locked"):
        clinic.search("")
    with pytest.raises(SignInError):
        clinic.unlock(BEN)
    with pytest.raises(ClinicError, match="The records are locked"):
        clinic.search("")
    clinic.unlock(ANN)
    draft.keep(Observation(test="TA", side="right", grade="4"))
    told = [act for who, act in acts(clinic) if who == DR]
    assert told[-4:] == ["locked", "sign-in failed", "unlocked", "test kept"]
    assert draft.visit.observations


def test_who_has_the_data_key_cannot_put_a_key_file_without_a_passphrase_in_its_place(places: Places) -> None:
    """With a chain key made up, and a mark of the records that is sealed with it."""
    clinic = entered(places)
    data = clinic.store.secrets.data
    with clinic.store.reading() as db:
        end = head(db)
    clinic.close()
    forged = Secrets(data, bytes(32))
    places.key.write_text(forged.lines)
    with pytest.raises(ClinicError, match="does not belong to"):
        Clinic.open(places)
    write_fresh(places.root / "clinic.mark", forged, end)
    with pytest.raises(ClinicError, match="is not sealed by the chain key of the key file"):
        Clinic.open(places)
    places.key.write_text(f"{data.hex()}\n")
    with pytest.raises(ClinicError, match=r"lacks its second line|does not belong to"):
        Clinic.open(places)


def test_keys_in_clear_are_refused_until_somebody_turned_passphrases_off(places: Places) -> None:
    """Both keys, as any one slot gives them."""
    clinic = entered(places)
    lines, slots = clinic.store.secrets.lines, places.key.read_bytes()
    clinic.close()
    places.key.write_text(lines)
    with pytest.raises(ClinicError, match=r"holds the keys in clear.*clinic\.key of the newest backup"):
        Clinic.open(places)
    assert any("holds the keys in clear" in one for one in verify(places.root).breaks)
    places.key.write_bytes(slots)
    clinic = entered(places)
    clinic.keys().turn_off(ANN)
    clinic.close()
    Clinic.open(places).close()
    assert verify(places.root).breaks == ()


def test_records_that_open_without_a_passphrase_wait_for_no_library_of_ciphers(tmp_path: Path) -> None:
    Clinic.create(Places(tmp_path / "open"), LETTERHEAD, DR).close()
    opens = "from mmt.clinic import Clinic; from mmt.paths import Places; import pathlib, sys"
    opens += "; Clinic.open(Places(pathlib.Path(sys.argv[1]))).close()"
    opens += "; print([one for one in ('argon2', 'cryptography', 'zxcvbn') if one in sys.modules])"
    command = [sys.executable, "-c", opens, str(tmp_path / "open")]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_who_went_on_in_an_emergency_is_who_is_signed_in(clinic: Clinic) -> None:
    visit = clinic.begin(patient(clinic).id, DR)
    visit.answer("safety", "saddle-numbness", True)
    with pytest.raises(RefusedError, match="nothing is kept in the name of Ben Second"):
        visit.go_on("known of", "Ben Second")
    visit.go_on("known of", DR)
    assert visit.visit.override
    assert visit.visit.override.by == DR


def test_no_key_is_held_while_the_records_are_locked(tmp_path: Path) -> None:
    keys = NewKeys(passphrase=ANN, code=CODE)
    clinic = Clinic.create(Places(tmp_path / "alone"), LETTERHEAD, DR, keys)
    kinds, ours = type(clinic.store.secrets), clinic.store.secrets.lines

    def held() -> bool:
        gc.collect()
        return any(isinstance(one, kinds) and one.lines == ours for one in gc.get_objects())

    assert held()
    clinic.lock()
    assert not held()
    clinic.unlock(ANN)
    assert held()
    clinic.close()

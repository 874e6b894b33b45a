"""Passphrases given, changed and taken away, from a clinic of 0.1.0 on; what is copied opens as before."""

import contextlib
import datetime
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from passphrases import ANN, AS_BEN, AS_DR, BEN, CHEAP, CODE, DR, LETTERHEAD, acts, entered

from mmt.clinic import Clinic, signing_in
from mmt.clinic.backups.manifest import checked
from mmt.clinic.backups.restoring import restore
from mmt.clinic.verifying import verify
from mmt.model.errors import ClinicError, NotSavedError, RefusedError, SignInError
from mmt.model.people import Patient
from mmt.model.sign_in import NewKeys, SignIn
from mmt.paths import Places
from mmt.storage import clinic_data
from mmt.storage.keyfile import read_secrets
from mmt.storage.keys import changing
from mmt.storage.rekey import opens
from mmt.storage.slots import cost
from mmt.storage.slots.file import read_slots

KEYS = NewKeys(passphrase=ANN, code=CODE)


@pytest.fixture(autouse=True, scope="module")
def _cheap() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cost, "STANDARD", CHEAP)
        yield


@pytest.fixture
def shut(clinic: Clinic) -> Clinic:
    """A clinic that was opened without a passphrase until now."""
    clinic.keys().turn_on(DR, KEYS)
    return clinic


def test_a_clinic_of_an_earlier_mmt_gets_passphrases_and_its_old_key_opens_nothing(
    clinic: Clinic, places: Places
) -> None:
    before, line = read_secrets(places.key), places.key.read_bytes().split()[0]
    clinic.add_practitioner("Ben Second")
    clinic.keys().turn_on(DR, KEYS)
    assert clinic.keys().users == (DR,)
    assert clinic.keys().without == ("Ben Second",)
    assert clinic.signed_in == DR
    clinic.close()
    assert not opens(places.database, before)
    assert not any(line in path.read_bytes() for path in places.root.rglob("*") if path.is_file())
    again = entered(places)
    assert (DR, "passphrases turned on") in acts(again)
    again.close()


@pytest.mark.parametrize(
    ("name", "keys", "says"),
    [
        ("Nobody Here", KEYS, "Nobody Here has no passphrase here"),
        (DR, NewKeys(passphrase="short", code=CODE), "Too short"),
        (DR, NewKeys(passphrase="Dr Example!!!", code=CODE), "The name of a person"),
        (DR, NewKeys(passphrase="Example Clinic", code=CODE), "The name of a person or of the clinic"),
    ],
)
def test_what_may_be_no_passphrase_is_told_and_nothing_is_changed(
    name: str, keys: NewKeys, says: str, clinic: Clinic, places: Places
) -> None:
    before = places.key.read_bytes()
    with pytest.raises(ClinicError, match=says):
        clinic.keys().turn_on(name, keys)
    assert places.key.read_bytes() == before
    assert clinic.search("") == []


def test_another_practitioner_gets_a_passphrase_of_their_own(shut: Clinic, places: Places) -> None:
    with pytest.raises(RefusedError, match="give the passphrase with the name"):
        shut.add_practitioner("Ben Second")
    shut.keys().add("Ben Second", BEN, ANN)
    with pytest.raises(RefusedError, match="has a passphrase already"):
        shut.keys().add("Ben Second", ANN, ANN)
    for name in ("", "4"):
        with pytest.raises(ClinicError, match="Type the name"):
            shut.keys().add(name, BEN, ANN)
    assert shut.practitioners == (DR, "Ben Second")
    shut.close()
    entered(places, AS_BEN).close()


def test_ones_own_passphrase_is_changed_by_the_old_one(shut: Clinic, places: Places) -> None:
    with pytest.raises(SignInError):
        shut.keys().change(BEN, "nine old river stones")
    with pytest.raises(ClinicError, match="Too short"):
        shut.keys().change(ANN, "nine")
    shut.keys().change(ANN, "nine old river stones")
    shut.close()
    with pytest.raises(SignInError):
        entered(places)
    entered(places, SignIn(who=DR, passphrase="nine old river stones")).close()


def test_who_leaves_opens_nothing_and_what_was_signed_stands(shut: Clinic, places: Places) -> None:
    desk = shut.keys()
    desk.add("Ben Second", BEN, ANN)
    noted = shut.store.secrets
    with pytest.raises(RefusedError, match="Nobody removes oneself"):
        desk.remove(DR, ANN)
    with pytest.raises(ClinicError, match="Cleo has no passphrase here"):
        desk.remove("Cleo", ANN)
    desk.remove("Ben Second", ANN)
    assert (shut.practitioners, desk.users) == ((DR,), (DR,))
    assert acts(shut)[-1] == (DR, "practitioner removed, data key changed")
    shut.close()
    assert not opens(places.database, noted)
    with pytest.raises(SignInError, match="Ben Second has no passphrase here"):
        entered(places, AS_BEN)
    again = entered(places)
    again.keys().add("Ben Second", "nine old river stones", ANN)
    assert again.practitioners == (DR, "Ben Second")
    again.close()


@pytest.mark.parametrize("at", ["settle", "remove_practitioner", "has_left"])
def test_a_removal_that_was_cut_off_is_finished_and_told_by_who_signs_in_next(
    at: str, shut: Clinic, places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    class CutError(BaseException):
        """The power is gone."""

    def cut(*_: object) -> None:
        raise CutError

    desk = shut.keys()
    desk.add("Ben Second", BEN, ANN)
    with monkeypatch.context() as patch:
        patch.setattr(clinic_data if at == "remove_practitioner" else changing, at, cut)
        with contextlib.suppress(CutError, ClinicError):
            desk.remove("Ben Second", ANN)
    shut.close()
    again = entered(places)
    assert again.practitioners == (DR,)
    said = "practitioner removed, data key changed"
    if at != "has_left":
        assert again.told[0].startswith("The removal of Ben Second had been cut off; it is finished now")
        said += ": Ben Second, begun before and finished now"
    assert [one for one in acts(again) if "removed" in one[1]] == [(DR, said)]
    assert read_slots(places.key).leaves == ""
    with pytest.raises(ClinicError, match="Ben Second has no passphrase here"):
        entered(places, AS_BEN)
    again.close()
    again = entered(places)
    assert not any("removal" in one for one in again.told)
    again.close()
    assert verify(places.root, ask=lambda _: AS_DR).breaks == ()


def test_who_finds_a_screen_that_was_left_changes_nothing_of_who_opens_the_records(
    shut: Clinic, places: Places
) -> None:
    desk, code = shut.keys(), signing_in.new_code()
    desk.add("Ben Second", BEN, ANN)
    before, known = places.key.read_bytes(), acts(shut)
    for act in (
        lambda: desk.add("Mallory", "nine old river stones", BEN),
        lambda: desk.remove("Ben Second", ""),
        lambda: desk.keep_code(code, code, "nine old river stones"),
        lambda: desk.turn_off("nine old river stones"),
    ):
        places.tries.unlink(missing_ok=True)
        with pytest.raises(SignInError, match="does not open the records as Dr Example"):
            act()
    assert (places.key.read_bytes(), acts(shut), shut.practitioners) == (before, known, (DR, "Ben Second"))


def test_while_another_window_is_open_nobody_is_removed_and_the_work_goes_on(
    shut: Clinic, places: Places
) -> None:
    shut.keys().add("Ben Second", BEN, ANN)
    other = entered(places, AS_BEN)
    with pytest.raises(ClinicError, match="open in another window"):
        shut.keys().remove("Ben Second", ANN)
    assert shut.practitioners == (DR, "Ben Second")
    assert other.search("") == shut.search("") == []
    other.close()
    shut.keys().remove("Ben Second", ANN)


def test_a_new_recovery_code_counts_once_it_was_typed_back(shut: Clinic, places: Places) -> None:
    code = signing_in.new_code()
    for typed in ("", "0000", CODE):
        with pytest.raises(ClinicError):
            shut.keys().keep_code(code, typed, ANN)
    shut.keys().keep_code(code, code.lower().replace("-", " "), ANN)
    shut.close()
    with pytest.raises(SignInError, match="another clinic's, or an older one"):
        signing_in.recover(places, CODE, DR, BEN, shut.now)
    signing_in.recover(places, code, DR, BEN, shut.now)
    entered(places, SignIn(who=DR, passphrase=BEN)).close()


def test_passphrases_are_turned_off_by_who_has_one(shut: Clinic, places: Places) -> None:
    with pytest.raises(SignInError):
        shut.keys().turn_off(BEN)
    shut.keys().turn_off(ANN)
    assert (shut.signed_in, shut.keys().users) == ("", ())
    shut.add_practitioner("Ben Second")
    shut.close()
    again = Clinic.open(places)
    assert (DR, "passphrases turned off") in acts(again)
    again.close()


def test_a_backup_opens_by_passphrase_or_code_and_by_nothing_else(
    shut: Clinic, places: Places, tmp_path: Path
) -> None:
    shut.keys().add("Ben Second", BEN, ANN)
    stick = tmp_path / "stick"
    stick.mkdir()
    made = shut.backups().make(stick).folder
    assert checked(made, shut.store.secrets)
    shut.close()
    asked: list[tuple[str, ...]] = []

    def told(sign_in: SignIn | None) -> Callable[[tuple[str, ...]], SignIn | None]:
        return lambda users: asked.append(users) or sign_in  # type: ignore[func-returns-value]

    for turn, sign_in in enumerate((AS_DR, AS_BEN, SignIn(who="", passphrase=CODE))):
        restore(made, tmp_path / f"to-{turn}", told(sign_in))
        entered(Places(tmp_path / f"to-{turn}")).close()
    assert asked == [(DR, "Ben Second")] * 3
    for sign_in in (None, SignIn(who=DR, passphrase=BEN), SignIn(who="", passphrase="0" * 27 + "1")):
        with pytest.raises(SignInError):
            restore(made, tmp_path / "to", told(sign_in))
    assert not (tmp_path / "to").exists()
    with pytest.raises(ClinicError):
        checked(made)


def test_a_backup_holds_the_key_file_of_its_records_or_none_is_made(
    shut: Clinic, places: Places, tmp_path: Path
) -> None:
    shut.keys().add("Ben Second", BEN, ANN)
    before = places.key.read_bytes()
    shut.keys().remove("Ben Second", ANN)
    after = places.key.read_bytes()
    places.key.write_bytes(before)
    with pytest.raises(ClinicError, match="is damaged, or was changed by something else"):
        shut.backups().make(tmp_path)
    places.key.write_bytes(after)
    shut.backups().make(tmp_path)


def test_a_changed_passphrase_makes_a_backup_due(shut: Clinic, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    shut.backups().choose(str(stick))
    assert shut.backups().make_if_due()
    assert shut.backups().make_if_due() is None
    shut.keys().change(ANN, "nine old river stones")
    assert shut.backups().make_if_due()


def test_key_file_and_records_of_two_clinics_are_told(shut: Clinic, places: Places, tmp_path: Path) -> None:
    other = Places(tmp_path / "other")
    Clinic.create(other, LETTERHEAD, DR, KEYS).close()
    shut.close()
    shutil.copyfile(other.key, places.key)
    with pytest.raises(ClinicError, match=r"clinic\.db|key"):
        entered(places)


def test_no_passphrase_and_no_key_is_found_as_bytes(shut: Clinic, places: Places, tmp_path: Path) -> None:
    shut.keys().add("Ben Second", BEN, ANN)
    shut.backups().make(tmp_path)
    secrets = shut.store.secrets
    canaries = [one.encode() for one in (ANN, BEN, CODE, CODE.replace("-", ""))]
    canaries += [secrets.data, secrets.chain, secrets.data.hex().encode(), secrets.chain.hex().encode()]
    shut.close()
    for path in tmp_path.rglob("*"):
        if path.is_file():
            assert not any(one in path.read_bytes() for one in canaries), path
    with pytest.raises(sqlite3.DatabaseError):
        sqlite3.connect(places.database).execute("select * from patients")


def test_who_signs_in_reads_records_that_cannot_be_written(
    shut: Clinic, places: Places, bound_by_modes: None
) -> None:
    shut.close()
    places.root.chmod(0o500)
    try:
        with pytest.raises(SignInError):
            entered(places, SignIn(who=DR, passphrase="four badgers sing low"))
        clinic = entered(places, AS_DR)
        assert clinic.trouble.startswith("The records can only be read")
        assert clinic.practitioners[0] == DR
        with pytest.raises(NotSavedError, match="can only be read"):
            clinic.add_patient(Patient(name="Bea Example", birth_date=datetime.date(1981, 5, 17)))
        clinic.close()
    finally:
        places.root.chmod(0o700)


def test_while_another_window_is_open_passphrases_are_not_turned_on_and_the_key_stays(
    clinic: Clinic, places: Places
) -> None:
    before = places.key.read_bytes()
    other = Clinic.open(places)
    with pytest.raises(ClinicError, match="open in another window"):
        clinic.keys().turn_on(DR, KEYS)
    assert places.key.read_bytes() == before
    assert clinic.search("") == other.search("") == []
    other.close()
    clinic.keys().turn_on(DR, KEYS)
    assert list(places.root.glob(".old-*")) == []


@pytest.mark.parametrize("at", ["alone", "settle", "wiping"])
def test_cut_off_while_passphrases_are_turned_on_the_records_open_and_no_clear_key_stays(
    at: str, clinic: Clinic, places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    class CutError(BaseException):
        """The power is gone."""

    def cut(*_: object) -> None:
        raise CutError

    clear = places.key.read_bytes().split()[0]
    secrets = clinic.store.secrets
    clinic.close()
    wipes = iter((changing.wipe_left, cut))

    def wipe_once(key_file: Path) -> None:
        next(wipes)(key_file)

    with monkeypatch.context() as patch:
        patch.setattr(changing, "wipe_left", wipe_once)
        if at != "wiping":
            patch.setattr(changing, at, cut)
        with pytest.raises(CutError):
            changing.turn_on(places.database, places.key, secrets, DR, KEYS)
    assert (places.root / ".old-clinic.key").exists()
    if at == "alone":
        again = Clinic.open(places)
        again.keys().turn_on(DR, KEYS)
    else:
        again = entered(places)
    again.close()
    assert not any(clear in path.read_bytes() for path in places.root.rglob("*") if path.is_file())
    assert list(places.root.glob(".old-*")) == []

"""A signed visit rewritten by who opened a slot of somebody else: with both keys of the clinic, and the chain
sealed anew, so that only the signature by the key of who signed is left to tell."""

import datetime
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from passphrases import ANN, AS_BEN, AS_DR, BEN, CHEAP, CODE, DR, LETTERHEAD, entered

from mmt.clinic import Clinic, signing_in
from mmt.clinic.verifying import verify
from mmt.model.people import Patient
from mmt.model.sign_in import NewKeys
from mmt.paths import Places
from mmt.storage.driver import Database
from mmt.storage.keys.opening import unlock_by_code
from mmt.storage.signing import false_signatures, foreign_keys, signed
from mmt.storage.slots import cost

SEED = bytes(32)
WORDS = "nine old river stones"


def _public() -> str:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.from_private_bytes(SEED).public_key().public_bytes_raw().hex()


@pytest.fixture(autouse=True, scope="module")
def _cheap() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cost, "STANDARD", CHEAP)
        yield


@pytest.fixture(scope="module")
def kept(_cheap: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a clinic with a visit that Dr Example signed."""
    folder = tmp_path_factory.mktemp("signed") / "clinic"
    clinic = Clinic.create(Places(folder), LETTERHEAD, DR, NewKeys(passphrase=ANN, code=CODE))
    clinic.keys().add("Ben Second", BEN, ANN)
    begin_and_sign(clinic, ANN)
    clinic.close()
    return folder


@pytest.fixture
def places(kept: Path, tmp_path: Path) -> Places:
    return Places(shutil.copytree(kept, tmp_path / "clinic"))


def begin_and_sign(clinic: Clinic, passphrase: str) -> None:
    if not clinic.search(""):
        clinic.add_patient(Patient(name="Ann Example", birth_date=datetime.date(1980, 5, 17)))
    visit = clinic.begin(1, DR)
    visit.sign(DR, passphrase)


def forge(places: Places, forges: Callable[[Database], None]) -> None:
    """Do it with all that the recovery code opens, through mmt's own writer: the chain fits."""
    secrets = unlock_by_code(places.database, places.key, CODE).secrets
    from mmt.storage.store import Store

    store = Store.open(places.database, places.key, secrets)
    with store.writing("test kept") as db:
        guards = db.conn.execute(
            "select name, sql from sqlite_master where type = 'trigger' and name like '%_never'"
        ).fetchall()
        for name, _ in guards:
            db.conn.execute(f"drop trigger {name}")
        forges(db)
        for _, sql in guards:
            db.conn.execute(sql)
    store.close()


def stripped(db: Database) -> None:
    db.conn.execute("update signatures set ed25519 = ''")


def by_another(db: Database) -> None:
    visit, digest, by, at = db.conn.execute(
        "select visit, digest, signed_by, signed_at from signatures"
    ).fetchone()
    made = signed(SEED, visit, digest, by, datetime.datetime.fromisoformat(at))
    db.conn.execute("update signatures set ed25519 = ?", (made,))


def by_a_second_key(db: Database) -> None:
    by_another(db)
    db.conn.execute(
        "update practitioners set public_key = public_key || ' ' || ? where name = ?", (_public(), DR)
    )


def by_a_key_in_its_place(db: Database) -> None:
    by_another(db)
    db.conn.execute("update practitioners set public_key = ? where name = ?", (_public(), DR))


@pytest.mark.parametrize("forges", [stripped, by_another, by_a_second_key, by_a_key_in_its_place])
def test_a_signature_that_is_not_by_ones_own_key_is_shown_and_named(
    forges: Callable[[Database], None], places: Places
) -> None:
    forge(places, forges)
    clinic = entered(places, AS_BEN)
    (visit,) = clinic.history(1).visits
    assert visit.altered
    assert any(DR in one and "mmt verify" in one for one in clinic.told) == ("key" in forges.__name__)
    clinic.close()
    found = "\n".join(verify(places.root, ask=lambda _: AS_DR).breaks)
    assert "is not as it was signed" in found
    assert (f"keep of {DR} are not those" in found) == ("key" in forges.__name__)


def test_a_made_up_key_is_not_vouched_for_by_signing_in(places: Places) -> None:
    def emptied(db: Database) -> None:
        db.conn.execute("update practitioners set public_key = '' where name = ?", (DR,))

    forge(places, emptied)
    for _ in range(2):
        clinic = entered(places)
        assert any("is not the one that Dr Example signs with" in one for one in clinic.told)
        clinic.close()


def test_what_was_signed_before_passphrases_were_turned_on_stands(tmp_path: Path) -> None:
    places = Places(tmp_path / "open")
    clinic = Clinic.create(places, LETTERHEAD, DR)
    begin_and_sign(clinic, "")
    clinic.keys().turn_on(DR, NewKeys(passphrase=ANN, code=CODE))
    begin_and_sign(clinic, ANN)
    assert not any(one.altered for one in clinic.history(1).visits)
    clinic.close()
    assert verify(places.root, ask=lambda _: AS_DR).breaks == ()
    forge(places, stripped)
    clinic = entered(places)
    assert [one.altered for one in clinic.history(1).visits] == [False, True]
    clinic.close()


def test_off_and_on_again_and_another_passphrase_by_the_code_leave_what_was_signed(places: Places) -> None:
    clinic = entered(places)
    clinic.keys().turn_off(ANN)
    begin_and_sign(clinic, "")
    clinic.keys().turn_on(DR, NewKeys(passphrase=ANN, code=CODE))
    begin_and_sign(clinic, ANN)
    clinic.keys().change(ANN, WORDS)
    begin_and_sign(clinic, WORDS)
    clinic.close()
    signing_in.recover(places, CODE, DR, ANN, clinic.now)
    assert verify(places.root, ask=lambda _: AS_DR).breaks == ()
    clinic = entered(places)
    begin_and_sign(clinic, ANN)
    assert not any(one.altered for one in clinic.history(1).visits)
    assert not any("key" in one for one in clinic.told)
    with clinic.store.reading() as db:
        assert (false_signatures(db), foreign_keys(db)) == ([], [])
    clinic.close()
    assert verify(places.root, ask=lambda _: AS_DR).breaks == ()

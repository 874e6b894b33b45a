"""Visits that were signed by a practitioner's own key hold in another clinic, which knows nobody of them."""

import datetime
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from made_up import patient
from read_fhir import read_visit

from mmt.clinic import Clinic
from mmt.clinic.verifying import verify
from mmt.model.people import Letterhead
from mmt.model.sign_in import NewKeys, SignIn
from mmt.paths import Places
from mmt.storage.slots import cost
from mmt.storage.slots.cost import Cost

ANN = "slow green kettle song"
CODE = "0000-0000-0000-0000-0000-0000-0000"


@pytest.fixture
def locked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Clinic]:
    """A clinic behind a passphrase, with a visit that was signed by it."""
    monkeypatch.setattr(cost, "STANDARD", Cost(passes=1, memory=32, lanes=4))
    keys = NewKeys(passphrase=ANN, code=CODE)
    clinic = Clinic.create(Places(tmp_path / "Ash"), Letterhead(name="Ash Clinic"), "Dr Ash", keys)
    visit = clinic.begin(clinic.add_patient(patient()).id, "Dr Ash", sure=True)
    visit.sign("Dr Ash", ANN)
    visit.leave()
    yield clinic
    clinic.close()


def test_it_holds_also_where_somebody_has_the_same_name(locked: Clinic, tmp_path: Path) -> None:
    """Who signs there by another key has not signed this."""
    went = locked.exchange().write("json", tmp_path).path
    keys = NewKeys(passphrase="seven loud paper boats", code=CODE)
    other = Clinic.create(Places(tmp_path / "Elm"), Letterhead(name="Elm Clinic"), "Dr Ash", keys)
    file = other.exchange().file(went)
    assert file.look().problems == ()
    assert file.take() == 1
    kept = other.history(1).visits[0]
    assert kept.signature is not None
    assert (kept.altered, kept.signature.who) == (False, "Dr Ash (Ash Clinic)")
    again = other.exchange().write("json", tmp_path / "again").path
    assert again.read_bytes() == went.read_bytes()
    other.close()
    sign_in = SignIn(who="Dr Ash", passphrase="seven loud paper boats")
    assert verify(other.places.root, ask=lambda _: sign_in).breaks == ()


def test_what_comes_home_counts_as_signed_here_by_the_key_alone(locked: Clinic, tmp_path: Path) -> None:
    went = locked.exchange().write("json", tmp_path).path
    locked.today = lambda: datetime.date(2060, 1, 1)
    locked.rights(1).erase()
    locked.exchange().file(went).take()
    kept = locked.history(2).visits[0].signature
    assert kept is not None
    assert (kept.altered, kept.who) == (False, "Dr Ash")


def test_a_copy_of_a_visit_that_is_here_is_no_second_one(locked: Clinic, tmp_path: Path) -> None:
    """Its key fits, and it would stand with a patient who was never here."""
    went = locked.exchange().write("json", tmp_path).path
    held = json.loads(went.read_text("utf-8").splitlines()[-1])
    one = held["patients"][0]
    uid = "00000000-0000-4000-8000-00000000000{}"
    one["id"], one["visits"][0]["id"], one["person"]["name"] = uid.format(1), uid.format(2), "Not Here"
    went.write_text("\n".join([*went.read_text("utf-8").splitlines()[:-1], json.dumps(held)]) + "\n", "utf-8")
    file = locked.exchange().file(went)
    file.doubtful = True
    assert (file.look().problems, file.take()) == ((), 1)
    kept = locked.history(2).visits[0].signature
    assert kept is not None
    assert kept.who == "Dr Ash (taken in from a file)"


def test_a_signature_that_was_exchanged_is_refused(locked: Clinic, elm: Clinic, tmp_path: Path) -> None:
    went = locked.exchange().write("json", tmp_path).path
    lines = went.read_text("utf-8").splitlines()
    held = json.loads(lines[-1])
    held["patients"][0]["visits"][0]["signature"]["ed25519"] = "ab" * 64
    went.write_text("\n".join([*lines[:-1], json.dumps(held)]) + "\n", "utf-8")
    (problem,) = elm.exchange().file(went).look().problems
    assert "is not as it was signed" in problem


def test_the_signature_goes_out_as_fhir_too(locked: Clinic, tmp_path: Path) -> None:
    bundle = json.loads(locked.exchange().write("fhir", tmp_path).path.read_text("utf-8"))
    with locked.store.reading() as db:
        (kept,) = db.conn.execute("select ed25519 from signatures").fetchone()
    assert len(kept) == 128
    assert read_visit(bundle).ed25519 == kept

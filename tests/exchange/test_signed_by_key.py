"""Visits that were signed by a practitioner's own key hold in another clinic, which knows nobody of them."""

import datetime
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from made_up import patient
from read_fhir import read_visit

from mmt.cli import commands
from mmt.clinic import Clinic
from mmt.clinic.verifying import verify
from mmt.model.observation import Observation
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


OTHER = "00000000-0000-4000-8000-000000000000"
COVERED = {
    "a value": lambda visit: visit["observations"][-1]["value"].update(grade="5"),
    "the note": lambda visit: visit.update(note="Something else"),
    "an answer": lambda visit: visit["answers"][0].update(value=False),
    "the day": lambda visit: visit.update(date="2020-01-01"),
    "who examined": lambda visit: visit.update(examiner="Dr Elm"),
    "who signed": lambda visit: visit["signature"].update(by="Dr Elm"),
    "when it was signed": lambda visit: visit["signature"].update(at="2020-01-01T09:00:00Z"),
    "the number": lambda visit: visit.update(number=9),
}
"""What the signature of a visit covers."""

NOT_COVERED = {
    "whose it is": lambda record: record["person"].update(name="Bo Other", birth_date="1970-01-01"),
    "the record": lambda record: record.update(id=OTHER),
    "a value that another took the place of": lambda record: record["visits"][0]["observations"][0][
        "value"
    ].update(grade="1"),
    "when a value was written": lambda record: record["visits"][0]["observations"][0].update(
        at="2020-01-01T09:00:00Z"
    ),
    "what stood on the screen": lambda record: record["visits"][0]["signature"].update(kept={"alerts": []}),
    "a dated note": lambda record: record["visits"][0].update(
        notes=[{"text": "Something else", "by": "Dr Elm", "at": "2020-01-01T09:00:00Z"}]
    ),
    "whom it was given to": lambda record: record.update(
        given_out=[{"what": "x", "by": "Dr Elm", "at": "2020-01-01T09:00:00Z"}]
    ),
    "that there was a key": lambda record: record["visits"][0]["signature"].update(ed25519="", key=""),
}
"""What docs/security.md says that it does not cover."""


@pytest.fixture
def went(locked: Clinic, tmp_path: Path) -> Path:
    """A file with a visit that was signed by a key, with all that a visit can hold."""
    visit = locked.begin(1, "Dr Ash", sure=True)
    for grade in ("4", "4+"):
        visit.keep(Observation(test="GMED", side="left", grade=grade))
    visit.answer("safety", "night-pain", value=True)
    visit.write(note="Slept badly")
    visit.sign("Dr Ash", ANN)
    visit.leave()
    return locked.exchange().write("json", tmp_path).path


def edited(went: Path, change: Callable[[Any], object]) -> Path:
    """The file with a change to its last line, in the visit that was begun last alone."""
    *lines, last = went.read_text("utf-8").splitlines()
    held = json.loads(last)
    del held["patients"][0]["visits"][0]
    change(held["patients"][0])
    went.write_text("\n".join([*lines, json.dumps(held)]) + "\n", "utf-8")
    return went


@pytest.mark.parametrize("what", COVERED)
def test_what_a_signature_covers_is_not_changed_in_a_file(what: str, went: Path, elm: Clinic) -> None:
    file = elm.exchange().file(edited(went, lambda record: COVERED[what](record["visits"][0])))
    (problem,) = file.look().problems
    assert "is not as it was signed" in problem


BY_KEY = "1 of 1 signed visit is signed by a key, which vouches for what was seen, said and decided there."
BY_NONE = "No visit in it is signed by a key: anybody could have changed the file since it was written."


@pytest.mark.parametrize("what", NOT_COVERED)
def test_what_a_signature_does_not_cover_is_said_before_the_yes(
    what: str, went: Path, elm: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = edited(went, NOT_COVERED[what])
    monkeypatch.setenv("MMT_HOME", str(elm.places.root))
    ran = CliRunner().invoke(commands, ["import", str(path)], input="no\n")
    assert (BY_NONE if what == "that there was a key" else BY_KEY) in ran.stdout
    assert "ake in files only from whom you trust.\n" in ran.stdout
    assert elm.search("") == []
    file = elm.exchange().file(path)
    assert (file.look().problems, file.take()) == ((), 1)


def test_what_a_file_vouches_for_counts_what_would_come_in(
    locked: Clinic, oak: Clinic, tmp_path: Path
) -> None:
    """Not what is here already."""
    visit = oak.begin(oak.add_patient(patient("Bo Without")).id, "Dr Oak")
    visit.sign("Dr Oak")
    visit.leave()
    oak.exchange().file(locked.exchange().write("json", tmp_path).path).take()
    went = oak.exchange().write("json", tmp_path / "both").path
    assert (oak.exchange().file(went).look().how) == ""
    clinic = Clinic.create(Places(tmp_path / "new"), Letterhead(name="New"), "Dr New")
    assert clinic.exchange().file(went).look().how.startswith("1 of 2 signed visits is signed by a key")
    clinic.close()


def test_the_signature_goes_out_as_fhir_too(locked: Clinic, tmp_path: Path) -> None:
    bundle = json.loads(locked.exchange().write("fhir", tmp_path).path.read_text("utf-8"))
    with locked.store.reading() as db:
        (kept,) = db.conn.execute("select ed25519 from signatures").fetchone()
    assert len(kept) == 128
    assert read_visit(bundle).ed25519 == kept

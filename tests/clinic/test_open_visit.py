"""What is done to a visit is in the record when the call returns, or it did not happen."""

import datetime
import os
import resource
import stat
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import msgspec
import pdf_reading
import pytest
from msgspec.structs import replace

from mmt.clinic import Clinic, OpenVisit
from mmt.model.errors import ClinicError, NotSavedError, PaperError, RefusedError
from mmt.model.observation import Observation
from mmt.model.people import Patient
from mmt.model.settings import Settings
from mmt.model.visit import Dose, Prescribed
from mmt.paths import Places

GRADE = Observation(test="TA", side="right", grade="4")
SHEET = (Prescribed(stretch="E27", dose=Dose(minutes=10, per_day=2, days_per_week=7, weeks=2)),)
DEEDS: dict[str, Callable[[OpenVisit], object]] = {
    "keep": lambda visit: visit.keep(Observation(test="EHL", side="left", grade="3+", flags=("pain",))),
    "correct": lambda visit: visit.keep(replace(GRADE, grade="2")),
    "withdraw": lambda visit: visit.withdraw("TA", "right"),
    "safety": lambda visit: visit.answer("safety", "fever", False),
    "story": lambda visit: visit.answer("story", "sitting_hours", 7),
    "precaution": lambda visit: visit.answer("precautions", "OST", True),
    "not asked": lambda visit: visit.answer("safety", "fever", None),
    "move": lambda visit: visit.move("exam:EHL:left"),
    "decide": lambda visit: visit.decide("weakness:TA:right", "accepted"),
    "accept": lambda visit: visit.accept(("weakness:TA:right", "pair:TA:right")),
    "undecide": lambda visit: visit.decide("weakness:TA:right", None),
    "prescribe": lambda visit: visit.prescribe(SHEET),
    "prescribe nothing": lambda visit: visit.prescribe(()),
    "act": lambda visit: visit.act("Sent to the hospital"),
    "note": lambda visit: visit.write(note="It's [b]odd[/b]\n<i>"),
    "next visit": lambda visit: visit.write(next_visit="2026-03-16"),
    "sign": lambda visit: visit.sign("Dr Example"),
}


@pytest.fixture
def visit(clinic: Clinic, ann: Patient) -> OpenVisit:
    opened = clinic.begin(ann.id, "Dr Example", exam="sciatica-quick")
    opened.keep(GRADE)
    return opened


@pytest.mark.parametrize("deed", DEEDS)
def test_what_was_done_is_there_after_the_next_start(deed: str, visit: OpenVisit, start: Any) -> None:
    before = visit.visit
    DEEDS[deed](visit)
    assert start().view(visit.visit.id).visit == visit.visit
    assert (visit.visit == before) == (deed in ("not asked", "undecide"))


@pytest.mark.parametrize("deed", DEEDS)
def test_what_could_not_be_kept_did_not_happen_and_can_be_tried_again(
    deed: str, visit: OpenVisit, places: Places, start: Any
) -> None:
    before, review = visit.visit, visit.review
    away = places.database.rename(places.root / "away")
    with pytest.raises(NotSavedError, match="were moved or replaced"):
        DEEDS[deed](visit)
    assert (visit.visit, visit.review) == (before, review)
    away.rename(places.database)
    assert start().history(visit.history.patient.id).visits == (before,)
    DEEDS[deed](visit)
    assert start().view(visit.visit.id).visit == visit.visit


def test_why_a_clinician_goes_on_is_there_after_the_next_start(visit: OpenVisit, start: Any) -> None:
    visit.answer("safety", "saddle-numbness", True)
    visit.go_on("Seen there already", "Dr Example")
    held = start().view(visit.visit.id).visit
    assert held.override is not None
    assert held == visit.visit


@pytest.mark.parametrize("deed", [name for name in DEEDS if name not in ("move", "sign")])
def test_a_signed_visit_takes_nothing_more(deed: str, visit: OpenVisit, start: Any) -> None:
    visit.sign("Dr Example")
    signed = visit.visit
    with pytest.raises(RefusedError, match=r"This visit is signed\. It stays as it is; add a dated"):
        DEEDS[deed](visit)
    assert visit.visit == start().view(signed.id).visit == signed


def test_a_visit_is_signed_once(visit: OpenVisit) -> None:
    visit.sign("Dr Example")
    signature = visit.visit.signature
    with pytest.raises(ClinicError, match="This visit is signed already; add a dated note instead"):
        visit.sign("Dr Other")
    assert visit.visit.signature == signature


@pytest.mark.parametrize("by", ["11", "", " .-"])
def test_only_a_name_with_letters_signs_or_goes_on(by: str, visit: OpenVisit) -> None:
    visit.answer("safety", "saddle-numbness", True)
    visit.act("Sent to the hospital")
    for deed in (visit.sign, partial(visit.go_on, "A reason")):
        with pytest.raises(ClinicError, match="is no name: sign with letters"):
            deed(by)
    assert not visit.visit.signed
    assert visit.visit.override is None


def test_looking_about_in_a_signed_visit_keeps_no_place(visit: OpenVisit, start: Any) -> None:
    visit.move("sign")
    visit.sign("Dr Example")
    visit.move("findings")
    assert visit.visit.place == start().view(visit.visit.id).visit.place == "sign"


def test_what_stood_on_the_screen_is_kept_with_the_signature(visit: OpenVisit, clinic: Clinic) -> None:
    visit.keep(Observation(test="TA", side="left", grade="2"))
    assert any(one.level == "urgent" for one in visit.review.alerts)
    visit.act("Telephoned the family doctor")
    visit.sign("Dr Example")
    with clinic.store.reading() as db:
        kept = db.conn.execute("select kept from signatures where visit = ?", (visit.visit.id,)).fetchone()[0]
    held = msgspec.json.decode(kept)
    urgent = next(one for one in held["alerts"] if one["level"] == "urgent")
    assert urgent["text"] == (
        "Tibialis anterior, left: grade 2. New or not yet acted on weakness of a key muscle."
    )
    assert urgent["because"] == [{"test": "TA", "side": "left", "grade": "2"}]
    assert "NHS Cornwall, adult low back pain: cauda equina criteria" in urgent["source"]
    assert held["findings"][0]["text"].startswith("Tibialis anterior")


def test_what_the_signer_has_not_seen_is_not_signed(visit: OpenVisit, clinic: Clinic) -> None:
    clinic.view(visit.visit.id).keep(replace(GRADE, grade="4+"))
    with pytest.raises(ClinicError, match="This visit was changed from another window"):
        visit.sign("Dr Example")
    held = clinic.view(visit.visit.id)
    assert not held.visit.signed
    held.sign("Dr Example")
    assert held.visit.seen("TA", "right")[0].grade == "4+"


def test_dated_notes_are_added_after_signing_only(visit: OpenVisit, start: Any) -> None:
    with pytest.raises(ClinicError, match="This visit is open: write in its note"):
        visit.add("Too early", "Dr Example")
    visit.sign("Dr Example")
    with pytest.raises(ClinicError, match="Type the note first"):
        visit.add("", "Dr Example")
    added = [visit.add(text, "Dr Other") for text in ("Telephoned", "Better [b]now[/b]")]
    held = start().view(visit.visit.id).visit
    assert held.addenda == visit.visit.addenda == tuple(added)
    assert [one.by for one in held.addenda] == ["Dr Other", "Dr Other"]


def test_signature_and_note_are_of_the_clinics_day_and_kept_in_world_time(
    visit: OpenVisit, clinic: Clinic, start: Any, zone: Callable[[str], None]
) -> None:
    zone("Pacific/Honolulu")
    clinic.now = lambda: datetime.datetime(2026, 3, 3, 6, 45, tzinfo=datetime.UTC)
    visit.sign("Dr Example")
    visit.add("Telephoned", "Dr Example")
    for held in (visit.visit, start().view(visit.visit.id).visit):
        assert held.signature is not None
        assert [one.at.date().isoformat() for one in (held.signature, *held.addenda)] == ["2026-03-02"] * 2
    with clinic.store.reading() as db:
        stamps = db.conn.execute("select signed_at from signatures union all select written_at from addenda")
        assert [one for (one,) in stamps] == ["2026-03-03T06:45:00+00:00"] * 2


def test_an_earlier_visit_is_seen_without_what_came_later(
    visit: OpenVisit, clinic: Clinic, ann: Patient
) -> None:
    visit.sign("Dr Example")
    clinic.today = lambda: datetime.date(2026, 3, 16)
    later = clinic.begin(ann.id, "Dr Example")
    assert [one.id for one in later.history.visits] == [visit.visit.id, later.visit.id]
    assert [one.id for one in clinic.view(visit.visit.id).history.visits] == [visit.visit.id]


def text(path: Path) -> str:
    """The words of a paper."""
    return pdf_reading.text(path.read_bytes())


def test_papers_are_numbered_never_replaced_and_the_owners_alone(visit: OpenVisit, clinic: Clinic) -> None:
    visit.write(note="Please see her")
    first = visit.paper("referral-letter")
    before = first.read_bytes()
    visit.write(note="Written between the two papers")
    second = visit.paper("referral-letter")
    assert first.name == "ann-example-1-2026-03-02-referral-letter.pdf"
    assert second.name == "ann-example-1-2026-03-02-referral-letter-2.pdf"
    assert first.read_bytes() == before
    assert "Written between" in text(second)
    assert {stat.S_IMODE(path.stat().st_mode) for path in (first, second)} == {0o600}
    assert stat.S_IMODE(clinic.places.exports.stat().st_mode) == 0o700


def test_a_paper_of_the_draft_is_none_of_the_signed_visit(visit: OpenVisit) -> None:
    visit.write(note="Please see her")
    draft = visit.paper("referral-letter")
    assert list(visit.made) == ["referral-letter"]
    os.utime(draft, (0, visit.clinic.now().timestamp() - 1))
    visit.sign("Dr Example")
    assert visit.made == {}
    assert visit.paper("referral-letter") != draft


def test_the_papers_of_a_visit_are_known_when_it_is_opened_again(visit: OpenVisit, start: Any) -> None:
    visit.write(note="Please see her")
    visit.sign("Dr Example")
    letter = visit.paper("referral-letter")
    again = start().view(visit.visit.id)
    assert again.made == {"referral-letter": (letter, datetime.date.today())}
    again.clinic.change_settings(Settings(name_in_files=False))
    card = again.paper("warning-card")
    assert card.name == f"1-{visit.visit.date}-warning-card.pdf"
    assert [one.path for one in again.made.values()] == [letter, card]
    assert [*start().view(visit.visit.id).made] == ["referral-letter", "warning-card"]
    again.clinic.change_settings(Settings())
    assert again.paper("referral-letter") == letter, "the same paper is the same file"
    assert list(again.made) == ["warning-card", "referral-letter"]


def test_two_visits_of_one_day_show_no_papers_of_each_other(visit: OpenVisit, clinic: Clinic) -> None:
    visit.paper("warning-card")
    visit.sign("Dr Example")
    second = clinic.begin(visit.history.patient.id, "Dr Example")
    assert second.made == {}
    assert list(clinic.view(second.visit.id).made) == []


def test_a_protected_paper_is_made_once_and_again_for_another_passphrase(visit: OpenVisit) -> None:
    made = [visit.paper("warning-card", passphrase=one * 10).name[-8:] for one in "aab"]
    assert made[0] == made[1] != made[2]


def no_right(exports: Path) -> None:
    exports.mkdir(mode=0o500)


def a_file_there(exports: Path) -> None:
    exports.write_text("")


def no_room(exports: Path) -> None:
    _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2000, hard))


@pytest.mark.parametrize("trouble", [no_right, a_file_there, no_room])
def test_a_paper_that_cannot_be_written_leaves_visit_and_folder_as_they_were(
    trouble: Callable[[Path], None], visit: OpenVisit, clinic: Clinic, start: Any, bound_by_modes: None
) -> None:
    before, exports = visit.visit, clinic.places.exports
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    trouble(exports)
    try:
        with pytest.raises(
            PaperError, match=r"could not be written to .*\. Check the folder and the disk, then"
        ):
            visit.paper("warning-card")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert list(exports.iterdir()) == [] if exports.is_dir() else exports.read_bytes() == b""
    assert visit.visit == start().view(before.id).visit == before
    exports.chmod(0o700)
    exports.rename(exports.with_name("aside"))
    assert "Ann Example" in text(visit.paper("warning-card"))


def test_characters_that_the_paper_lacks_are_named_before_printing(clinic: Clinic) -> None:
    known, unknown = (
        clinic.add_patient(Patient(name=name, birth_date=datetime.date(1980, 5, 17)))
        for name in ("Łukasz Żółć Ελένη Пётр", "Ann 山田")
    )
    assert clinic.begin(known.id, "Dr Example").blanks() == ""
    visit = clinic.begin(unknown.id, "Dr Example")
    assert visit.blanks() == "No font here has 山 田: papers have a line in their place, to write on."
    assert "田 李:" in visit.blanks(["Dr 李"])
    visit.write(note="नमस्ते")
    assert "न" in visit.blanks()
    nameless = clinic.add_patient(Patient(name="山田", birth_date=datetime.date(1951, 6, 18)))
    assert (
        clinic.begin(nameless.id, "Dr Example")
        .blanks()
        .startswith("No font here has the letters of the name")
    )


def test_a_clock_that_fell_behind_the_visit_is_told(clinic: Clinic, ann: Patient) -> None:
    visit = clinic.begin(ann.id, "Dr Example")
    assert visit.clock == ""
    clinic.now = lambda: datetime.datetime(2025, 12, 31, 12, tzinfo=datetime.UTC)
    assert visit.clock.startswith("This computer says that today is 2025-12-31, before the visit")
    visit.sign("Dr Example")
    assert visit.visit.signed


def test_what_was_set_aside_is_not_accepted_with_the_rest(visit: OpenVisit) -> None:
    visit.decide("weakness:TA:right", "set-aside")
    visit.accept(("weakness:TA:right", "pair:TA:right"))
    decided = {key: one.verdict for key, one in visit.visit.decisions.items()}
    assert decided == {"weakness:TA:right": "set-aside", "pair:TA:right": "accepted"}

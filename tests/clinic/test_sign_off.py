"""Signing off the content of a clinic: what is kept, what is refused, and that nothing is lost."""

from pathlib import Path

import pytest

from mmt.clinic import Clinic
from mmt.clinic.sign_off import ELSEWHERE, NO_LICENCE, NO_NAME, SignOffDesk
from mmt.model.errors import ClinicError, RefusedError
from mmt.model.people import Letterhead
from mmt.model.signoff import ReviewItem, Signer
from mmt.paths import Places

ANN = Signer(name="Dr Ann Other", licence="4711")


@pytest.fixture
def practice(tmp_path: Path) -> Clinic:
    return Clinic.create(Places(tmp_path / "clinic"), Letterhead(), "Dr Ann Other")


def item(desk: SignOffDesk, name: str) -> ReviewItem:
    return next(one for one in desk.items if one.id == name)


def test_a_decision_is_kept_beside_the_protocols_and_holds_at_the_next_start(practice: Clinic) -> None:
    desk = practice.sign_off()
    assert desk.last == Signer(name="Dr Ann Other")
    desk.decide(item(desk, "stretches:E01"), "set-aside", ANN, "Too hard for our patients.")
    desk.decide(item(desk, "stretches:E02"), "signed", ANN)
    assert "E01" in practice.protocol.stretches
    practice.read_content_anew()
    assert "E01" not in practice.protocol.stretches
    assert practice.protocol.signoffs.signed("stretches:E02")
    told = (practice.places.root / "reviews.toml").read_text("utf-8")
    assert 'note = "Too hard for our patients."' in told
    assert 'licence = "4711"' in told
    again = practice.sign_off()
    assert again.last == ANN
    assert (again.tally.signed, again.tally.set_aside) == (1, 1)
    again.withdraw("stretches:E01")
    practice.read_content_anew()
    assert "E01" in practice.protocol.stretches


def test_what_may_not_be_decided_is_refused_with_a_sentence(practice: Clinic) -> None:
    desk = practice.sign_off()
    safety, stretch = item(desk, "safety:cauda-equina"), item(desk, "stretches:E01")
    assert desk.refused(stretch, "signed", Signer(name="4711")) == NO_NAME
    assert desk.refused(stretch, "signed", Signer(name="Dr Ann Other")) == NO_LICENCE
    assert desk.refused(stretch, "changed", ANN) == "Write what must change."
    assert desk.refused(stretch, "set-aside", ANN) == "Write why it is not to be used."
    with pytest.raises(RefusedError, match="Safety content is never set aside"):
        desk.decide(safety, "set-aside", ANN, "Not needed.")
    desk.decide(safety, "changed", ANN, "Ask it in shorter words.")
    assert not practice.places.signoffs.read_text("utf-8").count('decision = "set-aside"')


def test_where_somebody_is_signed_in_nothing_is_decided_in_another_name(practice: Clinic) -> None:
    desk = practice.sign_off()
    stretch = item(desk, "stretches:E01")
    desk.decide(stretch, "signed", ANN)
    practice.signed_in = "Ben Second"
    assert desk.last == Signer(name="Ben Second"), "with no number of another one"
    with pytest.raises(RefusedError, match="Ben Second is signed in: nothing is kept in the name of Dr Ann"):
        desk.decide(stretch, "signed", ANN)
    ben = Signer(name="Ben Second", licence="1234")
    desk.decide(stretch, "signed", ben)
    assert desk.last == ben


def test_two_programs_lose_nothing_of_each_other(practice: Clinic) -> None:
    here, there = practice.sign_off(), practice.sign_off()
    there.decide(item(there, "stretches:E01"), "signed", ANN)
    here.decide(item(here, "stretches:E02"), "signed", ANN)
    assert here.standing.keys() == {"stretches:E01", "stretches:E02"}
    there.decide(item(there, "stretches:E03"), "signed", ANN)
    with pytest.raises(ClinicError, match=ELSEWHERE):
        here.decide(item(here, "stretches:E03"), "changed", ANN, "Shorter.")
    assert here.standing["stretches:E03"].signed


def test_a_file_with_a_fault_is_never_written_over(practice: Clinic) -> None:
    path = practice.places.signoffs
    path.write_text("[[reviews]]\nitem = 'stretches:E01'\n", "utf-8")
    desk = practice.sign_off()
    assert "is missing" in desk.fault
    with pytest.raises(ClinicError, match="Mend the file first"):
        desk.decide(item(desk, "stretches:E02"), "signed", ANN)
    assert path.read_text("utf-8") == "[[reviews]]\nitem = 'stretches:E01'\n"
    assert any("only what is signed off" in one for one in practice.problems)
    assert not practice.protocol.stretches


def test_a_folder_that_cannot_be_written_is_said(practice: Clinic, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    desk = practice.sign_off()
    monkeypatch.setattr("mmt.clinic.sign_off.write_signoffs", full)
    with pytest.raises(ClinicError, match=r"Nothing was kept: .*No space left on device"):
        desk.decide(item(desk, "stretches:E02"), "signed", ANN)
    assert not desk.standing


def test_a_changed_item_says_what_was_there_when_it_was_signed(practice: Clinic) -> None:
    desk = practice.sign_off()
    assert desk.changes("stretches:E29") == ()
    desk.decide(item(desk, "stretches:E29"), "signed", ANN)
    practice.places.protocols.mkdir()
    shipped = next(Path("protocols/stretches").glob("E29-*.toml")).read_text("utf-8")
    (practice.places.protocols / "own.toml").write_text(
        shipped.replace("Stand up tall.", "Stand up."), "utf-8"
    )
    practice.read_content_anew()
    desk = practice.sign_off()
    assert desk.standing["stretches:E29"].lapsed
    assert desk.changes("stretches:E29") == (("Step: 4. Stand up tall.", "Step: 4. Stand up."),)
    assert not practice.protocol.signoffs.signed("stretches:E29")


def test_only_what_is_signed_off_can_be_all_that_is_offered(practice: Clinic) -> None:
    desk = practice.sign_off()
    desk.decide(item(desk, "stretches:E27"), "signed", ANN)
    desk.print_only_signed(only=True)
    practice.read_content_anew()
    assert practice.protocol.stretches.keys() == {"E27"}
    desk.print_only_signed(only=False)
    practice.read_content_anew()
    assert len(practice.protocol.stretches) > 20


def test_what_can_be_signed_off_is_put_together_once_and_anew_with_the_files(practice: Clinic) -> None:
    before = practice.sign_off().items
    assert practice.sign_off().items is before, "each look at it would take a tenth of a second"
    practice.read_content_anew()
    assert practice.sign_off().items == before

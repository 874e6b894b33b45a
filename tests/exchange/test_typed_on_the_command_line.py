"""Each text that a command line option can put into records comes out of an export and in again."""

from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from made_up import patient

from mmt.cli import commands
from mmt.clinic import Clinic
from mmt.clinic.sending import probe
from mmt.clinic.typed import LINE
from mmt.model.errors import ClinicError
from mmt.model.papers import Wanted
from mmt.model.sending import Server
from mmt.storage import adding, disclosures, visits

KEPT_WITH_RECORDS = {("export", "to")}
KEPT_BESIDE = {("send", "base"), ("send", "certificate"), ("send", "key"), ("send", "authority")}
"""Where copies go, which no record tells."""

ASKED = {("acts", "patient"), ("acts", "person"), ("verify", "mark")}
"""What is looked for, and not kept."""

SIGNS = ("\u200b", "\u200e", "\u00ad", "\ufeff", "\u202e", "\x1b", "\n", "\t", "\u2028", "e\u0301", "\ue000")
WAYS = (["--as", "json"], ["--as", "fhir"], ["--as", "csv"], ["--patient", "1"])


def texts(command: str, found: click.Command) -> set[tuple[str, str]]:
    """The options of a command that take any text, and no path alone."""
    return {(command, one.name or "") for one in found.params if isinstance(one.type, type(click.STRING))}


def test_of_every_option_that_takes_a_text_it_is_known_where_it_goes() -> None:
    assert isinstance(commands, click.Group)
    found = set().union(*(texts(*one) for one in commands.commands.items()))
    assert found == KEPT_WITH_RECORDS | KEPT_BESIDE | ASKED


@pytest.mark.parametrize("way", WAYS, ids=" ".join)
def test_whom_records_are_for_goes_out_and_comes_in_again(
    way: list[str], oak: Clinic, elm: Clinic, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    oak.add_patient(patient())
    monkeypatch.setenv("MMT_HOME", str(oak.places.root))
    for sign in SIGNS:
        ran = CliRunner().invoke(commands, ["export", *way, "--to", f" Dr{sign} Other", str(tmp_path / "x")])
        assert (ran.exit_code, ran.stderr.count("Error")) == (0, 0), ran.output
    told = {one.to for one in oak.rights(1).disclosures}
    assert told == {"Dr Other", "Dré Other"}
    went = oak.exchange().write("json", tmp_path / "whole").path
    file = elm.exchange().file(went)
    assert file.look().problems == ()
    assert file.take() == 1
    assert elm.exchange().write("json", tmp_path / "whole").path.read_bytes() == went.read_bytes()


@pytest.mark.parametrize("way", WAYS, ids=" ".join)
def test_an_endless_text_is_refused_and_nothing_is_written_or_kept(
    way: list[str], oak: Clinic, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    oak.add_patient(patient())
    monkeypatch.setenv("MMT_HOME", str(oak.places.root))
    ran = CliRunner().invoke(commands, ["export", *way, "--to", "x" * (LINE + 1), str(tmp_path / "x")])
    assert ran.exit_code == 1
    assert "Whom it is for has 1,001 characters; 1,000 are kept at most." in ran.stderr
    assert not (tmp_path / "x").exists()
    assert oak.rights(1).disclosures == ()


def test_what_an_earlier_mmt_kept_as_it_was_typed_goes_out_clean(
    oak: Clinic, elm: Clinic, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    oak.add_patient(patient())
    with monkeypatch.context() as earlier, oak.store.writing("set") as db:
        earlier.setattr(adding, "refuse_strange", lambda _: None)
        disclosures.keep(db, 1, None, "All", "Dr\u200e Other", "Dr Oak", oak.now())
    file = elm.exchange().file(oak.exchange().write("json", tmp_path).path)
    assert (file.look().problems, file.take()) == ((), 1)


def test_whom_a_letter_is_for_comes_in_as_a_line(oak: Clinic) -> None:
    oak.add_patient(patient())
    visit = oak.begin(1, "Dr Oak")
    visit.write(note="The foot is numb.")
    visit.paper("referral-letter", Wanted(typed=("Dr\u200b\nOther", "", "")))
    assert oak.rights(1).disclosures[0].to == "Dr Other"
    with pytest.raises(ClinicError, match="Whom it is for has"):
        visit.paper("referral-letter", Wanted(typed=("x" * (LINE + 1), "", "")))


@pytest.mark.parametrize("option", ["certificate", "key", "authority"])
def test_of_a_server_nothing_strange_is_kept(
    option: str, oak: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(probe, "probe", lambda _, server: server)
    server = Server(base="http://localhost:1/fhir", **{option: "/tmp/a\u200b.pem"})  # type: ignore[arg-type]
    with pytest.raises(ClinicError, match=r"holds the sign U\+200B, which no record does: nothing was kept"):
        oak.sending().choose(server)
    assert oak.sending().server is None


def test_what_somebody_forgot_to_clean_is_not_kept(oak: Clinic) -> None:
    """Whoever takes texts in cleans them; this stands behind."""
    oak.add_patient(patient())
    with pytest.raises(ClinicError, match=r"holds the sign U\+200E"), oak.store.writing("set") as db:
        disclosures.keep(db, 1, None, "All", "Dr\u200e Other", "Dr Oak", oak.now())
    assert oak.rights(1).disclosures == ()
    visit = oak.begin(1, "Dr Oak").visit
    with pytest.raises(ClinicError, match=r"holds the sign U\+00AD"), oak.store.writing("set") as db:
        visits.set_fields(db, visit.id, note="Slept\u00ad badly")
    assert oak.view(visit.id).visit.note == ""

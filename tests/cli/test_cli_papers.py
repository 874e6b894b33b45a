"""Cases explained, their papers, and sheets of drawings, as commands."""

import os
import re
import stat
from pathlib import Path
from typing import Any

import pdf_reading
import pikepdf
import pypdf
import pytest
from msgspec.structs import replace
from typing_commands import CASES, SHEET, typed

from mmt.library.load import load
from mmt.library.to_sign import protocol_items
from mmt.model.protocol import Protocol
from mmt.paths import shipped
from mmt.reports import figure_sheet


def text_of(path: Path) -> str:
    return pdf_reading.text(path.read_bytes())


@pytest.mark.smoke
def test_explain_reads_like_a_report() -> None:
    said = " ".join(typed("explain", str(CASES / "foot-drop-new.toml")).output.split())
    assert "Left foot drop after long kneeling, first visit" in said
    assert "URGENT: Tibialis anterior, left: grade 2." in said
    assert "The sheet is blocked until the action taken about the urgent alert is written down." in said
    assert "lower right 25, lower left 19" in said
    assert "E27 Walking: 5 minutes, 2 times a day, 7 days a week, 6 weeks" in said
    assert said.index("ALERTS") < said.index("FINDINGS") < said.index("OFFERED") < said.index("SOURCES")
    assert said.endswith("Check the basis (press F1) before you use a suggestion.")


def test_explain_says_what_holds_a_stretch_back_and_what_was_never_asked() -> None:
    said = " ".join(typed("explain", str(CASES / "cobra-peripheralises.toml")).output.split())
    assert "E02 Cobra (press-up) EXT: " in said
    said = " ".join(typed("explain", str(CASES / "conditions-not-asked.toml")).output.split())
    assert "E12 Clam, side-lying not asked, which is not absent: THA (Hip replacement" in said


def test_explain_shows_change_and_leg_length_with_their_error() -> None:
    said = " ".join(typed("explain", str(CASES / "leg-length-changes.toml")).output.split())
    assert "12 mm (left shorter) → 4 mm (left shorter) since 2026-02-02: better, real" in said
    assert "difference 12 mm, left shorter, error 8 mm, beyond error" in said


def test_the_note_of_a_case_is_printed_or_written(tmp_path: Path) -> None:
    case, written = str(CASES / "foot-drop-new.toml"), tmp_path / "note.txt"
    said = typed("note", case)
    assert said.exit_code == 0
    assert "SUBJECTIVE" in said.stdout
    assert typed("note", "-", "-o", str(written), text=Path(case).read_bytes()).exit_code == 0
    assert written.read_text("utf-8") == said.stdout
    assert stat.S_IMODE(written.stat().st_mode) == 0o600


def test_explain_reads_standard_input() -> None:
    ran = typed("explain", "-", text=(CASES / "foot-drop-new.toml").read_bytes())
    assert ran.output.startswith("Left foot drop after long kneeling")


def test_problems_of_the_protocols_are_announced_beside_an_explanation(home: Path) -> None:
    (home / "protocols").mkdir(parents=True)
    (home / "protocols/mine.toml").write_text("[[stretch]]\n", "utf-8")
    ran = typed("explain", "--json", SHEET)
    assert ran.exit_code == 0
    assert ran.stderr == "1 problem in the protocols; `mmt check` names each.\n"
    assert ran.stdout.startswith("{")


@pytest.mark.smoke
def test_the_handout_is_a_private_file_with_the_offered_stretches(tmp_path: Path) -> None:
    ran = typed("handout", SHEET, "-o", "sheet.pdf")
    assert (ran.exit_code, ran.output) == (0, "")
    sheet = tmp_path / "sheet.pdf"
    assert stat.S_IMODE(sheet.stat().st_mode) == 0o600 or os.name == "nt"
    text = text_of(sheet)
    assert "Cleo Example" in text
    assert "Example Clinic" in text
    assert "Cobra" in text
    assert "RIGHT" in text
    assert "LEFT" not in text.split("Clam")[1].split("Walking")[0]
    assert [one.name for one in tmp_path.iterdir()] == ["sheet.pdf"]


@pytest.mark.parametrize(("age", "hold"), [(64, 30), (65, 60)])
def test_the_handout_says_how_long_to_hold_at_the_patients_age(age: int, hold: int, tmp_path: Path) -> None:
    assert typed("handout", str(CASES / f"hold-at-{age}.toml"), "-o", "sheet.pdf").exit_code == 0
    told = re.findall(r"(\d+)\s+seconds", text_of(tmp_path / "sheet.pdf"))
    assert set(told) == {str(hold)}


@pytest.fixture
def _three_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Contact sheets show three stretches only."""
    whole = figure_sheet.figure_sheet

    def of_three(protocol: Protocol, *how: Any, **sides: Any) -> bytes:
        some = {one: protocol.figures[one] for one in ("E01", "E02", "E28")}
        return whole(replace(protocol, figures=some), *how, **sides)

    monkeypatch.setattr(figure_sheet, "figure_sheet", of_three)


@pytest.mark.smoke
@pytest.mark.usefixtures("_three_drawn")
def test_the_drawings_are_printed_on_contact_sheets(tmp_path: Path) -> None:
    ran = typed("figures", "--sheet", "drawings.pdf")
    assert (ran.exit_code, ran.output) == (0, "")
    assert [one for one in ("E01", "E28", "Cobra") if one not in text_of(tmp_path / "drawings.pdf")] == []
    assert "LEFT" not in text_of(tmp_path / "drawings.pdf")
    ran = typed("figures", "--sheet", "both.pdf", "--both", "--paper", "letter")
    assert (ran.exit_code, ran.output) == (0, "")
    assert "LEFT" in text_of(tmp_path / "both.pdf")


@pytest.mark.usefixtures("_three_drawn")
def test_drawings_that_cannot_be_written_are_told_in_a_sentence(tmp_path: Path) -> None:
    ran = typed("figures", "--sheet", "nowhere/drawings.pdf")
    assert ran.exit_code == 1
    assert ran.stderr.startswith("nowhere/drawings.pdf cannot be written")


def test_a_protected_handout_is_private_and_opens_with_the_typed_passphrase_only(tmp_path: Path) -> None:
    ran = typed("handout", SHEET, "-o", "sheet.pdf", "--protect", text=b"blue chair 7\nblue chair 7\n")
    assert (ran.exit_code, ran.stdout) == (0, "")
    assert "blue chair" not in ran.output
    sheet = tmp_path / "sheet.pdf"
    assert stat.S_IMODE(sheet.stat().st_mode) == 0o600 or os.name == "nt"
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(sheet, password="blue chair 8")
    with pikepdf.open(sheet, password="blue chair 7") as opened:
        assert opened.encryption.R == 6


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (b"short\nshort\n", "The passphrase needs 8 characters or more."),
        (b"blue chair 7\nanother one\n", "do not match"),
    ],
)
def test_without_a_good_passphrase_nothing_is_written(tmp_path: Path, text: bytes, says: str) -> None:
    ran = typed("handout", SHEET, "-o", "sheet.pdf", "--protect", text=text)
    assert ran.exit_code == 1
    assert says in ran.stderr
    assert list(tmp_path.glob("*.pdf")) == []


@pytest.mark.parametrize(
    ("typed_in", "said"), [("Cleo Example", "Cleo 山田"), ("555 0100", "๕๕๕"), ("1 Example Street", "路 1")]
)
def test_what_the_typeface_lacks_is_named_before_it_is_printed(typed_in: str, said: str) -> None:
    text = Path(SHEET).read_text("utf-8").replace(typed_in, said)
    ran = typed("handout", "-", "-o", "sheet.pdf", text=text.encode())
    assert ran.exit_code == 0
    lacking = " ".join(char for char in dict.fromkeys(said) if not char.isascii())
    assert f"No font here has {lacking}: papers have a line in their place" in ran.stderr


def test_the_handout_is_on_the_paper_that_was_asked_for(tmp_path: Path) -> None:
    sizes = []
    for paper in ("a4", "letter"):
        assert typed("handout", SHEET, "-o", f"{paper}.pdf", "--paper", paper).exit_code == 0
        box = pypdf.PdfReader(tmp_path / f"{paper}.pdf").pages[0].mediabox
        sizes.append((round(box.width), round(box.height)))
    assert sizes == [(595, 842), (612, 792)]


def test_the_short_sheet_is_the_first_page_alone(tmp_path: Path) -> None:
    assert typed("handout", SHEET, "-o", "short.pdf", "--short").exit_code == 0
    text = text_of(tmp_path / "short.pdf")
    assert "Page 1 of 1" in text
    assert "Emergency:" in text
    assert "Your diary" not in text


@pytest.mark.parametrize(
    ("case", "says"),
    [
        ("saddle-numbness", "an emergency answer locks"),
        ("foot-drop-new", "an urgent alert"),
        ("age-fifteen", "its moves and doses are for adults"),
    ],
)
def test_a_locked_or_blocked_visit_has_no_handout(case: str, says: str, tmp_path: Path) -> None:
    (tmp_path / "sheet.pdf").write_text("an older one", "utf-8")
    ran = typed("handout", str(CASES / f"{case}.toml"), "-o", "sheet.pdf")
    assert ran.exit_code == 3
    assert says in ran.stderr
    assert len(ran.stderr.splitlines()) == 1
    assert (tmp_path / "sheet.pdf").read_text("utf-8") == "an older one"


def test_a_fall_that_nothing_confirms_is_named_beside_the_handout(tmp_path: Path) -> None:
    ran = typed("handout", str(CASES / "fall-of-a-full-grade.toml"), "-o", "sheet.pdf")
    assert ran.exit_code == 0
    assert "Quadriceps, right, fell from 5 to 4 and was not tested again." in ran.stderr
    assert (tmp_path / "sheet.pdf").exists()


def test_an_older_file_is_replaced_and_a_link_is_not_followed(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere.txt"
    elsewhere.write_text("untouched", "utf-8")
    for name in ("old.pdf", "link.pdf"):
        path = tmp_path / name
        path.symlink_to(elsewhere) if name == "link.pdf" else path.write_text("old", "utf-8")
        path.chmod(0o644)
        assert typed("handout", SHEET, "-o", name).exit_code == 0
        assert not path.is_symlink()
        assert path.read_bytes().startswith(b"%PDF")
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert elsewhere.read_text("utf-8") == "untouched"


@pytest.mark.parametrize("place", ["missing/sheet.pdf", "."])
def test_a_place_that_cannot_be_written_is_said(place: str, tmp_path: Path) -> None:
    ran = typed("handout", SHEET, "-o", place)
    assert ran.exit_code == 1
    assert ran.stderr.startswith(f"{place} cannot be written (")
    assert len(ran.stderr.splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


def test_a_case_that_may_not_be_read_is_said(tmp_path: Path, bound_by_modes: None) -> None:
    case = tmp_path / "case.toml"
    case.write_text("", "utf-8")
    case.chmod(0)
    ran = typed("explain", str(case))
    assert (ran.exit_code, ran.stderr) == (1, f"{case} cannot be read (Permission denied).\n")


def test_a_case_is_explained_without_what_the_clinic_set_aside(home: Path) -> None:
    case = str(CASES / "foot-drop-new.toml")
    assert "E27 Walking" in typed("explain", case).output
    home.mkdir(parents=True, exist_ok=True)
    (home / "reviews.toml").write_text(
        '[[reviews]]\nitem = "stretches:E27"\ndecision = "set-aside"\nname = "Dr Ann Other"\n'
        'date = 2026-12-03\nnote = "Not here."\ndigest = "x"\n',
        "utf-8",
    )
    assert "E27 Walking" not in typed("explain", case).output


def test_a_hand_out_waits_for_what_is_not_signed_off_where_the_clinic_says_so(home: Path) -> None:
    home.mkdir(parents=True, exist_ok=True)
    (home / "reviews.toml").write_text("print_only_signed = true\n", "utf-8")
    case, sheet = str(CASES / "bridge-offered.toml"), str(home / "sheet.pdf")
    stopped = typed("handout", case, "-o", sheet)
    assert "no stretch is signed off" in stopped.output
    assert not Path(sheet).exists()
    (home / "reviews.toml").write_text(f"print_only_signed = true\n{signed('E11', 'E09', 'E27')}", "utf-8")
    stopped = typed("handout", case, "-o", sheet)
    assert (stopped.exit_code, "papers:hand-out" in stopped.output) == (3, True)


def signed(*stretches: str) -> str:
    """The sign-offs of these stretches, as the file holds them."""
    found = {one.id: one for one in protocol_items(load([shipped("protocols")]).protocol)}
    return "".join(
        f'[[reviews]]\nitem = "stretches:{one}"\ndecision = "signed"\nname = "Dr Ann Other"\n'
        f'date = 2026-12-03\ndigest = "{found[f"stretches:{one}"].digest}"\n'
        for one in stretches
    )

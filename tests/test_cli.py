"""The commands of the shell, as a person types them."""

import os
import re
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pdf_reading
import pikepdf
import pypdf
import pytest
from click.testing import CliRunner, Result
from msgspec.structs import replace

from mmt import cli
from mmt.cli import commands
from mmt.clinic import Clinic
from mmt.library.load import load
from mmt.library.to_sign import protocol_items
from mmt.model.people import Letterhead
from mmt.model.protocol import Protocol
from mmt.paths import Places, shipped
from mmt.reports import figure_sheet

CASES = Path(__file__).parent / "cases"
SHEET = str(CASES / "handout.toml")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A clinic's folder that is not there yet; what is written goes into `tmp_path`."""
    monkeypatch.setenv("MMT_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    return tmp_path / "home"


@pytest.fixture(autouse=True)
def _same_umask() -> Iterator[None]:
    """`main` sets the umask of its process, which is this one."""
    before = os.umask(0o022)
    yield
    os.umask(before)


def typed(*words: str, text: bytes = b"") -> Result:
    return CliRunner().invoke(commands, words, input=text)


def text_of(path: Path) -> str:
    return pdf_reading.text(path.read_bytes())


@pytest.mark.smoke
def test_help_names_every_command() -> None:
    ran = typed("--help")
    assert ran.exit_code == 0
    assert [name for name in commands.commands if f"  {name} " not in ran.output] == []


def test_the_version_is_that_of_the_package() -> None:
    from importlib.metadata import version

    assert typed("--version").output == f"mmt {version('mmt')}\n"


@pytest.mark.parametrize("words", [["explian"], ["handout", SHEET], ["explain", "no-such-file.toml"]])
def test_a_misspelt_command_ends_with_status_2(words: list[str]) -> None:
    ran = typed(*words)
    assert ran.exit_code == 2
    assert "Usage: mmt" in ran.output.replace("commands", "mmt")


def test_where_says_where_the_records_are_and_whether_they_are_there(home: Path) -> None:
    (home / "protocols").mkdir(parents=True)
    lines = typed("where").output.splitlines()
    assert [line for line in lines if str(home / "clinic.db") in line and line.endswith("(not there yet)")]
    assert [line for line in lines if line.endswith(str(home / "protocols"))]


@pytest.mark.smoke
def test_what_is_shipped_has_no_problem() -> None:
    ran = typed("check")
    assert ran.output.splitlines()[-1].endswith(" 0 problems")
    assert ran.exit_code == 0


def test_check_names_each_problem_of_the_clinics_own_files(home: Path) -> None:
    (home / "protocols").mkdir(parents=True)
    (home / "templates").mkdir()
    (home / "protocols/mine.toml").write_text('[[stretches]]\nid = "E02"\n', "utf-8")
    (home / "templates/mine.toml").write_text('id = "hand-out"\npage.text = 11\n', "utf-8")
    ran = typed("check")
    assert ran.exit_code == 1
    assert "protocols/mine.toml: stretches[0] (E02).name: is missing" in ran.output
    assert "templates/mine.toml: page.text: " in ran.output


def test_check_names_wording_that_the_typeface_lacks(home: Path) -> None:
    (home / "templates").mkdir(parents=True)
    text = 'id = "hand-out"\nwording.en.text.feel = "感觉"\n'
    (home / "templates/mine.toml").write_text(text, "utf-8")
    ran = typed("check")
    assert ran.exit_code == 1
    assert "template hand-out, wording.en: the typeface of the papers lacks 感觉" in ran.output
    assert ran.output.splitlines()[-1].endswith(" 1 problem")


def test_check_lists_where_each_item_comes_from(home: Path) -> None:
    shutil.copytree(shipped("protocols") / "scales", home / "protocols")
    lines = [line.split() for line in typed("check", "--origins").output.splitlines()]
    assert ["tests:TA", "protocols/tests/leg-muscles.toml"] in lines
    assert ["scales:DW", "protocols/scales.toml"] in lines


def test_check_lists_what_no_clinician_has_reviewed() -> None:
    said = typed("check", "--sources").output
    heads = [line for line in said.splitlines() if line and not line.startswith(" ")]
    assert [head.split(":")[0] for head in heads[:4]] == ["WEAK", "DERIVED", "TEXTBOOK", "CHECKED"]
    assert all("0 signed off by a clinician" in head for head in heads[:4])
    line = next(one for one in said.splitlines() if one.startswith("  tests:MT "))
    assert line.endswith("Middle trapezius; read Frese, L17; weak L34, L41; not read DW, K")
    assert said.index("tests:NECK-HOLD") < said.index("stretches:E01") < said.index("tests:MT")


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


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_prints_a_script(shell: str) -> None:
    ran = typed("completion", shell)
    assert ran.exit_code == 0
    assert "_MMT_COMPLETE" in ran.output


MAIN = (sys.executable, "-c", "from mmt.cli import main; main()")


def program(*words: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """The real program in a process of its own."""
    return subprocess.run(
        [*MAIN, *words],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | variables,
        encoding="utf-8",
    )


def test_the_shell_completes_commands() -> None:
    ran = program(COMP_WORDS="mmt expl", COMP_CWORD="1", _MMT_COMPLETE="bash_complete")
    assert ran.stdout.split() == ["plain,explain"]


def test_what_the_program_writes_is_private(tmp_path: Path) -> None:
    script = (
        "import os, sys; from mmt import cli; cli.commands = lambda **k: print(oct(os.umask(0))); cli.main()"
    )
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert ran.stdout == "0o77\n"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux says what a process may leave")
def test_no_core_file_is_left_and_no_other_program_looks_in() -> None:
    script = (
        "import ctypes; from pathlib import Path; from mmt import cli;"
        " cli.commands = lambda **k: print(Path('/proc/self/limits').read_text(),"
        " 'dumpable', ctypes.CDLL(None).prctl(3, 0, 0, 0, 0)); cli.main()"
    )
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert re.search(r"^Max core file size +0 +0 ", ran.stdout, re.MULTILINE)
    assert ran.stdout.endswith("dumpable 0\n")


def test_a_fault_of_mmt_shows_a_sentence_and_notes_no_value(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(**_: str) -> None:
        patient = "Ann Canary"
        raise RuntimeError(f"no way on with {patient}")

    monkeypatch.setattr(cli, "commands", broken)
    with pytest.raises(SystemExit) as stopped:
        cli.main()
    shown = capsys.readouterr().err
    log = home / "mmt.log"
    noted = log.read_text("utf-8")
    assert stopped.value.code == 70
    assert str(log) in shown
    assert "Canary" not in shown + noted
    assert "Traceback" not in shown
    assert "RuntimeError" in noted
    assert f"{Path(__file__).name}:" in noted
    assert stat.S_IMODE(log.stat().st_mode) == 0o600


def test_a_fault_is_said_also_where_no_log_can_be_written(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(**_: str) -> None:
        raise RuntimeError

    home.write_text("a file in the place of the folder", "utf-8")
    monkeypatch.setattr(cli, "commands", broken)
    with pytest.raises(SystemExit):
        cli.main()
    assert "could not be noted" in capsys.readouterr().err


@pytest.mark.parametrize("words", [["where"], ["explain", SHEET]])
def test_commands_without_screen_paper_and_records_import_none_of_them(words: list[str]) -> None:
    script = f"import sys; from mmt.cli import commands; commands({words}, standalone_mode=False); "
    script += "print(sorted(sys.modules.keys() & {'textual', 'rich', 'reportlab', 'sqlcipher3'}))"
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert ran.stdout.splitlines()[-1] == "[]"


def test_the_maker_of_papers_is_loaded_with_the_first_paper() -> None:
    script = (
        "import sys; from mmt.reports.documents import documents; assert documents()['hand-out'].wording; "
    )
    script += "import mmt.clinic.content; print('reportlab' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert ran.stdout == "False\n"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
@pytest.mark.parametrize("words", [["check"], ["explain", SHEET], ["--help"]])
def test_an_output_that_cannot_be_written_is_said(words: list[str]) -> None:
    with Path("/dev/full").open("w") as full:
        ran = subprocess.run([*MAIN, *words], stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert ran.returncode == 1
    says = "The output cannot be written (No space left on device). Make room there, or send it elsewhere."
    assert ran.stderr.splitlines() == [says]


def test_a_reader_who_has_seen_enough_ends_it_quietly() -> None:
    with subprocess.Popen(
        [*MAIN, "check", "--origins"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as ran:
        assert ran.stdout is not None
        assert ran.stderr is not None
        ran.stdout.close()
        assert ran.stderr.read() == b""
    assert ran.returncode == 141


@pytest.mark.skipif(os.name == "nt", reason="a shell that closes standard input and output")
def test_closed_input_and_output_are_no_fault(home: Path) -> None:
    shell = 'exec "$0" -c "from mmt.cli import main; main()" explain - {}'
    for closed, status in (("<&-", 1), (f">&- < {SHEET}", 0), (f">&- 2>&- < {SHEET}", 0)):
        ran = subprocess.run(["sh", "-c", shell.format(closed), sys.executable], check=False)
        assert ran.returncode == status
    assert not (home / "mmt.log").exists()


def test_what_cannot_be_told_beside_the_output_stops_nothing(home: Path) -> None:
    (home / "protocols").mkdir(parents=True)
    (home / "protocols/mine.toml").write_text("[[stretch]]\n", "utf-8")
    shell = f'exec "$0" -c "from mmt.cli import main; main()" explain {SHEET} 2>/dev/full'
    if Path("/dev/full").exists():
        ran = subprocess.run(
            ["sh", "-c", shell, sys.executable], stdout=subprocess.PIPE, text=True, check=False
        )
        assert ran.returncode == 0
        assert "OFFERED" in ran.stdout


def test_a_folder_without_rights_is_said(home: Path, bound_by_modes: None) -> None:
    for name in ("protocols", "templates"):
        (home / name).mkdir(parents=True)
    home.chmod(0)
    try:
        checked, where = typed("check"), typed("where")
        stopped = typed("backup", str(home.parent))
    finally:
        home.chmod(0o700)
    says = "cannot be looked into (Permission denied); check name and rights of this folder"
    lines = checked.output.splitlines()
    assert [f"protocols: {says}", f"templates: {says}"] == [one for one in lines if says in one]
    assert any(one.startswith("reviews.toml: cannot be read (Permission denied)") for one in lines)
    assert checked.exit_code == 1
    assert f"{home / 'clinic.db'}   (cannot be looked at: Permission denied)" in where.output
    assert f"{home} cannot be looked into (Permission denied)." in stopped.output
    assert stopped.exit_code == 1


def test_a_case_that_may_not_be_read_is_said(tmp_path: Path, bound_by_modes: None) -> None:
    case = tmp_path / "case.toml"
    case.write_text("", "utf-8")
    case.chmod(0)
    ran = typed("explain", str(case))
    assert (ran.exit_code, ran.stderr) == (1, f"{case} cannot be read (Permission denied).\n")


def test_check_counts_what_is_not_signed_off_and_names_it_when_asked(home: Path) -> None:
    said = typed("check").output.splitlines()
    assert said[0].startswith("0 of ")
    assert said[0].endswith("items are signed off by a clinician of this clinic.")
    assert "safety " in said[1]
    assert len(said) < 6
    named = typed("check", "--unsigned").output.splitlines()
    assert any(
        " stretches:E01 " in one and one.endswith("not signed off by a clinician of this clinic")
        for one in named
    )


def test_review_lists_without_a_terminal_how_each_item_stands(home: Path) -> None:
    home.mkdir(parents=True, exist_ok=True)
    (home / "reviews.toml").write_text(
        '[[reviews]]\nitem = "stretches:E02"\ndecision = "set-aside"\nname = "Dr Ann Other"\n'
        'licence = "4711"\ndate = 2026-12-03\nnote = "Too hard."\ndigest = "of another day"\n',
        "utf-8",
    )
    says = "set aside by Dr Ann Other (licence 4711) on 3 Dec 2026: Too hard.; it changed since"
    listed = typed("review", "--list").output.splitlines()
    assert any("stretches:E02 " in one and one.endswith(says) for one in listed)
    assert f"  stretches:E02: {says}" in typed("check").output.splitlines()
    strange = (home / "reviews.toml").read_text("utf-8").replace("stretches:E02", "stretches:E2")
    (home / "reviews.toml").write_text(strange, "utf-8")
    told = typed("check").output.splitlines()
    assert "Decided about, but not there (any more): stretches:E2." in told
    stopped = typed("review")
    assert stopped.exit_code == 2
    assert "`mmt review --list` prints how each item stands." in stopped.output


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


def test_the_doctor_says_in_short_rows_what_is_wrong_and_mends_it(home: Path) -> None:
    Clinic.create(Places(home), Letterhead(), "Dr Example").close()
    ran = typed("doctor")
    assert (ran.exit_code, ran.output) == (0, f"Nothing is wrong in {home}.\n")
    (home / "clinic.key").chmod(0o644)
    ran = typed("doctor")
    assert ran.exit_code == 1
    assert ran.output.startswith("clinic.key: Other accounts of this computer can look into\n  /")
    assert ran.output.endswith("1 complaint; `mmt doctor --fix` mends 1 of them.\n")
    assert all(len(line) < 80 or " " not in line.strip() for line in ran.output.splitlines())
    ran = typed("doctor", "--fix")
    assert (ran.exit_code, ran.output) == (0, f"Mended: clinic.key\nNothing is wrong in {home}.\n")


def test_the_doctor_says_where_a_library_is_too_old_to_begin_with(home: Path) -> None:
    script = (
        "import sys; sys.argv = ['mmt', 'doctor']; from sqlcipher3 import dbapi2;"
        " dbapi2.sqlite_version_info = (3, 0, 0); from mmt.cli import main; main()"
    )
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert ran.returncode == 1
    assert ran.stderr.startswith("A library of mmt is missing or too old: SQLite ")
    assert ran.stderr.endswith("Install mmt anew, as the README says.\n")

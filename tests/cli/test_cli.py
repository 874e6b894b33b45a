"""The commands of the shell, as a person types them."""

import os
import re
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from typing_commands import MAIN, SHEET, program, typed

from mmt import cli
from mmt.cli import commands
from mmt.clinic import Clinic
from mmt.model.people import Letterhead
from mmt.paths import Places


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


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_prints_a_script(shell: str) -> None:
    ran = typed("completion", shell)
    assert ran.exit_code == 0
    assert "_MMT_COMPLETE" in ran.output


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

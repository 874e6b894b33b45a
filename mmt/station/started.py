"""How mmt is started for a station: with its name, on the clinic's records, with nothing else of outside."""

import re
import shlex
import shutil
import sys
from pathlib import Path

from mmt.model.errors import ClinicError

LONGEST = 40
_NAME = re.compile(rf"[^\W_](?:[\w .'-]{{0,{LONGEST - 2}}}[\w.])?")


def station_name(text: str) -> str:
    """The name of a station, as people of the clinic call the room. Raises ClinicError."""
    name = " ".join(text.split())
    if not _NAME.fullmatch(name):
        raise ClinicError(
            f"{text[:LONGEST]!r} cannot be the name of a station. Take letters, digits, spaces, . and -, at "
            f"most {LONGEST}, as in: Room 2."
        )
    return name


def ascii_name(text: str) -> str:
    """The name of a station that comes by a browser, whose sign-in knows plain letters alone. Raises
    ClinicError."""
    if not text.isascii():
        raise ClinicError(
            f"{text[:LONGEST]!r} has letters that no browser's sign-in knows: take a to z and digits."
        )
    return station_name(text)


def program() -> Path:
    """Where the command `mmt` lies. Raises ClinicError."""
    beside = Path(sys.executable).parent / "mmt"
    found = str(beside) if beside.exists() else shutil.which("mmt")
    if not found:
        raise ClinicError("The command mmt is not found. Install it as the README says, then try again.")
    return _on_a_line(Path(found).absolute())


def command(station: str, records: Path, mmt: Path, *, term: str = '"$TERM"') -> str:
    """What a shell runs for a station: mmt alone, in place of the shell, with an environment of its own.

    Of what a station sends the kind of its terminal comes in, as a value: `term`, in the words of the shell.
    """
    fixed = {
        "HOME": str(_on_a_line(Path.home())),
        "PATH": "/usr/local/bin:/usr/bin:/bin",
        "LANG": "C.UTF-8",
        "MMT_HOME": str(_on_a_line(records)),
        "MMT_STATION": station,
    }
    given = " ".join(f"{name}={shlex.quote(value)}" for name, value in fixed.items())
    return f"exec /usr/bin/env -i {given} TERM={term} {shlex.quote(str(mmt))}"


def _on_a_line(path: Path) -> Path:
    """A path that can stand in a configuration. Raises ClinicError."""
    if not str(path).isprintable() or '"' in str(path) or "\\" in str(path):
        raise ClinicError(f"{str(path)!r} has a sign in its name that no configuration takes. Rename it.")
    return path

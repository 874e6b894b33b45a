"""Commands as a person types them: in this process, or in one of their own."""

import os
import subprocess
import sys
from pathlib import Path

from click.testing import CliRunner, Result

from mmt.cli import commands

CASES = Path(__file__).parents[1] / "cases"
SHEET = str(CASES / "handout.toml")
MAIN = (sys.executable, "-c", "from mmt.cli import main; main()")


def typed(*words: str, text: bytes = b"") -> Result:
    return CliRunner().invoke(commands, words, input=text)


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

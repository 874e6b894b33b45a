"""Time from starting the process to a frame that takes keys, beside a bare Textual app with one label."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from table import Row

from mmt.clinic.demo import make_demo

BARE = """
import os, time
from textual.app import App, ComposeResult
from textual.widgets import Label

class Bare(App[None]):
    def compose(self) -> ComposeResult:
        yield Label("ready")

    def on_ready(self) -> None:
        self.call_after_refresh(self.post_key)

    def post_key(self) -> None:
        from textual import events
        self.post_message(events.Key("x", "x"))

    def on_key(self) -> None:
        print(time.time() - float(os.environ["STARTED"]))
        self.exit()

Bare().run(headless=True, size=(80, 24))
"""

CSS = str(Path(__file__).parents[2] / "mmt/tui/app.tcss")
OURS = """
import os, time, sys
from textual import events
from mmt.tui.app import MmtApp
from mmt.tui.opener import ClinicOpener

class Measured(MmtApp):
    until = os.environ["UNTIL"]

    def on_ready(self) -> None:
        self.call_after_refresh(self.look)

    def look(self) -> None:
        if self.until == "frame" or self.screen.__class__.__name__ == "PatientsScreen":
            self.call_after_refresh(self.done)
        else:
            self.set_timer(0.002, self.look)

    def done(self) -> None:
        print(time.time() - float(os.environ["STARTED"]))
        sys.stdout.flush()
        self.exit()

Measured.CSS_PATH = MmtApp.CSS_PATH = os.environ["CSS"]
Measured(ClinicOpener()).run(headless=True, size=(80, 24))
"""


def once(program: str, home: str, until: str = "frame") -> float:
    """Milliseconds from starting the program, on the records in `home`, to the moment it reports."""
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "STARTED": repr(time.time()), "UNTIL": until, "CSS": CSS, "MMT_HOME": home},
        capture_output=True,
        text=True,
        check=True,
    )
    return 1000 * float(done.stdout.strip().splitlines()[-1])


def rows(runs: int = 15) -> list[Row]:
    """First frame and filled list, each beside the bare app, in turn so that drift meets all alike."""
    home = tempfile.mkdtemp()
    make_demo(Path(home)).close()
    bare, frame, filled = [], [], []
    for _ in range(runs):
        bare.append(once(BARE, home))
        frame.append(once(OURS, home, "frame"))
        filled.append(once(OURS, home, "list"))
    reference = "bare Textual app with one Label"
    return [
        Row("start to a frame that takes keys", frame, reference, bare, 1.3),
        Row("start to the filled list of patients", filled, reference, bare, 2.0),
    ]

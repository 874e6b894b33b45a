"""Time from starting the process to a frame that takes keys, beside a bare Textual app with one label."""

import os
import subprocess
import sys
import time

from table import Row

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

OURS = """
import os, time, sys
from textual import events
from mmt.tui.app import MmtApp
from mmt.tui.opener import DemoOpener

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

Measured(DemoOpener()).run(headless=True, size=(80, 24))
"""


def once(program: str, until: str = "frame") -> float:
    """Milliseconds from starting the program to the moment it reports."""
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "STARTED": repr(time.time()), "UNTIL": until},
        capture_output=True,
        text=True,
        check=True,
    )
    return 1000 * float(done.stdout.strip().splitlines()[-1])


def rows(runs: int = 15) -> list[Row]:
    """First frame and filled list, each beside the bare app, in turn so that drift meets all alike."""
    bare, frame, filled = [], [], []
    for _ in range(runs):
        bare.append(once(BARE))
        frame.append(once(OURS, "frame"))
        filled.append(once(OURS, "list"))
    reference = "bare Textual app with one Label"
    return [
        Row("start to a frame that takes keys", frame, reference, bare, 1.3),
        Row("start to the filled list of patients", filled, reference, bare, 2.0),
    ]

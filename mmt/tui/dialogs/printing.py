"""A paper goes from its screen to the printer, and the screen goes on meanwhile."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from textual.screen import Screen

from mmt.model.papers import PaperSize
from mmt.printer import CHOOSES, SHEETS, Job, Sent, send
from mmt.tui.desk import Printed, Station
from mmt.viewer import open_file

from .printers import aside, ask_for_printer

READ_S = 20
"""Seconds that a sentence stays about a paper whose screen was left."""


class Paper(NamedTuple):
    """A paper that was made: its file, what it is, and for which sheet."""

    path: Path
    document: Printed
    size: PaperSize


class Printing:
    """Prints the papers of a screen, one at a time: it is `busy` until one is done. The printer is asked for
    at the first one. The screen `says` what becomes of them; once it was left, a note over the next one does.
    Which kind was `printed` is told.
    """

    def __init__(
        self,
        screen: Screen[Any],
        station: Station,
        says: Callable[..., object],
        printed: Callable[[str], object],
    ) -> None:
        self.busy = False
        self._printed = printed
        self._screen, self._station, self._says = screen, station, says

    def send(self, paper: Paper, kept: str = "") -> None:
        """Send a paper to the printer; `kept` tells how to open it where it was not printed."""
        chosen, title = self._station.settings, paper.document.title
        job = Job(paper.path, f"mmt {paper.document.id}", paper.size, chosen.both_sides)
        printer, self.busy = chosen.printer or "", True
        done = partial(self._done, job, paper.document, printer, kept)
        if CHOOSES and chosen.printer is None:
            self._tell("Looking for printers …")
            ask_for_printer(self._screen.app, self._station, partial(self._asked, paper, kept, done))
        elif CHOOSES and not printer:
            done(Sent(False, "No printer is chosen (F9, then P).", opens=True))
        else:
            self._tell(f"{title}: on its way to the printer …")
            aside(self._screen.app, partial(send, job, printer), done)

    def _asked(self, paper: Paper, kept: str, done: Callable[[Sent], object], why: str | None) -> None:
        """A printer was chosen, or none was, or there is none; `why` says so."""
        self.busy = False
        if why:
            done(Sent(False, why, opens=True))
        elif why is None:
            self._tell("Nothing is printed.")
        else:
            self.send(paper, kept)

    def _done(self, job: Job, document: Printed, printer: str, kept: str, sent: Sent) -> None:
        """Say what became of a paper; where nothing prints here, open it."""
        self.busy, title = False, document.title
        if sent.done:
            self._printed(document.id)
        if sent.opens:
            opened = f"{title} is opened instead: print it from there."
            self._tell(f"{sent.says} {open_file(job.path) or opened}")
        elif not sent.done:
            self._tell(f"{sent.says} {title} is kept. {kept}".strip(), refused=True)
        elif CHOOSES:
            how = f"{SHEETS[job.size]}, {'both sides' if job.both_sides else 'one side'}"
            self._tell(f"{title} is sent to {printer}: {how}. {sent.says}".strip())
        else:
            self._tell(f"{title} is handed to the default printer of Windows.")

    def _tell(self, word: str, *, refused: bool = False) -> None:
        """Say it there, or over whatever is looked at meanwhile."""
        if self._screen.is_current:
            self._says(word, refused=refused)
        elif refused:
            self._screen.app.notify(word, severity="warning", markup=False, timeout=READ_S)
        else:
            self._screen.app.notify(word, markup=False, timeout=READ_S)

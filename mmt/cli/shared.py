"""What commands share: how they end, open protocols and records, and tell of long work."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, NoReturn

import click

from mmt.model.counted import counted
from mmt.model.errors import ClinicError
from mmt.output import tell
from mmt.paths import clinic

if TYPE_CHECKING:
    from mmt.clinic import Clinic
    from mmt.clinic.exchange.chosen import Progress
    from mmt.library.load import Library

FAULTY = 1
MISSPELT = NO_TERMINAL = 2
WITHHELD = 3
OWN_FAULT = 70
_SHOWN = 12
"""So many lines of a kind are shown at once where a person reads along."""


def stop(says: str, status: int = FAULTY) -> NoReturn:
    """End the command with a sentence and a status."""
    tell(says)
    sys.exit(status)


@contextmanager
def sentences() -> Iterator[None]:
    """What cannot be done in here ends the command with its sentence."""
    from mmt.unseen import NoTerminalError

    try:
        yield
    except NoTerminalError as error:
        stop(str(error), NO_TERMINAL)
    except ClinicError as error:
        stop(str(error))


def need_terminal(instead: str = "") -> None:
    """Stop with a sentence where no screen can be shown, and with what can be done `instead`."""
    from mmt.terminal import lacking

    if says := lacking():
        stop(f"{says} {instead}".rstrip(), NO_TERMINAL)


def load_library(*, quiet: bool = True) -> "Library":
    """The shipped protocols and the clinic's own. Stops with a sentence where they are incomplete."""
    from mmt.library.load import IncompleteLibraryError, load

    try:
        library = load(clinic().protocol_folders, clinic().signoffs)
    except IncompleteLibraryError as error:
        stop(str(error))
    if library.problems and not quiet:
        tell(f"{counted(len(library.problems), 'problem')} in the protocols; `mmt check` names each.")
    return library


@contextmanager
def opened() -> Iterator["Clinic"]:
    """The clinic's records, open; who has to sign in does it at the terminal.

    Stops with a sentence where they cannot be opened, or something of them cannot be done.
    """
    from mmt.clinic import Clinic
    from mmt.clinic.signing_in import who_may
    from mmt.unseen import signed_in

    places = clinic()
    with sentences(), closing(Clinic.open(places, signed_in(who_may(places)))) as records:
        for said in records.told:
            tell(said)
        yield records


@contextmanager
def progress(label: str, look: Callable[[], None] = lambda: None) -> "Iterator[Progress]":
    """A bar beside the output, moved by what is called with how much of how much is done. While something is
    left to do, each move asks `look` whether to go on."""
    with click.progressbar(length=1, label=label, file=sys.stderr) as bar:

        def told(done: int, of: int) -> None:
            bar.length = max(1, of)
            bar.update(done - bar.pos)
            if done < of:
                look()

        yield told


def first(lines: Sequence[str]) -> Iterator[str]:
    """All lines; on a screen the first, and how many more there are."""
    many = _SHOWN if _on_a_screen() else len(lines)
    yield from lines[:many]
    if more := len(lines[many:]):
        yield f"… and {more:,} more. With `> found.txt` behind the command all go into that file."


def _on_a_screen() -> bool:
    """Whether a person reads the output."""
    return sys.stdout.isatty()

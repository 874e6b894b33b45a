"""Where a newcomer begins: `mmt demo`, `mmt where`, `mmt completion`."""

import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mmt.model.errors import ClinicError
from mmt.paths import clinic, shipped

from .shared import MISSPELT, need_terminal, stop

if TYPE_CHECKING:
    from mmt.clinic.demo.many import Size
    from mmt.tui.opener import DemoOpener


@click.command()
@click.option("--patients", type=int, help="So many made-up patients in place of the six.")
@click.option("--visits", type=int, help="So many visits in all; 6 a patient unless said.")
@click.option("--seed", type=int, default=1, show_default=True, help="Another seed, other patients.")
def demo(patients: int | None, visits: int | None, seed: int) -> None:
    """Open a throwaway clinic of made-up patients.

    Six patients with different stories, in a temporary folder that is removed at the end; or as many as you
    say, the same ones for the same seed, whose courses get better, stay or get worse.
    """
    from mmt.tui.app import run_demo

    if patients is None and visits is None:
        need_terminal()
        sys.exit(run_demo())
    from mmt.clinic.demo.many import VISITS_EACH, Size

    many = max(1, (visits or 0) // VISITS_EACH) if patients is None else patients
    size = Size(many, many * VISITS_EACH if visits is None else visits, seed)
    if size.refusal:
        stop(size.refusal, MISSPELT)
    need_terminal()
    sys.exit(run_demo(_filled(size)))


def _filled(size: "Size") -> "DemoOpener":
    """A throwaway clinic of this size. Stopped halfway, nothing is left of it."""
    from mmt.tui.opener import DemoOpener

    opener = DemoOpener()
    try:
        with click.progressbar(length=size.patients, label="Making patients", file=sys.stderr) as bar:
            for there in opener.fill(size):
                bar.update(there - bar.pos)
    except ClinicError as error:
        opener.close()
        stop(str(error))
    except KeyboardInterrupt:
        opener.close()
        stop("Stopped: the throwaway clinic was removed.", 128 + signal.SIGINT)
    return opener


@click.command()
def where() -> None:
    """Say where records and files are kept."""
    places = clinic()
    for name, path in (
        ("records", places.database),
        ("key of the records", places.key),
        ("own protocols", places.protocols),
        ("sign-offs", places.signoffs),
        ("own templates, logo", places.templates),
        ("papers", places.exports),
        ("settings", places.settings),
        ("log of faults", places.log),
        ("shipped protocols", shipped("protocols")),
        ("shipped templates", shipped("reports/templates")),
    ):
        click.echo(f"{name:<20}{path}{_whether_there(path)}")


def _whether_there(path: Path) -> str:
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return "   (not there yet)"
    except OSError as error:
        return f"   (cannot be looked at: {error.strerror})"
    return ""


@click.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print the completion script of a shell.

    The README says where to put it.
    """
    from click.shell_completion import get_completion_class

    found = get_completion_class(shell)
    assert found is not None, "click completes the shells that the argument allows"
    click.echo(found(click.get_current_context().find_root().command, {}, "mmt", "_MMT_COMPLETE").source())

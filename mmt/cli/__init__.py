"""The commands of the shell, a module a kind.

Each imports what it needs when it runs, so that `mmt` starts at once.

Exit statuses: 0 done; 1 a file is faulty or cannot be read or written; 2 the command was misspelt, or needs a
terminal where there is none; 3 a hand-out is locked, blocked or not signed off; 70 a fault of mmt itself;
128 + n ended by signal n.
"""

import os
import sys

import click

from mmt.output import refused
from mmt.paths import clinic
from mmt.process import keep_no_core

from . import content, exchange, getting_started, overviews, papers, rooms, safekeeping, sending
from .shared import OWN_FAULT, need_terminal, stop

ENOUGH = 128 + 13
"""What every shell calls a command whose reader had enough: ended by SIGPIPE."""


class Commands(click.Group):
    """The commands. Each ends in order where its output is read no further (`mmt where | head -1`)."""

    def invoke(self, ctx: click.Context) -> object:
        """Run what was typed."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(ENOUGH)


@click.group(
    cls=Commands, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]}
)
@click.version_option(package_name="mmt", prog_name="mmt", message="%(prog)s %(version)s")
@click.pass_context
def commands(context: click.Context) -> None:
    """Graded muscle tests, leg length and home stretches at the examination table.

    Without a command mmt opens the clinic's own records.
    """
    if context.invoked_subcommand is None:
        need_terminal()
        from mmt.tui.app import run_clinic

        sys.exit(run_clinic())


for _one in (
    getting_started.demo,
    getting_started.where,
    getting_started.completion,
    overviews.outcomes,
    overviews.doubles,
    overviews.acts,
    overviews.agreement,
    exchange.export,
    exchange.import_,
    exchange.codes,
    sending.send,
    sending.reconcile,
    sending.fetch,
    rooms.station,
    safekeeping.backup,
    safekeeping.restore,
    safekeeping.verify,
    safekeeping.doctor,
    content.check,
    content.review,
    papers.explain,
    papers.handout,
    papers.note,
    papers.figures,
):
    commands.add_command(_one)


def main() -> None:
    """Run the command that was typed. No traceback reaches the person: faults are noted in the log."""
    os.umask(0o077)
    keep_no_core()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        commands(prog_name="mmt")
    except OSError as error:
        stop(refused(error))
    except Exception as error:
        from mmt import crash

        stop(crash.note(error, clinic().log), OWN_FAULT)

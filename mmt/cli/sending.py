"""The FHIR server that keeps copies: `mmt send`, `mmt reconcile`, `mmt fetch`."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mmt.model.counted import counted
from mmt.model.sending import MOST, Server

from .shared import FAULTY, first, opened, progress, stop

if TYPE_CHECKING:
    from mmt.clinic.sending.desk import SendingDesk


@click.command()
@click.option("--setup", "base", metavar="URL", help="Send to this FHIR R4 server from now on.")
@click.option("--token-file", type=click.Path(path_type=Path), help="With --setup: the token is in this one.")
@click.option("--certificate", default="", help="With --setup: this clinic's certificate, a PEM file.")
@click.option("--key", default="", help="With --setup: the private key of the certificate, a PEM file.")
@click.option("--authority", default="", help="With --setup: who vouches for the server, a PEM file.")
@click.option(
    "--most",
    type=click.IntRange(3, 1000),
    default=MOST,
    show_default=True,
    help="With --setup: so many resources in one transaction at most.",
)
@click.option("--status", is_flag=True, help="Say what waits and what was refused, and send nothing.")
@click.option("--again", is_flag=True, help="Try again what was refused, too.")
@click.option("--stop", "ends", is_flag=True, help="Send nothing from now on, and forget the token.")
def send(
    base: str | None,
    token_file: Path | None,
    certificate: str,
    key: str,
    authority: str,
    most: int,
    status: bool,
    again: bool,
    ends: bool,
) -> None:
    """Send signed visits to the FHIR server that was chosen.

    Each signed visit waits until the server has it; what was refused is told with the server's words, and
    not tried again until you say --again. mmt also sends by itself every few minutes while it is open. With
    something refused or waiting the exit status is 1. docs/sites.md tells how it is set up.

    --setup tries the server with throw-away resources, which it deletes again, and says what it can do. The
    token is asked for, unseen, or read from --token-file; it is kept in the encrypted records.
    """
    secret = _token(token_file) if base else ""
    with opened() as records:
        desk = records.sending()
        if base:
            certificate, key, authority = map(_whole, (certificate, key, authority))
            server = Server(base=base, most=most, certificate=certificate, key=key, authority=authority)
            _set_up(desk, server, secret)
            return
        if ends:
            desk.stop()
            click.echo("Nothing is sent from now on, and the token is forgotten. What is there stays there.")
            return
        if not status:
            _send(desk, again=again)
        for line in desk.lines() if status else ():
            click.echo(line)
        found = desk.standing
    if found.waits or found.refused:
        sys.exit(FAULTY)


@click.command()
@click.option("--patient", type=int, help="Only the record of this number.")
@click.option("--send", "anew", is_flag=True, help="Let what is missing or different there be sent anew.")
def reconcile(patient: int | None, anew: bool) -> None:
    """Say whether the copy of the records at the server is whole.

    What the server accepted is held against what it gives, patient by patient: what is missing there, what is
    different, and what of visits of this clinic is there and not here. Nothing is changed, here or there;
    with --send what is missing or different waits to be sent anew. With something to tell the exit status
    is 1. Restricted records are not compared.
    """
    with opened() as records:
        desk = records.sending()
        desk.chosen()
        with progress("Comparing") as told:
            found = desk.reconcile(patient, send=anew, progress=told)
    for line in first(found.lines):
        click.echo(line)
    waits = f" {counted(found.waits, 'visit')} waited to be sent." if found.waits else ""
    click.echo(f"{counted(found.records, 'record')} compared, {found.whole:,} whole there.{waits}")
    if anew and found.rows:
        click.echo(f"{counted(len(found.rows), 'visit')} to be sent anew: `mmt send` does it at once.")
    if found.lines:
        sys.exit(FAULTY)


@click.command()
@click.option("--patient", type=int, required=True, help="The number of the record.")
def fetch(patient: int) -> None:
    """Print a patient's visits at other sites, as the server tells them.

    They are told in words, with the site and its scale, and kept to be read without the server (V on the
    patient's page). They are no part of the record: nothing is concluded from them, and nothing compared.
    """
    with opened() as records:
        found = records.sending().fetch(patient)
    for one in found:
        click.echo(one.heading)
        for line in one.lines:
            click.echo(f"  {line}")
    click.echo(f"{counted(len(found), 'visit')} at other sites.")


def _set_up(desk: "SendingDesk", server: Server, token: str) -> None:
    """Choose the server from now on, and say what it can do."""
    for line in desk.choose(server, token):
        click.echo(line)
    click.echo(f"{desk.told() or 'Nothing was signed yet.'} `mmt send` sends now.")


def _send(desk: "SendingDesk", *, again: bool) -> None:
    """Send what waits, and say what became of it."""
    desk.chosen()
    if again:
        click.echo(f"{counted(desk.again(), 'thing')} to be tried again.")
    with progress("Sending") as told:
        found = desk.send(told)
    for says in (*first(found.stays), *filter(None, [found.halted])):
        click.echo(says)
    said = f"{found.accepted:,} sent, {found.refused:,} refused, {found.waits:,} waiting."
    click.echo(f"{said} `mmt send --status` says more." if found.refused or found.waits else said)


def _token(file: Path | None) -> str:
    """The token of a server: from a file, else as a person types it unseen; empty where there is none."""
    from mmt.files import read_regular

    if file is None:
        if not sys.stdin.isatty():
            return ""
        asks = "Token of the server (Enter alone: none)"
        return str(click.prompt(asks, default="", show_default=False, hide_input=True, err=True)).strip()
    try:
        return read_regular(file, 10_000).decode("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is no text"
        stop(f"{file} cannot be read ({why}). Nothing was set up.")


def _whole(path: str) -> str:
    """A path as it is found from everywhere."""
    return str(Path(path).expanduser().resolve()) if path else ""

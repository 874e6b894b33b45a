"""That the records are there and whole: `mmt backup`, `mmt restore`, `mmt verify`, `mmt doctor`."""

import datetime
import shlex
import sys
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mmt.model.counted import counted
from mmt.output import hanging
from mmt.paths import Places, clinic

from .shared import FAULTY, opened, progress, sentences, stop

if TYPE_CHECKING:
    from mmt.clinic.doctor.complaint import Complaint


@click.command()
@click.argument("folder", required=False, type=click.Path(path_type=str))
def backup(folder: str | None) -> None:
    """Copy all that the clinic needs into a new dated folder below FOLDER.

    Records, key, sign-offs, settings, own protocols, templates and logo, without printed papers. Without
    FOLDER it goes to the folder that was chosen in the settings, and older ones there are removed; elsewhere
    all stay. mmt may be in use meanwhile. The copy is checked by opening it.
    """
    if folder is not None and not folder.strip():
        stop("The name of the folder is empty. Name one (mmt backup FOLDER); nothing was copied.")
    with opened() as records:
        made = records.backups().make(Path(folder) if folder else None)
        shut = bool(records.signed_in)
    click.echo(made.said)
    if not shut:
        click.echo(
            "The key lies beside the records there: whoever has that folder can read them, so keep it as "
            "safe as the records themselves."
        )


@click.command()
@click.argument("backup", required=False, type=click.Path(path_type=Path))
@click.option("--to", type=click.Path(path_type=Path), help="The folder to restore into; else mmt's own.")
def restore(backup: Path | None, to: Path | None) -> None:
    """Put a BACKUP back into a folder that is empty or missing.

    Without BACKUP the newest one on each drive that is plugged in is told.

    It is held against its manifest first, and opened by a passphrase of that day or by the recovery code,
    where it has one: nothing is written from one that is damaged, and nothing that lies anywhere is replaced.
    Without --to it goes where `mmt where` says that the records are.
    """
    from mmt.clinic.backups.drives import drives
    from mmt.clinic.backups.restoring import newest_in, restore
    from mmt.unseen import signed_in

    if backup is None:
        newest = list(filter(None, map(newest_in, map(Path, drives()))))
        if not newest:
            stop("No drive that is plugged in holds a backup. Name its folder: mmt restore FOLDER.")
        click.echo("\n".join(f"mmt restore {shlex.quote(str(one))}" for one in newest))
        return
    place = to or clinic().root
    with sentences():
        told: list[str] = []
        manifest = restore(backup, place, partial(signed_in, by_code=True), told.append)
    click.echo(f"Restored {manifest.held} into {place}, as they were on {manifest.made:%Y-%m-%d at %H:%M}.")
    opens = "`mmt` opens them." if to is None else "`mmt` opens them where MMT_HOME names that folder."
    click.echo(f"{opens} What was recorded after that backup is not in it. `mmt verify` checks every entry.")
    for line in told:
        click.echo(hanging(line))


@click.command()
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@click.option("--accept", is_flag=True, help="Go on with records that mmt did not leave so.")
@click.option("--mark", default="", help="Whose the mark of a signed paper is: 57-ab12cd34.")
def verify(folder: Path | None, accept: bool, mark: str) -> None:
    """Say whether the records are as mmt left them.

    Each act, each row and each signature is held against the chain of acts: what another program changed,
    added or took away is named, with whose it is and when it was recorded; then the exit status is 1.
    FOLDER is that of a backup; without it the clinic's own records are looked through.

    A paper of a signed visit bears the mark of the act by which it was signed. With --mark it is said which
    act that is; where there is none, the paper is of other records, or these were written anew.

    mmt does not open records whose newest entries are missing. With --accept it goes on with what is there,
    once you have typed yes; the records say so for good.
    """
    from mmt.clinic.signing_in import who_may
    from mmt.clinic.verifying import verify
    from mmt.unseen import signed_in

    place = folder or clinic().root
    if accept:
        _go_on(place)
        return
    with sentences():
        sign_in = signed_in(who_may(Places(place)), by_code=True)
        with progress("Verifying") as told:
            found = verify(place, told, lambda _: sign_in, mark)
    for line in found.lines:
        click.echo(line)
    if found.breaks:
        sys.exit(FAULTY)


def _go_on(folder: Path) -> None:
    """Go on with records that mmt did not leave so, after a typed yes."""
    from mmt.clinic.signing_in import who_may
    from mmt.clinic.verifying import go_on, unaccepted
    from mmt.unseen import signed_in

    places = Places(folder)
    with sentences():
        sign_in = signed_in(who_may(places))
        why = unaccepted(places, sign_in)
        if not why:
            click.echo("There is nothing to accept: the records are those that mmt left here.")
            return
        click.echo(why)
        asks = "What is missing is gone then, unless you find it. Type yes to go on"
        if click.prompt(asks, default="", show_default=False).strip().lower() != "yes":
            stop("Nothing was changed.")
        go_on(places, sign_in)
    click.echo("mmt goes on with the records as they are. `mmt verify` says whether the rest of them holds.")


@click.command()
@click.option("--fix", is_flag=True, help="Mend what can be mended without losing anything.")
def doctor(fix: bool) -> None:
    """Say what is wrong around the records, and what to do.

    Rights, room, leftovers, network share, key, damaged pages, shape, clock, log, backups, libraries and
    protocols; also where the records do not open. With one or more complaints the exit status is 1. --fix
    closes files for others, folds the log in and removes what was left unfinished more than a day ago.
    """
    try:
        from mmt.clinic.doctor.complaint import Examined
        from mmt.clinic.doctor.examination import complaints, mended
    except ImportError as error:
        stop(f"A library of mmt is missing or too old: {error} Install mmt anew, as the README says.")
    from mmt.unseen import signed_in

    ask = cache(partial(signed_in, by_code=True))

    def look() -> "list[Complaint]":
        return complaints(Examined(clinic(), datetime.datetime.now().astimezone(), ask))

    found = look()
    if fix and any(one.mends for one in found):
        done, failed = mended(found)
        for says in (*(f"Mended: {where}" for where in done), *(f"Not mended: {why}" for why in failed)):
            click.echo(hanging(says))
        found = look()
    for one in found:
        click.echo(hanging(str(one)))
    if not found:
        click.echo(f"Nothing is wrong in {clinic().root}.")
        return
    mends = sum(one.mends is not None for one in found)
    more = f"; `mmt doctor --fix` mends {mends} of them" if mends and not fix else ""
    click.echo(f"{counted(len(found), 'complaint')}{more}.")
    sys.exit(FAULTY)

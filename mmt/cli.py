"""The commands of the shell. Each imports what it needs when it runs, so that `mmt` starts at once.

Exit statuses: 0 done; 1 a file is faulty or cannot be read or written; 2 the command was misspelt, or needs a
terminal where there is none; 3 a hand-out is locked, blocked or not signed off; 70 a fault of mmt itself;
128 + n ended by signal n.
"""

import os
import shlex
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NoReturn

import click

from mmt.model.counted import counted
from mmt.model.exchange import KINDS, ORDERS, Kind, Order
from mmt.model.sending import MOST
from mmt.output import refused, tell
from mmt.process import keep_no_core
from mmt.station.commands import station

if TYPE_CHECKING:
    import datetime

    from mmt.case.form import Case
    from mmt.clinic import Clinic
    from mmt.clinic.demo.many import Size
    from mmt.clinic.doctor.complaint import Complaint
    from mmt.clinic.exchange.chosen import Progress
    from mmt.clinic.sending.desk import SendingDesk
    from mmt.library.load import Library
    from mmt.tui.opener import DemoOpener

FAULTY = 1
MISSPELT = NO_TERMINAL = 2
WITHHELD = 3
OWN_FAULT = 70
_SHOWN = 12
"""So many lines of a kind are shown at once where a person reads along."""

ENOUGH = 128 + 13
"""What every shell calls a command whose reader had enough: ended by SIGPIPE."""

PAPER = click.option("--paper", type=click.Choice(["a4", "letter"]), default="a4", show_default=True)
CASE = click.argument("case", type=click.Path(exists=True, dir_okay=False, readable=False, allow_dash=True))


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
        _need_terminal()
        from mmt.tui.app import run_clinic

        sys.exit(run_clinic())


@commands.command()
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
        _need_terminal()
        sys.exit(run_demo())
    from mmt.clinic.demo.many import VISITS_EACH, Size

    many = max(1, (visits or 0) // VISITS_EACH) if patients is None else patients
    size = Size(many, many * VISITS_EACH if visits is None else visits, seed)
    if size.refusal:
        _stop(size.refusal, MISSPELT)
    _need_terminal()
    sys.exit(run_demo(_filled(size)))


def _filled(size: "Size") -> "DemoOpener":
    """A throwaway clinic of this size. Stopped halfway, nothing is left of it."""
    from mmt.model.errors import ClinicError
    from mmt.tui.opener import DemoOpener

    opener = DemoOpener()
    try:
        with click.progressbar(length=size.patients, label="Making patients", file=sys.stderr) as bar:
            for there in opener.fill(size):
                bar.update(there - bar.pos)
    except ClinicError as error:
        opener.close()
        _stop(str(error))
    except KeyboardInterrupt:
        opener.close()
        _stop("Stopped: the throwaway clinic was removed.", 128 + signal.SIGINT)
    return opener


@commands.command()
def where() -> None:
    """Say where records and files are kept."""
    from mmt.paths import clinic, shipped

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


@commands.command()
@click.argument("folder", required=False, type=click.Path(path_type=str))
def backup(folder: str | None) -> None:
    """Copy all that the clinic needs into a new dated folder below FOLDER.

    Records, key, sign-offs, settings, own protocols, templates and logo, without printed papers. Without
    FOLDER it goes to the folder that was chosen in the settings, and older ones there are removed; elsewhere
    all stay. mmt may be in use meanwhile. The copy is checked by opening it.
    """
    if folder is not None and not folder.strip():
        _stop("The name of the folder is empty. Name one (mmt backup FOLDER); nothing was copied.")
    with _records() as records:
        made = records.backups().make(Path(folder) if folder else None)
        shut = bool(records.signed_in)
    click.echo(made.said)
    if not shut:
        click.echo(
            "The key lies beside the records there: whoever has that folder can read them, so keep it as "
            "safe as the records themselves."
        )


@commands.command()
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
    from mmt.model.errors import ClinicError
    from mmt.output import hanging
    from mmt.paths import clinic
    from mmt.unseen import NoTerminalError, signed_in

    if backup is None:
        newest = list(filter(None, map(newest_in, map(Path, drives()))))
        if not newest:
            _stop("No drive that is plugged in holds a backup. Name its folder: mmt restore FOLDER.")
        click.echo("\n".join(f"mmt restore {shlex.quote(str(one))}" for one in newest))
        return
    place = to or clinic().root
    try:
        told: list[str] = []
        manifest = restore(backup, place, partial(signed_in, by_code=True), told.append)
    except NoTerminalError as error:
        _stop(str(error), NO_TERMINAL)
    except ClinicError as error:
        _stop(str(error))
    click.echo(f"Restored {manifest.held} into {place}, as they were on {manifest.made:%Y-%m-%d at %H:%M}.")
    opens = "`mmt` opens them." if to is None else "`mmt` opens them where MMT_HOME names that folder."
    click.echo(f"{opens} What was recorded after that backup is not in it. `mmt verify` checks every entry.")
    for line in told:
        click.echo(hanging(line))


@commands.command()
@click.option("--fix", is_flag=True, help="Mend what can be mended without losing anything.")
def doctor(fix: bool) -> None:
    """Say what is wrong around the records, and what to do.

    Rights, room, leftovers, network share, key, damaged pages, shape, clock, log, backups, libraries and
    protocols; also where the records do not open. With one or more complaints the exit status is 1. --fix
    closes files for others, folds the log in and removes what was left unfinished more than a day ago.
    """
    import datetime

    try:
        from mmt.clinic.doctor.complaint import Examined
        from mmt.clinic.doctor.examination import complaints, mended
    except ImportError as error:
        _stop(f"A library of mmt is missing or too old: {error} Install mmt anew, as the README says.")
    from mmt.output import hanging
    from mmt.paths import clinic
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


@commands.command()
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
    from mmt.model.errors import ClinicError
    from mmt.paths import Places, clinic
    from mmt.unseen import NoTerminalError, signed_in

    place = folder or clinic().root
    if accept:
        _go_on(place)
        return
    try:
        sign_in = signed_in(who_may(Places(place)), by_code=True)
        with _progress("Verifying") as told:
            found = verify(place, told, lambda _: sign_in, mark)
    except NoTerminalError as error:
        _stop(str(error), NO_TERMINAL)
    except ClinicError as error:
        _stop(str(error))
    for line in found.lines:
        click.echo(line)
    if found.breaks:
        sys.exit(FAULTY)


def _go_on(folder: Path) -> None:
    """Go on with records that mmt did not leave so, after a typed yes."""
    from mmt.clinic.signing_in import who_may
    from mmt.clinic.verifying import go_on, unaccepted
    from mmt.model.errors import ClinicError
    from mmt.paths import Places
    from mmt.unseen import NoTerminalError, signed_in

    places = Places(folder)
    try:
        sign_in = signed_in(who_may(places))
        why = unaccepted(places, sign_in)
        if not why:
            click.echo("There is nothing to accept: the records are those that mmt left here.")
            return
        click.echo(why)
        asks = "What is missing is gone then, unless you find it. Type yes to go on"
        if click.prompt(asks, default="", show_default=False).strip().lower() != "yes":
            _stop("Nothing was changed.")
        go_on(places, sign_in)
    except NoTerminalError as error:
        _stop(str(error), NO_TERMINAL)
    except ClinicError as error:
        _stop(str(error))
    click.echo("mmt goes on with the records as they are. `mmt verify` says whether the rest of them holds.")


@commands.command()
@click.option("--origins", is_flag=True, help="Print each id with the file that it comes from.")
@click.option("--sources", is_flag=True, help="Print how well each item is sourced.")
@click.option("--unsigned", is_flag=True, help="Print each item that is not signed off, and why.")
def check(origins: bool, sources: bool, unsigned: bool) -> None:
    """Check protocols and report templates.

    Every problem is one line with file and place; with one or more the exit status is 1. What no clinician
    has signed off is counted.
    """
    from mmt.library import listing
    from mmt.library.posing import posing
    from mmt.library.signed import counted_unsigned
    from mmt.library.signed import unsigned as not_signed
    from mmt.library.spoken import paper_problems
    from mmt.library.templates import load_templates
    from mmt.paths import clinic
    from mmt.reports.logo import find_logo
    from mmt.reports.scripts import unprintable_wording

    library = _library()
    templates, template_problems = load_templates(clinic().template_folders)
    _, logo_problems = find_logo(clinic().templates)
    for line in (
        *(listing.origins(library) if origins else ()),
        *(listing.sources(library) if sources else ()),
        *(not_signed(library, templates) if unsigned else ()),
    ):
        click.echo(line)
    problems = [
        *map(str, (*library.problems, *template_problems)),
        *map(str, posing(library.whole, library.origins)),
        *map(str, paper_problems(library, templates)),
        *logo_problems,
        *unprintable_wording(templates, library.whole.stretches),
    ]
    for problem in problems:
        click.echo(problem)
    for line in counted_unsigned(library, templates):
        click.echo(line)
    parts = (len(library.origins), "item"), (len(templates), "template"), (len(problems), "problem")
    click.echo(", ".join(counted(*part) for part in parts))
    if problems:
        sys.exit(FAULTY)


@commands.command()
@click.option("--list", "as_list", is_flag=True, help="Print how each item stands, one line each.")
def review(as_list: bool) -> None:
    """Sign off the content, item by item.

    For the clinic's own clinician: one key signs an item off, asks for a change, or sets it aside. What was
    decided is kept in the clinic's folder and lapses where the item changes.
    """
    if as_list:
        from mmt.library.signed import listed
        from mmt.library.templates import load_templates
        from mmt.paths import clinic

        library = _library(quiet=False)
        for line in listed(library, load_templates(clinic().template_folders)[0]):
            click.echo(line)
        return
    _need_terminal("`mmt review --list` prints how each item stands.")
    from mmt.tui.app import run_review

    sys.exit(run_review())


@commands.command()
@click.option("--csv", "as_csv", is_flag=True, help="Print rows for other programs.")
def outcomes(as_csv: bool) -> None:
    """Print what became of each patient, and of each score over all.

    From the first value to the latest, held against the error of its score; what waits stands below: an
    action to write, a test to do again, a re-examination, a sheet that has run out. Nobody is given a mark.
    """
    from mmt.clinic import outcomes as clinics

    with _records() as records:
        found = clinics.outcomes(records)
        if as_csv:
            click.echo(clinics.as_csv(found, records.protocol), nl=False)
        else:
            for line in clinics.table(found, records.protocol):
                click.echo(line)


@commands.command()
def doubles() -> None:
    """Print the records that may be of one person, two at a time.

    By birth date and name, also where one of them has a slip, or by the chart number. F7 in the list of
    patients goes through them, joins them or keeps that they are two people, who are not listed again.
    """
    from mmt.clinic.doubles import lines

    with _records() as records:
        for line in lines(records.doubles().found()):
            click.echo(line)


@commands.command()
def codes() -> None:
    """Print mmt's own codes as FHIR code systems.

    For the server that takes what `mmt export --as fhir` writes: tests, grades, scales, questions,
    stretches and what stands beside a value, with their names in the protocols as they are now.
    """
    import json

    from mmt.exchange.fhir.code_systems import code_systems

    click.echo(json.dumps(code_systems(_library(quiet=False).protocol), indent=1, ensure_ascii=False))


@commands.command()
@click.option("--patient", help="Only with the record of this number, name, birth date or chart number.")
@click.option("--person", default="", help="Only what this person did, named as in the list.")
@click.option("--day", type=click.DateTime(["%Y-%m-%d"]), help="Only of this day, as 2026-03-02.")
@click.option("--as", "kind", type=click.Choice(("csv", "fhir")), help="Print it for other programs.")
@click.option("--csv", "as_csv", is_flag=True, help="Print rows for other programs: --as csv.")
def acts(
    patient: str | None, person: str, day: "datetime.datetime | None", kind: str | None, as_csv: bool
) -> None:
    """Print who did what with the records, newest first.

    Each change with what was there before, and who opened, printed, copied or backed up what, as it was
    written down at once and cannot be taken back. That you looked is written down too. As FHIR each act is an
    AuditEvent, without names of patients and without what was changed; docs/exchange.md tells.
    """
    from mmt.clinic.acts import listing
    from mmt.model.acts import Asked

    if as_csv and kind == "fhir":
        raise click.UsageError("--csv and --as fhir are two kinds: name one.")
    with _records() as records:
        number = None if patient is None else listing.number_of(records, patient)
        desk = records.acts(Asked(patient=number, person=person, day=day and day.date()))
        if kind == "fhir":
            listed: Iterator[bytes] | Iterator[str] = listing.as_fhir(records, desk.sent())
        else:
            listed = listing.as_csv(desk.all()) if as_csv or kind else listing.lines(desk.all())
        none = True
        for line in listed:
            none = False
            click.echo(line)
        if none:
            tell(listing.NONE)


@commands.command()
@click.option("--patient", type=int, help="The number of the record, as in the names of its papers.")
@click.option(
    "--as",
    "kind",
    type=click.Choice(KINDS),
    help="The kind of file; docs/exchange.md tells.",
)
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help="Only who was here on this day or later.")
@click.option("--to", default="", help="Whom it is for; that is kept with each record.")
@click.argument("folder", required=False, type=click.Path(path_type=Path))
def export(
    patient: int | None,
    kind: Kind | None,
    since: "datetime.datetime | None",
    to: str,
    folder: Path | None,
) -> None:
    """Write records for other programs into FOLDER, else into the folder of papers.

    --as json writes what another mmt takes in whole (`mmt import`): all records, or that of one --patient.
    --as fhir writes signed visits as FHIR R4, a transaction Bundle a line, which a FHIR server takes.
    --as csv writes them for tables and statistics, a row an observation, with a second file that says what
    each column means.

    With --patient alone it is the copy that a patient may ask for: the course as a PDF, a note a signed
    visit, and all that is kept as JSON, each row as it was written, and who did what.
    """
    if kind is None and (patient is None or since):
        _stop(
            "Say which kind of file: mmt export --as json. A patient's own copy: mmt export --patient N.", 2
        )
    with _records() as records:
        if kind is None:
            assert patient is not None
            written = [*filter(None, records.rights(patient).copy(to, folder))]
        else:
            day = since and since.date()
            with _progress("Writing") as told:
                made = records.exchange().write(
                    kind, folder, patient=patient, since=day, to=to, progress=told
                )
            for says in made.left_out:
                tell(says)
            written = [made.path, *filter(None, [made.beside])]
    for path in written:
        click.echo(path)


@commands.command("import")
@click.option("--dates", type=click.Choice(ORDERS), help="The order of day and month in a list.")
@click.option("--doubtful", is_flag=True, help="Also take in who may have a record here already.")
@click.option("--yes", is_flag=True, help="Take it in without asking.")
@click.argument("file", type=click.Path(path_type=Path))
def import_(file: Path, dates: Order | None, doubtful: bool, yes: bool) -> None:
    """Take in records or patients from FILE, once you have seen what would be taken in.

    What mmt wrote (`mmt export --as json`) comes in whole, with visits and signatures, or not at all where
    there is a problem. Of a list (CSV with a head) and of FHIR the patients come in; what is wrong in a row
    stays out. Each problem is named with its place; nothing is kept before you have typed yes.

    Who is here already stays as they are. Who may have a record already stays out, unless you say
    --doubtful; F7 joins records afterwards. With > found.txt every line goes into that file.
    """
    with _records() as records:
        incoming = records.exchange().file(file)
        incoming.doubtful = doubtful
        if incoming.asks and not dates and not yes:
            dates = click.prompt(incoming.asks, type=click.Choice(ORDERS), show_choices=False, err=True)
        if dates:
            incoming.order = dates
        with _progress("Looking through") as told:
            found = incoming.look(told)
        for says in (*_first(found.doubts), *_first(found.problems), *filter(None, [found.how]), found.said):
            click.echo(says)
        if found.stops:
            _stop(f"Nothing was taken in: {counted(len(found.problems), 'problem')}.")
        if not found.records:
            return
        asks = "Type yes to take it in"
        if not yes and click.prompt(asks, default="", show_default=False, err=True).strip().lower() != "yes":
            _stop("Nothing was taken in.")
        with _progress("Taking in") as told:
            taken = incoming.take(told)
    click.echo(f"{counted(taken, 'record')} taken in.")
    if (late := found.records - taken) > 0:
        click.echo(f"{counted(late, 'record')} left out, as it may have come in meanwhile: look again.")


@commands.command()
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
@click.option("--stop", is_flag=True, help="Send nothing from now on, and forget the token.")
def send(
    base: str | None,
    token_file: Path | None,
    certificate: str,
    key: str,
    authority: str,
    most: int,
    status: bool,
    again: bool,
    stop: bool,
) -> None:
    """Send signed visits to the FHIR server that was chosen.

    Each signed visit waits until the server has it; what was refused is told with the server's words, and
    not tried again until you say --again. mmt also sends by itself every few minutes while it is open. With
    something refused or waiting the exit status is 1. docs/sites.md tells how it is set up.

    --setup tries the server with throw-away resources, which it deletes again, and says what it can do. The
    token is asked for, unseen, or read from --token-file; it is kept in the encrypted records.
    """
    from mmt.model.sending import Server

    secret = _token(token_file) if base else ""
    with _records() as records:
        desk = records.sending()
        if base:
            server = Server(
                base=base,
                most=most,
                certificate=_whole(certificate),
                key=_whole(key),
                authority=_whole(authority),
            )
            for line in desk.choose(server, secret):
                click.echo(line)
            click.echo(f"{desk.told() or 'Nothing was signed yet.'} `mmt send` sends now.")
            return
        if stop:
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


@commands.command()
@click.option("--patient", type=int, help="Only the record of this number.")
@click.option("--send", "anew", is_flag=True, help="Let what is missing or different there be sent anew.")
def reconcile(patient: int | None, anew: bool) -> None:
    """Say whether the copy of the records at the server is whole.

    What the server accepted is held against what it gives, patient by patient: what is missing there, what is
    different, and what of visits of this clinic is there and not here. Nothing is changed, here or there;
    with --send what is missing or different waits to be sent anew. With something to tell the exit status
    is 1. Restricted records are not compared.
    """
    with _records() as records:
        desk = records.sending()
        desk.chosen()
        with _progress("Comparing") as told:
            found = desk.reconcile(patient, send=anew, progress=told)
    for line in _first(found.lines):
        click.echo(line)
    waits = f" {counted(found.waits, 'visit')} waited to be sent." if found.waits else ""
    click.echo(f"{counted(found.records, 'record')} compared, {found.whole:,} whole there.{waits}")
    if anew and found.rows:
        click.echo(f"{counted(len(found.rows), 'visit')} to be sent anew: `mmt send` does it at once.")
    if found.lines:
        sys.exit(FAULTY)


@commands.command()
@click.option("--patient", type=int, required=True, help="The number of the record.")
def fetch(patient: int) -> None:
    """Print a patient's visits at other sites, as the server tells them.

    They are told in words, with the site and its scale, and kept to be read without the server (V on the
    patient's page). They are no part of the record: nothing is concluded from them, and nothing compared.
    """
    with _records() as records:
        found = records.sending().fetch(patient)
    for one in found:
        click.echo(one.heading)
        for line in one.lines:
            click.echo(f"  {line}")
    click.echo(f"{counted(len(found), 'visit')} at other sites.")


def _send(desk: "SendingDesk", *, again: bool) -> None:
    """Send what waits, and say what became of it."""
    desk.chosen()
    if again:
        click.echo(f"{counted(desk.again(), 'thing')} to be tried again.")
    with _progress("Sending") as told:
        found = desk.send(told)
    for says in (*_first(found.stays), *filter(None, [found.halted])):
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
        _stop(f"{file} cannot be read ({why}). Nothing was set up.")


def _whole(path: str) -> str:
    """A path as it is found from everywhere."""
    return str(Path(path).expanduser().resolve()) if path else ""


def _on_a_screen() -> bool:
    """Whether a person reads the output."""
    return sys.stdout.isatty()


def _first(lines: Sequence[str]) -> Iterator[str]:
    """All lines; on a screen the first, and how many more there are."""
    many = _SHOWN if _on_a_screen() else len(lines)
    yield from lines[:many]
    if more := len(lines[many:]):
        yield f"… and {more:,} more. `mmt import FILE > found.txt` writes all into a file, and asks here."


@commands.command()
@click.option(
    "--use", type=click.Choice(["own", "published"]), help="Judge changes by these errors from here on."
)
def agreement(use: str | None) -> None:
    """Print how well the clinic's own readings agree.

    Of what was read twice: two trials of a visit by one examiner, or two examiners within a day. Each test
    with its kappa or its limits of agreement, beside the published error.

    With --use own the clinic's own errors, as they are now, stand in place of the published ones: of lengths,
    counts and holds with enough pairs. Each verdict says which it rests on.
    """
    from mmt.clinic.hands import hands, in_words, judge_by

    with _records() as records:
        found = hands(records)
        for line in (*in_words(found, records.protocol), *(judge_by(records, found, use) if use else ())):
            click.echo(line)


@commands.command()
@CASE
@click.option("--json", "as_json", is_flag=True, help="Print JSON as docs/case-format.md describes it.")
def explain(case: str, as_json: bool) -> None:
    """Print what mmt concludes of a case file.

    Visit by visit: alerts, findings, changes and stretches, each with its reasons and sources.
    CASE is a TOML file; - reads standard input.
    """
    library = _library(quiet=False)
    read = _case(case, library)
    from mmt.case import run
    from mmt.case.explain import explanation

    if as_json:
        click.echo(run.as_json(read, library.protocol))
    else:
        click.echo(explanation(read, run.reviews(read, library.protocol), library.protocol), nl=False)


@commands.command()
@CASE
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path), help="The PDF to write.")
@PAPER
@click.option("--short", is_flag=True, help="Only the first page, which is the whole plan.")
@click.option("--protect", is_flag=True, help="Ask for a passphrase without which nobody can read the PDF.")
def handout(case: str, output: Path, paper: Literal["a4", "letter"], short: bool, protect: bool) -> None:
    """Print the sheet of a case as a PDF.

    CASE is a TOML file; - reads standard input. The sheet is that of the last visit. Only you may read the
    file that is written; an older one of the same name is replaced. A locked or
    blocked visit makes no file and ends with status 3.
    """
    library = _library(quiet=False)
    read = _case(case, library)
    from mmt.case import run
    from mmt.library.signoffs import in_words
    from mmt.library.templates import load_templates
    from mmt.model.errors import NotSignedOffError, PaperError
    from mmt.paths import clinic
    from mmt.reports.logo import find_logo
    from mmt.reports.protect import protected

    templates = in_words(load_templates(clinic().template_folders)[0], library.decisions)
    logo, _ = find_logo(clinic().templates)
    try:
        kind = "short-sheet" if short else "hand-out"
        pages = run.handout(read, library.protocol, templates, paper, logo, kind=kind)
    except (run.WithheldError, NotSignedOffError) as withheld:
        _stop(str(withheld), WITHHELD)
    except PaperError as error:
        _stop(str(error))
    if still_open := run.left_open(read, library.protocol):
        tell(f"{still_open} Before the sheet is given, test it again.")
    if blank := run.left_blank(read):
        tell(blank)
    try:
        _write(output, protected(pages, _passphrase()) if protect else pages)
    except PaperError as error:
        _stop(str(error))


@commands.command()
@CASE
@click.option("-o", "--output", type=click.Path(path_type=Path), help="The text file to write.")
def note(case: str, output: Path | None) -> None:
    """Print the visit note of a case as plain text.

    What was asked, seen and decided at the last visit, as SOAP with PART, for pasting into another record.
    CASE is a TOML file; - reads standard input. Only you may read a file that is written.
    """
    library = _library(quiet=False)
    read = _case(case, library)
    from mmt.case import run
    from mmt.library.templates import load_templates
    from mmt.model.errors import PaperError
    from mmt.paths import clinic

    try:
        text = run.note(read, library.protocol, load_templates(clinic().template_folders)[0])
    except PaperError as error:
        _stop(str(error))
    if output is None:
        click.echo(text, nl=False)
    else:
        _write(output, text.encode())


@commands.command()
@click.option("--sheet", required=True, type=click.Path(path_type=Path), help="The PDF to write.")
@PAPER
@click.option("--both", is_flag=True, help="Draw right and left of what is done on one side.")
def figures(sheet: Path, paper: Literal["a4", "letter"], both: bool) -> None:
    """Print all drawings of the stretches on contact sheets.

    For whoever writes or reviews them: each drawing with its steps and words, the clinic's own among them.
    """
    library = _library(quiet=False)
    from mmt.library.templates import load_templates
    from mmt.paths import clinic
    from mmt.reports.figure_sheet import figure_sheet

    templates, _ = load_templates(clinic().template_folders)
    if "hand-out" not in templates:
        _stop("There is no template for the hand-out; `mmt check` names what is wrong.")
    _write(sheet, figure_sheet(library.protocol, templates["hand-out"], paper, both=both))


commands.add_command(station)


@commands.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print the completion script of a shell.

    The README says where to put it.
    """
    from click.shell_completion import get_completion_class

    found = get_completion_class(shell)
    assert found is not None, "click completes the shells that the argument allows"
    click.echo(found(commands, {}, "mmt", "_MMT_COMPLETE").source())


def _need_terminal(instead: str = "") -> None:
    """Stop with a sentence where no screen can be shown, and with what can be done `instead`."""
    from mmt.terminal import lacking

    if says := lacking():
        _stop(f"{says} {instead}".rstrip(), NO_TERMINAL)


def _library(*, quiet: bool = True) -> "Library":
    """The shipped protocols and the clinic's own. Stops with a sentence where they are incomplete."""
    from mmt.library.load import IncompleteLibraryError, load
    from mmt.paths import clinic

    try:
        library = load(clinic().protocol_folders, clinic().signoffs)
    except IncompleteLibraryError as error:
        _stop(str(error))
    if library.problems and not quiet:
        tell(f"{counted(len(library.problems), 'problem')} in the protocols; `mmt check` names each.")
    return library


def _case(name: str, library: "Library") -> "Case":
    """The case of a file or of standard input (`-`). Stops with every problem where it is faulty."""
    from mmt.case import read_case
    from mmt.toml.file import MAX_BYTES

    try:
        with click.open_file(name, "rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        _stop(f"{name} cannot be read ({error.strerror}).")
    except RuntimeError:  # click's word for a standard input that is closed
        _stop("Standard input is closed: no case can be read from it.")
    case, problems = read_case(data, "standard input" if name == "-" else name, library.protocol)
    if case is None:
        _stop("\n".join(map(str, problems)))
    return case


def _write(path: Path, content: bytes) -> None:
    """Put a paper at `path`. Stops with a sentence where that is not possible."""
    from mmt.files import write_private

    try:
        write_private(path, content)
    except OSError as error:
        _stop(f"{path} cannot be written ({error.strerror}); choose another place or name.")


def _passphrase() -> str:
    """The passphrase of a paper, which a person types twice."""
    from mmt.model.papers import SHORTEST_PASSPHRASE
    from mmt.unseen import NoTerminalError, typed_unseen

    asks = f"Passphrase, {SHORTEST_PASSPHRASE} characters or more"
    try:
        return typed_unseen(asks, ", or leave --protect out", twice=True)
    except NoTerminalError as error:
        _stop(str(error), NO_TERMINAL)


@contextmanager
def _records() -> Iterator["Clinic"]:
    """The clinic's records, open; who has to sign in does it at the terminal.

    Stops with a sentence where they cannot be opened, or something of them cannot be done.
    """
    from mmt.clinic import Clinic
    from mmt.clinic.signing_in import who_may
    from mmt.model.errors import ClinicError
    from mmt.paths import clinic
    from mmt.unseen import NoTerminalError, signed_in

    places = clinic()
    try:
        with closing(Clinic.open(places, signed_in(who_may(places)))) as records:
            for said in records.told:
                tell(said)
            yield records
    except NoTerminalError as error:
        _stop(str(error), NO_TERMINAL)
    except ClinicError as error:
        _stop(str(error))


@contextmanager
def _progress(label: str) -> "Iterator[Progress]":
    """A bar beside the output, moved by what is called with how much of how much is done."""
    with click.progressbar(length=1, label=label, file=sys.stderr) as bar:

        def told(done: int, of: int) -> None:
            bar.length = max(1, of)
            bar.update(done - bar.pos)

        yield told


def _stop(says: str, status: int = FAULTY) -> NoReturn:
    tell(says)
    sys.exit(status)


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
        _stop(refused(error))
    except Exception as error:
        from mmt import crash
        from mmt.paths import clinic

        _stop(crash.note(error, clinic().log), OWN_FAULT)

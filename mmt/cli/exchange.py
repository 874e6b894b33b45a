"""What comes from other programs and goes to them: `mmt export`, `mmt import`, `mmt codes`."""

import datetime
import signal
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mmt.model.counted import counted
from mmt.model.exchange import KINDS, ORDERS, Kind, Order
from mmt.output import tell

from .shared import MISSPELT, first, load_library, opened, progress, stop
from .stopping import StoppedError, stoppable

if TYPE_CHECKING:
    from mmt.clinic.exchange.desk import Incoming
    from mmt.clinic.exchange.found import Found

_NOTHING = "Nothing was taken in."
_STOPPED = "Stopped: {taken:,} of {of} were taken in. Run it again: who is here already stays out."


@click.command()
@click.option("--patient", type=int, help="The number of the record, as in the names of its papers.")
@click.option(
    "--as",
    "kind",
    type=click.Choice(KINDS),
    help="The kind of file; docs/exchange.md tells.",
)
@click.option(
    "--since",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Only who was here on this day or later: as json with all visits, as fhir and csv with those since.",
)
@click.option("--to", default="", help="Whom it is for; that is kept with each record.")
@click.argument("folder", required=False, type=click.Path(path_type=Path))
def export(
    patient: int | None,
    kind: Kind | None,
    since: datetime.datetime | None,
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
        stop(
            "Say which kind of file: mmt export --as json. A patient's own copy: mmt export --patient N.",
            MISSPELT,
        )
    with opened() as records:
        if kind is None:
            assert patient is not None
            written = [*filter(None, records.rights(patient).copy(to, folder))]
        else:
            day = since and since.date()
            with progress("Writing") as told:
                made = records.exchange().write(
                    kind, folder, patient=patient, since=day, to=to, progress=told
                )
            for says in made.left_out:
                tell(says)
            written = [made.path, *filter(None, [made.beside])]
    for path in written:
        click.echo(path)


@click.command("import")
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
    with opened() as records:
        incoming = records.exchange().file(file)
        incoming.doubtful = doubtful
        try:
            found = _looked_through(incoming, dates, yes=yes)
            if not found.records:
                return
            asks = "Type yes to take it in"
            if (
                not yes
                and click.prompt(asks, default="", show_default=False, err=True).strip().lower() != "yes"
            ):
                stop(_NOTHING)
        except click.Abort:
            stop(_NOTHING, 128 + signal.SIGINT)
        except StoppedError as told:
            stop(_NOTHING, told.status)
        taken = _taken_in(incoming, found.records)
    click.echo(f"{counted(taken, 'record')} taken in.")
    if (late := found.records - taken) > 0:
        click.echo(f"{counted(late, 'record')} left out, as it may have come in meanwhile: look again.")


def _looked_through(incoming: "Incoming", dates: Order | None, *, yes: bool) -> "Found":
    """What is in a file, as it was shown."""
    if incoming.asks and not dates and not yes:
        dates = click.prompt(incoming.asks, type=click.Choice(ORDERS), show_choices=False, err=True)
    if dates:
        incoming.order = dates
    with stoppable() as look, progress("Looking through", look) as told:
        found = incoming.look(told)
        look()
    for says in (*first(found.doubts), *first(found.problems), *filter(None, [found.how]), found.said):
        click.echo(says)
    if found.stops:
        stop(f"Nothing was taken in: {counted(len(found.problems), 'problem')}.")
    return found


def _taken_in(incoming: "Incoming", of: int) -> int:
    """How many records of those that were found were taken in. Whatever ends it, that is told."""
    try:
        with stoppable() as look, progress("Taking in", look) as told:
            return incoming.take(told)
    except StoppedError as error:
        stop(_STOPPED.format(taken=incoming.taken, of=counted(of, "record")), error.status)
    except Exception:
        tell(_STOPPED.format(taken=incoming.taken, of=counted(of, "record")))
        raise


@click.command()
def codes() -> None:
    """Print mmt's own codes as FHIR code systems.

    For the server that takes what `mmt export --as fhir` writes: tests, grades, scales, questions,
    stretches and what stands beside a value, with their names in the protocols as they are now.
    """
    import json

    from mmt.exchange.fhir.code_systems import code_systems

    click.echo(json.dumps(code_systems(load_library(quiet=False).protocol), indent=1, ensure_ascii=False))

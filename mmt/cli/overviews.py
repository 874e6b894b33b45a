"""What is told over all records: `mmt outcomes`, `mmt doubles`, `mmt acts`, `mmt agreement`."""

import datetime
from collections.abc import Iterator

import click

from mmt.output import tell

from .shared import opened


@click.command()
@click.option("--csv", "as_csv", is_flag=True, help="Print rows for other programs.")
def outcomes(as_csv: bool) -> None:
    """Print what became of each patient, and of each score over all.

    From the first value to the latest, held against the error of its score; what waits stands below: an
    action to write, a test to do again, a re-examination, a sheet that has run out. Nobody is given a mark.
    """
    from mmt.clinic import outcomes as clinics

    with opened() as records:
        found = clinics.outcomes(records)
        if as_csv:
            click.echo(clinics.as_csv(found, records.protocol), nl=False)
        else:
            for line in clinics.table(found, records.protocol):
                click.echo(line)


@click.command()
def doubles() -> None:
    """Print the records that may be of one person, two at a time.

    By birth date and name, also where one of them has a slip, or by the chart number. F7 in the list of
    patients goes through them, joins them or keeps that they are two people, who are not listed again.
    """
    from mmt.clinic.doubles import lines

    with opened() as records:
        for line in lines(records.doubles().found()):
            click.echo(line)


@click.command()
@click.option("--patient", help="Only with the record of this number, name, birth date or chart number.")
@click.option("--person", default="", help="Only what this person did, named as in the list.")
@click.option("--day", type=click.DateTime(["%Y-%m-%d"]), help="Only of this day, as 2026-03-02.")
@click.option("--as", "kind", type=click.Choice(("csv", "fhir")), help="Print it for other programs.")
@click.option("--csv", "as_csv", is_flag=True, help="Print rows for other programs: --as csv.")
def acts(
    patient: str | None, person: str, day: datetime.datetime | None, kind: str | None, as_csv: bool
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
    with opened() as records:
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


@click.command()
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

    with opened() as records:
        found = hands(records)
        for line in (*in_words(found, records.protocol), *(judge_by(records, found, use) if use else ())):
            click.echo(line)

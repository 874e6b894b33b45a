"""What clinicians decide, held in files: `mmt check`, `mmt review`."""

import sys

import click

from mmt.model.counted import counted
from mmt.paths import clinic

from .shared import FAULTY, load_library, need_terminal


@click.command()
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
    from mmt.reports.logo import find_logo
    from mmt.reports.scripts import unprintable_wording

    library = load_library()
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


@click.command()
@click.option("--list", "as_list", is_flag=True, help="Print how each item stands, one line each.")
def review(as_list: bool) -> None:
    """Sign off the content, item by item.

    For the clinic's own clinician: one key signs an item off, asks for a change, or sets it aside. What was
    decided is kept in the clinic's folder and lapses where the item changes.
    """
    if as_list:
        from mmt.library.signed import listed
        from mmt.library.templates import load_templates

        library = load_library(quiet=False)
        for line in listed(library, load_templates(clinic().template_folders)[0]):
            click.echo(line)
        return
    need_terminal("`mmt review --list` prints how each item stands.")
    from mmt.tui.app import run_review

    sys.exit(run_review())

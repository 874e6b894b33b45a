"""What is printed without any records: `mmt explain`, `mmt handout`, `mmt note` of a case; `mmt figures`."""

from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from mmt.model.errors import NotSignedOffError, PaperError
from mmt.output import tell
from mmt.paths import clinic

from .shared import WITHHELD, load_library, sentences, stop

if TYPE_CHECKING:
    from mmt.case.form import Case
    from mmt.library.load import Library

PAPER = click.option("--paper", type=click.Choice(["a4", "letter"]), default="a4", show_default=True)
CASE = click.argument("case", type=click.Path(exists=True, dir_okay=False, readable=False, allow_dash=True))


@click.command()
@CASE
@click.option("--json", "as_json", is_flag=True, help="Print JSON as docs/case-format.md describes it.")
def explain(case: str, as_json: bool) -> None:
    """Print what mmt concludes of a case file.

    Visit by visit: alerts, findings, changes and stretches, each with its reasons and sources.
    CASE is a TOML file; - reads standard input.
    """
    library = load_library(quiet=False)
    read = _case(case, library)
    from mmt.case import run
    from mmt.case.explain import explanation

    if as_json:
        click.echo(run.as_json(read, library.protocol))
    else:
        click.echo(explanation(read, run.reviews(read, library.protocol), library.protocol), nl=False)


@click.command()
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
    library = load_library(quiet=False)
    read = _case(case, library)
    from mmt.case import run
    from mmt.library.signoffs import in_words
    from mmt.library.templates import load_templates
    from mmt.reports.logo import find_logo
    from mmt.reports.protect import protected

    templates = in_words(load_templates(clinic().template_folders)[0], library.decisions)
    logo, _ = find_logo(clinic().templates)
    kind = "short-sheet" if short else "hand-out"
    try:
        pages = run.handout(read, library.protocol, templates, paper, logo, kind=kind)
    except (run.WithheldError, NotSignedOffError) as withheld:
        stop(str(withheld), WITHHELD)
    except PaperError as error:
        stop(str(error))
    if still_open := run.left_open(read, library.protocol):
        tell(f"{still_open} Before the sheet is given, test it again.")
    if blank := run.left_blank(read):
        tell(blank)
    with sentences():
        _write(output, protected(pages, _passphrase()) if protect else pages)


@click.command()
@CASE
@click.option("-o", "--output", type=click.Path(path_type=Path), help="The text file to write.")
def note(case: str, output: Path | None) -> None:
    """Print the visit note of a case as plain text.

    What was asked, seen and decided at the last visit, as SOAP with PART, for pasting into another record.
    CASE is a TOML file; - reads standard input. Only you may read a file that is written.
    """
    library = load_library(quiet=False)
    read = _case(case, library)
    from mmt.case import run
    from mmt.library.templates import load_templates

    with sentences():
        text = run.note(read, library.protocol, load_templates(clinic().template_folders)[0])
    if output is None:
        click.echo(text, nl=False)
    else:
        _write(output, text.encode())


@click.command()
@click.option("--sheet", required=True, type=click.Path(path_type=Path), help="The PDF to write.")
@PAPER
@click.option("--both", is_flag=True, help="Draw right and left of what is done on one side.")
def figures(sheet: Path, paper: Literal["a4", "letter"], both: bool) -> None:
    """Print all drawings of the stretches on contact sheets.

    For whoever writes or reviews them: each drawing with its steps and words, the clinic's own among them.
    """
    library = load_library(quiet=False)
    from mmt.library.templates import load_templates
    from mmt.reports.figure_sheet import figure_sheet

    templates, _ = load_templates(clinic().template_folders)
    if "hand-out" not in templates:
        stop("There is no template for the hand-out; `mmt check` names what is wrong.")
    _write(sheet, figure_sheet(library.protocol, templates["hand-out"], paper, both=both))


def _case(name: str, library: "Library") -> "Case":
    """The case of a file or of standard input (`-`). Stops with every problem where it is faulty."""
    from mmt.case import read_case
    from mmt.toml.file import MAX_BYTES

    try:
        with click.open_file(name, "rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        stop(f"{name} cannot be read ({error.strerror}).")
    except RuntimeError:  # click's word for a standard input that is closed
        stop("Standard input is closed: no case can be read from it.")
    case, problems = read_case(data, "standard input" if name == "-" else name, library.protocol)
    if case is None:
        stop("\n".join(map(str, problems)))
    return case


def _passphrase() -> str:
    """The passphrase of a paper, which a person types twice."""
    from mmt.model.papers import SHORTEST_PASSPHRASE
    from mmt.unseen import typed_unseen

    asks = f"Passphrase, {SHORTEST_PASSPHRASE} characters or more"
    return typed_unseen(asks, ", or leave --protect out", twice=True)


def _write(path: Path, content: bytes) -> None:
    """Put a paper at `path`. Stops with a sentence where that is not possible."""
    from mmt.files import write_private

    try:
        write_private(path, content)
    except OSError as error:
        stop(f"{path} cannot be written ({error.strerror}); choose another place or name.")

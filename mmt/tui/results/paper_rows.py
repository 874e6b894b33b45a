"""The papers of a visit as rows, each with its file; and the dated notes of a signed visit."""

from typing import TYPE_CHECKING

from textual.content import Content

from mmt.model.visit import Visit, local_day
from mmt.tui.visit.values import date_said
from mmt.tui.widgets.plain import plain
from mmt.tui.widgets.rows import Row, heading
from mmt.tui.widgets.wrap import Hanging

if TYPE_CHECKING:
    from mmt.clinic.papers import MadePaper


def paper_row(key: str, kind: str, name: str, state: str) -> Row:
    """A paper with the digit that makes it, and under its name how it stands."""
    text = Content.assemble((name, "bold"), (f"\n{plain(state).plain}", "dim"))
    return Row(Hanging(Content.styled(f"{key}  ", "bold"), text), kind)


def made_said(made: "MadePaper", opens: str) -> str:
    """When a paper was made, which key opens it, and its file."""
    return f"made {date_said(made.day)}, {opens} opens: {made.path.name}"


def dated_note_rows(visit: Visit) -> list[Row]:
    """The dated notes, oldest first, each with its day and who wrote it."""
    notes = [
        Row(
            Hanging(Content(f"{local_day(one.at).isoformat()}  "), plain(f"{one.by}: {one.text}")),
            f"note:{at}",
        )
        for at, one in enumerate(visit.addenda)
    ]
    return [heading("Dated notes"), *notes] if notes else []

"""The README's table of keys, from those of the screens: `python -m mmt.tui.table README.md` renews it."""

import re
import sys
from pathlib import Path

from mmt.model.base import grouped

from .asking.keys import SAFETY, STORY
from .charts.keys import CHART
from .comparing.keys import COMPARING
from .dialogs.keys import CHOICE, LINE_OF_TEXT, PRINTING, SETTINGS
from .exam.keys import EXAM
from .front.keys import (
    ACTS,
    DOUBLES,
    ELSEWHERE,
    HANDS,
    LEAVING,
    NEW_VISIT,
    OUTCOMES,
    PAIR,
    PATIENT,
    PATIENTS,
    PICK_PATIENT,
    RIGHTS,
    START,
)
from .keys.commands import ANYWHERE, DIALOG, FORM, WALK, shown
from .legs.keys import LEG_LENGTH
from .results.keys import FINDINGS, PAPERS, PRESCRIPTION, SIGN, SIGN_AS, SIGNED
from .reviewing.keys import REVIEWING
from .signing.keys import CODE, FIRST_PASSPHRASE, LOCK, PASSPHRASE, SIGN_IN, WHO_OPENS
from .visit.keys import EMERGENCY

PLACES = (
    ANYWHERE,
    WALK,
    START,
    SIGN_IN,
    LOCK,
    PATIENTS,
    OUTCOMES,
    HANDS,
    DOUBLES,
    ACTS,
    PATIENT,
    RIGHTS,
    ELSEWHERE,
    PICK_PATIENT,
    PAIR,
    CHART,
    COMPARING,
    REVIEWING,
    SETTINGS,
    PRINTING,
    WHO_OPENS,
    PASSPHRASE,
    FIRST_PASSPHRASE,
    CODE,
    DIALOG,
    LINE_OF_TEXT,
    CHOICE,
    FORM,
    NEW_VISIT,
    SAFETY,
    STORY,
    EMERGENCY,
    EXAM,
    LEG_LENGTH,
    FINDINGS,
    PRESCRIPTION,
    SIGN,
    SIGN_AS,
    PAPERS,
    SIGNED,
    LEAVING,
)
"""In the order of a visit."""


def markdown() -> str:
    """All commands as a Markdown table; places with the same keys share their rows."""
    places = grouped((place.commands, place.where) for place in PLACES)
    lines = ["| Where | Key | What it does |", "|---|---|---|"]
    for rows, names in places.items():
        where = ", ".join(names)
        for command in rows:
            lines.append(f"| {where} | `{shown(command)}` | {command.help} |")
            where = ""
    return "\n".join(lines)


def renewed(text: str) -> str:
    """A document with the table as it is now between its marks `<!-- keys -->` and `<!-- /keys -->`."""
    table = f"<!-- keys -->\n{markdown()}\n<!-- /keys -->"
    return re.sub(r"<!-- keys -->.*<!-- /keys -->", lambda _: table, text, flags=re.DOTALL)


if __name__ == "__main__":
    document = Path(sys.argv[1])
    document.write_text(renewed(document.read_text("utf-8")), "utf-8")

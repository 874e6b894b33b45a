"""The README's table of keys, made from the registry: `python -m mmt.tui.keys.table README.md` renews it."""

import re
import sys
from pathlib import Path

from .commands import PLACES, Command, shown

WHERE = {
    "anywhere": "everywhere",
    "walk": "in a visit",
    "start": "start",
    "patients": "patients",
    "patient": "one patient",
    "settings": "settings",
    "dialog": "dialogs",
    "form": "forms",
    "new-visit": "new visit",
    "safety": "safety",
    "story": "story",
    "emergency": "emergency",
    "exam": "exam",
    "leg-length": "leg length",
    "findings": "findings",
    "prescription": "stretches",
    "sign": "sign",
    "sign-as": "who signs",
    "papers": "papers",
    "signed": "a signed visit",
}
"""What the README calls the places of the registry, in the order of a visit."""


def markdown() -> str:
    """All commands as a Markdown table; places with the same keys share their rows."""
    places: dict[tuple[Command, ...], list[str]] = {}
    for place, said in WHERE.items():
        places.setdefault(PLACES[place], []).append(said)
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

"""Screens are given the open clinic and its visits: they know them by type, and cannot open or make one."""

import ast
from pathlib import Path

import mmt.tui

ROOM = Path(mmt.tui.__file__).parent
EDGES = {"opener.py", "results/keys.py"}
"""What opens the clinic, and the keys, which read what each paper is made by."""


def imported(path: Path) -> set[str]:
    """What a module imports when it runs, not for its types alone."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    types = [
        one for one in ast.walk(tree) if isinstance(one, ast.If) and "TYPE_CHECKING" in ast.dump(one.test)
    ]
    apart = {id(inner) for one in types for inner in ast.walk(one)}
    found = set()
    for node in ast.walk(tree):
        if id(node) in apart:
            continue
        if isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
        elif isinstance(node, ast.Import):
            found |= {one.name for one in node.names}
    return found


def test_screens_know_clinic_and_papers_by_their_types_alone() -> None:
    known = {
        str(path.relative_to(ROOM)): {
            one for one in imported(path) if one.startswith(("mmt.clinic", "mmt.reports"))
        }
        for path in ROOM.rglob("*.py")
    }
    assert {name for name, found in known.items() if found} == EDGES

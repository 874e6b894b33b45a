"""What the page of an item shows: how it stands, what changed, what it says, and where that is from."""

from collections.abc import Iterator, Sequence

from textual.content import Content
from textual.visual import Visual

from mmt.model.base import Evidence
from mmt.model.signoff import GROUPS, ReviewItem, Standing, Tally, tally
from mmt.reasoning.signed import how
from mmt.tui.visit.basis_rows import EVIDENCE
from mmt.tui.widgets.plain import plain
from mmt.tui.widgets.wrap import Hanging, Stacked

from .queue import Queue, Standings

LABELS = 18
"""Columns of the labels."""

MARKS: dict[Evidence, str] = {
    "checked": "looked up",
    "textbook": "not read",
    "derived": "own rule",
    "weak": "weak page",
}
"""Before each source: whether it was read."""

Changes = Sequence[tuple[str, str]]


def heads(queue: Queue, standing: Standings, who: str) -> Content:
    """How much of each group is signed off, the group that is read standing out; and `who` signs."""
    here = queue.item.group if queue.item else ""
    parts = []
    for group in GROUPS:
        found = tally([one for one in queue.items if one.group == group], standing)
        said = f"{group} {found.signed}/{found.items}"
        parts.append(Content.styled(f"▸{said}", "bold reverse") if group == here else plain(said))
    return Content("  ").join([*parts, Content.styled(who, "dim")])


def page(item: ReviewItem, stands: Standing | None, changes: Changes) -> Stacked:
    """All that is to be read of an item."""
    return Stacked(list(_rows(item, stands, changes)))


def _rows(item: ReviewItem, stands: Standing | None, changes: Changes) -> Iterator[Visual]:
    yield Content.assemble((f"{sign(stands)} ", "bold"), (how(stands), "bold"))
    if stands is not None and stands.lapsed:
        yield from _changed(changes)
    if item.about:
        yield plain(item.about).stylize("italic")
    before = ""
    for label, told in item.lines:
        yield _row("" if label == before else label, told)
        before = label
    if item.evidence:
        yield _row("Evidence", f"{item.evidence}: {EVIDENCE[item.evidence]}")
    for number, cited in enumerate(item.sources):
        yield _row("" if number else "Sources", f"[{MARKS[cited.evidence]}] {cited.title}")


def _changed(changes: Changes) -> Iterator[Visual]:
    """What stood there and what stands there now, line by line."""
    if not changes:
        yield _row("Changed", "a drawing or a part that is not shown here")
    for was, now in changes:
        for label, told in (("Was", was), ("Now", now)):
            for line in filter(None, told.split("\n")):
                yield Hanging(Content.styled(f"{label:<5}", "bold"), plain(line))


def _row(label: str, told: str) -> Hanging:
    return Hanging(Content.styled(f"{label:<{LABELS - 1}} ", "dim"), plain(told))


def sign(stands: Standing | None) -> str:
    """How an item stands, by a sign."""
    if stands is None:
        return "·"
    if stands.lapsed:
        return "!"
    return {"signed": "✓", "changed": "~", "set-aside": "×"}[stands.decision]


def ended(found: Tally) -> Stacked:
    """What is shown where nothing is open any more."""
    rows = [
        plain("Everything is decided.").stylize("bold"),
        plain(f"{found.signed} of {found.items} items are signed off."),
    ]
    if found.asked:
        rows.append(
            plain(f"{found.asked} wait for a change: they are not signed off until they are changed.")
        )
    if found.set_aside:
        rows.append(plain(f"{found.set_aside} are set aside and not used."))
    return Stacked([*rows, Content(""), plain("Esc goes back; / looks at the item before.")])

"""What changed since an earlier visit, to be taken in at a glance: worse first, the unchanged in a line."""

from collections.abc import Sequence

from textual.content import Content

from mmt.model.base import grouped
from mmt.model.exam_tests import MuscleTest
from mmt.model.protocol import Protocol
from mmt.model.review import Change
from mmt.model.visit import Visit
from mmt.reasoning.basis import name_said
from mmt.reasoning.judged import OTHER_EXAMINER, beside
from mmt.reasoning.wording import sentence
from mmt.reasoning.words import TOLD
from mmt.tui.widgets.plain import plain
from mmt.tui.widgets.rows import Row, heading
from mmt.tui.widgets.wrap import Hanging

from .values import day

LEAD = 9
NAME = 26
"""Columns for the verdict and for a test's name; its side stands in a column of its own, never cut."""


def change_rows(found: Sequence[Change], then: Visit, which: str, protocol: Protocol) -> list[Row]:
    """The comparison with an earlier visit; what stayed the very same is told in one row, and who examined
    then, and that it is another one now, above all rows."""
    title = f"Compared with {which}"
    other = any(OTHER_EXAMINER in one.why for one in found)
    examiner = f"; {sentence(OTHER_EXAMINER, protocol)}" if other else ""
    said = f"{day(then)}, {plain(then.examiner).plain}{examiner}"
    if not found:
        return [heading(title, said), Row(Content("Nothing was seen at both visits."), "changes:none")]
    order = list(TOLD)
    same = [one for one in found if one.told == "same"]
    told = sorted((one for one in found if one.told != "same"), key=lambda one: order.index(one.told))
    rows = [_row(one, protocol) for one in told]
    if same:
        rows.append(Row(_unchanged(same, protocol), "changes:same", same[0]))
    return [heading(title, said), Row(counted(found), "changes:count"), *rows]


def counted(found: Sequence[Change]) -> Content:
    """How often each verdict was come to."""
    verdicts = [one.told for one in found]
    parts = [
        Content.styled(f"{sign} {verdicts.count(verdict)} {word}", "bold")
        for verdict, (sign, word) in TOLD.items()
        if verdict in verdicts
    ]
    return Content("   ").join(parts)


def _row(one: Change, protocol: Protocol) -> Row:
    sign, word = TOLD[one.told]
    graded = isinstance(protocol.tests.get(one.test), MuscleTest)
    told = (*([one.counts] if one.counts and not graded else []), *beside(one))
    why = "; ".join(sentence(each, protocol) for each in told if each != OTHER_EXAMINER)
    short = len(word) < LEAD - 2
    name = plain(name_said(one.test, protocol)).truncate(NAME, ellipsis=True)
    text = Content.assemble(
        name.pad_right(NAME + 1 - name.cell_length),
        (f"{one.side or '':<6}", "bold"),
        (f"{one.from_:>8} → {one.to:<9}", "bold"),
        (one.confidence or "") if short else word,
        (f"\n{why}" if why else "", "dim"),
    )
    lead = Content.styled(f"{sign} {word if short else '':<{LEAD - 2}}", "bold")
    return Row(Hanging(lead, text), f"change:{one.test}:{one.side}", one)


def _unchanged(same: Sequence[Change], protocol: Protocol) -> Hanging:
    """`the same: 5 Iliopsoas, Quadriceps (left); 4 Gluteus maximus`: both sides where no side is named."""
    values = grouped((one.to, (name_said(one.test, protocol), one.side or "")) for one in same)
    parts = [f"{value} {', '.join(map(_sided, grouped(names).items()))}" for value, names in values.items()]
    return Hanging(Content(f"{'=':<{LEAD}}"), plain(f"the same: {'; '.join(parts)}."))


def _sided(test: tuple[str, Sequence[str]]) -> str:
    name, sides = test
    return f"{name} ({sides[0]})" if len(sides) == 1 and sides[0] else name

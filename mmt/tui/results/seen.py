"""Every value of a visit in rows: test, side, each trial with its flags, or why it was not tested."""

from textual.content import Content

from mmt.model.base import SIDES, Side
from mmt.model.exam_tests import AnyTest
from mmt.model.observation import Observation
from mmt.model.protocol import Protocol
from mmt.model.visit import Visit
from mmt.reasoning.basis import name_of
from mmt.tui.visit.values import notes
from mmt.tui.widgets.plain import plain
from mmt.tui.widgets.rows import Row, heading
from mmt.tui.widgets.wrap import Hanging

from .done import exam_done

NAME = 27
SIDE = 22
"""Columns for a test's name and for one side; what is longer takes what it needs."""


def value_rows(visit: Visit, protocol: Protocol) -> list[Row]:
    """How much of the exam was done, then each test that was seen, in the order of the library."""
    seen = dict.fromkeys(one.test for one in visit.observations)
    scale = protocol.scales[visit.scale].name if visit.scale in protocol.scales else visit.scale
    done = Row(Hanging(Content(""), plain(exam_done(visit, protocol)[1])), "values:done")
    tests = sorted(seen, key=[*protocol.tests, *seen].index)
    return [heading("Values", scale), done, *(_row(test, visit, protocol) for test in tests)]


def _row(test: str, visit: Visit, protocol: Protocol) -> Row:
    known = protocol.tests.get(test)
    name = plain(name_of(protocol, test))
    lead = name.pad_right(max(2, NAME - name.cell_length))
    sides = [_side(side, trials, known) for side in (*SIDES, None) if (trials := visit.seen(test, side))]
    padded = [one.pad_right(max(2, SIDE - one.cell_length)) for one in sides[:-1]]
    text = Content("").join([*padded, *sides[-1:]])
    return Row(Hanging(lead, text), f"value:{test}", known)


def _side(side: Side | None, trials: tuple[Observation, ...], test: AnyTest | None) -> Content:
    """`right  4+ (pain); trial 2: 4`."""
    values = [
        (f"trial {one.trial}: " if one.trial > 1 else "", one.result or one.shown, notes(one, test))
        for one in trials
    ]
    said = [
        Content.assemble(lead, (shown, "bold"), f" ({plain(more).plain})" if more else "")
        for lead, shown, more in values
    ]
    return Content(f"{side}  " if side else "") + Content("; ").join(said)

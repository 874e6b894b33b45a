"""Light touch: each that is not felt as usual is named, with how the other side felt."""

from collections.abc import Iterator

from mmt.model.base import SIDES, other
from mmt.model.exam_tests import TouchTest
from mmt.model.protocol import Protocol
from mmt.model.review import Finding
from mmt.model.said import said
from mmt.model.visit import History

from . import seen


def findings(history: History, protocol: Protocol) -> Iterator[Finding]:
    """A finding for each touch and side that is not normal: present where the other side is, possible where
    it is not or was not tested."""
    visit = history.visits[-1]
    for test in protocol.of(TouchTest):
        for side in SIDES:
            here, across = (seen.last(visit, test.id, one, "touch") for one in (side, other(side)))
            if here is None or here.touch == "normal":
                continue
            given = {"test": test.id, "side": side, "felt": here.touch, "other_side": other(side)}
            yield Finding(
                rule="touch",
                test=test.id,
                side=side,
                strength="present" if across and across.touch == "normal" else "possible",
                said=(
                    said("touch", **given, other_felt=across.touch)
                    if across
                    else said("touch-alone", **given),
                ),
                because=tuple(seen.reason(one) for one in (here, across) if one),
                missing=(*(() if across else (said("other-side"),)), *seen.untouched(here, visit, protocol)),
                sources=test.sources,
                evidence=test.evidence,
            )

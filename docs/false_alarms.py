"""How often an alarm of strength blocks a patient who did not change, and what a second trial costs.

A section of `docs/change.md`. Patients are drawn as `docs/simulate.py` says. At each visit every muscle is
graded once, a fall that nothing confirms once more, and at a blocked visit what was done is written down.
"""

from collections.abc import Iterator, Sequence
from itertools import product
from math import sqrt
from random import Random
from typing import Any, NamedTuple

from msgspec.structs import replace
from simulate import NORMAL, PROTOCOL, Grader, course, graded, grader, header

from mmt.model.base import Side
from mmt.model.measuring import Examiners
from mmt.model.observation import Observation
from mmt.model.protocol import Protocol
from mmt.model.review import Alert
from mmt.reasoning import blocks, unconfirmed
from mmt.reasoning.alarms import alarms

PATIENTS = 500
SEED = "1"
VISITS = 5
SCALES = ("MRC-6", "MRC-8", "Kendall-12")
EXAMINERS: tuple[Examiners, Examiners] = ("one", "two")
MUSCLES = ("TA", "EHL", "GMED")
"""Muscles of the alarm set: mildly weak on the left, sound on the right."""
MILD = (3.5, 4.5)
"""True strength of a mildly weak muscle, in grades."""
STRONG = (4.5, 5.5)
"""True strength of one before it falls."""
SIZES = (1.0, 1.5)
"""True falls, in grades."""
AT_ONCE: Protocol = replace(PROTOCOL, rules=replace(PROTOCOL.rules, retest=None))
"""The protocol in which each fall blocks at once."""

HEAD = """## Alarms of strength

A grade that fell by a full grade or more is shown at once. Where the muscle still works against gravity with
some pressure (3+ or better), the fall blocks the sheet once it is confirmed: by a second trial at the visit
that falls as well, by the examiner, or by the visit before. A better second trial lifts it, and both stay
in the record. These tables say what that does to false alarms, and what it costs.

Each patient has three mildly weak muscles (true strength 3.5 to 4.5) and three sound ones, does not change,
and comes five times. Of 100 such patients: how many were blocked at the second visit, and how many at the
second to fifth, where each alarm blocks at once, and where each fall is tested once more. No study tells how
far a second trial errs as the first did, by the same hand and minutes later: so once it errs all on its own,
and once it shares half of the variance. The truth may be worse: who knows the first grade is not blind.
Blocked by a grade of 3 or less: those at the second visit that no second trial can lift.

A second trial takes away many false falls where the scale has steps between 4 and 5, and few by MRC-6: there
a muscle between the two is read as either, and where the first visit read the better one, the worse one is
as true, and is found again.
"""

MISSES = """What it costs: one muscle of true strength 4.5 to 5.5 falls before the second visit and stays so.
Of 100: how many the first trial showed; how many the second then lifted wrongly (the fall stays told, with
both grades, and is to be tested again at the next visit); and how many had blocked no sheet after that visit,
and after the next one, where each alarm blocks at once, and with a second trial that errs on its own.
"""

Cell = tuple[str, Side]
Trues = dict[Cell, float]


class Way(NamedTuple):
    """How visits are done: by which protocol, and how much of the variance of its error a second trial shares
    with the first of the same visit, 0 to 1."""

    protocol: Protocol
    shared: float = 0.0


WAYS = (Way(AT_ONCE), Way(PROTOCOL), Way(PROTOCOL, 0.5))


class Seen(NamedTuple):
    """A visit as it was done: what alarmed after one trial of each muscle, and in the end."""

    first: Sequence[Alert]
    last: Sequence[Alert]

    @property
    def blocked(self) -> bool:
        """Whether no sheet left."""
        return any(map(blocks, self.last))


def walk(visits: Sequence[Trues], by: Grader, scale: str, way: Way, seed: str) -> Iterator[Seen]:
    """The visits of a patient with these true strengths, each muscle graded as this way says."""
    random, anew = Random(seed), Random(f"{seed} again")
    own = by._replace(sem=by.sem * sqrt(1 - way.shared))
    done: list[dict[str, Any]] = []
    for trues in visits:
        felt = {cell: true + random.gauss(0, by.sem * sqrt(way.shared)) for cell, true in trues.items()}
        grades = [graded(test, own.read(true, random), side) for (test, side), true in felt.items()]
        first = _alarms(done, grades, scale, way)
        fell = [one.because[0].seen for one in unconfirmed(first)]
        grades += [graded(one.test, own.read(felt[one.test, one.side], anew), one.side, 2) for one in fell]
        found = Seen(first, _alarms(done, grades, scale, way) if fell else first)
        done.append({"observations": tuple(grades), "action": "Telephoned" if found.blocked else ""})
        yield found


def _alarms(done: list[dict[str, Any]], grades: list[Observation], scale: str, way: Way) -> list[Alert]:
    return alarms(course(*done, {"observations": tuple(grades)}, scale=scale), way.protocol)


class Stable(NamedTuple):
    """Of 100 patients who did not change: those blocked at the second visit, those of them by a grade that is
    low by itself, and those blocked at any visit from the second on."""

    second: float
    low: float
    later: float


def stable(scale: str, examiners: Examiners, way: Way, patients: int = PATIENTS) -> Stable:
    """How often alarms block patients who did not change."""
    by, random = grader(scale, examiners), Random(f"{SEED} stable {scale}")
    found = []
    for at in range(patients):
        weak = {(test, "left"): random.uniform(*MILD) for test in MUSCLES}
        sound = {(test, "right"): random.uniform(*NORMAL) for test in MUSCLES}
        visits = [weak | sound] * VISITS
        found.append(list(walk(visits, by, scale, way, f"{SEED} {at} {examiners}")))
    return Stable(
        _percent(seen[1].blocked for seen in found),
        _percent(any(one.kind == "motor-low" for one in seen[1].last) for seen in found),
        _percent(any(one.blocked for one in seen[1:]) for seen in found),
    )


class Fell(NamedTuple):
    """Of 100 muscles that truly fell: those that one trial showed, those of them that the second lifted,
    those that had blocked no sheet after the visit, and after the next one."""

    shown: float
    lifted: float
    missed: float
    missed_later: float


def fallen(scale: str, examiners: Examiners, size: float, way: Way, patients: int = PATIENTS) -> Fell:
    """What becomes of a muscle that fell by so many grades before the second visit, and stays so."""
    by, random = grader(scale, examiners), Random(f"{SEED} fallen {scale}")
    found = []
    for at in range(patients):
        before = random.uniform(*STRONG)
        visits = [{("TA", "left"): before}, *([{("TA", "left"): before - size}] * 2)]
        found.append(list(walk(visits, by, scale, way, f"{SEED} {at} {examiners} {size}")))
    return Fell(
        _percent(any(one.level == "urgent" for one in seen[1].first) for seen in found),
        _percent(any(one.state == "lifted" for one in seen[1].last) for seen in found),
        _percent(not any(one.blocked for one in seen[:2]) for seen in found),
        _percent(not any(one.blocked for one in seen) for seen in found),
    )


def rows() -> Iterator[str]:
    """Both tables."""
    yield from header(
        *("Scale", "Examiners", "Second visit: each blocks", "second trial", "sharing half"),
        *("by a grade of 3 or less", "To the fifth: each blocks", "second trial", "sharing half"),
    )
    for scale, who in product(SCALES, EXAMINERS):
        found = [stable(scale, who, way) for way in WAYS]
        cells = [*(one.second for one in found), found[0].low, *(one.later for one in found)]
        yield _row(scale, who, *cells)
    yield f"\n{MISSES}"
    yield from header(
        *("Scale", "Examiners", "Fell by", "Shown by the first trial", "Lifted: on its own", "sharing half"),
        *("No block yet: each blocks", "second trial", "After the next visit: each blocks", "second trial"),
    )
    for scale, who, size in product(SCALES, EXAMINERS, SIZES):
        once, twice, half = (fallen(scale, who, size, way) for way in WAYS)
        missed = once.missed, twice.missed, once.missed_later, twice.missed_later
        yield _row(scale, who, f"{size:g} grade", once.shown, twice.lifted, half.lifted, *missed)


def _row(*cells: object) -> str:
    told = (f"{one:.0f} %" if isinstance(one, float) else str(one) for one in cells)
    return f"| {' | '.join(told)} |"


def _percent(found: Iterator[bool]) -> float:
    each = list(found)
    return 100 * sum(each) / len(each)

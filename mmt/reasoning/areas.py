"""What a patient is told of the tests: by area of the body and side, only of what was tested."""

from collections.abc import Collection, Iterator, Sequence

from mmt.model.base import SIDES, Side, Value
from mmt.model.protocol import Protocol
from mmt.model.review import Finding, Review
from mmt.model.rules import Area, AreaKind, PatientAreasRule
from mmt.model.visit import Visit

Place = tuple[Area, Side | None]


class AreasFound(Value, frozen=True, kw_only=True):
    """What was found in each place, and on which sides anything was tested.

    Where an area was tested on both sides, or in the middle, without a finding or a flag, it is `quiet`.
    """

    found: dict[Place, tuple[AreaKind, ...]] = {}
    sides: tuple[Side | None, ...] = ()
    quiet: tuple[Area, ...] = ()


def areas_found(visit: Visit, review: Review, protocol: Protocol) -> AreasFound:
    """What is to be told of a visit, without what the clinician set aside."""
    rule = protocol.rules.patient_areas
    if rule is None:
        return AreasFound()
    aside = {key for key, one in visit.decisions.items() if one.verdict == "set-aside"}
    found: dict[Place, tuple[AreaKind, ...]] = {}
    sides: list[Side | None] = []
    quiet: list[Area] = []
    for area, tests in rule.areas.items():
        seen = [one for one in visit.observations if one.test in tests and one.not_tested is None]
        here = [one for one in review.findings if one.test in tests]
        sides += [one.side for one in seen]
        for side in (*SIDES, None):
            known = [one for one in here if one.side == side and one.key not in aside]
            pained = {one.test for one in seen if one.side == side and one.pained}
            if kinds := tuple(dict.fromkeys(_kinds(known, pained, rule))):
                found[area, side] = kinds
        whole = {one.side for one in seen} - {None} in (set(), set(SIDES))
        if seen and whole and not here and not any(one.flags for one in seen):
            quiet.append(area)
    return AreasFound(found=found, sides=tuple(dict.fromkeys(sides)), quiet=tuple(quiet))


def _kinds(
    findings: Sequence[Finding], pained: Collection[str], rule: PatientAreasRule
) -> Iterator[AreaKind]:
    """What is told of a place: of a test that hurt only that, for then a grade is no evidence of weakness."""
    for kind, rules in rule.kinds.items():
        for one in findings:
            if one.rule in rules and one.test not in pained:
                yield "weaker" if one.test in rule.effort else kind
    if pained:
        yield "painful"

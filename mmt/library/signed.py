"""What `mmt check` and `mmt review --list` print of how the content stands with the clinic's clinicians."""

from collections.abc import Iterator, Mapping

from mmt.model.signoff import GROUPS, ReviewItem, Standing, tally
from mmt.model.template import Template
from mmt.reasoning.signed import how

from .load import Library
from .to_sign import items

MOST = 12
"""So many of what lapsed, waits for a change or is set aside are named without being asked for."""


def listed(library: Library, templates: Mapping[str, Template]) -> Iterator[str]:
    """Every item by group, with how it stands."""
    found = items(library.whole, templates)
    yield from _rows(found, library.decisions.standing(found))


def unsigned(library: Library, templates: Mapping[str, Template]) -> Iterator[str]:
    """Every item that is not signed off as it is now, with why."""
    found = items(library.whole, templates)
    standing = library.decisions.standing(found)
    left = [one for one in found if one.id not in standing or not standing[one.id].signed]
    yield from _rows(left, standing)


def counted_unsigned(library: Library, templates: Mapping[str, Template]) -> Iterator[str]:
    """How much is signed off, then what of each group is not, and what lapsed by name."""
    found = items(library.whole, templates)
    standing = library.decisions.standing(found)
    whole = tally(found, standing)
    yield f"{whole.signed} of {whole.items} items are signed off by a clinician of this clinic."
    groups = ((group, tally([one for one in found if one.group == group], standing)) for group in GROUPS)
    left = ", ".join(f"{group} {one.unsigned}" for group, one in groups if one.unsigned)
    if left:
        yield f"Not signed off: {left} (`mmt check --unsigned` names each, `mmt review` signs)."
    said = [f"  {name}: {how(one)}" for name, one in standing.items() if not one.signed]
    yield from said[:MOST]
    if len(said) > MOST:
        yield f"  and {len(said) - MOST} more that lapsed, wait for a change or are set aside"
    there = {one.id for one in found}
    if gone := [name for name in library.decisions.made if name not in there]:
        more = f" and {len(gone) - MOST} more" if len(gone) > MOST else ""
        yield f"Decided about, but not there (any more): {', '.join(gone[:MOST])}{more}."
    if library.decisions.only_signed:
        yield "Only what is signed off is offered and printed for patients."


def _rows(
    found: tuple[ReviewItem, ...] | list[ReviewItem], standing: Mapping[str, Standing]
) -> Iterator[str]:
    width = max((len(one.id) for one in found), default=0)
    for one in found:
        yield f"{one.group:<12}  {one.id:<{width}}  {how(standing.get(one.id))}"

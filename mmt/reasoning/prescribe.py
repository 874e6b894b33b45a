"""From findings to a prescription: what the findings ask for, what keeps it back, what fits on a sheet."""

from collections.abc import Iterable, Sequence

from mmt.model.protocol import Protocol
from mmt.model.review import Finding, Offer, PatternMatch, Prescription, Watch, Withheld
from mmt.model.visit import History, Prescribed

from .gates import Gates
from .held_back import HeldBack, leading
from .selection import select
from .wanted import Wanted, wanted, what_asks


def prescribe(
    history: History,
    protocol: Protocol,
    findings: Sequence[Finding],
    watch: Watch,
    patterns: Sequence[PatternMatch],
) -> Prescription:
    """What would go onto the sheet, what fits beyond its limits, and what is withheld and why."""
    gates = Gates(history, protocol, watch.alerts, patterns)
    asking = what_asks(history, protocol, findings, gates.present)
    ages = history.patient.ages_on(history.visits[-1].date)
    stretches = [one.for_age(ages) for one in protocol.stretches.values()]
    forms = {one.id: gates.forms(one) for one in stretches}
    formed = {name: tuple(reason for why in by.values() for reason in why) for name, by in forms.items()}
    wants = [
        one._replace(form=formed[stretch.id])
        for stretch in stretches
        if (one := wanted(stretch, asking, protocol))
    ]
    asked_for = {one.stretch.id for one in wants}
    others = [one for one in stretches if one.id not in asked_for]
    back = HeldBack(history, protocol, findings, gates, asking)
    held = [
        *(bar for one in wants for bar in back.wanted(one)),
        *(bar for one in others for bar in back.unasked(one)),
        *back.elsewhere([one for one in others if one.default]),
    ]
    kept = {bar.stretch for bar in held}
    fitting = [one for one in wants if one.stretch.id not in kept]
    free = [Wanted(one, form=formed[one.id]) for one in stretches if one.default and one.id not in kept]
    offered, more = select(fitting, free, protocol, first=asking.sheet is None)
    return Prescription(
        status=watch.status,
        offered=offered,
        more=more,
        withheld=tuple(leading(wants, held, {one.stretch for one in offered})),
        review_days=gates.review_days,
        forms={name: tuple(by) for name, by in forms.items() if by},
        conditions=gates.conditions,
        stops=gates.stops,
        plain=tuple(one.id for one in stretches if gates.plain(one)),
    )


def as_offered(offers: Sequence[Offer]) -> tuple[Prescribed, ...]:
    """What would be prescribed if a clinician took every offer as it stands."""
    return tuple(
        Prescribed(stretch=one.stretch, side=one.side, dose=one.dose, why=one.why, note=one.note)
        for one in offers
    )


def barred(chosen: Iterable[Prescribed], found: Prescription) -> dict[str, tuple[Withheld, ...]]:
    """The chosen stretches that what is known by now keeps back, each with what does so."""
    held = {one.stretch: tuple(bar for bar in found.withheld if bar.stretch == one.stretch) for one in chosen}
    return {stretch: bars for stretch, bars in held.items() if bars}

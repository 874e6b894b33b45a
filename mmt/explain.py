"""What reasoning concluded of a case, as plain text for a clinician to read."""

import textwrap
from collections.abc import Iterable, Iterator, Sequence

from mmt.model.case import Case
from mmt.model.protocol import Protocol
from mmt.model.review import Conclusion, LegLength, MethodReading, Offer, Review, Status, Totals, Withheld
from mmt.model.visit import Dose, Visit
from mmt.reasoning.basis import name_of, place_said, reason_said
from mmt.reasoning.words import LABEL

WIDTH = 88
"""Columns of the report: it is read in a terminal and pasted into letters."""

_STATUS: dict[Status, str] = {
    "offered": "can be given.",
    "blocked-until-action": "blocked until the action taken about the urgent alert is written down.",
    "locked": "locked by an emergency answer.",
}
_NEEDS = {"tick": "the clinician's tick", "ask": "that the condition is asked about"}

Item = tuple[str, tuple[str, ...]]
"""A line of the report, and the lines of its basis."""


def explanation(case: Case, reviews: Sequence[Review], protocol: Protocol) -> str:
    """The reviews of all visits as one text: alerts first, everything with its reasons and sources."""
    lines = [*_wrapped(case.title), *_wrapped(f"Case {case.id}; where it comes from: {case.source}")]
    for visit, review in zip(case.history.visits, reviews, strict=True):
        lines += ["", *_visit(visit, review, protocol)]
    return "\n".join([*lines, "", *_wrapped(LABEL), ""])


def _visit(visit: Visit, review: Review, protocol: Protocol) -> Iterator[str]:
    head = f"VISIT {review.date}, examiner {visit.examiner}, scale {visit.scale}"
    yield from (head, "=" * len(head))
    yield from _wrapped(f"The sheet {_STATUS[review.prescription.status]}")
    yield from _part("Alerts", _alerts(review, protocol))
    yield from _part("Findings", (_concluded(one, protocol, one.strength or "") for one in review.findings))
    yield from _part("Patterns", (_concluded(one, protocol) for one in review.patterns))
    yield from _part("Tests that would tell more", ((one.text, ()) for one in review.next_tests))
    yield from _part("Leg length", _leg_length(review.leg_length, protocol))
    yield from _part("Changes since the visit before", _changes(review, protocol))
    yield from _part("Key muscles", _totals(review.totals))
    yield from _part("Offered for the sheet", (_offer(one, protocol) for one in review.prescription.offered))
    yield from _part(
        "Fitting, beyond a first sheet", (_offer(one, protocol) for one in review.prescription.more)
    )
    yield from _part("Left out", _withheld(review.prescription.withheld, protocol))


def _part(title: str, items: Iterable[Item]) -> Iterator[str]:
    """A heading with its items; nothing where there is none."""
    rows = list(items)
    if rows:
        yield from ("", title.upper())
    for line, basis in rows:
        yield from _wrapped(line, "- ", "  ")
        for one in basis:
            yield from _wrapped(one, "    ", "      ")


def _wrapped(text: str, first: str = "", later: str = "") -> list[str]:
    return textwrap.wrap(
        text, WIDTH, initial_indent=first, subsequent_indent=later, break_on_hyphens=False
    ) or [first.rstrip()]


def _basis(one: Conclusion, protocol: Protocol) -> tuple[str, ...]:
    because = "; ".join(filter(None, (reason_said(reason, protocol) for reason in one.because)))
    missing = ", ".join(name_of(protocol, name) for name in one.missing)
    return tuple(
        f"{label}: {text}"
        for label, text in (
            ("because", because),
            ("missing", missing),
            ("source", f"{one.source} ({one.evidence})"),
        )
        if text
    )


def _concluded(one: Conclusion, protocol: Protocol, strength: str = "") -> Item:
    return f"{one.text} ({strength})" if strength else one.text, _basis(one, protocol)


def _alerts(review: Review, protocol: Protocol) -> Iterator[Item]:
    for one in review.alerts:
        asks = (f"asks for: {one.action}",) if one.action else ()
        yield f"{one.level.upper()}: {one.text}", (*asks, *_basis(one, protocol))
    if not review.alerts:
        yield "No red flag recorded today.", ()


def _leg_length(found: LegLength | None, protocol: Protocol) -> Iterator[Item]:
    if found is not None:
        methods = (_method(one, protocol) for one in found.methods)
        yield found.text, (*methods, *_basis(found, protocol))


def _method(one: MethodReading, protocol: Protocol) -> str:
    means = [
        f"{side} {mean:.1f} mm"
        for side, mean in (("right", one.right), ("left", one.left))
        if mean is not None
    ]
    difference = "" if one.difference is None else f"difference {one.difference:g} mm"
    shorter = f"{one.shorter} shorter" if one.shorter and one.difference else ""
    error = "never votes" if one.error is None else f"error {one.error:g} mm"
    beyond = "beyond error" if one.beyond_error else ""
    again = "take a third reading" if one.repeat else ""
    facts = ", ".join(filter(None, (*means, difference, shorter, error, beyond, again)))
    return f"{name_of(protocol, one.method)}: {facts}"


def _changes(review: Review, protocol: Protocol) -> Iterator[Item]:
    for one in review.changes:
        sure = f", {one.confidence}" if one.confidence else ""
        why = (f"less sure: {', '.join(one.why)}",) if one.why else ()
        place = place_said(protocol, one.test, one.side)
        says = f"{place}: {one.from_} → {one.to} since {one.since}: {one.verdict}{sure}"
        yield says, (*why, f"source: {one.source} ({one.evidence})")


def _totals(totals: Totals) -> Iterator[Item]:
    said = {name.replace("_", " "): getattr(totals, name) for name in totals.__struct_fields__}
    if any(total != "ND" for total in said.values()):
        yield ", ".join(f"{limb} {total}" for limb, total in said.items()), ()


def _offer(one: Offer, protocol: Protocol) -> Item:
    because = "; ".join(filter(None, (reason_said(reason, protocol) for reason in one.because)))
    name = f"{one.stretch} {protocol.stretches[one.stretch].name}"
    side = f", {one.side.upper()}" if one.side else ""
    return f"{name}{side}: {dose_said(one.dose)}", (f"because: {because}",)


def dose_said(dose: Dose) -> str:
    """A dose in a clinician's words: `hold 30 s, 2 times, once a day, 7 days a week, 6 weeks`."""
    parts = (
        f"hold {dose.hold_s} s" if dose.hold_s else "",
        f"{dose.reps} times" if dose.reps else "",
        f"{dose.sets} sets" if dose.sets else "",
        f"{dose.minutes} minutes" if dose.minutes else "",
        "once a day" if dose.per_day == 1 else f"{dose.per_day} times a day",
        f"{dose.days_per_week} days a week",
        f"{dose.weeks} weeks",
    )
    return ", ".join(filter(None, parts))


def _withheld(withheld: Sequence[Withheld], protocol: Protocol) -> Iterator[Item]:
    """What a finding asks for and is held back, each with its reasons; the others in one line."""
    for one in withheld:
        if one.wanted:
            because = "; ".join(filter(None, (reason_said(reason, protocol) for reason in one.because)))
            opens = _NEEDS.get(one.needs or "") or name_of(protocol, one.needs or "")
            needs = (f"needs: {opens}",) if one.needs else ()
            yield f"{one.stretch} ({one.code}): {one.text}", (f"because: {because}", *needs)
    others = dict.fromkeys(f"{one.stretch} ({one.code})" for one in withheld if not one.wanted)
    if others:
        yield f"Asked for by no finding, and not fitting: {', '.join(others)}.", ()

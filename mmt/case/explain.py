"""What reasoning concluded of a case, as plain text for a clinician to read."""

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from mmt.model.label import LABEL
from mmt.model.protocol import Protocol
from mmt.model.review import (
    Conclusion,
    LegLength,
    MethodReading,
    NextTest,
    Offer,
    Reason,
    Review,
    Status,
    Withheld,
)
from mmt.model.said import Sentences
from mmt.model.visit import Visit
from mmt.reasoning import goals, waited
from mmt.reasoning.basis import dose_said, name_of, place_said
from mmt.reasoning.fluent import listed
from mmt.reasoning.wording import missing_said, quiet_said, reason_said, sentence, worded
from mmt.reasoning.words import EARLY, TOLD

from .form import Case

WIDTH = 88
"""Columns of the report: it is read in a terminal and pasted into letters."""

_STATUS: dict[Status, str] = {
    "offered": "can be given",
    "no-sheet": "is not given: its moves and doses are for adults",
    "blocked-until-action": "is blocked until the action taken about the urgent alert is written down",
    "locked": "is locked by an emergency answer",
}

Item = tuple[str, Iterable[str]]
"""A line of the report, and the lines of its basis; empty lines are left out."""


def explanation(case: Case, reviews: Sequence[Review], protocol: Protocol) -> str:
    """The reviews of all visits as one text: alerts first, everything with its reasons and sources."""
    report = _Report(protocol)
    lines = [*_wrapped(case.title), *_wrapped(f"Case {case.id}; where it comes from: {case.source}")]
    for at, (visit, review) in enumerate(zip(case.history.visits, reviews, strict=True)):
        past = case.history.up_to(at)
        lines += ["", *report.visit(visit, review, waited(past, protocol), goals(past, protocol))]
    lines += _part("Sources", report.sources())
    return "\n".join([*lines, "", *_wrapped(LABEL), ""])


def _part(title: str, items: Iterable[Item]) -> Iterator[str]:
    """A heading with its items; nothing where there is none."""
    rows = list(items)
    if rows:
        yield from ("", title.upper())
    for line, basis in rows:
        yield from _wrapped(line, "- ", "  ")
        for one in filter(None, basis):
            yield from _wrapped(one, "    ", "      ")


def _wrapped(text: str, first: str = "", later: str = "") -> list[str]:
    """The text in lines of the report's width; an address is never broken."""
    wrapper = textwrap.TextWrapper(WIDTH, first, later, break_on_hyphens=False, break_long_words=False)
    return wrapper.wrap(text) or [first.rstrip()]


class _Report:
    """The parts of one report. It remembers which sources were named, to list them once at the end."""

    def __init__(self, protocol: Protocol) -> None:
        self._protocol = protocol
        self._named: dict[str, None] = {}

    def visit(self, visit: Visit, review: Review, waits: Sentences, aims: Sentences) -> Iterator[str]:
        paper = f" (from paper, entered {review.entered})" if review.entered else ""
        head = f"VISIT {review.date}{paper}, examiner {visit.examiner}, scale {visit.scale}"
        yield from (head, "=" * len(head))
        yield f"The sheet {_STATUS[review.prescription.status]}."
        if days := review.prescription.review_days:
            yield EARLY.format(days=days)
        yield from _part("Waiting before it", ((sentence(one, self._protocol), ()) for one in waits))
        yield from _part("Alerts", self._alerts(visit, review))
        yield from _part("Findings", self._findings(review))
        patterns = ((self._said(one), self._basis(one, one.id)) for one in review.patterns)
        yield from _part("Patterns", patterns)
        yield from _part("Tests that would tell more", ((self._said(one), ()) for one in review.next_tests))
        yield from _part("Leg length", self._leg_length(review.leg_length))
        yield from _part("Changes since the visit before", self._changes(review))
        yield from _part("Goals", ((sentence(one, self._protocol), ()) for one in aims))
        yield from _part("Last sheet at home", ((self._reasons([one]), ()) for one in review.home))
        yield from _part("Key muscles", self._totals(review))
        yield from _part("Offered for the sheet", map(self._offer, review.prescription.offered))
        yield from _part("Fitting, beyond a first sheet", map(self._offer, review.prescription.more))
        yield from _part("Left out", self._withheld(review.prescription.withheld))

    def sources(self) -> Iterator[Item]:
        """Every source that was named, with its title and address."""
        for name in self._named:
            source = self._protocol.sources[name]
            yield f"{name}: {source.title}", (source.url,)

    def _alerts(self, visit: Visit, review: Review) -> Iterator[Item]:
        for one in review.alerts:
            asks = f"asks for: {worded(one.action, self._protocol)}" if one.action else ""
            yield f"{one.level.upper()}: {self._said(one)}", (asks, *self._basis(one, one.rule))
        if not review.alerts:
            yield "No red flag recorded today. That alone rules nothing out.", ()
        if answered := quiet_said(visit, review.alerts, self._protocol):
            yield answered, ()

    def _findings(self, review: Review) -> Iterator[Item]:
        for one in review.findings:
            if one.rule != "leg-length":
                yield self._said(one), self._basis(one, ", ".join(filter(None, (one.rule, one.strength))))

    def _said(self, one: Conclusion | NextTest) -> str:
        return worded(one.said, self._protocol)

    def _basis(self, one: Conclusion, rule: str) -> Iterator[str]:
        because = self._reasons(reason for reason in one.because if reason.rule is None)
        missing = ", ".join(dict.fromkeys(missing_said(each, self._name) for each in one.missing))
        yield f"rule: {rule}"
        yield f"because: {because}" if because else ""
        yield f"missing: {missing}" if missing else ""
        yield self._source(one)

    def _reasons(self, reasons: Iterable[Reason]) -> str:
        return listed(dict.fromkeys(filter(None, (reason_said(one, self._protocol) for one in reasons))))

    def _name(self, name: str) -> str:
        """A test or question by its name, a safety question by its group."""
        group = self._protocol.group_of.get(name)
        return group.name if group else name_of(self._protocol, name)

    def _source(self, one: Conclusion) -> str:
        """The ids of the sources that a conclusion cites, in the order of the source list."""
        cited = [name for name in self._protocol.sources if name in one.sources]
        self._named.update(dict.fromkeys(cited))
        return f"source: {', '.join(cited)} ({one.evidence})"

    def _leg_length(self, found: LegLength | None) -> Iterator[Item]:
        if found is not None:
            sized = (found.category,) if found.size is not None or found.reading != "inconclusive" else ()
            rule = ", ".join(("leg-length", found.reading, *sized))
            yield self._said(found), (*map(self._method, found.methods), *self._basis(found, rule))
            yield from ((sentence(one, self._protocol), ()) for one in found.lift)

    def _method(self, one: MethodReading) -> str:
        means = (("right", one.right), ("left", one.left))
        facts = (
            *(f"{side} {mean:.1f} mm" for side, mean in means if mean is not None),
            "" if one.difference is None else f"difference {one.difference:g} mm",
            f"{one.shorter} shorter" if one.shorter and one.difference else "",
            "never votes" if one.error is None else f"error {one.error:g} mm",
            "beyond error" if one.beyond_error else "",
            "take a third reading" if one.repeat else "",
        )
        return f"{name_of(self._protocol, one.method)}: {', '.join(filter(None, facts))}"

    def _changes(self, review: Review) -> Iterator[Item]:
        for one in review.changes:
            place = place_said(self._protocol, one.test, one.side)
            verdict = ", ".join(filter(None, (TOLD[one.told][1], one.confidence)))
            notes = ", ".join(sentence(each, self._protocol) for each in one.why)
            why = f"note: {notes}" if notes else ""
            counts = sentence(one.counts, self._protocol) if one.counts else ""
            line = f"{place}: {one.from_} → {one.to} since {one.since}: {verdict}"
            yield line, (why, counts, self._source(one))

    def _totals(self, review: Review) -> Iterator[Item]:
        totals = review.totals
        said = {name.replace("_", " "): getattr(totals, name) for name in totals.__struct_fields__}
        if any(total != "ND" for total in said.values()):
            line = ", ".join(f"{limb} {total}" for limb, total in said.items())
            yield line, ("ND: a key muscle of the limb was not tested" if "ND" in said.values() else "",)

    def _offer(self, one: Offer) -> Item:
        side = f", {one.side.upper()}" if one.side else ""
        line = f"{self._stretch(one.stretch)}{side}: {dose_said(one.dose)}"
        told = f"for the patient: {one.note}" if one.note else ""
        return line, (told, f"because: {self._reasons(one.because)}")

    def _withheld(self, withheld: Sequence[Withheld]) -> Iterator[Item]:
        """What is held back though a finding asks for it, with all that holds it; of the rest the names."""
        ordered = sorted(withheld, key=lambda one: (not one.wanted, one.stretch))
        for name, group in groupby((one for one in ordered if one.wanted), key=lambda one: one.stretch):
            yield self._stretch(name), self._bars(list(group))
        others = dict.fromkeys(one.stretch for one in ordered if not one.wanted)
        if others:
            yield f"Held back as well, though no finding asks for it: {', '.join(others)}", ()

    def _bars(self, bars: Sequence[Withheld]) -> Iterator[str]:
        """What holds a stretch back and why; precautions that nobody asked about stand together."""
        unasked = [one.code for one in bars if one.needs == "ask"]
        others = [one for one in bars if one.needs != "ask"]
        yield from (sentence(one.said, self._protocol) for one in others)
        because = self._reasons(reason for one in others for reason in one.because)
        yield f"because: {because}" if because else ""
        named = (f"{code} ({self._protocol.precautions[code].name})" for code in unasked)
        yield f"not asked, which is not absent: {'; '.join(named)}" if unasked else ""

    def _stretch(self, name: str) -> str:
        return f"{name} {self._protocol.stretches[name].name}"

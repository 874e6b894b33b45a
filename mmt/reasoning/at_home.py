"""How the last sheet went at home, and what follows from it for each of its stretches."""

from collections.abc import Iterable, Iterator, Mapping, Set

from msgspec.structs import replace

from mmt.model.at_home import AtHomeRule, Proposal
from mmt.model.protocol import Protocol
from mmt.model.review import Finding, Proposed, Reason, Withheld
from mmt.model.said import said
from mmt.model.stretches import Stretch, StretchText
from mmt.model.visit import Dose, History, Prescribed, Visit

from .gates import Gates
from .given import LastSheet, last_sheet

RULE = "at-home"
STOPPED = "STOPPED"
"""What is printed where a stretch is held back because it was stopped."""

_ENDS: tuple[Proposed, ...] = ("stop", "swap")
_STEPS: dict[Proposed, int] = {"easier": -1, "harder": 1}


def told(visit: Visit, protocol: Protocol, date: str | None = None) -> tuple[Reason, ...]:
    """What was told of each stretch at a visit, in the order of the library; `date` where it is an earlier
    one."""
    known = (name for name in protocol.stretches if name in visit.home)
    return tuple(Reason(home=name, answer=visit.home[name], date=date) for name in known)


def all_told(visit: Visit, protocol: Protocol) -> tuple[Reason, ...]:
    """What was told of the stretches, then what else was told of the time at home."""
    asked = (one.id for one in protocol.story.values() if one.topic == "home" and one.id in visit.story)
    return (*told(visit, protocol), *(Reason(story=name, answer=visit.story[name]) for name in asked))


def findings(history: History, protocol: Protocol, beside: Set[str] = frozenset()) -> tuple[Finding, ...]:
    """What is proposed of each stretch of the last sheet of which it was asked how it went; `beside` are the
    rules of other findings and the levels of the alerts."""
    rule, sheet, now = protocol.rules.at_home, last_sheet(history, protocol), history.visits[-1]
    if rule is None or sheet is None:
        return ()
    return tuple(
        found
        for name, item in sheet.items.items()
        if name in now.home and name in protocol.stretches
        if (found := _proposed(item, sheet, rule, history, protocol, beside))
    )


def _proposed(
    item: Prescribed,
    sheet: LastSheet,
    rule: AtHomeRule,
    history: History,
    protocol: Protocol,
    beside: Set[str],
) -> Finding | None:
    now, stretch = history.visits[-1], _told_with(item.stretch, history, protocol)
    for row in (one for one in rule.proposals if beside.isdisjoint(one.unless)):
        because = _holds(row, stretch, sheet, now)
        if because is None:
            continue
        after = changed(item, row.propose, stretch, rule, history.patient.language)
        if row.propose in _ENDS or row.propose == "go-on" or after != item:
            return Finding(
                rule=rule.id,
                stretch=item.stretch,
                proposed=row.propose,
                said=(said(f"home-{row.propose}", stretch=item.stretch),),
                because=(Reason(home=item.stretch, answer=now.home[item.stretch]), *because),
                sources=rule.sources,
                evidence=rule.evidence,
            )
    return None


def _holds(row: Proposal, stretch: Stretch, sheet: LastSheet, now: Visit) -> tuple[Reason, ...] | None:
    """What else than the answers about the stretch a row rests on; None where it does not hold."""
    answers = set(now.home[stretch.id])
    named = (row.done, row.felt)
    over = [name for name, limit in row.over.items() if _number(now, name) > limit]
    if any(words and not answers & set(words) for words in named) or (row.over and not over):
        return None
    if (row.worse and not sheet.worse) or (row.kinds and stretch.kind not in row.kinds):
        return None
    worse = sheet.worse if row.worse else ()
    return (*worse, *(Reason(story=name, answer=now.story[name]) for name in over))


def _told_with(name: str, history: History, protocol: Protocol) -> Stretch:
    """A stretch with the forms alone that may be told to this patient."""
    return protocol.stretches[name].told_with(Gates(history, protocol, ()).conditions)


def _number(now: Visit, question: str) -> float:
    answer = now.story.get(question)
    return answer if isinstance(answer, int | float) else float("-inf")


def changed(
    item: Prescribed, proposed: Proposed, stretch: Stretch, rule: AtHomeRule, language: str
) -> Prescribed:
    """A stretch of the last sheet as it goes onto the next one; the same where nothing is left to change."""
    if proposed == "fewer":
        return replace(item, dose=_fewer(item.dose, rule))
    text = stretch.text.get(language) or stretch.text["en"]
    return replace(item, note=_form(item.note, text, _STEPS.get(proposed, 0)))


def _fewer(dose: Dose, rule: AtHomeRule) -> Dose:
    if dose.per_day > 1:
        return replace(dose, per_day=dose.per_day - 1)
    least = min(dose.days_per_week, rule.least_days)
    return replace(dose, days_per_week=max(least, dose.days_per_week - rule.fewer_days))


def _form(note: str, text: StretchText, step: int) -> str:
    """The note for the patient with the form that is so many steps harder; other words of it stay."""
    forms = (text.easier, "", text.harder)
    now = next((at for at, form in enumerate(forms) if form and form in note), 1)
    own = note.replace(forms[now], "").strip()
    return " ".join(filter(None, (forms[max(0, min(2, now + step))], own)))


def accepted(found: Iterable[Finding], visit: Visit) -> dict[str, Finding]:
    """The proposals that the clinician accepted, by stretch."""
    verdicts = {name: one.verdict for name, one in visit.decisions.items()}
    return {one.stretch: one for one in found if one.stretch and verdicts.get(one.key) == "accepted"}


def onto_next(
    sheet: LastSheet, decided: Mapping[str, Finding], history: History, protocol: Protocol
) -> LastSheet:
    """The last sheet with its stretches as they go onto the next one."""
    rule, language = protocol.rules.at_home, history.patient.language
    items = {
        name: changed(item, one.proposed, _told_with(name, history, protocol), rule, language)
        if rule and (one := decided.get(name)) and one.proposed
        else item
        for name, item in sheet.items.items()
    }
    return sheet._replace(items=items)


def stopped(history: History, decided: Mapping[str, Finding], protocol: Protocol) -> dict[str, Withheld]:
    """The stretches that were stopped and not given again since, by a decision of this visit or of an earlier
    one: each waits for the clinician's tick, with how it went then."""
    found = dict(_stopped_before(history, protocol))
    for name, one in decided.items():
        if one.proposed in _ENDS:
            found[name] = _held(name, one.because)
    return found


def _stopped_before(history: History, protocol: Protocol) -> Iterator[tuple[str, Withheld]]:
    ended: dict[str, Visit] = {}
    for visit in (one for one in history.visits[:-1] if one.signed):
        for name, decision in visit.decisions.items():
            rule, _, rest = name.partition(":")
            stretch, _, proposed = rest.partition(":")
            if rule == RULE and proposed in _ENDS and decision.verdict == "accepted":
                ended[stretch] = visit
        for item in visit.prescription or ():
            ended.pop(item.stretch, None)
    for name, visit in ended.items():
        day = visit.date.isoformat()
        because = [one for one in told(visit, protocol, day) if one.home == name]
        yield name, _held(name, tuple(because), day)


def _held(stretch: str, because: tuple[Reason, ...], date: str = "") -> Withheld:
    home = next((one.answer for one in because if one.home), None)
    says = said("withheld-stopped-before" if date else "withheld-stopped", date=date, home=home)
    return Withheld(stretch=stretch, code=STOPPED, needs="tick", because=because, said=says)

"""How the last sheet went at home, and what follows from it for each of its stretches."""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from itertools import takewhile

from msgspec.structs import replace

from mmt.model.at_home import AtHomeRule, Proposal
from mmt.model.protocol import Protocol
from mmt.model.review import Finding, Proposed, Reason, Withheld
from mmt.model.said import said
from mmt.model.stretches import Stretch, StretchText
from mmt.model.visit import Dose, History, Prescribed, Visit

from .change import changes, compare
from .gates import Gates
from .given import LastSheet, last_sheet

RULE = "at-home"
STOPPED = "STOPPED"
"""What is printed where a stretch is held back because it was stopped."""

UNDECIDED = "AT-HOME"
"""What is printed where it is held back because that is proposed, and nobody has decided."""

_ENDS: tuple[Proposed, ...] = ("stop", "swap")
_LESS: tuple[Proposed, ...] = ("easier", "fewer")
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


def findings(
    history: History, protocol: Protocol, beside: Set[str] = frozenset(), held: Sequence[Withheld] = ()
) -> tuple[Finding, ...]:
    """What is proposed of each stretch of the last sheet of which it was asked how it went; `beside` are the
    rules of other findings and the levels of the alerts. Of what is `held` back nothing is proposed but to
    end it, or less of it where a tick opens it."""
    rule, sheet, now = protocol.rules.at_home, last_sheet(history, protocol), history.visits[-1]
    if rule is None or sheet is None:
        return ()
    beside = {*beside, *_worse(history, sheet, protocol)}
    return tuple(
        one
        for name, item in sheet.items.items()
        if name in now.home and name in protocol.stretches
        if (one := _proposed(item, sheet, rule, history, protocol, beside))
        if not (needs := {bar.needs for bar in held if bar.stretch == name})
        or one.proposed in _ENDS
        or (one.proposed in _LESS and needs == {"tick"})
    )


def _worse(history: History, sheet: LastSheet, protocol: Protocol) -> Set[str]:
    """The tests that are worse than when the sheet was given, or than at the visit before; a sign that is
    positive now and was not then is among them before it is seen twice."""
    since = compare(history, protocol, history.visits.index(sheet.visit))
    return {
        one.test
        for one in (*since, *changes(history, protocol))
        if one.verdict == "worse"
        or (one.better == "negative" and one.to.startswith("positive") > one.from_.startswith("positive"))
    }


def _proposed(
    item: Prescribed,
    sheet: LastSheet,
    rule: AtHomeRule,
    history: History,
    protocol: Protocol,
    beside: Set[str],
) -> Finding | None:
    now, stretch = history.visits[-1], _told_with(item.stretch, history, protocol)
    own = {*(one.test for one in stretch.answers), *(one.test for one in stretch.gates)}
    for row in rule.proposals:
        because = _holds(row, stretch, sheet, history)
        watched = {*row.unless, *row.unless_worse, *(own if row.unless_worse else ())}
        if because is None or not beside.isdisjoint(watched):
            continue
        times = len(_running(row, item.stretch, history))
        why = (said("home-ask-why", visits=times),) if row.running else ()
        after = changed(item, row.propose, stretch, rule, history.patient.language)
        if row.propose in _ENDS or row.propose == "go-on" or after != item:
            return Finding(
                rule=rule.id,
                stretch=item.stretch,
                proposed=row.propose,
                said=(said(f"home-{row.propose}", stretch=item.stretch), *why),
                because=(Reason(home=item.stretch, answer=now.home[item.stretch]), *because),
                sources=rule.sources,
                evidence=rule.evidence,
            )
    return None


def _holds(row: Proposal, stretch: Stretch, sheet: LastSheet, history: History) -> tuple[Reason, ...] | None:
    """What else than the answers about the stretch a row rests on; None where it does not hold."""
    now = history.visits[-1]
    answers = set(now.home[stretch.id])
    if row.running and len(_running(row, stretch.id, history)) < row.running:
        return None
    named = (row.done, row.felt)
    over = [name for name, limit in row.over.items() if _number(now, name) > limit]
    if any(words and not answers & set(words) for words in named) or (row.over and not over):
        return None
    if (row.worse and not sheet.worse) or (row.kinds and stretch.kind not in row.kinds):
        return None
    worse = sheet.worse if row.worse else ()
    return (*worse, *(Reason(story=name, answer=now.story[name]) for name in over))


def _running(row: Proposal, stretch: str, history: History) -> tuple[Visit, ...]:
    """The visits without a break, the last one first, at which as much of a stretch was done as a row says;
    one at which it was not asked is passed over."""
    asked = (one for one in reversed(history.visits) if stretch in one.home)
    return tuple(takewhile(lambda one: not set(row.done).isdisjoint(one.home[stretch]), asked))


def _told_with(name: str, history: History, protocol: Protocol) -> Stretch:
    """A stretch with the forms alone that may be told to this patient."""
    gates, stretch = Gates(history, protocol, ()), protocol.stretches[name]
    return stretch.told_with(gates.conditions, plain=gates.plain(stretch))


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


def stopped(history: History, proposed: Iterable[Finding], protocol: Protocol) -> dict[str, Withheld]:
    """The stretches that were stopped and not given again since, by a decision of this visit or of an earlier
    one, and those of which it is proposed and not decided: each waits for the clinician's tick, with how it
    went then."""
    found, decisions = dict(_stopped_before(history, protocol)), history.visits[-1].decisions
    for one in proposed:
        if one.stretch and one.proposed in _ENDS:
            decision = decisions.get(one.key)
            if decision is None:
                found.setdefault(one.stretch, _held(one.stretch, one.because, UNDECIDED))
            elif decision.verdict == "accepted":
                found[one.stretch] = _held(one.stretch, one.because)
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
        yield name, _held(name, tuple(because), date=day)


def _held(stretch: str, because: tuple[Reason, ...], code: str = STOPPED, *, date: str = "") -> Withheld:
    home = next((one.answer for one in because if one.home), None)
    key = "withheld-proposed" if code == UNDECIDED else "withheld-stopped"
    says = said(f"{key}-before" if date else key, date=date, home=home)
    return Withheld(stretch=stretch, code=code, needs="tick", because=because, said=says)

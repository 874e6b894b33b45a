"""How the content stands with the clinic's own clinicians, in words to clinicians."""

import datetime

from mmt.model.signoff import Standing, Tally

NOT_SIGNED = "not signed off by a clinician of this clinic"


def how(standing: Standing | None) -> str:
    """How an item stands: by whom, when, and what was asked for."""
    if standing is None:
        return NOT_SIGNED
    licence = f" (licence {standing.licence})" if standing.licence else ""
    by = f"{standing.name}{licence} on {day(standing.date)}"
    if standing.decision == "signed":
        return (
            f"lapsed: it changed since it was signed off by {by}"
            if standing.lapsed
            else f"signed off by {by}"
        )
    told = "asked to change" if standing.decision == "changed" else "set aside"
    since = "; it changed since" if standing.lapsed else ""
    return f"{told} by {by}: {standing.note}{since}"


def tally_said(found: Tally) -> str:
    """How much of the content is signed off, in one line."""
    if not found.signed + found.lapsed + found.asked + found.set_aside:
        return f"Content: none of {found.items} items is signed off by a clinician of this clinic."
    signed = f"{found.signed} of {found.items} items signed off"
    if found.last is not None:
        by = found.by[0] if len(found.by) == 1 else f"{len(found.by)} clinicians"
        signed += f" by {by}, last on {day(found.last)}"
    counts = ((found.lapsed, "lapsed"), (found.asked, "to change"), (found.set_aside, "set aside"))
    return "; ".join((f"Content: {signed}", *(f"{number} {what}" for number, what in counts if number)))


def day(date: datetime.date) -> str:
    """A day as it is read: 3 Dec 2026."""
    return f"{date.day} {date:%b %Y}"

"""Each paper of a visit: what goes on it, when it must not be made, and which maker prints it."""

from collections.abc import Callable
from typing import Any, NamedTuple

from msgspec.structs import replace

from mmt import reports
from mmt.model.errors import PaperError
from mmt.model.papers import Document, Paper, PaperSize
from mmt.model.template import Template
from mmt.reasoning import barred, compare
from mmt.reports import papers

from .held_visit import HeldVisit

_REFUSED = {
    "locked": "No hand-out: an emergency alert locks this visit. Print the warning card and the letter.",
    "blocked-until-action": "No hand-out yet: write down what was done about the urgent alert first.",
}
_NO_SHEET = "No hand-out: no stretch was kept before this visit was signed. A new visit can give a sheet."
_NO_LONGER_FITS = "No hand-out: {names} no longer fits what is recorded. Leave it on the stretches step."

_NO_REASON = (
    "No letter without a reason: nothing alerts, and no finding is accepted. Accept a finding in the step "
    "Findings, or write in your own words why you refer (N in the step Sign)."
)
_NO_DATED_REASON = (
    "No letter without a reason: nothing alerts, and no finding was accepted. Write in your own words why "
    "you refer, as a dated note (A)."
)


class Wanted(NamedTuple):
    """How a paper is wanted: on which sheet, in large print whatever the patient's own setting is, and
    whether a comparison begins at the first visit.

    `to` is whom a letter is for; empty leaves a line to write on. `say` are the clinician's own words for
    the patient to say in an emergency department, where nothing alerts.
    """

    size: PaperSize = "a4"
    large: bool = False
    since_first: bool = False
    to: str = ""
    say: str = ""


def render(visit: HeldVisit, kind: Document, wanted: Wanted) -> bytes:
    """The paper as a PDF. Raises PaperError where this visit must not or cannot have it."""
    template = visit.clinic.template(kind)
    fill, printed = _MAKERS[kind]
    return printed(replace(fill(visit, template, wanted), logo=visit.clinic.content.logo), template)


def _hand_out(visit: HeldVisit, template: Template, wanted: Wanted) -> Paper:
    _refuse(visit)
    history = visit.history
    chosen = history.visits[-1].prescription or ()
    if visit.visit.signed and not chosen:
        raise PaperError(_NO_SHEET)
    if held := barred(chosen, visit.review.prescription):
        names = ", ".join(visit.protocol.stretches[one].name for one in held)
        raise PaperError(_NO_LONGER_FITS.format(names=names))
    head, large = visit.clinic.letterhead, wanted.large or None
    return papers.sheet_for(
        history, visit.protocol, head, template, chosen, size=wanted.size, large_print=large
    )


def _lift_page(visit: HeldVisit, template: Template, wanted: Wanted) -> Paper:
    _refuse(visit)
    head, large = visit.clinic.letterhead, wanted.large or None
    return papers.lift_page_for(
        visit.history, visit.protocol, visit.review, head, template, size=wanted.size, large_print=large
    )


def _refuse(visit: HeldVisit) -> None:
    if refused := _REFUSED.get(visit.review.prescription.status):
        raise PaperError(refused)


def _warning_card(visit: HeldVisit, template: Template, wanted: Wanted) -> Paper:
    head, large = visit.clinic.letterhead, wanted.large or None
    return papers.warning_card_for(
        visit.history, visit.review, head, template, say=wanted.say, size=wanted.size, large_print=large
    )


def _referral_letter(visit: HeldVisit, _: Template, wanted: Wanted) -> Paper:
    _give_a_reason(visit)
    head = visit.clinic.letterhead
    return papers.referral_letter_for(
        visit.history, visit.protocol, visit.review, head, to=wanted.to, size=wanted.size
    )


def _give_a_reason(open_visit: HeldVisit) -> None:
    """Raise PaperError where nothing alerts, was accepted or was written to ask a colleague about."""
    visit, review = open_visit.visit, open_visit.review
    alerts = [one for one in review.alerts if one.rule != papers.NOT_ASKED]
    accepted = {key for key, one in visit.decisions.items() if one.verdict == "accepted"}
    found = [one for one in review.findings if one.key in accepted]
    if not (alerts or found or visit.action or visit.note or visit.addenda):
        raise PaperError(_NO_DATED_REASON if visit.signed else _NO_REASON)


def _comparison(visit: HeldVisit, _: Template, wanted: Wanted) -> Paper:
    history = visit.history
    if len(history.visits) < 2:
        raise PaperError("There is no earlier visit to compare with.")
    since = 0 if wanted.since_first else len(history.visits) - 2
    head, changes = visit.clinic.letterhead, compare(history, visit.protocol, since)
    return papers.comparison_for(history, visit.protocol, changes, head, since=since, size=wanted.size)


_MAKERS: dict[
    Document, tuple[Callable[[HeldVisit, Template, Wanted], Paper], Callable[[Any, Template], bytes]]
] = {
    "hand-out": (_hand_out, reports.handout),
    "lift-page": (_lift_page, reports.lift_page),
    "warning-card": (_warning_card, reports.warning_card),
    "referral-letter": (_referral_letter, reports.referral_letter),
    "comparison": (_comparison, reports.comparison),
}

"""What is said above the stretches: whether a sheet may leave, how many there are, what they ask of a day."""

from collections.abc import Sequence

from textual.content import Content

from mmt.model.protocol import Protocol
from mmt.model.review import Review
from mmt.model.visit import Prescribed, Visit
from mmt.reasoning import barred
from mmt.reasoning.words import EARLY
from mmt.tui.widgets.plain import plain

from .sheet import minutes

STATUS = {
    "offered": "",
    "no-sheet": "No sheet here: moves and doses are for adults. The note and the referral letter remain.",
    "locked": "An emergency locks this visit: no sheet. Print the warning card and the referral letter.",
    "blocked-until-action": "No sheet leaves until the action taken is written down (T).",
}


def sheet_said(
    kept: Sequence[Prescribed],
    waiting: Sequence[Prescribed],
    visit: Visit,
    review: Review,
    protocol: Protocol,
    doubt: str,
) -> Content:
    """The lines above the rows, of what is kept for the sheet and of what is only suggested. A `doubt` about
    the visit stands first, where nothing holds the sheet."""
    items, found, rule = (*kept, *waiting), review.prescription, protocol.rules.selection
    stale = "A stretch on the sheet no longer fits: no sheet leaves with it." if barred(items, found) else ""
    status = STATUS[found.status] or stale or doubt
    asked = sum(minutes(one, protocol) for one in items)
    counts = ((len(kept), "on the sheet"), (len(waiting), "suggested"))
    state = " and ".join(f"{count} {what}" for count, what in counts if count) or "0 on the sheet"
    seen = (
        f"{state} ({rule.fewest} to {rule.at_first} are best, {rule.most} at most), "
        f"about {asked:.0f} minute{'' if round(asked) == 1 else 's'} a day."
    )
    back = f" Next visit: {visit.next_visit}" if visit.next_visit else ""
    early = f" {EARLY.format(days=found.review_days)}" if found.review_days and not back else ""
    only = " Only what is signed off is offered." if protocol.signoffs.only_signed else ""
    return Content("\n").join(
        [*([Content.styled(status, "bold")] if status else []), plain(seen + back + early + only)]
    )

"""Red flags and findings in the words that papers for colleagues share."""

from collections.abc import Iterator

from mmt.model.papers import LetterFinding, ReferralLetter
from mmt.model.visit_note import VisitNote
from mmt.reports.words import Words


def red_flags_said(paper: ReferralLetter | VisitNote, words: Words) -> Iterator[str]:
    """What was asked and answered yes, how much was answered no, and what was not asked."""
    if paper.answered_yes:
        yield f"{words('answered-yes')} {' '.join(paper.answered_yes)}"
    elif paper.answered_no:
        yield words("none-yes")
    if paper.answered_no:
        yield words.counted("answered-no", paper.answered_no)
    missing = [
        words("not-asked-group", group=one.group, missing=one.missing, of=one.of) for one in paper.not_asked
    ]
    yield words("not-asked", questions="; ".join(missing)) if missing else words("all-asked")


def finding_said(found: LetterFinding, words: Words) -> str:
    """A finding in the words of its kind, else in its own."""
    if not found.kind:
        return found.text
    size = words.millimetres(round(found.size)) if found.size is not None else ""
    side = words(f"finding-{found.side or 'midline'}")
    return words(f"finding-{found.kind}", name=found.name, side=side, size=size)

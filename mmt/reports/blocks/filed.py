"""What a paper for a file needs: who the patient is, and who signed what it rests on."""

from collections.abc import Iterator

from mmt.model.papers import ComparisonSheet, ProgressReport
from mmt.model.visit import local_day
from mmt.model.wording import plain, sentence
from mmt.reports.page import Group
from mmt.reports.rows import lines, rule, tied
from mmt.reports.setting import Setting

from .head import BLANK, DIGITS
from .texts import halves

IDENTITY = {"born": sentence("birth_date", "age"), "chart-number": sentence("number")}
SIGNATURE = {
    **plain("signature-date"),
    "signature": sentence("practitioner"),
    "signed-visit": sentence("date", "by", "day", "digest"),
    "unsigned-visit": sentence("date"),
}


def identity(sheet: ComparisonSheet, at: Setting) -> Iterator[Group]:
    """The patient's birth date and age, the chart number; on a progress report for whom it is, and the
    claim's number."""
    patient, words = sheet.patient, at.words
    parts = [
        words("born", birth_date=words.born(patient.birth_date), age=patient.ages_on(sheet.date)),
        words("chart-number", number=patient.chart_number or BLANK),
    ]
    told = []
    if isinstance(sheet, ProgressReport):
        told.append(words("for", to=sheet.to or BLANK))
        parts.append(words("claim", number=sheet.claim or BLANK))
    told.append("  ·  ".join(parts))
    yield Group([row for text in told for row in lines(text, at.type.body, at.width, gap=at.gap * 0.3)])


def signature(sheet: ComparisonSheet, at: Setting) -> Iterator[Group]:
    """Who signed each of the visits, when, and the first digits of the digest; a place to sign and date."""
    words = at.words
    told = []
    for one in sheet.signed:
        date, held = words.date(one.date), one.signature
        if held is None:
            told.append(words("unsigned-visit", date=date))
        elif held.digest:
            day, digest = words.date(local_day(held.at)), held.digest[:DIGITS]
            told.append(words("signed-visit", date=date, by=held.who, day=day, digest=digest))
    columns = (
        [rule(at.half, at.colours.ink), *lines(text, at.type.quiet, at.half, gap=at.gap * 0.2)]
        for text in (words("signature", practitioner=sheet.practitioner), words("signature-date"))
    )
    rows = [halves(columns, at)._replace(gap=at.gap * 3)]
    rows += [row for text in told for row in lines(text, at.type.small, at.width, gap=at.gap * 0.3)]
    yield Group(tied(rows))

"""What names a page: the letterhead of the first, the running head of the others, and the foot."""

import datetime
import io
from collections.abc import Sequence
from functools import lru_cache
from math import atan2, degrees, hypot
from typing import TYPE_CHECKING

from mmt.model.papers import Paper
from mmt.reports.page import Group
from mmt.reports.right_to_left import FROM_LEFT
from mmt.reports.rows import Row, beside, lines, rule, stack, strung
from mmt.reports.setting import Setting
from mmt.reports.style import Style
from mmt.reports.typeface import legible
from mmt.reports.words import Words

if TYPE_CHECKING:
    from reportlab.lib.utils import ImageReader

BLANK = "_" * 24
"""A line to write on, where the clinic's data are not known."""

DIGITS = 8
"""So much of the digest of what was signed stands on paper: enough to tell which record it was."""

_ACROSS, _LARGEST = 0.6, 130.0
"""How much of the way from corner to corner the word across a draft takes; its largest size in points."""

_WIDEST = 0.4
"""The most that a logo takes of the width between the margins."""


def blank(style: Style, room: float) -> str:
    """A line to write on that fits its room."""
    return "_" * max(1, min(len(BLANK), int(room / style.width("_"))))


def letterhead(paper: Paper, at: Setting) -> Group:
    """The clinic with its address, whom the paper is for, from whom, the date, and who signed the visit."""
    name, date = (patient_name(paper, at), at.type.name), (dated(paper.date, paper.entered, at), at.type.body)
    return Group(
        [
            *_across_draft(paper, at),
            _clinic_and_logo(paper, at),
            rule(at.width, at.colours.accent, 2)._replace(gap=at.gap / 3),
            *_opposite(name, date, at, at.gap * 0.6),
            *_from(paper, at),
        ]
    )


def _from(paper: Paper, at: Setting) -> Sequence[Row]:
    """Who examined, and who signed; one person is named once."""
    told = at.words("from", practitioner=paper.practitioner or BLANK)
    signed = "" if paper.draft else signed_said(paper, at.words)
    if signed and paper.signature and paper.signature.who == paper.practitioner:
        return lines(signed, at.type.quiet, at.width)
    if not signed:
        return lines(told, at.type.quiet, at.width)
    return _opposite((told, at.type.quiet), (signed, at.type.quiet), at)


def _across_draft(paper: Paper, at: Setting) -> list[Row]:
    """The word that a page of a draft bears from corner to corner, under all else: a row without height."""
    if not paper.draft:
        return []
    word, (wide, high) = at.words("draft"), at.page
    room = _ACROSS * hypot(wide, high)
    size = min(_LARGEST, room / (at.type.strong.width(word) / at.type.strong.size))
    style = at.type.strong._replace(size=size, colour=at.colours.tint)
    turn = degrees(atan2(high, wide))
    return [Row(0, lambda pen, _, __: pen.slanted(wide / 2, high / 2, word, style, turn, at.colours.rule))]


def _clinic_and_logo(paper: Paper, at: Setting) -> Row:
    """The clinic's name and address on the left, its logo on the right."""
    clinic = paper.letterhead
    contact = [clinic.address, at.words("telephone", telephone=clinic.telephone or BLANK), clinic.email]
    drawn, wide = _logo(paper.logo, at) if paper.logo else (None, 0)
    room = at.width - (wide + at.gap if drawn else 0)
    told = [
        *lines(
            clinic.name if legible(clinic.name) else at.words("clinic", blank=BLANK), at.type.section, room
        ),
        *strung((FROM_LEFT + one for one in contact if one), at.type.quiet, room, between="  ·  "),
    ]
    return beside([(0, stack(told)), *([(room + at.gap, drawn)] if drawn else [])], middle=True)


def _logo(data: bytes, at: Setting) -> tuple[Row, float]:
    """The logo as high as the template lets it be, or less where it would become too wide; its width."""
    picture = _picture(data)
    wide, high = picture.getSize()
    scale = min(at.logo / high, at.width * _WIDEST / wide)

    wide, high = wide * scale, high * scale
    return Row(high, lambda pen, x, y: pen.picture(x, y, wide, high, picture)), wide


@lru_cache(maxsize=4)
def _picture(data: bytes) -> "ImageReader":
    from reportlab.lib.utils import ImageReader

    return ImageReader(io.BytesIO(data))


def running_head(paper: Paper, at: Setting) -> list[Row]:
    """Patient, date and clinic where it is known, on one line where they fit.

    Very long names are set under each other; beyond a sixth of the page each, they end in an ellipsis
    (they stand in full on the first page).
    """
    place = "  ·  ".join(filter(None, (dated(paper.date, paper.entered, at), paper.letterhead.name)))
    most = max(1, int(at.page[1] / 6 / at.type.body.leading))
    rows = _opposite((patient_name(paper, at), at.type.strong), (place, at.type.quiet), at, most=most)
    return [*_across_draft(paper, at), *rows, rule(at.width, at.colours.rule)._replace(gap=at.gap / 3)]


def short_head(paper: Paper, at: Setting) -> list[Row]:
    """The running head as it heads a paper without a letterhead, with who signed the visit."""
    signed = "" if paper.draft else signed_said(paper, at.words)
    return [*running_head(paper, at), *(lines(signed, at.type.quiet, at.width) if signed else [])]


def patients_foot(paper: Paper, at: Setting, page: int, pages: int) -> list[Row]:
    """The short foot of a patient's page: whom to call, who signed its content off, and `page n of m`; on one
    line where that holds it."""
    call = at.words("questions", telephone=paper.letterhead.telephone or BLANK)
    style, signed = at.type.quiet, _signed_off(paper, at)
    number = (at.words("page", page=page, pages=pages), style)
    both = f"{call} {signed}"
    one = style.width(both) + style.width(number[0]) + 2 * at.gap <= at.width
    left, below = (both, "") if one else (call, signed)
    return [
        rule(at.width, at.colours.rule),
        *_opposite((left, style), number, at, at.gap / 3),
        *(lines(below, style, at.width) if below else []),
    ]


def clinicians_foot(paper: Paper, at: Setting, page: int, pages: int) -> list[Row]:
    """The foot of a clinician's paper: what the program is and is not, who signed it off, `page n of m`."""
    number = at.words("page", page=page, pages=pages)
    return [
        rule(at.width, at.colours.rule),
        *lines(f"{at.words('label')} {_signed_off(paper, at)}", at.type.small, at.width, gap=at.gap / 3),
        *_opposite((patient_name(paper, at), at.type.small), (number, at.type.small), at, at.gap / 3, most=1),
    ]


def _signed_off(paper: Paper, at: Setting) -> str:
    """Who signed off what stands on the paper, and when last, or that not all of it is."""
    found = paper.signed_off
    if found.moves:
        return at.words.counted("moves-not-signed-off", found.moves)
    if found.left or found.last is None:
        return at.words("not-signed-off")
    return at.words("signed-off", names=", ".join(found.by), day=at.words.date(found.last))


def signed_said(paper: Paper, words: Words) -> str:
    """Who signed the visit and when, with the first digits of the digest and the mark of the act; that it is
    a draft; empty for a visit that no clinic keeps."""
    if paper.draft:
        return words("draft")
    if (held := paper.signature) is None or not held.digest:
        return ""
    at = held.at.astimezone()
    digest = " / ".join(filter(None, (held.digest[:DIGITS], paper.mark)))
    return words("signed", by=held.who, day=words.date(at.date()), time=f"{at:%H:%M}", digest=digest)


def dated(day: datetime.date, entered: datetime.date | None, at: Setting) -> str:
    """The date of a visit; of one that was entered from paper, also when."""
    date = at.words.date(day)
    return at.words("from-paper", date=date, entered=at.words.date(entered)) if entered else date


def patient_name(paper: Paper, at: Setting) -> str:
    """The patient's name, or a line to write it on, also where no letter of it can be printed."""
    name = paper.patient.name
    return name if legible(name) else at.words("patient", blank=BLANK)


def _opposite(
    left: tuple[str, Style], right: tuple[str, Style], at: Setting, gap: float = 0, most: int = 0
) -> Sequence[Row]:
    """Two texts at the two edges of one line, or under each other where they do not fit on one.

    Where `most` is given, neither takes more lines than that.
    """
    wide, narrow = (style.width(text) for text, style in (left, right))
    if wide + narrow + 2 * at.gap <= at.width:
        row = beside(
            [(0, lines(*left, at.width)[0]), (at.width - narrow, lines(*right, at.width)[0])], middle=True
        )
        return [row._replace(gap=gap)]
    return [*lines(*left, at.width, gap=gap, most=most), *lines(*right, at.width, most=most)]

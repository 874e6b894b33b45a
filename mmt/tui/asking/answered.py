"""What was asked at a visit and answered, in the words of the questions; what was not asked is counted."""

from collections.abc import Sequence

from textual.content import Content

from mmt.model.protocol import Protocol
from mmt.model.visit import Answer, Visit
from mmt.tui.widgets.plain import plain
from mmt.tui.widgets.rows import Basis, Row, heading
from mmt.tui.widgets.wrap import Hanging

from .questions import Question, Section, answer_of

LEAD = 5
"""Columns for yes or no."""


def answer_rows(title: str, sections: Sequence[Section], visit: Visit, protocol: Protocol) -> list[Row]:
    """Each section of which something was asked or folded, then the names of the others in one row."""
    rows, left = [heading(title)], []
    for section in sections:
        given = [(one, answer_of(visit, one.topic, one.id)) for one in section.questions]
        asked = [_row(one, value, protocol) for one, value in given if value is not None]
        away = [_folded_row(one, protocol) for one in section.folded]
        if not asked and not away:
            left.append(section.title)
            continue
        count = f"{len(asked)} of {len(given)} asked" + (f", {len(away)} folded" if away else "")
        rows += [Row(Content.assemble((section.title, "bold"), (f"  {count}", "dim"))), *asked, *away]
    if left:
        text = plain(f"Not asked, which is not a no: {', '.join(left)}.")
        rows.append(Row(Hanging(Content(""), text), f"{title}:not-asked"))
    return rows


def said_rows(sections: Sequence[Section], visit: Visit) -> list[Row]:
    """What was answered, a row for each section: each answer of the story, of the others each yes, and how
    many were no."""
    rows = []
    for section in sections:
        given = [(one, answer_of(visit, one.topic, one.id)) for one in section.questions]
        said = [_said(one, value) for one, value in given if value is not None and _told(one, value)]
        noes = sum(value is False and not _told(one, value) for one, value in given)
        said += [f"no: {noes}"] if noes else []
        if said:
            text = Content.assemble((section.title, "bold"), f"  {plain('; '.join(said)).plain}.")
            rows.append(Row(Hanging(Content("  "), text), f"said:{section.title}"))
    return rows


def _told(one: Question, value: Answer) -> bool:
    return one.topic in ("story", "home") or value is True


def _said(one: Question, value: Answer) -> str:
    return f"{one.ask}{' ' if one.ask.endswith('?') else ': '}{one.words(value)}"


def _row(one: Question, value: Answer, protocol: Protocol) -> Row:
    key, subject = f"{one.topic}:{one.id}", _subject(one, protocol)
    said = one.words(value)
    if isinstance(value, bool):
        how = "bold" if value else ""
        return Row(Hanging(Content.styled(f"{said:<{LEAD}}", how), plain(one.ask).stylize(how)), key, subject)
    text = Content.assemble(plain(one.ask), "  ", plain(said).stylize("bold"))
    return Row(Hanging(Content(" " * LEAD), text), key, subject)


def _folded_row(one: Question, protocol: Protocol) -> Row:
    text = Content.styled(f"folded, {one.folded}: {one.ask}", "dim")
    return Row(Hanging(Content(" " * LEAD), text), f"{one.topic}:{one.id}", _subject(one, protocol))


def _subject(one: Question, protocol: Protocol) -> Basis | None:
    """What F1 tells of a question: of a red flag its group."""
    if one.topic == "story":
        return protocol.story[one.id]
    if one.topic == "home":
        return protocol.stretches[one.id]
    if one.topic == "precautions":
        return protocol.precautions[one.id]
    return protocol.group_of[one.id]

"""What stands in a row of the records, in plain words."""

from collections.abc import Callable
from typing import Any

import msgspec

from mmt.model.acts import Became
from mmt.model.observation import Observation
from mmt.model.protocol import Protocol
from mmt.model.visit import Decision, Override, Prescribed
from mmt.reasoning.basis import answer_said, name_of, observed, place_said, story_answer

Row = dict[str, Any]
"""The values of a row by column."""

_COLUMNS = {
    "sex": "sex",
    "birth_date": "birth date",
    "chart_number": "chart number",
    "large_print": "large print",
    "next_visit": "next visit",
    "action": "what was done",
    "override": "why the visit went on in an emergency",
    "prescription": "stretches",
    "left_at": "left the clinic",
}
"""What a column is called where its name does not say it."""

_UNSAID = frozenset(("protocol", "place", "public_key", "patient", "examiner"))
"""Columns that tell nobody anything, or whose change is told by a row of its own."""


class Words:
    """Rows in the words of a protocol."""

    def __init__(self, protocol: Protocol) -> None:
        self._protocol = protocol
        self._added: dict[str, Callable[[Row, Any], Became]] = {
            "observations": self._observation,
            "answers": self._answer,
            "decisions": self._decision,
        }

    def added(self, table: str, row: Row, before: Any) -> Became | None:
        """What a row tells that was added to a table, where `before` it another value stood; None where it
        tells nobody anything."""
        if table in self._added:
            return self._added[table](row, before)
        return _ROWS[table](row) if table in _ROWS else None

    def _observation(self, row: Row, before: str | None) -> Became:
        of = place_said(self._protocol, row["test"], row["side"])
        trial = f", trial {row['trial']}" if row["trial"] > 1 else ""
        return Became(of=f"{of}{trial}", was=_observed(before), now=_observed(row["value"]))

    def _answer(self, row: Row, before: str | None) -> Became:
        name, topic = row["question"], row["topic"]
        question = self._protocol.safety_questions.get(name) if topic == "safety" else None
        of = question.ask if question else name_of(self._protocol, name)

        def said(text: str | None) -> str:
            if text is None:
                return ""
            value = msgspec.json.decode(text)
            value = tuple(value) if isinstance(value, list) else value
            return story_answer(name, value, self._protocol) if topic == "story" else answer_said(value)

        return Became(of=of, was=said(before), now=said(row["value"]))

    def _decision(self, row: Row, before: str | None) -> Became:
        _, of, more = (*row["finding"].split(":"), "", "")[:3]
        name = ", ".join(filter(None, (name_of(self._protocol, of) if of else row["finding"], more)))
        return Became(of=name, was=_decided(before), now=_decided(row["decision"]))

    def changed(self, column: str, was: Any, now: Any) -> list[Became]:
        """What became of one column of a row."""
        if column in _UNSAID:
            return []
        if column == "letterhead":
            return _letterheads(was, now)
        of = _COLUMNS.get(column, column.replace("_", " "))
        return [Became(of=of, was=self._value(column, was), now=self._value(column, now))]

    def _value(self, column: str, value: Any) -> str:
        if value in (None, ""):
            return ""
        if column == "override":
            said = msgspec.json.decode(value, type=Override)
            return f"{said.reason} ({said.by})"
        if column == "prescription":
            chosen = msgspec.json.decode(value, type=tuple[Prescribed, ...])
            return "; ".join(place_said(self._protocol, one.stretch, one.side) for one in chosen) or "none"
        if column in ("large_print", "blind"):
            return "yes" if value else "no"
        return str(value)


def _observed(text: str | None) -> str:
    return observed(msgspec.json.decode(text, type=Observation)) if text else ""


def _decided(text: str | None) -> str:
    if not text:
        return ""
    return msgspec.json.decode(text, type=Decision).verdict.replace("-", " ")


def _letterheads(was: str, now: str) -> list[Became]:
    before, after = (msgspec.json.decode(one or "{}") for one in (was, now))
    return [
        Became(of=name.replace("_", " "), was=str(before.get(name, "")), now=str(after.get(name, "")))
        for name in {**before, **after}
        if before.get(name, "") != after.get(name, "")
    ]


def _moved(row: Row) -> Became:
    return Became(of=row["reason"], was=f"record {row['was']}", now=f"record {row['became']}")


_ROWS: dict[str, Callable[[Row], Became]] = {
    "practitioners": lambda row: Became(of="practitioner", now=row["name"]),
    "patients": lambda row: Became(of="patient", now=f"{row['name']}, born {row['birth_date']}"),
    "visits": lambda row: Became(of="visit", now=f"of {row['date']}, examiner {row['examiner']}"),
    "signatures": lambda row: Became(of="signed", now=f"by {row['signed_by']}"),
    "addenda": lambda row: Became(of=f"note of {row['written_by']}", now=row["text"]),
    "discarded_visits": lambda row: Became(of="reason", now=f"{row['reason']} ({row['discarded_by']})"),
    "discarded_patients": lambda row: Became(of="reason", now=f"{row['reason']} ({row['discarded_by']})"),
    "moved_visits": _moved,
    "changed_examiners": lambda row: Became(of="examiner", was=row["was"], now=row["became"]),
    "joined_patients": lambda row: Became(
        of=row["reason"], now=f"record {row['patient']} joined to record {row['became']} ({row['joined_by']})"
    ),
    "parted_patients": lambda row: Became(of="reason", now=f"{row['reason']} ({row['parted_by']})"),
    "told_apart": lambda row: Became(
        of="two people" if row["apart"] else "maybe one person",
        now=f"records {row['patient']} and {row['other']} ({row['told_by']})",
    ),
    "restrictions": lambda row: Became(
        of="restricted" if row["restricted"] else "no longer restricted",
        now=f"{row['reason']} ({row['said_by']})",
    ),
    "openings": lambda row: Became(of="reason", now=f"{row['reason']} ({row['said_by']})"),
    "servers": lambda row: Became(of="server", now=f"{row['base'] or 'none'} ({row['set_by']})"),
}
"""What a row of these tables tells."""

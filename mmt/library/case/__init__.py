"""Case files: a patient's whole history in one TOML file, read into values or into a list of problems.

The format is described in docs/case-format.md.
"""

import datetime
from typing import Any

import msgspec

from mmt.library.decode import MAX_BYTES, convert, parse_toml
from mmt.library.problems import Problem, first_of
from mmt.model.case import Case
from mmt.model.people import Letterhead, Patient
from mmt.model.protocol import Protocol
from mmt.model.visit import History, Signature, Visit

from .tables import case_faults


def read_case(data: bytes, name: str, protocol: Protocol) -> tuple[Case | None, list[Problem]]:
    """The case that `data` holds, or None and every problem of the file, which problems call `name`.

    Tests, questions and scales are those of `protocol`.
    """
    if len(data) > MAX_BYTES:
        return None, [Problem(file=name, place="", says="is larger than 2 MB; no case is")]
    tables, problems = parse_toml(data, name)
    return (None, problems) if problems else case_of(tables, name, protocol)


def case_of(tables: dict[str, Any], name: str, protocol: Protocol) -> tuple[Case | None, list[Problem]]:
    """The case that the tables of a file hold, or None and every problem of them."""
    faults = case_faults(tables, protocol)
    problems = first_of(Problem(file=name, place=place, says=says) for place, says in faults)
    return (None, problems) if problems else _built(tables, name, protocol)


def _built(tables: dict[str, Any], name: str, protocol: Protocol) -> tuple[Case | None, list[Problem]]:
    """The case of faultless tables."""
    given = dict(tables["patient"])
    conditions = given.pop("conditions", None)
    patient, problems = convert(given, Patient, name, "patient")
    letterhead, more = convert(tables.get("clinic", {}), Letterhead, name, "clinic")
    problems += more
    visits = []
    for index, row in enumerate(tables["visits"]):
        asked = _precautions(conditions, protocol) if index == 0 and conditions is not None else {}
        written = row | {"exam": tables.get("exam", ""), "precautions": asked}
        if (sheet := written.pop("sheet", None)) is not None:
            written["prescription"] = [
                one | {"dose": msgspec.to_builtins(protocol.stretches[one["stretch"]].dose)} for one in sheet
            ]
        visit, more = convert(written, Visit, name, f"visits[{index}]")
        problems += more
        visits += [_signed(visit, index)] if visit else []
    if patient is None or letterhead is None or problems:
        return None, problems
    case = Case(
        **{key: tables[key] for key in ("id", "title", "source")},
        exam=tables.get("exam", ""),
        letterhead=letterhead,
        history=History(patient=patient, visits=tuple(visits)),
        expect=tables.get("expect", {}),
    )
    return case, []


def _precautions(conditions: list[str], protocol: Protocol) -> dict[str, bool]:
    """A list of conditions answers every precaution that is asked: present where listed, absent elsewhere."""
    asked = [one.id for one in protocol.precautions.values() if one.asked]
    return {code: code in conditions for code in (*asked, *conditions)}


def _signed(visit: Visit, index: int) -> Visit:
    """The visit numbered from 1 and signed by its examiner at noon: a case holds no drafts."""
    noon = datetime.datetime.combine(visit.date, datetime.time(12), datetime.UTC)
    signature = Signature(by=visit.examiner, at=noon, digest="")
    return msgspec.structs.replace(visit, id=index + 1, signature=signature)

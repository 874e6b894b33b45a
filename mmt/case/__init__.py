"""Case files: a patient's whole history in one TOML file, read into values or into a list of problems.

The format is described in docs/case-format.md.
"""

import datetime
from itertools import chain
from typing import Any

from msgspec.structs import asdict

from mmt.model.observation import Observation
from mmt.model.people import Patient
from mmt.model.protocol import Protocol
from mmt.model.visit import Decision, History, Prescribed, Signature, Visit
from mmt.toml.decode import sound
from mmt.toml.file import MAX_BYTES, parse_toml
from mmt.toml.problems import Problem, first_of, in_file

from .fitting import misfits
from .form import Case, CaseFile, WrittenVisit


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
    written, faults = sound(tables, CaseFile)
    more = misfits(written, protocol, {place for place, _ in faults}) if written else ()
    problems = first_of(in_file(name, chain(faults, more)))
    return (None, problems) if problems or written is None else (_built(written, protocol), [])


def _built(written: CaseFile, protocol: Protocol) -> Case:
    given = asdict(written.patient)
    conditions = given.pop("conditions")
    asked = {}
    if conditions is not None:  # each that is asked was answered: present where listed, absent elsewhere
        codes = (*(one.id for one in protocol.precautions.values() if one.asked), *conditions)
        asked = {code: code in conditions for code in codes}
    patient = Patient(**given)
    visits = (
        _visit(one, at, written.exam, asked if at == 0 else {}, patient, protocol)
        for at, one in enumerate(written.visits)
    )
    return Case(
        id=written.id,
        title=written.title,
        source=written.source,
        exam=written.exam,
        letterhead=written.clinic,
        history=History(patient=patient, visits=tuple(visits)),
        expect=written.expect,
    )


def _visit(
    one: WrittenVisit, at: int, exam: str, asked: dict[str, bool], patient: Patient, protocol: Protocol
) -> Visit:
    """The visit numbered from 1 and signed by its examiner at noon: a case holds no drafts."""
    noon = datetime.datetime.combine(one.date, datetime.time(12), datetime.UTC)
    given = asdict(one)
    sheet = given.pop("sheet")
    accepted = dict.fromkeys(given.pop("accepted"), Decision(verdict="accepted", by=one.examiner, at=noon))
    ages, library = patient.ages_on(one.date), protocol.stretches
    doses = {each.stretch: library[each.stretch].for_age(ages).dose for each in sheet or ()}
    return Visit(
        **given
        | {
            "id": at + 1,
            "exam": exam,
            "precautions": asked,
            "story": {
                key: tuple(said) if isinstance(said, list) else said for key, said in one.story.items()
            },
            "home": {
                key: (said,) if isinstance(said, str) else tuple(said) for key, said in one.home.items()
            },
            "decisions": accepted,
            "observations": tuple(Observation(**asdict(seen)) for seen in one.observations),
            "prescription": sheet
            and tuple(Prescribed(**asdict(each), dose=doses[each.stretch]) for each in sheet),
            "signature": Signature(by=one.examiner, at=noon, digest=""),
        }
    )

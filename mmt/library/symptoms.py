"""The table of symptoms: what is wrong with it by itself, and beside the stretches that name its keys."""

from collections.abc import Iterator, Mapping
from typing import Any

from mmt.model.protocol import Protocol
from mmt.model.template import Symptom
from mmt.reports.documents import documents

from .decode import convert
from .problems import Problem

ID = "symptoms"
"""What the file says that holds them."""


def read_symptoms(tables: Mapping[str, Any], file: str) -> tuple[dict[str, Symptom], list[Problem]]:
    """The symptoms by their keys, and every fault that was found."""
    found: dict[str, Symptom] = {}
    rows = tables.get(ID, {})
    problems = [
        Problem(file=file, place=part, says=f"is not known here; the file holds id, {ID}")
        for part in tables
        if part not in ("id", ID)
    ]
    if not isinstance(rows, dict):
        return {}, [*problems, Problem(file=file, place=ID, says=f"must be tables, [{ID}.bladder]")]
    for key, row in rows.items():
        value, wrong = convert(row, Symptom, file, f"{ID}.{key}")
        problems += wrong
        if value and "en" not in value.text:
            problems.append(Problem(file=file, place=f"{ID}.{key}.text", says="has no English"))
        elif value and (strange := [one for one in value.papers if one not in documents()]):
            says = f"'{strange[0]}' is no document; they are {', '.join(documents())}"
            problems.append(Problem(file=file, place=f"{ID}.{key}.papers", says=says))
        elif value:
            found[key] = value
    return found, problems


def symptom_faults(protocol: Protocol, symptoms: Mapping[str, Symptom]) -> Iterator[tuple[str, str]]:
    """The item that names what does not exist or must not wait for a call, and how; after both were read."""
    for key, one in symptoms.items():
        for source in one.sources:
            if source not in protocol.sources:
                yield f"{ID}:{key}", f'source "{source}" is not in the list of sources'
    for stretch in protocol.stretches.values():
        for name in stretch.stops:
            if name not in symptoms:
                yield f"stretches:{stretch.id}", f'stops at "{name}", which is not a symptom'
            elif symptoms[name].action != "stop":
                yield (
                    f"stretches:{stretch.id}",
                    f'stops at "{name}", whose action is "{symptoms[name].action}"',
                )

"""The table of symptoms: what is wrong with it by itself, and beside the stretches that name its keys."""

from collections.abc import Iterator, Mapping
from typing import Any

from mmt.model.base import Text, Value
from mmt.model.protocol import Protocol
from mmt.model.template import Symptom
from mmt.reports.documents import documents
from mmt.toml.decode import sound
from mmt.toml.problems import Problem

ID = "symptoms"
"""What the file says that holds them."""


class SymptomFile(Value, frozen=True, kw_only=True):
    """The file that holds the symptoms, by their keys."""

    id: Text
    symptoms: dict[str, Symptom] = {}


def read_symptoms(tables: Mapping[str, Any], file: str) -> tuple[dict[str, Symptom], list[Problem]]:
    """The symptoms by their keys, none where there is a fault, and every fault that was found."""
    written, faults = sound(tables, SymptomFile)
    rows = written.symptoms if written else {}
    for key, one in rows.items():
        if one and one.text and "en" not in one.text:
            faults.append((f"{ID}.{key}.text", "has no English"))
        if one and (strange := [name for name in one.papers if name and name not in documents()]):
            says = f'"{strange[0]}" is no document; they are {", ".join(documents())}'
            faults.append((f"{ID}.{key}.papers", says))
    return rows, [Problem(file=file, place=place, says=says) for place, says in faults]


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

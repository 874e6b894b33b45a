"""Report templates: TOML files to `Template` values and a list of problems."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from msgspec.structs import replace

from mmt.model.base import Text, Value
from mmt.model.template import Symptom, Template, Wording
from mmt.reports.documents import templated
from mmt.toml.decode import Fault, convert, sound
from mmt.toml.file import read_toml, toml_files
from mmt.toml.problems import Problem, first_of, in_file, shown_path

from .wording import wording_faults

SMALLEST_FOR_PATIENTS = 12
"""Points: what a patient reads is never set smaller."""

SYMPTOMS = "symptoms"
"""What the file says that holds the table of symptoms."""

_PARTS = ("id", "blocks", "page", "colours", "wording")

Tables = dict[str, Any]


def load_templates(folders: Sequence[Path]) -> tuple[dict[str, Template], list[Problem]]:
    """All templates below `folders` by id; a file of a later folder changes what it names of an earlier one.

    The table of symptoms goes into each of them. A faulty file is left out whole and named, and what it
    speaks of stays as it was before it; a faulty language other than English is left out alone.
    """
    read = _Read({}, {}, {}, [])
    for folder in folders:
        here: dict[str, str] = {}
        before = dict(read.tables)
        paths, found = toml_files(folder)
        read.problems.extend(found)
        for path in paths:
            name = shown_path(path, folder.parent)
            own, found = read_toml(path, name)
            found += _identity(own, here, name) if not found else []
            if not found:
                here[own["id"]] = name
                found = read.take(changed(before.get(own["id"], {}), own), name)
            read.problems.extend(first_of(found))
    templates = {name: replace(one, symptoms=read.symptoms) for name, one in read.templates.items()}
    return templates, read.problems


class _Read(NamedTuple):
    """What was read so far: the values, the tables that they come from by the file's id, what was wrong."""

    templates: dict[str, Template]
    symptoms: dict[str, Symptom]
    tables: dict[str, Tables]
    problems: list[Problem]

    def take(self, merged: Tables, file: str) -> list[Problem]:
        """Take a file over what was read before it, where it has no fault that forbids it."""
        document = merged["id"]
        if document == SYMPTOMS:
            symptoms, found = _read_symptoms(merged, file)
            if not found:
                self.symptoms.update(symptoms)
                self.tables[document] = merged
            return found
        template, found = read_template(merged, document, file)
        if template:
            self.templates[document] = template
            spoken = {language: merged["wording"][language] for language in template.wording}
            self.tables[document] = {**merged, "wording": spoken}
        return found


class _SymptomFile(Value, frozen=True, kw_only=True):
    """The file that holds the symptoms, by their keys."""

    id: Text
    symptoms: dict[str, Symptom] = {}


def _read_symptoms(tables: Mapping[str, Any], file: str) -> tuple[dict[str, Symptom], list[Problem]]:
    """The symptoms by their keys, none where there is a fault, and every fault that was found."""
    written, faults = sound(tables, _SymptomFile)
    rows = written.symptoms if written else {}
    for key, one in rows.items():
        if one and one.text and "en" not in one.text:
            faults.append((f"{SYMPTOMS}.{key}.text", "has no English"))
        if one and (strange := [name for name in one.papers if name and name not in templated()]):
            says = f'"{strange[0]}" is no document; they are {", ".join(templated())}'
            faults.append((f"{SYMPTOMS}.{key}.papers", says))
    return rows, in_file(file, faults)


def _identity(own: Mapping[str, Any], here: Mapping[str, str], file: str) -> Iterator[Problem]:
    """What is wrong with the name of the document that a file speaks of."""
    document = own.get("id")
    if document not in (*templated(), SYMPTOMS):
        yield Problem(file=file, place="id", says=f"must be one of {', '.join((*templated(), SYMPTOMS))}")
    elif document in here:
        yield Problem(file=file, place="id", says=f'"{document}" is already defined in {here[document]}')


def changed(base: Mapping[str, Any], own: Mapping[str, Any]) -> Tables:
    """The tables of a template with what a clinic's own file says instead."""
    merged = dict(base)
    for key, value in own.items():
        before = merged.get(key)
        merged[key] = (
            changed(before if isinstance(before, dict) else {}, value) if isinstance(value, dict) else value
        )
    return merged


def read_template(
    tables: Mapping[str, Any], document: str, file: str
) -> tuple[Template | None, list[Problem]]:
    """One template from its tables, or None, and every fault that was found."""
    written = {part: tables[part] for part in _PARTS if part in tables}
    template, wrong = sound({**written, "wording": {}}, Template)
    faults = in_file(file, [*wrong, *_frame(tables), *(_fitting(template, document) if template else ())])
    languages: dict[str, Wording] = {}
    left_out: list[Problem] = []
    wording = tables.get("wording")
    for language, table in wording.items() if isinstance(wording, dict) else ():
        found = in_file(file, wording_faults(table, document, language))
        value, more = (None, found) if found else convert(table, Wording, file, f"wording.{language}")
        if value is not None:
            languages[language] = value
        elif language == "en":
            faults += more
        else:
            left_out += more
    if faults or template is None:
        return None, faults + left_out
    return replace(template, wording=languages), left_out


def _frame(tables: Mapping[str, Any]) -> Iterator[Fault]:
    """Parts that no template has, and the English that each must have."""
    for part in (part for part in tables if part not in _PARTS):
        yield part, f"is not known here; a template holds {', '.join(_PARTS)}"
    wording = tables.get("wording")
    if not isinstance(wording, dict) or "en" not in wording:
        yield "wording", "has no English; write [wording.en.text]"


def _fitting(template: Template, document: str) -> Iterator[Fault]:
    """What does not fit the document, in what of a template could be read."""
    choice, blocks = templated()[document].blocks, template.blocks or ()
    for index, block in enumerate(blocks):
        if block and block not in choice:
            yield f"blocks[{index}]", f'"{block}" is not a block of {document}; they are {", ".join(choice)}'
        elif block in blocks[:index]:
            yield f"blocks[{index}]", f'"{block}" stands here twice'
    sizes = (template.page.text, template.page.large_text) if template.page else ()
    if templated()[document].for_patients and any(size and size < SMALLEST_FOR_PATIENTS for size in sizes):
        yield "page.text", f"patients' papers are set in {SMALLEST_FOR_PATIENTS} points or more"

"""Report templates: TOML files to `Template` values and a list of problems."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from msgspec.structs import replace

from mmt.model.template import Colours, PageStyle, Symptom, Template, Wording
from mmt.reports.documents import documents

from .decode import convert, read_toml, toml_files
from .problems import Problem, first_of, shown_path
from .symptoms import ID as SYMPTOMS
from .symptoms import read_symptoms
from .wording import wording_problems

SMALLEST_FOR_PATIENTS = 12
"""Points: what a patient reads is never set smaller."""

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
            symptoms, found = read_symptoms(merged, file)
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


def _identity(own: Mapping[str, Any], here: Mapping[str, str], file: str) -> Iterator[Problem]:
    """What is wrong with the name of the document that a file speaks of."""
    document = own.get("id")
    if document not in (*documents(), SYMPTOMS):
        yield Problem(file=file, place="id", says=f"must be one of {', '.join((*documents(), SYMPTOMS))}")
    elif document in here:
        yield Problem(file=file, place="id", says=f'"{document}" is already defined in {here[document]}')


def changed(base: Mapping[str, Any], own: Mapping[str, Any]) -> Tables:
    """The tables of a template with what a clinic's own file says instead.

    A language with a sentence of the clinic's counts as reviewed only where that file says so.
    """
    merged = _over(base, own)
    spoken = own.get("wording")
    for language, table in spoken.items() if isinstance(spoken, dict) else ():
        if isinstance(table, dict):
            merged["wording"][language]["reviewed"] = table.get("reviewed", False)
    return merged


def _over(base: Mapping[str, Any], own: Mapping[str, Any]) -> Tables:
    merged = dict(base)
    for key, value in own.items():
        before = merged.get(key)
        merged[key] = (
            _over(before if isinstance(before, dict) else {}, value) if isinstance(value, dict) else value
        )
    return merged


def read_template(
    tables: Mapping[str, Any], document: str, file: str
) -> tuple[Template | None, list[Problem]]:
    """One template from its tables, or None, and every fault that was found."""
    faults = [*_frame(tables, document, file), *_page(tables, file)]
    languages: dict[str, Wording] = {}
    left_out: list[Problem] = []
    wording = tables.get("wording")
    for language, table in wording.items() if isinstance(wording, dict) else ():
        found = list(wording_problems(table, document, file, language))
        value, wrong = (None, found) if found else convert(table, Wording, file, f"wording.{language}")
        if value is not None:
            languages[language] = value
        elif language == "en":
            faults += wrong
        else:
            left_out += wrong
    if faults:
        return None, faults + left_out
    template, wrong = convert({**tables, "wording": {}}, Template, file, "")
    return template and replace(template, wording=languages), wrong + left_out


def _frame(tables: Mapping[str, Any], document: str, file: str) -> Iterator[Problem]:
    """Faults in the parts of a template, and in the order of its blocks."""
    for part in (part for part in tables if part not in _PARTS):
        yield Problem(file=file, place=part, says=f"is not known here; a template holds {', '.join(_PARTS)}")
    blocks = tables.get("blocks")
    if not isinstance(blocks, list):
        yield Problem(file=file, place="blocks", says="must be a list of block names")
        return
    choice = documents()[document].blocks
    for index, block in enumerate(blocks):
        if block not in choice:
            says = f'"{block}" is not a block of {document}; they are {", ".join(choice)}'
            yield Problem(file=file, place=f"blocks[{index}]", says=says)
        elif block in blocks[:index]:
            yield Problem(file=file, place=f"blocks[{index}]", says=f'"{block}" stands here twice')
    wording = tables.get("wording")
    if not isinstance(wording, dict) or "en" not in wording:
        yield Problem(file=file, place="wording", says="has no English; write [wording.en.text]")


def _page(tables: Mapping[str, Any], file: str) -> Iterator[Problem]:
    page, found = convert(tables.get("page", {}), PageStyle, file, "page")
    yield from found
    small = page is not None and min(page.text, page.large_text) < SMALLEST_FOR_PATIENTS
    if small and documents()[tables["id"]].for_patients:
        says = f"patients' papers are set in {SMALLEST_FOR_PATIENTS} points or more"
        yield Problem(file=file, place="page.text", says=says)
    colours = tables.get("colours", {})
    for name, colour in colours.items() if isinstance(colours, dict) else ():
        yield from convert({name: colour}, Colours, file, "colours")[1]

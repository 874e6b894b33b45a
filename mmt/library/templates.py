"""Report templates: TOML files to `Template` values and a list of problems."""

import re
import string
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, get_args

from mmt.model.papers import Document
from mmt.model.template import Colours, PageStyle, Template, Wording
from mmt.model.wording import WORDING, Key, keys, known

from .decode import convert, read_toml
from .problems import Problem, shown_path

DOCUMENTS: tuple[Document, ...] = get_args(Document)
SMALLEST_FOR_PATIENTS = 12
"""Points: what a patient reads is never set smaller (fact sheet, section 10)."""

_FOR_PATIENTS = ("hand-out", "warning-card")
_PARTS = ("id", "document", "blocks", "page", "colours", "wording")
_MOST_ROWS = 12


def load_templates(folders: Sequence[Path]) -> tuple[dict[str, Template], list[Problem]]:
    """All templates below `folders` by id; one of a later folder replaces an earlier one of its id whole.

    A faulty template is left out and named, and the one it would have replaced stays; a faulty language
    other than English is left out alone.
    """
    templates: dict[str, Template] = {}
    problems: list[Problem] = []
    for folder in folders:
        here: dict[str, str] = {}
        for path in sorted(folder.rglob("*.toml")):
            name = shown_path(path, folder.parent)
            tables, found = read_toml(path, name)
            if not found:
                template, found = read_template(tables, name)
                if template and template.id in here:
                    says = f'"{template.id}" is already defined in {here[template.id]}'
                    found.append(Problem(file=name, place="id", says=says))
                elif template:
                    here[template.id] = name
                    templates[template.id] = template
            problems += found
    return templates, problems


def read_template(tables: Mapping[str, Any], file: str) -> tuple[Template | None, list[Problem]]:
    """One template from the tables of its file, or None, and every fault that was found."""
    faults = [*_frame(tables, file), *_page(tables, file)]
    languages: dict[str, Wording] = {}
    left_out: list[Problem] = []
    document = tables.get("document")
    wording = tables.get("wording")
    if isinstance(wording, dict) and document in DOCUMENTS:
        for language, table in wording.items():
            found = list(_wording(table, document, file, f"wording.{language}"))
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
    return (None, wrong + left_out) if template is None else (_worded(template, languages), left_out)


def _worded(template: Template, languages: dict[str, Wording]) -> Template:
    return Template(
        id=template.id,
        document=template.document,
        page=template.page,
        colours=template.colours,
        blocks=template.blocks,
        wording=languages,
    )


def _frame(tables: Mapping[str, Any], file: str) -> Iterator[Problem]:
    """Faults in what names the template, and in the order of its blocks."""
    for part in tables.keys() - set(_PARTS):
        yield Problem(file=file, place=part, says=f"is not known here; a template holds {', '.join(_PARTS)}")
    document = tables.get("document")
    if document not in DOCUMENTS:
        yield Problem(file=file, place="document", says=f"must be one of {', '.join(DOCUMENTS)}")
        return
    if tables.get("id") in DOCUMENTS and tables["id"] != document:
        yield Problem(
            file=file, place="id", says=f'a template of this id must have document "{tables["id"]}"'
        )
    blocks = tables.get("blocks")
    if not isinstance(blocks, list):
        yield Problem(file=file, place="blocks", says="must be a list of block names")
        return
    choice = [name for name in WORDING[document] if name != "head"]
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
    if small and tables.get("document") in _FOR_PATIENTS:
        says = f"patients' papers are set in {SMALLEST_FOR_PATIENTS} points or more"
        yield Problem(file=file, place="page.text", says=says)
    colours = tables.get("colours", {})
    for name, colour in colours.items() if isinstance(colours, dict) else ():
        yield from convert({name: colour}, Colours, file, "colours")[1]


def _wording(table: Any, document: Document, file: str, place: str) -> Iterator[Problem]:
    """Faults in one language: unknown keys, wrong shapes, braces that nothing fills, and what is missing."""
    text = table.get("text") if isinstance(table, dict) else None
    if not isinstance(text, dict):
        yield Problem(file=file, place=place, says=f"must hold the sentences under [{place}.text]")
        return
    for name, value in text.items():
        key = known(document, name)
        here = f"{place}.text.{name}"
        if key is None:
            yield Problem(file=file, place=here, says=f"is not a key of {document}; see README.md")
        else:
            yield from (Problem(file=file, place=here, says=says) for says in _sentences(key, value))
    for name, _ in keys(document):
        if name not in text:
            yield Problem(file=file, place=f"{place}.text", says=f'lacks the key "{name}"')


def _sentences(key: Key, value: Any) -> Iterator[str]:
    """What is wrong with what a key holds."""
    rows = value if isinstance(value, list) else [value]
    if (key.rows is None) == isinstance(value, list):
        yield "must be a list of sentences" if key.rows is not None else "must be one sentence, not a list"
    elif key.rows and len(rows) != key.rows:
        yield f"must hold exactly {key.rows} entries, not {len(rows)}"
    elif not 1 <= len(rows) <= _MOST_ROWS:
        yield f"must hold 1 to {_MOST_ROWS} sentences, not {len(rows)}"
    for row in rows:
        if not isinstance(row, str) or not row.strip():
            yield "must be text, and not empty"
        else:
            yield from _braces(row, key.fills)


def _braces(text: str, fills: Sequence[str]) -> Iterator[str]:
    choice = ", ".join(f"{{{name}}}" for name in fills) or "none"
    try:
        parts = list(string.Formatter().parse(text))
    except ValueError:
        yield f"has a single brace; what may stand in braces here: {choice}"
        return
    for _, name, form, conversion in parts:
        if name is not None and (name not in fills or form or conversion):
            shown = re.sub(r"\s+", " ", name)
            yield f"{{{shown}}} cannot be filled in; what may stand in braces here: {choice}"

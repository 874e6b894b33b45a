"""Protocol files to one `Protocol` and a list of problems."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, get_args, get_type_hints

import msgspec

from mmt.model.base import Value
from mmt.model.protocol import Protocol
from mmt.model.rules import Rules

from .check import check
from .decode import convert, read_toml
from .problems import Problem, shown_path

COLLECTIONS: dict[str, Any] = {
    name: get_args(hint)[1] for name, hint in get_type_hints(Protocol).items() if name != "rules"
}
"""The arrays a protocol file may hold (`[[tests]]`, `[[stretches]]` …) and the type of their rows."""

RULES: dict[str, Any] = {name.replace("_", "-"): hint for name, hint in get_type_hints(Rules).items()}
"""The rules by the id that a file gives them, and the type of each."""


class IncompleteLibraryError(Exception):
    """The protocols shipped with mmt are incomplete: nothing can be reasoned without them."""


class Library(Value, frozen=True, kw_only=True):
    """A loaded protocol, where each id came from, and all that was wrong on the way."""

    protocol: Protocol
    origins: dict[str, str]
    problems: tuple[Problem, ...]


def load(folders: Sequence[Path]) -> Library:
    """All `*.toml` below `folders`; an item of a later folder replaces the earlier one of the same id whole.

    A faulty row is left out and named; the row it would have replaced stays. Raises IncompleteLibraryError
    where a rule is missing altogether.
    """
    items: dict[str, dict[str, Any]] = {name: {} for name in (*COLLECTIONS, "rules")}
    origins: dict[str, str] = {}
    problems: list[Problem] = []
    for folder in folders:
        here: set[tuple[str, str]] = set()
        for path in sorted(folder.rglob("*.toml")):
            name = shown_path(path, folder.parent)
            tables, found = read_toml(path, name)
            problems += found
            for collection, place, row in _rows(tables, name, problems):
                value, found = convert(row, _kind(collection, row), name, place)
                problems += found
                if value is None:
                    continue
                if (collection, value.id) in here:
                    problems.append(
                        Problem(
                            file=name, place=place, says=f'"{value.id}" is already defined in this folder'
                        )
                    )
                    continue
                here.add((collection, value.id))
                items[collection][value.id] = value
                origins[f"{collection}:{value.id}"] = name
    if missing := RULES.keys() - items["rules"].keys():
        raise IncompleteLibraryError(
            f"mmt's own rules are incomplete ({', '.join(sorted(missing))}): install mmt again."
        )
    rules = Rules(**{name.replace("-", "_"): value for name, value in items.pop("rules").items()})
    protocol = Protocol(rules=rules, **items)
    problems += check(protocol, origins)
    return Library(protocol=protocol, origins=origins, problems=tuple(problems))


def _rows(
    tables: dict[str, Any], file: str, problems: list[Problem]
) -> Iterable[tuple[str, str, dict[str, Any]]]:
    """Each row of the known collections with its place; what is not a row of one is a problem."""
    for collection, rows in tables.items():
        if collection not in COLLECTIONS and collection != "rules":
            known = ", ".join((*COLLECTIONS, "rules"))
            problems.append(
                Problem(file=file, place=collection, says=f"is not known here; a file holds {known}")
            )
            continue
        if not isinstance(rows, list):
            problems.append(Problem(file=file, place=collection, says=f"must be written as [[{collection}]]"))
            continue
        for index, row in enumerate(rows):
            place = f"{collection}[{index}]"
            if not isinstance(row, dict):
                problems.append(
                    Problem(file=file, place=place, says=f"must be a table, written under [[{collection}]]")
                )
            elif collection == "rules" and row.get("id") not in RULES:
                says = f"{row.get('id')!r} is not a rule; the rules are {', '.join(RULES)}"
                problems.append(Problem(file=file, place=f"{place}.id", says=says))
            else:
                yield collection, f"{place} ({row['id']})" if row.get("id") else place, row


def _kind(collection: str, row: dict[str, Any]) -> Any:
    return RULES[row["id"]] if collection == "rules" else COLLECTIONS[collection]


def schema() -> dict[str, Any]:
    """The JSON Schema of a protocol file, generated from the types."""
    names = [*COLLECTIONS, *RULES]
    kinds = [*COLLECTIONS.values(), *RULES.values()]
    schemas, components = msgspec.json.schema_components(kinds, ref_template="#/$defs/{name}")
    by_name = dict(zip(names, schemas, strict=True))
    arrays = {name: {"type": "array", "items": by_name[name]} for name in COLLECTIONS}
    arrays["rules"] = {"type": "array", "items": {"anyOf": [by_name[name] for name in RULES]}}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A protocol file of mmt",
        "type": "object",
        "additionalProperties": False,
        "properties": arrays,
        "$defs": components,
    }

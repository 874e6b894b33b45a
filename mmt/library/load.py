"""Protocol files to one `Protocol` and a list of problems."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints

from msgspec.structs import replace

from mmt.model.base import Value
from mmt.model.codes import Code, Codes
from mmt.model.exam_tests import ExamPlan
from mmt.model.protocol import Protocol
from mmt.model.retention import Retention
from mmt.model.rules import MotorAlarmRule, Rules
from mmt.model.stretches import Stretch, Translation
from mmt.toml.decode import convert
from mmt.toml.file import read_toml, toml_files
from mmt.toml.problems import MOST, Problem, first_of, shown_path

from .check import check, exam_faults
from .check_rules import alarm_faults
from .check_stretches import stretch_faults
from .signoffs import NONE, Decisions, in_use, read_signoffs

COLLECTIONS: dict[str, Any] = {
    name: get_args(hint)[1] for name, hint in get_type_hints(Protocol).items() if get_origin(hint) is dict
}
"""What a protocol holds of each kind: the name of the kind, and the type of its items."""

ASIDE: dict[str, Any] = {"retention": Retention, "codes": Code}
"""What files hold beside the protocol, which no visit is done under."""

ROWS: dict[str, Any] = {**COLLECTIONS, **ASIDE, "translations": Translation}
"""The arrays a protocol file may hold (`[[tests]]`, `[[stretches]]` …) and the type of their rows."""

RULES: dict[str, Any] = {
    name.replace("_", "-"): next(iter(get_args(hint)), hint) for name, hint in get_type_hints(Rules).items()
}
"""The rules by the id that a file gives them, and the type of each."""

Key = tuple[str, str]
"""Collection and id of an item."""


class IncompleteLibraryError(Exception):
    """The protocols shipped with mmt are incomplete: nothing can be reasoned without them."""


class Library(Value, frozen=True, kw_only=True):
    """A loaded protocol, the file of each item (by `stretches:E01`), and all that was wrong on the way.

    `whole` is all that was read, `protocol` what of it is in use by what the clinic's clinicians decided.
    `retention` tells how long records are kept, by the place, `codes` what things are called elsewhere.
    """

    protocol: Protocol
    whole: Protocol
    retention: dict[str, Retention] = {}
    codes: Codes = {}
    decisions: Decisions = NONE
    origins: dict[str, str]
    problems: tuple[Problem, ...]


class Found(Value, frozen=True, kw_only=True):
    """An item as a file gave it."""

    value: Any
    file: str


def load(folders: Sequence[Path], signoffs: Path | None = None) -> Library:
    """All `*.toml` below `folders`; an item of a later folder replaces the earlier one of the same id whole.

    What the file of `signoffs` sets aside is not in use.

    A translation gives its words to the stretch of its own folder or of an earlier one: a stretch that a
    later folder replaces has other steps. A faulty item is left out and named; the one that it would have
    replaced stays; of a file with more than `MOST` faults the rest is not read. A folder that does not exist
    counts as empty. Raises IncompleteLibraryError where a rule is missing altogether.
    """
    problems: list[Problem] = []
    layers = [_folder(folder, problems) for folder in folders]
    found: dict[Key, Found] = {}
    for layer in layers:
        problems += _lay(found, layer)
    protocol = _protocol(found)
    fitting = _with_fitting(found, layers, protocol)
    origins = {f"{collection}:{name}": one.file for (collection, name), one in found.items()}
    problems += check(protocol, origins)
    whole = _protocol(fitting)
    decisions = read_signoffs(signoffs) if signoffs else NONE
    problems += decisions.problems
    return Library(
        protocol=in_use(whole, decisions),
        whole=whole,
        retention={name: one.value for (kind, name), one in found.items() if kind == "retention"},
        codes={name: one.value for (kind, name), one in found.items() if kind == "codes"},
        decisions=decisions,
        origins={f"{collection}:{name}": one.file for (collection, name), one in fitting.items()},
        problems=tuple(problems),
    )


def _lay(found: dict[Key, Found], layer: dict[Key, Found]) -> Iterator[Problem]:
    """Put a folder's items over those of the folders before it, and its translations into their stretches."""
    found |= {key: one for key, one in layer.items() if key[0] != "translations"}
    for (collection, name), one in layer.items():
        if collection == "translations":
            for says in _translate(found, one.value):
                yield Problem(file=one.file, place=f"translations ({name})", says=says)


def _translate(found: dict[Key, Found], told: Translation) -> Iterator[str]:
    """Give a stretch and its drawings their words in another language; what does not fit is said."""
    stretch, figure = found.get(("stretches", told.stretch)), found.get(("figures", told.stretch))
    if stretch is None:
        yield f'translates "{told.stretch}", which is not a stretch of the library'
        return
    text = {**stretch.value.text, told.language: told.text}
    found["stretches", told.stretch] = Found(value=replace(stretch.value, text=text), file=stretch.file)
    drawings = figure.value.drawings if figure else ()
    if len(told.captions) != len(drawings):
        yield f"has {len(told.captions)} captions for {len(drawings)} drawings"
    elif figure is not None:
        spoken = tuple(
            replace(drawing, caption={**drawing.caption, told.language: caption})
            for drawing, caption in zip(drawings, told.captions, strict=True)
        )
        value = replace(figure.value, drawings=spoken)
        found["figures", told.stretch] = Found(value=value, file=figure.file)


def _protocol(found: dict[Key, Found]) -> Protocol:
    items: dict[str, dict[str, Any]] = {name: {} for name in (*COLLECTIONS, "rules")}
    for (collection, name), one in found.items():
        if collection in items:
            items[collection][name] = one.value
    rules = items.pop("rules")
    if missing := RULES.keys() - rules.keys():
        raise IncompleteLibraryError(
            f"mmt's own rules are incomplete ({', '.join(sorted(missing))}): install mmt again."
        )
    held: dict[str, Any] = items
    return Protocol(rules=Rules(**{name.replace("-", "_"): value for name, value in rules.items()}), **held)


def _with_fitting(
    found: dict[Key, Found], layers: Sequence[dict[Key, Found]], protocol: Protocol
) -> dict[Key, Found]:
    """The items, with each exam, stretch and alarm in its last version that names only what exists."""
    kept = dict(found)
    for key, one in found.items():
        if not _fits(one.value, protocol):
            del kept[key]
            for layer in layers:
                earlier = layer.get(key)
                if earlier is not None and _fits(earlier.value, protocol):
                    kept[key] = earlier
    return kept


def _fits(item: Any, protocol: Protocol) -> bool:
    """Whether an exam can be walked, a stretch be held back by all that it names, and the alarm ask on."""
    if isinstance(item, ExamPlan):
        return not list(exam_faults(item, protocol))
    if isinstance(item, MotorAlarmRule):
        return not list(alarm_faults(item, protocol))
    return not isinstance(item, Stretch) or not list(stretch_faults(item, protocol))


def _folder(folder: Path, problems: list[Problem]) -> dict[Key, Found]:
    """The items of one folder; a second item of the same id is a problem and the first stays."""
    found: dict[Key, Found] = {}
    paths, faults = toml_files(folder)
    problems += faults
    for path in paths:
        name = shown_path(path, folder.parent)
        tables, faults = read_toml(path, name)
        for collection, place, row in _rows(tables, name, faults):
            if len(faults) > MOST:
                break
            kind = RULES[row["id"]] if collection == "rules" else ROWS[collection]
            value, wrong = convert(row, kind, name, place)
            faults += wrong
            if value is None:
                continue
            if (collection, value.id) in found:
                says = f'"{value.id}" is already defined in {found[collection, value.id].file}'
                faults.append(Problem(file=name, place=place, says=says))
            else:
                found[collection, value.id] = Found(value=value, file=name)
        problems += first_of(faults)
    return found


def _rows(
    tables: dict[str, Any], file: str, problems: list[Problem]
) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Each row of the known collections with its place; what is not a row of one is a problem."""
    for collection, rows in tables.items():
        if collection not in (*ROWS, "rules"):
            says = f"is not known here; a file holds {', '.join((*ROWS, 'rules'))}"
            problems.append(Problem(file=file, place=collection, says=says))
        elif not isinstance(rows, list):
            problems.append(Problem(file=file, place=collection, says=f"must be written as [[{collection}]]"))
        else:
            for index, row in enumerate(rows):
                place = f"{collection}[{index}]"
                if says := _no_row(collection, row):
                    problems.append(Problem(file=file, place=place, says=says))
                else:
                    yield collection, f"{place} ({row['id']})" if row.get("id") else place, row


def _no_row(collection: str, row: Any) -> str:
    """Why this cannot be a row of the collection; empty where it can."""
    if not isinstance(row, dict):
        return f"must be a table, written under [[{collection}]]"
    if collection == "rules" and (not isinstance(row.get("id"), str) or row["id"] not in RULES):
        return f"{row.get('id')!r} is not a rule; the rules are {', '.join(RULES)}"
    return ""

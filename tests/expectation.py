"""What a golden case expects, held against what `mmt explain --json` prints (docs/case-format.md)."""

import datetime
from collections.abc import Iterator
from typing import Any


def unmet(expected: Any, actual: Any, place: str = "") -> Iterator[str]:
    """Each expectation that the actual value does not meet, with its place; nothing where all are met.

    A table is met by one that holds at least its keys, an array by one in which each expected element is met
    by some element, an empty array by an empty one only. `visits` are aligned from the last one backwards.
    `absent` beside arrays lists what no element of them may meet; as a table it names its arrays itself.
    """
    if isinstance(expected, dict) and isinstance(actual, dict):
        yield from _table(expected, actual, place)
    elif isinstance(expected, list) and isinstance(actual, list):
        yield from _array(expected, actual, place)
    elif not _same(expected, actual):
        yield f"{place}: expected {expected!r}, got {actual!r}"


def _table(expected: dict[str, Any], actual: dict[str, Any], place: str) -> Iterator[str]:
    for key, wanted in expected.items():
        where = f"{place}.{key}" if place else key
        if key == "absent":
            yield from _absent(wanted, expected, actual, where)
        elif key not in actual:
            yield f"{where}: is not there"
        elif key == "visits":
            yield from _visits(wanted, actual[key], where)
        else:
            yield from unmet(wanted, actual[key], where)


def _array(expected: list[Any], actual: list[Any], place: str) -> Iterator[str]:
    if not expected and actual:
        yield f"{place}: expected nothing, got {actual!r}"
    for wanted in expected:
        if not any(_met(wanted, one) for one in actual):
            yield f"{place}: nothing matches {wanted!r} in {actual!r}"


def _visits(expected: list[Any], actual: list[Any], place: str) -> Iterator[str]:
    if len(expected) > len(actual):
        yield f"{place}: expected {len(expected)} visits, got {len(actual)}"
    for back in range(1, min(len(expected), len(actual)) + 1):
        yield from unmet(expected[-back], actual[-back], f"{place}[{len(actual) - back}]")


def _absent(unwanted: Any, expected: dict[str, Any], actual: dict[str, Any], place: str) -> Iterator[str]:
    if isinstance(unwanted, list):
        beside = [key for key, value in expected.items() if key != "absent" and isinstance(value, list)]
        if not beside:
            yield f"{place}: stands beside no array; name it, as in absent.findings"
        unwanted = dict.fromkeys(beside, unwanted)
    for key, rows in unwanted.items():
        if not isinstance(actual.get(key), list):
            yield f"{place}.{key}: is no array"
            continue
        for row in rows:
            yield from (f"{place}.{key}: {one!r} is there" for one in actual[key] if _met(row, one))


def _met(expected: Any, actual: Any) -> bool:
    return not list(unmet(expected, actual))


def _same(expected: Any, actual: Any) -> bool:
    if isinstance(expected, datetime.date):
        expected = expected.isoformat()
    return isinstance(expected, bool) == isinstance(actual, bool) and bool(expected == actual)

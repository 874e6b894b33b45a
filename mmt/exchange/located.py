"""Where something stands in a value, and what is wrong with it, in words."""

import re
from collections.abc import Iterator
from typing import Any

import msgspec

Place = tuple[str | int, ...]
"""The way to a part of a value: names of fields, and which one it is of several, from 0 on."""

_KINDS = {
    "int": "a whole number",
    "float": "a number",
    "str": "a text",
    "bool": "true or false",
    "array": "a list",
    "object": "a group of fields",
    "null": "empty",
    "datetime": "a time in UTC",
    "date": "a day",
}
"""The kinds of values, as a sentence names them."""

_FORMS = {
    "[0-9a-f]{8}-": "a UUID in small letters",
    "[0-9a-f]{64}": "64 hexadecimal signs",
    "([0-9a-f]{2})*": "hexadecimal signs",
    "|4-|": "a grade",
}
"""What a text should be whose form has this in it."""

_BOUNDS = {">=": "at least {}", "<=": "at most {}", ">": "more than {}", "<": "less than {}"}
_STEP = re.compile(r"\.(\w+)|\[(\d+)\]")


def located(value: Any, place: Place = ()) -> Iterator[tuple[Place, Any]]:
    """Each part of a value that has no parts, and where it stands."""
    if isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            yield from located(getattr(value, name), (*place, name))
    elif isinstance(value, dict):
        for key, held in value.items():
            yield (*place, "name"), key
            yield from located(held, (*place, str(key)))
    elif isinstance(value, list | tuple):
        for at, held in enumerate(value):
            yield from located(held, (*place, at))
    else:
        yield place, value


def said(place: Place) -> str:
    """A place in words: `patient 1, visit 2, examiner`."""
    told: list[str] = []
    for one in place:
        if isinstance(one, int):
            told[-1:] = [f"{told[-1].removesuffix('s') if told else 'value'} {one + 1}"]
        else:
            told.append(one.replace("_", " "))
    return ", ".join(told)


def in_words(message: str) -> str:
    """What msgspec says of a JSON text, in words: where, and what should stand there."""
    says, _, where = message.partition(" - at `")
    place = said(tuple(name or int(at) for name, at in _STEP.findall(where)))
    return f"{place} {_wrong(says)}" if place else f"it {_wrong(says)}"


def _wrong(says: str) -> str:
    if found := re.fullmatch(r"JSON is malformed: .* \(byte (\d+)\)", says):
        return f"is no JSON from sign {int(found[1]) + 1} on"
    if says.startswith("Invalid UTF-8"):
        return "holds a text that is not UTF-8"
    if says == "Input data was truncated":
        return "is cut off before its end"
    if found := re.fullmatch(r"Object missing required field `(.*)`", says):
        return f"lacks the field {found[1].replace('_', ' ')}"
    if found := re.fullmatch(r"Object contains unknown field `(.*)`", says):
        return f"has a field {found[1]!r}, which this mmt does not know"
    if found := re.fullmatch(r"Invalid (?:enum )?value (.*)", says):
        return f"is {found[1]}, which is nothing that may stand there"
    if found := re.fullmatch(r"Invalid RFC3339 encoded (date|datetime)", says):
        return f"should be {_KINDS[found[1]]}"
    if found := re.fullmatch(r"Expected `([^`]*)`(?:, got `([^`]*)`)?(.*)", says):
        return _expected(*found.groups())
    return "is not as it should be"


def _expected(kinds: str, got: str | None, bound: str) -> str:
    wanted = " or ".join(_KINDS.get(one, one) for one in kinds.split(" | "))
    if got:
        return f"should be {wanted}, and is {_KINDS.get(got, got)}"
    if found := re.fullmatch(r" matching regex (.*)", bound):
        form = next((words for sign, words in _FORMS.items() if sign in found[1]), "in another form")
        return f"should be {form}"
    if found := re.fullmatch(r" (of length )?([<>]=?) (\S+)", bound):
        amount = _BOUNDS[found[2]].format(found[3])
        return f"should have {amount} of signs or values" if found[1] else f"should be {amount}"
    return f"should be {wanted}"

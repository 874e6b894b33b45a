"""What may be wrong with one observation of a case: its keys, and whether its test allows what it says."""

from collections.abc import Collection, Container, Iterator, Mapping
from typing import Any, get_args

from mmt.model.base import SIDES
from mmt.model.exam_tests import AnyTest, LegLengthTest, LengthTest, MuscleTest, ReflexTest, SignTest
from mmt.model.grades import CODES
from mmt.model.observation import FLAGS, MEASURES, NOT_TESTED, Result
from mmt.model.protocol import Protocol

from .fields import Check, Fault, Field, kind, meant, number, once, one_of, shown, table, text, whole

LONGEST_LEG = 3000
"""Millimetres; more is a slip of the key or a wrong unit."""


def _fields(protocol: Protocol, scale: str) -> dict[str, Field]:
    """The keys of an observation; grades are those of the visit's scale, of any where it is not known."""
    known = protocol.scales.get(scale)
    return {
        "test": Field(text, required=True),
        "side": Field(one_of(SIDES)),
        "trial": Field(whole(1, 99)),
        "grade": Field(
            _grade(known.codes if known else CODES, f"a grade of {scale if known else 'any scale'}")
        ),
        "degrees": Field(number(-180, 180)),
        "millimetres": Field(number(-LONGEST_LEG, LONGEST_LEG)),
        "count": Field(whole(0, 999)),
        "seconds": Field(number(0, 9999)),
        "newtons": Field(number(0, 9999)),
        "result": Field(one_of(get_args(Result))),
        "not_tested": Field(one_of(NOT_TESTED)),
        "flags": Field(once(one_of(FLAGS))),
        "substitution": Field(text),
        "variant": Field(text),
    }


def _grade(codes: tuple[str, ...], what: str) -> Check:
    def check(value: Any) -> Iterator[Fault]:
        if not isinstance(value, str):
            yield "", f'must be text in quotes, as in "4"; it is {kind(value)} without'
        elif value not in codes:
            yield "", f"{shown(value)} is not {what}"

    return check


def observation_faults(row: Any, protocol: Protocol, scale: str) -> Iterator[Fault]:
    """Every fault of one observation, seen under the scale profile of its visit."""
    yield from table(_fields(protocol, scale), "an observation")(row)
    if not isinstance(row, dict):
        return
    yield from _measures(row)
    if "substitution" in row and "substitution" not in _list(row.get("flags")):
        yield "substitution", 'needs "substitution" among the flags'
    name = row.get("test")
    test = protocol.tests.get(name) if isinstance(name, str) else None
    if test is not None:
        yield from _of_test(row, test, protocol)
    elif _not_in(row, "test", protocol.tests):
        yield "test", _unknown(row["test"], "a test of the library", protocol.tests)


def repeated(rows: list[Any]) -> Iterator[Fault]:
    """Observations of the same test, side and trial: which of them is meant cannot be known."""
    seen: dict[tuple[Any, ...], int] = {}
    for index, row in enumerate(rows):
        if isinstance(row, dict):
            key = tuple(str(row.get(name, default)) for name, default in _CELL)
            if key in seen:
                yield f"[{index}]", f"repeats observations[{seen[key]}]; give a further reading its own trial"
            seen.setdefault(key, index)


_CELL = (("test", ""), ("side", ""), ("trial", 1))


_TOGETHER = ({"degrees", "result"}, {"newtons", "grade"}, {"newtons", "result"})
"""Values that one observation may hold together."""


def _measures(row: Mapping[str, Any]) -> Iterator[Fault]:
    """Exactly one value, or the reason why there is none; degrees may stand beside a result, newtons beside a
    grade or a result."""
    values = [name for name in (*MEASURES, "not_tested") if name in row]
    if not values:
        yield "", f"holds no value; it needs one of {', '.join((*MEASURES, 'not_tested'))}"
    elif len(values) > 1 and set(values) not in _TOGETHER:
        yield "", f"holds {' and '.join(values)}; an observation holds one value"


def _of_test(row: Mapping[str, Any], test: AnyTest, protocol: Protocol) -> Iterator[Fault]:
    if test.sides == "each" and "side" not in row:
        yield "side", f"is missing; {test.id} is tested on each side"
    elif test.sides == "midline" and "side" in row:
        yield "side", f"must be left out; {test.id} has no sides"
    for name in MEASURES:
        if name in row and name not in test.measures:
            yield name, f"does not fit {test.id}, which is recorded as {' or '.join(test.measures)}"
    yield from _values(row, test)
    if isinstance(test, MuscleTest) and test.variants and _not_in(row, "variant", test.variants):
        yield "variant", _unknown(row["variant"], f"a variant of {test.id}", test.variants)
    takers = [one.id for one in test.substitutions] if isinstance(test, MuscleTest) else []
    if _not_in(row, "substitution", {*takers, *protocol.tests}):
        what = f"a test, nor a substitution of {test.id}"
        yield "substitution", _unknown(row["substitution"], what, takers)


def _not_in(row: Mapping[str, Any], key: str, known: Container[str]) -> bool:
    """Whether a text stands under the key that is none of the known ones."""
    value = row.get(key)
    return isinstance(value, str) and bool(value.strip()) and value not in known


def _unknown(value: str, what: str, like: Collection[str]) -> str:
    return f"{shown(value)} is not {what}{meant(value, like)}"


def _values(row: Mapping[str, Any], test: AnyTest) -> Iterator[Fault]:
    """Values that the test's own kind rules out, where they are numbers at all."""
    count, length, angle = (_number(row, name) for name in ("count", "millimetres", "degrees"))
    if isinstance(test, ReflexTest) and count is not None and 4 < count <= 999:
        yield "count", f"{count:g} is not a reflex; it is 0 (absent) to 4 (with clonus)"
    if isinstance(test, LegLengthTest) and length is not None and -LONGEST_LEG <= length <= LONGEST_LEG:
        if length < 0:
            yield "millimetres", f"{length:g} is negative; the side tells which leg, the number how much"
        elif test.side_means == "this-leg" and length == 0:
            yield "millimetres", "0 is no length of a leg"
    most = test.most if isinstance(test, LengthTest | SignTest) else None
    if angle is not None and most is not None and most < abs(angle) <= 180:
        yield "degrees", f"{angle:g} is more than can be; {test.id} goes to {most:g} at most"
    if isinstance(test, SignTest):
        if angle is not None and -180 <= angle < 0:
            yield "degrees", f"{angle:g} is negative"
        if "degrees" in row and "result" not in row and test.degrees:
            yield "result", f"is missing; {test.id} is positive or negative, the degrees stand beside it"


def _number(row: Mapping[str, Any], name: str) -> float | None:
    value = row.get(name)
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []

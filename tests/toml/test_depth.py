"""Text that is nested without end is refused before it is parsed, in a moment, with its line."""

import time

import pytest

from mmt.toml.depth import DEEPEST, too_deep
from mmt.toml.file import parse_toml

MANY = 200_000
DEEP = {
    "key": "a" + ".a" * MANY + " = 1",
    "quoted key": '"a"' + " . 'a'" * MANY + " = 1",
    "heading": "[a" + ".a" * MANY + "]",
    "heading of rows": "[[a" + ".a" * MANY + "]]",
    "key of an inline table": "x = {a" + ".a" * MANY + " = 1}",
    "after a text of four quotes": 'x = ["""a"""", {a' + ".a" * MANY + " = 1}]",
    "lists": "x = " + "[" * MANY,
    "inline tables": "x = " + "{a=" * MANY,
    "lists over lines": "x = " + "[\n" * MANY,
}


@pytest.mark.parametrize("kind", DEEP)
def test_what_is_nested_without_end_is_named_by_its_line(kind: str) -> None:
    begun = time.perf_counter()
    tables, problems = parse_toml(f'# "\n\ny = """\n"""\n{DEEP[kind]}\n'.encode(), "mine.toml")
    assert time.perf_counter() - begun < 2
    assert tables == {}
    line = 5 + (DEEPEST if kind == "lists over lines" else 0)
    says = f"mine.toml: line {line}: is nested too deeply; no table of mmt needs more than a few levels"
    assert [str(one) for one in problems] == [says]


@pytest.mark.parametrize(
    "text",
    [
        "a.b.c.d.e.f.g.h = 1",
        "x = [[[[[[[[1.5, 2.5], [3.5]]]]]]]]",
        "[[a.b]]\n" * 20,
        "x = [\n" + "[1.0, 2.0], # [ [ [\n" * 99 + "]",
        "x = '[[[[[[[[[['\ny = \"[[[[[[[[[[\\\"[[\"\nz = '''\n[[[[[[[[[['''",
        "x = 'a.b.c.d.e.f.g.h.i.j.k' # a.b.c.d.e.f.g.h.i.j.k",
    ],
)
def test_what_is_not_deep_is_let_through(text: str) -> None:
    assert too_deep(text) == 0

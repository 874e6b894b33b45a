"""How deeply TOML text is nested, found before it is parsed.

The time that `tomllib` takes for a key or a heading of many parts (`a.a.a …`) grows with the square of their
number, and brackets in brackets take its stack.
"""

import re

DEEPEST = 8
"""Parts of a key, parts of a heading, or brackets in brackets, each."""

_QUIET = re.compile(
    r"""
    \"\"\" [^"\\]*+ (?: (?: \\. | "(?!"") ) [^"\\]*+ )*+ (?: "{3,5} | \Z )
    | \'\'\' [^']*+ (?: '(?!'') [^']*+ )*+ (?: '{3,5} | \Z )
    | " [^"\\\n]*+ (?: \\. [^"\\\n]*+ )*+ "?
    | ' [^'\n]*+ '?
    | \# [^\n]*+
    """,
    re.DOTALL | re.VERBOSE,
)
"""Text in quotes, which may be a part of a key, and remarks."""

_LONG_KEY = re.compile(rf"\.(?:[ \t]*+[\w-]++[ \t]*+\.){{{DEEPEST - 1}}}")
_BRACKET = re.compile(r"[\[\]{}]")
_INNERMOST = re.compile(r"\[[^\[\]{}]*+\]|\{[^\[\]{}]*+\}")


def too_deep(text: str) -> int:
    """The number of the first line that is nested more than `DEEPEST` levels deep; 0 where none is."""
    if not _may_be_deep(_QUIET.sub("_", text)):
        return 0
    plain = _QUIET.sub(lambda found: "_" + "\n" * found[0].count("\n"), text)
    places = [match.start() for match in (_LONG_KEY.search(plain), _deep_bracket(plain)) if match]
    return plain.count("\n", 0, min(places)) + 1 if places else 0


def _may_be_deep(plain: str) -> bool:
    """Whether a closer look is needed: a long key, or brackets left once `DEEPEST` levels are taken away."""
    if _LONG_KEY.search(plain):
        return True
    for _ in range(DEEPEST):
        plain, taken = _INNERMOST.subn("", plain)
        if not taken:
            break
    return _BRACKET.search(plain) is not None


def _deep_bracket(plain: str) -> re.Match[str] | None:
    """The bracket that opens one level too many."""
    depth = 0
    for found in _BRACKET.finditer(plain):
        depth += 1 if found[0] in "[{" else -1
        if depth > DEEPEST:
            return found
    return None

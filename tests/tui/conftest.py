"""What makes terminal tests steady: no colours, themes or blinking from outside."""

from typing import Any

import pytest
from settling import at_rest, drawn_later, settled
from textual._compositor import Compositor
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet


@pytest.fixture(autouse=True)
def steady_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_COLOR", "TEXTUAL_THEME", "TEXTUAL_ANIMATIONS", "COLORTERM"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(autouse=True)
def _wait_no_longer_than_it_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("textual.pilot.wait_for_idle", settled)
    monkeypatch.setattr("textual.app.wait_for_idle", at_rest)


_parse = Stylesheet._parse_rules  # noqa: SLF001
_parsed: dict[tuple[object, ...], Any] = {}


def _parse_once(sheet: Stylesheet, css: str, *where: object, **how: object) -> Any:
    """The rules of a style sheet, which every program of a test would read anew, twice."""
    colours = tuple(sheet._variables.items())  # noqa: SLF001
    key = (css, *where, *how.items(), colours)
    if key not in _parsed:
        _parsed[key] = _parse(sheet, css, *where, **how)  # type: ignore[arg-type]
    return _parsed[key]


pytest.MonkeyPatch().setattr(Stylesheet, "_parse_rules", _parse_once)
pytest.MonkeyPatch().setattr(Compositor, "render_update", drawn_later)
pytest.MonkeyPatch().setattr(RuleSet, "__hash__", object.__hash__)  # asked hundreds of times a widget

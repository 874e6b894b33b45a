"""Sentences are put together so that no two stops meet."""

from types import SimpleNamespace

import pytest

from mmt.reasoning.fluent import filled, listed


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("tomorrow morning.", "Written down: tomorrow morning. If not, phone."),
        ("tomorrow morning", "Written down: tomorrow morning. If not, phone."),
        ("tomorrow?", "Written down: tomorrow? If not, phone."),
        ("and so on …", "Written down: and so on … If not, phone."),
        ("", "Written down: . If not, phone."),
    ],
)
def test_behind_what_ends_in_a_stop_stands_none(text: str, says: str) -> None:
    assert filled("Written down: {text}. If not, phone.", {"text": text}) == says


def test_places_are_filled_as_python_fills_them() -> None:
    test = SimpleNamespace(name="Soleus", limit=1.50)
    assert filled("{test.name} {{x}}: {test.limit:g} mm.", {"test": test}) == "Soleus {x}: 1.5 mm."


def test_the_last_of_several_alone_keeps_its_stop() -> None:
    assert (
        listed(["Lie on your side.", "Floor: present", "Stop."]) == "Lie on your side; Floor: present; Stop."
    )
    assert listed(iter(())) == ""

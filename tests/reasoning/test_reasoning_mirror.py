"""Mirroring a patient mirrors all that is said: no rule favours the right side or the left one."""

import re
from typing import Any

import msgspec
from histories import PROTOCOL, histories
from hypothesis import given
from msgspec.structs import replace

from mmt.model.observation import Observation
from mmt.model.visit import History, Visit
from mmt.reasoning import review

SWAP = {"right": "left", "left": "right"}


def mirrored_history(history: History) -> History:
    """The history with everything that has a side on the other one: tests, pain, handedness."""
    hand = history.patient.handedness
    return replace(
        history,
        patient=replace(history.patient, handedness=SWAP.get(hand, hand)),
        visits=tuple(map(_visit, history.visits)),
    )


def _visit(visit: Visit) -> Visit:
    story = {name: SWAP.get(answer, answer) if name == "leg_pain_side" else answer
             for name, answer in visit.story.items()}  # fmt: skip
    return replace(visit, story=story, observations=tuple(map(_observation, visit.observations)))


def _observation(seen: Observation) -> Observation:
    return replace(seen, side=seen.side and SWAP[seen.side])


def told(history: History) -> Any:
    """All that is concluded of a history, as plain data."""
    return msgspec.json.decode(msgspec.json.encode(review(history, PROTOCOL)))


def mirrored(said: Any) -> Any:
    """Anything that was concluded, with right and left changed in its keys, values and sentences."""
    if isinstance(said, dict):
        return {mirrored(key): mirrored(value) for key, value in said.items()}
    if isinstance(said, list):
        return [mirrored(one) for one in said]
    if isinstance(said, str):
        return re.sub(r"(?<![a-z])(right|left)(?![a-z])", lambda found: SWAP[found[0]], said)
    return said


def unordered(said: Any) -> Any:
    """The same without the order of lists and of what a sentence lists: the right side is named first."""
    if isinstance(said, dict):
        return {key: unordered(value) for key, value in said.items()}
    if isinstance(said, list):
        return sorted((unordered(one) for one in said), key=repr)
    return sorted(re.split(r"\s*[,;:().]\s*", said)) if isinstance(said, str) else said


@given(histories())
def test_the_mirrored_patient_is_told_the_mirror_image(history: History) -> None:
    here, across = told(history), told(mirrored_history(history))
    assert unordered(mirrored(here)) == unordered(across)

"""What a key did in a step that takes each key itself: the same for exam, leg length and questions."""

from typing import Generic, TypeVar

from mmt.model.base import Value
from mmt.model.observation import Observation


class Typing(Value, frozen=True, kw_only=True):
    """What the states of such steps share: `typed` is half typed, and not kept yet."""

    typed: str = ""


S = TypeVar("S", bound=Typing)


class Pressed(Value, Generic[S], frozen=True, kw_only=True):
    """The state after a key, a value to keep or take back before that is shown, and a word to show.

    `refused` asks for a beep: the key did nothing, and `word` says why.
    """

    state: S
    keep: Observation | None = None
    withdraw: Observation | None = None
    word: str = ""
    refused: bool = False


def refuse(state: S, word: str) -> Pressed[S]:
    """Nothing happens but a beep and a word."""
    return Pressed(state=state, word=word, refused=True)

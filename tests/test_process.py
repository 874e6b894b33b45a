"""What the collector looks through while keys come: nothing that stays."""

import gc
import weakref
from collections.abc import Iterator

import pytest

from mmt.process import settle


class Ring:
    """Something that holds itself, so that the collector alone can let it go."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    threshold = gc.get_threshold()
    yield
    gc.unfreeze()
    gc.set_threshold(*threshold)


def test_what_stays_is_looked_through_no_more_and_what_nothing_needs_is_let_go() -> None:
    stays, gone = Ring(), weakref.ref(Ring())
    assert any(one is stays for one in gc.get_objects())
    settle()
    assert gone() is None
    assert not any(one is stays for one in gc.get_objects())
    later = weakref.ref(Ring())
    gc.collect()
    assert later() is None, "what comes later is let go as before"

"""Five properties, each on the same 20,000 histories: the long run of what the suite tries on a few.

`uv run pytest -m long tests/reasoning` takes about half an hour of one processor.
"""

from collections import Counter
from collections.abc import Callable
from random import Random

import pytest
import test_reasoning_mirror as mirrors
import test_reasoning_properties as every
import test_reasoning_safe_side as safe_side
from histories import SIGNS, histories
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from hypothesis.errors import UnsatisfiedAssumption

from mmt.model.visit import History

a_yes = safe_side.test_a_yes_never_opens_what_was_closed
weaker = safe_side.test_a_weaker_muscle_reflex_or_touch_gives_no_fewer_and_no_milder_alerts
not_asked = safe_side.test_what_was_not_asked_is_never_read_as_no
mirror = mirrors.test_the_mirrored_patient_is_told_the_mirror_image
order = every.test_the_order_in_which_things_were_seen_and_answered_does_not_matter

DRAWS, EACH = 16, 1250


@pytest.mark.long
@pytest.mark.parametrize("draw", range(DRAWS))
def test_five_properties_hold_on_each_history(draw: int) -> None:
    held: Counter[str] = Counter()

    @seed(draw)
    @settings(
        max_examples=EACH,
        derandomize=False,
        deadline=None,
        database=None,
        phases=[Phase.generate],  # a history as it was drawn: to make it smaller takes minutes
        suppress_health_check=list(HealthCheck),
    )
    @given(histories(), st.sampled_from(SIGNS), st.data(), st.randoms(use_true_random=False))
    def drawn(history: History, question: str, data: st.DataObject, chance: Random) -> None:
        hold(a_yes, history, question)
        hold(weaker, history, data)
        hold(not_asked, history, data)
        hold(mirror, history)
        hold(order, history, chance)

    def hold(rule: Callable[..., None], *drawn: object) -> None:
        try:
            rule.hypothesis.inner_test(*drawn)  # type: ignore[attr-defined]
        except UnsatisfiedAssumption:  # as where a history has nothing that could be weaker
            return
        held[rule.__name__] += 1

    drawn()
    assert min(held[one.__name__] for one in (a_yes, mirror, order)) >= EACH
    assert min(held[one.__name__] for one in (weaker, not_asked)) > EACH // 4

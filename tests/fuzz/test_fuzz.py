"""Whatever a file or a person says: values or sentences come of it, and never a traceback.

`uv run pytest tests/fuzz -m long` tries 100,000; `tests/fuzz/guided.py` looks on by what the code does.
"""

from collections.abc import Callable

import pytest
from fuzz_targets import TARGETS
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mutations import mutated

EACH = 30
MANY = {
    "case": 25_000,
    "protocol": 5_000,
    "template": 5_000,
    "signoffs": 10_000,
    "key": 10_000,
    "manifest": 10_000,
    "small files": 5_000,
    "mark": 5_000,
    "slots": 6_000,
    "passphrase": 1_000,
    "records": 2_000,
    "arriving": 3_000,
    "search": 5_000,
    "typed": 5_000,
    "answer": 3_000,
}
"""100,000 in all."""


def tried(take: Callable[[bytes], object], seeds: list[bytes], times: int, *, anew: bool) -> None:
    """Give so many faulty files and texts to what takes them."""
    faulty = st.builds(mutated, st.sampled_from(seeds), st.randoms(use_true_random=False))

    @settings(
        max_examples=times,
        deadline=None,
        derandomize=not anew,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(
        st.one_of(
            faulty,
            faulty,
            faulty,
            st.text().map(lambda text: text.encode("utf-8", "surrogatepass")),
            st.binary(),
        )
    )
    def one(data: bytes) -> None:
        take(data)

    one()


@pytest.mark.parametrize("name", TARGETS)
def test_some_faults_give_values_or_sentences(name: str) -> None:
    take, seeds = TARGETS[name]
    for seed in seeds()[:3]:
        take(seed)
    tried(take, seeds(), EACH, anew=False)


@pytest.mark.long
@pytest.mark.parametrize("name", TARGETS)
def test_a_hundred_thousand_faults_give_values_or_sentences(name: str) -> None:
    assert sum(MANY.values()) == 100_000
    take, seeds = TARGETS[name]
    tried(take, seeds(), MANY[name], anew=True)

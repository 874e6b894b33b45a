"""How hard the properties are tried: the same examples at each run, or many new ones when asked.

`uv run pytest tests/reasoning --hypothesis-profile=thorough` looks for faults that nobody knows yet.
"""

from hypothesis import HealthCheck, settings

settings.register_profile(
    "quick",
    max_examples=20,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
settings.register_profile("thorough", settings.get_profile("quick"), max_examples=2000, derandomize=False)
settings.load_profile("quick")

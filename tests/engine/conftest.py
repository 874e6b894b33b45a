"""A FHIR server that is started once for all tests that ask for it, and what a clinic sends to it."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from engine import CannotInstallError, Engine
from there import There

for room in ("exchange", "reasoning", "storage"):  # where patients, histories and rows are made up
    sys.path.append(str(Path(__file__).parents[1] / room))


@pytest.fixture(scope="session")
def engine() -> Iterator[Engine]:
    """A server that answers; skips the test where it cannot be installed."""
    try:
        one = Engine()
    except CannotInstallError as error:
        pytest.skip(str(error))
    with one:
        yield one


@pytest.fixture
def there(engine: Engine) -> Iterator[There]:
    """What lies at the server."""
    one = There(engine.base)
    yield one
    one.close()

"""Who guesses waits longer and longer, also after a restart; nobody is locked out for good."""

import datetime
import os
from pathlib import Path

import pytest

from mmt.storage.keys.tries import LONGEST_S, Tries, note_tries, read_tries

NOW = datetime.datetime(2026, 3, 2, 9, 30, tzinfo=datetime.UTC)


def after(seconds: float) -> datetime.datetime:
    return NOW + datetime.timedelta(seconds=seconds)


@pytest.mark.parametrize(
    ("failed", "delay"), [(0, 0), (2, 0), (3, 2), (4, 4), (9, 128), (11, LONGEST_S), (10**6, LONGEST_S)]
)
def test_each_failed_try_doubles_the_delay_up_to_five_minutes(failed: int, delay: int) -> None:
    tries = Tries(failed=failed, last=NOW)
    assert (tries.waits(NOW), tries.waits(after(delay))) == (delay, 0)


def test_a_clock_that_was_set_back_shortens_nothing_and_waits_no_longer_than_the_delay() -> None:
    tries = Tries(failed=5, last=NOW)
    assert tries.waits(after(-86400)) == tries.delay == 8
    assert tries.waits(after(7.5)) == 1


def test_tries_are_kept_in_a_file_and_nothing_in_its_place_stops_a_sign_in(tmp_path: Path) -> None:
    path = tmp_path / "sign-in.json"
    note_tries(path, Tries(failed=4, last=NOW))
    assert read_tries(path) == Tries(failed=4, last=NOW)
    for spoilt in (b"", b"{", b'{"failed": -1}', b'{"failed": 1e99}', b"[" * 900, b" " * 5000, b"\xff"):
        path.write_bytes(spoilt)
        assert read_tries(path) == Tries()
    path.unlink()
    assert read_tries(path) == Tries()
    os.mkfifo(path)
    assert read_tries(path) == Tries()
    note_tries(path, Tries(failed=1, last=NOW))

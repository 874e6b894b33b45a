"""Who has a draft open, as other programs on the same records read it."""

import datetime

import msgspec
import pytest

from mmt.model.program import Holder, Program

HERE = Program(token="a1", host="room-1", process=12, who="ann on room-1")


def test_a_program_and_its_hold_read_as_they_were_written() -> None:
    since = datetime.datetime(2026, 3, 2, 9, 12, tzinfo=datetime.UTC)
    held = Holder(program=HERE, since=since)
    assert msgspec.json.decode(msgspec.json.encode(held), type=Holder) == held


def test_who_has_a_draft_open_always_has_a_name() -> None:
    with pytest.raises(msgspec.ValidationError, match="who"):
        msgspec.convert({"token": "a1", "host": "room-1", "process": 12, "who": ""}, Program)

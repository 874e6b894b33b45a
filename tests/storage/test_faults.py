"""Each thing that the database says is a sentence with what to do. The other tests here meet most of them."""

import pytest

from mmt.model.errors import ClinicError, NotSavedError
from mmt.storage.driver import DatabaseError, IntegrityError, OperationalError
from mmt.storage.faults import reading, saving, sentence


@pytest.mark.parametrize(
    ("error", "says"),
    [
        (OperationalError("database or disk is full"), "The disk is full."),
        (OperationalError("disk I/O error"), "The disk does not answer, or is full."),
        (OperationalError("attempt to write a readonly database"), "The folder of the records is read-only."),
        (OperationalError("unable to open database file"), "The records cannot be opened."),
        (OperationalError("database is locked"), "Another program holds the records."),
        (DatabaseError("database disk image is malformed"), "The records are damaged, or the disk fails."),
        (DatabaseError("file is not a database"), "The records are damaged or belong to another key."),
        (IntegrityError("the visit is signed"), "This visit is signed."),
        (IntegrityError("the visit is not signed"), "This visit is open: write in its note."),
        (IntegrityError("something unheard of"), "The records refused this (IntegrityError)."),
    ],
)
def test_every_fault_has_a_sentence_and_a_remedy(error: DatabaseError, says: str) -> None:
    told = sentence(error)
    assert told.startswith(says)
    assert len(told) > len(says)
    assert told.endswith(".")


def test_a_fault_while_saving_is_told_from_one_while_reading() -> None:
    with pytest.raises(NotSavedError, match="The disk is full"), saving():
        raise OperationalError("database or disk is full")
    with pytest.raises(ClinicError, match="The disk is full") as caught, reading():
        raise OperationalError("database or disk is full")
    assert not isinstance(caught.value, NotSavedError)

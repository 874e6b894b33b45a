"""Rows that hold what mmt never writes: by another program with the key, or by a fault of disk or mmt."""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager

import msgspec

from mmt.model.errors import ClinicError


@contextmanager
def naming(record: str) -> Iterator[None]:
    """Turn a value within the block that cannot be one into a ClinicError that names the record."""
    try:
        yield
    except (msgspec.MsgspecError, ValueError) as error:
        raise ClinicError(
            f"{record} cannot be read: a value in it is damaged or was not written by mmt. Nothing was "
            "changed, and other records open as usual. Restore the last backup, or tell the makers of mmt."
        ) from error


def day_of(text: str | None) -> datetime.date | None:
    """The day that a column holds; None where that is none."""
    try:
        return datetime.date.fromisoformat(text or "")
    except ValueError:
        return None

"""Records written as mmt's own file, whole, so that another clinic's mmt takes them in as they are."""

from collections.abc import Iterator

from mmt.clinic.practice import Practice
from mmt.exchange.records import Head, line_of
from mmt.storage import record_sets

from .chosen import Chosen, Progress, Tell


def lines(clinic: Practice, chosen: Chosen, progress: Progress, tell: Tell) -> Iterator[bytes]:  # noqa: ARG001
    """The lines of the file, read from the records while they are asked for. Raises ClinicError where a
    record cannot be read."""
    with clinic.store.reading() as db:
        numbers = chosen.numbers
        protocols = record_sets.kept_protocols(db, numbers)
        sites = record_sets.sites(db, numbers, clinic.letterhead.name)
        yield line_of(Head(protocols=len(protocols), records=len(chosen.sets), sites=sites))
        for digest in protocols:
            yield line_of(record_sets.kept_protocol(db, digest))
        for done, held in enumerate(chosen.sets, 1):
            yield line_of(record_sets.record_set(db, held))
            progress(done, len(chosen.sets))

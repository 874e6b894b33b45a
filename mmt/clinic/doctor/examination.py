"""All checks in their order, and mending what can be mended."""

from collections.abc import Callable, Iterable

from mmt.model.errors import ClinicError

from . import beside, folder, libraries, records
from .complaint import Complaint, Examined

CHECKS: tuple[Callable[[Examined], Iterable[Complaint]], ...] = (
    libraries.libraries,
    *(folder.usable, folder.private, folder.local, folder.room, folder.leftovers),
    *(records.there, records.whole, records.shape, records.clock, records.log, records.copies),
    *(beside.backups, beside.content),
)


def complaints(clinic: Examined) -> list[Complaint]:
    """All that is wrong. A check that cannot be made is a complaint of its own."""
    found: list[Complaint] = []
    for check in CHECKS:
        try:
            found += check(clinic)
        except (OSError, ClinicError) as error:
            found.append(Complaint(check.__name__, f"This could not be looked at ({error}).", "Try again."))
    return found


def mended(found: Iterable[Complaint]) -> tuple[list[str], list[str]]:
    """Mend what can be mended; what was, and what could not be, and why."""
    done: list[str] = []
    failed: list[str] = []
    for one in found:
        if one.mends is not None:
            try:
                one.mends()
            except (OSError, ClinicError) as error:
                failed.append(f"{one.where}: {error}")
            else:
                done.append(one.where)
    return done, failed

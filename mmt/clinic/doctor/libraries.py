"""The libraries that mmt works with: those that are installed are those that it was tested with."""

from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, requires, version

from packaging.requirements import Requirement

from .complaint import Complaint, Examined

_DO = "Install mmt anew in an environment of its own, as the README says."


def libraries(_: Examined) -> Iterator[Complaint]:
    """Each library is there, in a version that mmt allows."""
    for line in requires("mmt") or ():
        wanted = Requirement(line)
        if wanted.marker is not None and not wanted.marker.evaluate({"extra": ""}):
            continue
        try:
            held = version(wanted.name)
        except PackageNotFoundError:
            yield Complaint(wanted.name, "This library is missing.", _DO)
            continue
        if not wanted.specifier.contains(held, prereleases=True):
            yield Complaint(wanted.name, f"Version {held} is installed; mmt needs {wanted.specifier}.", _DO)

"""All that a clinician can do, without a screen: the use-cases that terminal and command line share."""

from .clinic import Clinic
from .open_visit import OpenVisit

__all__ = ["Clinic", "OpenVisit"]

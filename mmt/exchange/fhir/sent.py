"""What goes out of a visit: the visit, whose it is, and under which names."""

import datetime

from mmt.model.base import Text, Value
from mmt.model.codes import Codes
from mmt.model.people import Patient
from mmt.model.protocol import Protocol
from mmt.model.review import Finding
from mmt.model.rights import Disclosure
from mmt.model.visit import Visit


class SentPatient(Value, frozen=True, kw_only=True):
    """A patient under the UUID that stays, and the clinic that keeps the record, by UUID and name. Where the
    record is read with another one, that one's UUID."""

    uid: Text
    patient: Patient
    site: Text
    site_name: str
    read_with: str = ""


class SentVisit(Value, frozen=True, kw_only=True):
    """A signed visit under the UUID that stays; `visit.id` is its number at the clinic where it was signed.

    `site` is that clinic, `ed25519` the signature by a key of the signer's own, in hexadecimal, if by one;
    `papers` tells what papers of it were given out.
    """

    uid: Text
    of: SentPatient
    site: Text
    site_name: str
    visit: Visit
    ed25519: str = ""
    papers: tuple[Disclosure, ...] = ()

    @property
    def day(self) -> str:
        """The day of the visit."""
        return self.visit.date.isoformat()


class Words(Value, frozen=True, kw_only=True):
    """What things are called: the protocol that a visit was done under, published codes, and the `findings`
    of the visit, which tell what was accepted."""

    protocol: Protocol
    codes: Codes
    findings: tuple[Finding, ...] = ()


def moment(at: datetime.datetime) -> str:
    """A time as FHIR writes an instant, in UTC."""
    return at.astimezone(datetime.UTC).isoformat()

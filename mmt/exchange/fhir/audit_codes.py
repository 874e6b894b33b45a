"""What an act of the chain is to an auditor: as which event of which kind it counts, by published codes.

Types and subtypes are DICOM's (https://hl7.org/fhir/R4/valueset-audit-event-type.html and
https://hl7.org/fhir/R4/valueset-audit-event-sub-type.html), stages of life DICOM's as FHIR publishes them
(https://hl7.org/fhir/R4/codesystem-dicom-audit-lifecycle.html): R4 binds AuditEvent to them.
"""

from typing import Literal, NamedTuple

from mmt.model.acts import Act

from .parts import Json, hl7

_DCM = "http://dicom.nema.org/resources/ontology/DCM"

_DISPLAY = {
    "110100": "Application Activity",
    "110101": "Audit Log Used",
    "110106": "Export",
    "110107": "Import",
    "110110": "Patient Record",
    "110112": "Query",
    "110113": "Security Alert",
    "110114": "User Authentication",
    "110120": "Application Start",
    "110121": "Application Stop",
    "110122": "Login",
    "110123": "Logout",
    "110128": "Network Configuration",
    "110129": "Security Configuration",
    "110135": "Object Security Attributes Changed",
    "110136": "Security Roles Changed",
    "110137": "User security Attributes Changed",
}
_PROGRAM, _LOG, _OUT, _IN, _RECORD, _QUERY, _SECURITY, _WHO = (
    "110100",
    "110101",
    "110106",
    "110107",
    "110110",
    "110112",
    "110113",
    "110114",
)
_BEGUN, _COPIED_IN, _AMENDED, _VERIFIED, _USED, _REPORTED = "1", "2", "3", "4", "6", "9"
_EXPORTED, _DISCLOSED, _ARCHIVED, _TAKEN_AWAY, _ERASED = "10", "11", "13", "14", "15"

Action = Literal["C", "R", "U", "D", "E"]
"""Create, read, update, delete, execute."""

FAILED = "4"
"""The outcome of what was tried and may be tried again; "0" is success."""


class Counted(NamedTuple):
    """As what an act counts: event, action, the stage in the life of the data that it is about, what more
    precisely, and whether it succeeded."""

    event: str
    action: Action
    stage: str = ""
    more: str = ""
    outcome: str = "0"

    @property
    def type(self) -> Json:
        """The type of the event."""
        return _dicom(self.event)

    @property
    def subtype(self) -> list[Json]:
        """What it is more precisely, where DICOM has a code for it."""
        return [_dicom(self.more)] if self.more else []

    @property
    def lifecycle(self) -> Json:
        """The stage in the life of the data; empty where it is none."""
        return hl7("dicom-audit-lifecycle", self.stage) if self.stage else {}


def _dicom(code: str) -> Json:
    return {"system": _DCM, "code": code, "display": _DISPLAY[code]}


_READ, _CHANGED = Counted(_RECORD, "R", _USED), Counted(_RECORD, "U", _AMENDED)
_SIGNED_ON, _SIGNED_OFF = Counted(_WHO, "E", more="110122"), Counted(_WHO, "E", more="110123")
_KEY, _PERSON = Counted(_SECURITY, "U", more="110137"), Counted(_SECURITY, "U", more="110136")
_LOCKS, _GUARD = Counted(_SECURITY, "U", more="110129"), Counted(_SECURITY, "U", more="110135")
_NETWORK, _SETTING = Counted(_SECURITY, "U", more="110128"), Counted(_PROGRAM, "U")
_TAKEN_OUT, _NEW = Counted(_OUT, "R", _EXPORTED), Counted(_RECORD, "C", _BEGUN)

OTHER = Counted(_PROGRAM, "E")
"""What an act counts as whose words this mmt does not know."""

COUNTED: dict[Act, Counted] = {
    Act.SET_UP: Counted(_PROGRAM, "C"),
    Act.TAKEN_OVER: Counted(_IN, "C", _COPIED_IN),
    Act.WENT_ON: Counted(_SECURITY, "E"),
    Act.SIGNED_IN: _SIGNED_ON,
    Act.FAILED: _SIGNED_ON._replace(outcome=FAILED),
    Act.LOCKED: _SIGNED_OFF,
    Act.UNLOCKED: _SIGNED_ON,
    Act.RECOVERED: _KEY,
    Act.GAVE_KEY: _KEY,
    Act.CHANGED_KEY: _KEY,
    Act.GAVE_CODE: _LOCKS,
    Act.PASSPHRASES_ON: _LOCKS,
    Act.PASSPHRASES_OFF: _LOCKS,
    Act.REMOVED_PRACTITIONER: _PERSON._replace(action="D"),
    Act.ADDED_PRACTITIONER: _PERSON._replace(action="C"),
    Act.CHANGED_LETTERHEAD: _SETTING,
    Act.DECIDED_CONTENT: _SETTING,
    Act.ADDED_PATIENT: _NEW,
    Act.CHANGED_PATIENT: _CHANGED,
    Act.DISCARDED_PATIENT: Counted(_RECORD, "D", _TAKEN_AWAY),
    Act.JOINED: _CHANGED,
    Act.PARTED: _CHANGED,
    Act.TOLD_APART: _CHANGED,
    Act.RESTRICTED: _GUARD,
    Act.LIFTED: _GUARD,
    Act.OPENED_RESTRICTED: _READ,
    Act.DISCLOSED: Counted(_OUT, "R", _DISCLOSED),
    Act.ERASED: Counted(_RECORD, "D", _ERASED),
    Act.EXPORTED: _TAKEN_OUT,
    Act.IMPORTED: Counted(_IN, "C", _COPIED_IN),
    Act.CHOSE_SERVER: _NETWORK,
    Act.STOPPED_SENDING: _NETWORK,
    Act.SENT: _TAKEN_OUT,
    Act.FETCHED: Counted(_QUERY, "E", _USED),
    Act.SENT_AGAIN: OTHER,
    Act.WIPED: Counted(_RECORD, "D", _ERASED),
    Act.MADE_UP: _NEW,
    Act.BEGAN: _NEW,
    Act.HELD: _READ,
    Act.LEFT: Counted(_RECORD, "E", _USED),
    Act.TOOK_OVER: Counted(_RECORD, "E", _USED),
    Act.OBSERVED: _CHANGED,
    Act.WITHDREW: _CHANGED,
    Act.TOOK_IN: _CHANGED,
    Act.ANSWERED: _CHANGED,
    Act.DECIDED: _CHANGED,
    Act.PRESCRIBED: _CHANGED,
    Act.ACTED: _CHANGED,
    Act.OVERRODE: _CHANGED,
    Act.WROTE: _CHANGED,
    Act.WALKED: _CHANGED,
    Act.CHANGED_EXAMINER: _CHANGED,
    Act.MOVED: _CHANGED,
    Act.DISCARDED: Counted(_RECORD, "D", _TAKEN_AWAY),
    Act.SIGNED: Counted(_RECORD, "U", _VERIFIED),
    Act.ADDED_NOTE: _CHANGED,
    Act.OPENED_CLINIC: Counted(_PROGRAM, "E", more="110120"),
    Act.LEFT_CLINIC: Counted(_PROGRAM, "E", more="110121"),
    Act.BACKED_UP: Counted(_OUT, "R", _ARCHIVED),
    Act.RESTORED: Counted(_IN, "C", _COPIED_IN),
    Act.SET: _SETTING,
    Act.JUDGED: _SETTING,
    Act.OPENED_PATIENT: _READ,
    Act.OPENED_VISIT: _READ,
    Act.LOOKED_AT_OUTCOMES: Counted(_QUERY, "E"),
    Act.LOOKED_AT_ACTS: Counted(_LOG, "R"),
    Act.MADE_PAPER: Counted(_RECORD, "R", _REPORTED),
    Act.PRINTED: _TAKEN_OUT,
    Act.COPIED: _TAKEN_OUT,
}
"""Every act of the chain."""

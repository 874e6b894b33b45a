"""What was done with the records, each act in the words that the chain keeps for good."""

import datetime
from enum import StrEnum

from .base import Text, Value
from .text import clean


class Act(StrEnum):
    """An act of a person, or of mmt for one. A word that stands in records is never changed or removed."""

    SET_UP = "clinic set up"
    TAKEN_OVER = "records of an earlier mmt taken over"
    WENT_ON = "went on with records that mmt did not leave so"

    SIGNED_IN = "signed in"
    FAILED = "sign-in failed"
    LOCKED = "locked"
    UNLOCKED = "unlocked"
    RECOVERED = "opened with the recovery code"
    GAVE_KEY = "passphrase given"
    CHANGED_KEY = "passphrase changed"
    GAVE_CODE = "recovery code made anew"
    PASSPHRASES_ON = "passphrases turned on"
    PASSPHRASES_OFF = "passphrases turned off"
    REMOVED_PRACTITIONER = "practitioner removed, data key changed"
    ADDED_PRACTITIONER = "practitioner added"
    CHANGED_LETTERHEAD = "letterhead changed"
    DECIDED_CONTENT = "content signed off"

    ADDED_PATIENT = "patient added"
    CHANGED_PATIENT = "patient changed"
    DISCARDED_PATIENT = "patient discarded"
    JOINED = "records joined"
    PARTED = "records parted"
    TOLD_APART = "two records told apart"
    RESTRICTED = "record restricted"
    LIFTED = "restriction lifted"
    OPENED_RESTRICTED = "restricted record opened"
    DISCLOSED = "record given out"
    ERASED = "record erased"
    EXPORTED = "records written to a file"
    IMPORTED = "records taken in from a file"
    CHOSE_SERVER = "server for signed visits chosen"
    STOPPED_SENDING = "sending to the server stopped"
    SENT = "handed over to the server"
    FETCHED = "visits of other sites asked for"
    SENT_AGAIN = "to be sent to the server again"
    WIPED = "file written anew without what was erased"
    MADE_UP = "made-up patients added"

    BEGAN = "visit begun"
    HELD = "draft opened"
    LEFT = "draft left"
    TOOK_OVER = "draft taken over"
    OBSERVED = "test kept"
    WITHDREW = "test taken back"
    TOOK_IN = "visit taken in"
    ANSWERED = "answer kept"
    DECIDED = "finding decided"
    PRESCRIBED = "stretches chosen"
    ACTED = "action written"
    OVERRODE = "went on in an emergency"
    WROTE = "note written"
    WALKED = "place in the visit kept"
    CHANGED_EXAMINER = "examiner changed"
    MOVED = "visit moved"
    DISCARDED = "visit discarded"
    SIGNED = "visit signed"
    ADDED_NOTE = "dated note added"

    OPENED_CLINIC = "records opened"
    LEFT_CLINIC = "records closed"
    BACKED_UP = "backup made"
    RESTORED = "restored from a backup"
    SET = "setting changed"
    JUDGED = "errors chosen to judge by"
    OPENED_PATIENT = "patient's page opened"
    OPENED_VISIT = "visit opened"
    LOOKED_AT_OUTCOMES = "outcomes of all patients looked at"
    LOOKED_AT_ACTS = "acts looked at"
    MADE_PAPER = "paper made"
    PRINTED = "paper printed"
    COPIED = "paper copied as text"

    def of(self, what: str) -> str:
        """The act with what it was done to: `paper made: hand-out`. Never who or what a patient is: these
        words stay when a patient's data are erased."""
        return f"{self}: {clean(what)}"


class Asked(Value, frozen=True, kw_only=True):
    """Which acts are asked for: all, or those with the record of a patient, of one person, of one day."""

    patient: int | None = None
    person: str = ""
    day: datetime.date | None = None


class Became(Value, frozen=True, kw_only=True):
    """What became of one thing: `was` is empty where nothing stood there, `now` where it was taken back."""

    of: str
    was: str = ""
    now: str = ""

    @property
    def said(self) -> str:
        """In words: `name: Ann Low → Ann High`."""
        if not self.was:
            return ": ".join(filter(None, (self.of, self.now)))
        return f"{self.of}: {self.was} → {self.now or 'taken back'}"


class Told(Value, frozen=True, kw_only=True):
    """An act as people read it: its number in the chain, when by this computer's clock, and who.

    `patient` and `visit` are numbers, `name` the patient's and `day` the visit's; both are empty where the
    act is about none, or about several. `became` is what was changed, as far as it is kept; `hidden` says why
    it is not shown.
    """

    seq: int
    at: datetime.datetime
    person: str
    act: str
    patient: int | None = None
    name: str = ""
    visit: int | None = None
    day: datetime.date | None = None
    became: tuple[Became, ...] = ()
    hidden: str = ""


class SentAct(Value, frozen=True, kw_only=True):
    """An act as it goes out: its number in the chain and its `seal` there, in hexadecimal.

    `patient` and `visit` are numbers, `patient_uid` and `visit_uid` the UUIDs that stay, which are empty
    where the record was erased. All are empty where the act is about none, or about several.
    """

    seq: int
    seal: Text
    at: datetime.datetime
    person: Text
    act: Text
    patient: int | None = None
    patient_uid: str = ""
    visit: int | None = None
    visit_uid: str = ""

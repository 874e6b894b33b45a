"""What the screens outside a visit may ask for: the patients, their visits, the people who examine.

`mmt.clinic.Clinic` is one; screens get it by constructor and know neither it nor the store.
"""

import datetime
from collections.abc import Callable
from typing import Protocol

from mmt.model.people import Letterhead, Patient, PatientRow
from mmt.model.protocol import Protocol as ExamProtocol
from mmt.model.settings import Settings
from mmt.model.visit import History


class Home(Protocol):
    """An open clinic, as the front desk sees it."""

    @property
    def protocol(self) -> ExamProtocol:
        """The protocol that new visits are done under."""

    @property
    def today(self) -> Callable[[], datetime.date]:
        """Gives the clinic's date of today."""

    @property
    def letterhead(self) -> Letterhead:
        """The clinic as it stands at the head of each paper."""

    @property
    def practitioners(self) -> tuple[str, ...]:
        """The names of those who examine."""

    @property
    def languages(self) -> dict[str, str]:
        """The languages of a patient's papers by code, each with its own name."""

    @property
    def settings(self) -> Settings:
        """How this station is set up."""

    def change_settings(self, chosen: Settings) -> None:
        """Set this station up anew. It holds even where it could not be kept, which raises ClinicError."""

    @property
    def problems(self) -> tuple[str, ...]:
        """What is wrong in protocol and template files, a line each."""

    def search(self, text: str) -> list[PatientRow]:
        """Patients that fit what was typed; so many at most that nobody would read further."""

    def drafts(self) -> list[PatientRow]:
        """Patients with an open visit."""

    def todays(self) -> list[PatientRow]:
        """Patients with a visit today."""

    def add_patient(self, patient: Patient, *, sure: bool = False) -> Patient:
        """Keep a new patient. Raises ClinicError with a sentence; DoubtError where `sure` is asked for."""

    def change_patient(self, patient: Patient, *, was: Patient, sure: bool = False) -> None:
        """Keep the changed data of a patient, as they were read before. Raises as `add_patient` does."""

    def kept(self, history: History, visit: int | None) -> str:
        """Why a visit, or without its number the patient, may not be discarded; empty where it may."""

    def discard(self, patient: int, visit: int | None, reason: str, by: str) -> None:
        """Discard an empty draft, or a patient without visits. Raises ClinicError with a sentence."""

    def change_letterhead(self, letterhead: Letterhead, *, was: Letterhead) -> None:
        """Change the head of each paper, as it was read before. Raises ClinicError with a sentence."""

    def add_practitioner(self, name: str) -> None:
        """Let another practitioner examine."""

    def open_elsewhere(self, visit: int) -> str:
        """Where else a draft is open, in a sentence; empty where nowhere."""

    def history(self, patient: int) -> History:
        """A patient with all visits."""

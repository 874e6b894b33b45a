"""A patient of six visits in a clinic: what got better, what got worse, and what cannot be told."""

import datetime
import shutil
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from mmt.clinic import Clinic
from mmt.clinic.admit import admit
from mmt.model.acts import Act
from mmt.model.base import Side
from mmt.model.observation import Observation
from mmt.model.people import Letterhead, Patient
from mmt.model.visit import History, Signature, Visit
from mmt.paths import Places

NAME = "Sixta Example"
FIRST = datetime.date(2026, 1, 5)
WHO = ("A. One", "A. One", "A. One", "B. Two", "A. One", "A. One")
GRADES: dict[tuple[str, Side], tuple[str, ...]] = {
    ("TA", "left"): ("3+", "4-", "4", "4", "4+", "5"),
    ("TA", "right"): ("5",) * 6,
    ("EHL", "left"): ("4", "4", "4", "4+", "4+", "4+"),
    ("EHL", "right"): ("5",) * 6,
    ("GMED", "left"): ("4", "4", "4", "4", "4", "4"),
    ("GMED", "right"): ("5", "5", "5", "5", "4+", "4-"),
    ("QUAD", "left"): ("5",) * 6,
    ("QUAD", "right"): ("5",) * 6,
    ("HF", "left"): ("5", "5", "5", "4+", "5", "5"),
    ("HF", "right"): ("5",) * 6,
}
DEGREES = {"L-PKE": (48, 46, 40, 36, 30, 28), "L-RF": (85, 80, 70, 66, 60, 50)}
RAISES = (8, 9, 12, 14, 18, 20)
BLOCK = (14.0, None, 12.0, None, None, 3.0)
PAIN = ((7, 5), (6, 5), (5, 4), (5, 4), (3, 4), (2, 4))
LAST = 5
ODI = (44, None, None, 30, None, 18)


@cache
def _kept() -> TemporaryDirectory[str]:
    """The folder of a clinic with the patient, made once and then copied."""
    folder = TemporaryDirectory(prefix="mmt-six-")
    clinic = Clinic.create(Places(Path(folder.name)), Letterhead(name="Example"), WHO[0])
    patient = Patient(name=NAME, birth_date=datetime.date(1979, 5, 2), sex="female", handedness="right")
    with clinic.store.writing(Act.WROTE):
        for _ in admit(clinic, History(patient=patient, visits=tuple(map(visit, range(6))))):
            pass
    clinic.close()
    return folder


def six_visits(folder: Path) -> None:
    """Put a clinic with the patient and all six visits, signed, into a folder."""
    shutil.copytree(_kept().name, Places(folder).root, dirs_exist_ok=True)


def visit(at: int) -> Visit:
    """The visit of this index, two weeks after the one before it."""
    date = FIRST + datetime.timedelta(weeks=2 * at)
    leg, back = PAIN[at]
    story: dict[str, Any] = {"nprs_leg": leg, "nprs_back": back}
    if ODI[at] is not None:
        story["odi"] = ODI[at]
    signature = Signature(by=WHO[at], at=datetime.datetime.now(datetime.UTC), digest="")
    return Visit(
        date=date,
        examiner=WHO[at],
        scale="MRC-8",
        exam="sciatica",
        story=story,
        action="Telephoned the specialist.",
        observations=tuple(_seen(at)),
        signature=signature,
    )


def _seen(at: int) -> list[Observation]:
    seen = [Observation(test=test, side=side, grade=all_[at]) for (test, side), all_ in GRADES.items()]
    if at == LAST:
        pained = Observation(test="GMED", side="left", grade="4", flags=("pain",))
        seen = [pained if one.cell == pained.cell else one for one in seen]
    seen += [
        *(Observation(test=test, side="left", degrees=float(all_[at])) for test, all_ in DEGREES.items()),
        Observation(test="SLR", side="left", result="positive" if at < 3 else "negative"),
        Observation(test="HEEL-RAISE", side="left", count=RAISES[at]),
        Observation(test="HEEL-RAISE", side="right", count=24),
    ]
    if (size := BLOCK[at]) is not None:
        seen.append(Observation(test="LL-BLOCK", side="left", millimetres=size))
    if at < LAST:
        seen.append(Observation(test="GMAX", side="left", grade="4"))
    else:
        seen.append(Observation(test="GMAX", side="left", not_tested="pain"))
        seen.append(Observation(test="L-OBER", side="left", degrees=-20.0))
    return seen

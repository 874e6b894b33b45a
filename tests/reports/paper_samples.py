"""Papers to print in tests: clearly made-up people, the shipped templates and stretches."""

import datetime
from typing import Any

from mmt.library.load import load
from mmt.library.templates import load_templates
from mmt.model.papers import (
    ComparedChange,
    ComparisonSheet,
    GradeRow,
    LetterAlert,
    LetterFinding,
    Paper,
    ProgressReport,
    ReferralLetter,
    ScoreCourse,
    ScorePoint,
    Sheet,
    SheetItem,
    Unasked,
    VisitSigned,
)
from mmt.model.people import Letterhead, Patient
from mmt.model.review import Change
from mmt.model.rules import LiftRule
from mmt.model.template import Template
from mmt.model.visit import History, Prescribed, Signature
from mmt.paths import shipped
from mmt.reasoning import review
from mmt.reports.documents import documents
from mmt.reports.documents.lift_page import LiftPage
from mmt.reports.documents.warning_card import WarningCard
from mmt.reports.record import Record

TEMPLATES, PROBLEMS = load_templates([shipped("reports/templates")])
PROTOCOL = load([shipped("protocols")]).protocol
STRETCHES = PROTOCOL.stretches
IN_FOURS = [tuple(sorted(STRETCHES)[at : at + 4]) for at in range(0, len(STRETCHES), 4)]
"""All stretches, as many as fit a sheet at a time."""

PATIENT = Patient(name="Ann Example", birth_date=datetime.date(1979, 5, 2))
LETTERHEAD = Letterhead(
    name="Riverside Chiropractic",
    address="12 Mill Lane, Springfield",
    telephone="555 0100",
    email="desk@riverside.example",
)
HEAD: dict[str, Any] = {
    "patient": PATIENT,
    "letterhead": LETTERHEAD,
    "practitioner": "Jo Hart",
    "date": datetime.date(2026, 3, 2),
}


def printed(paper: Paper, template: Template) -> bytes:
    """A filled paper as the PDF of the document that this template is of."""
    return documents()[template.id].drawn(paper, template)


def record(history: History, **more: Any) -> Record:
    """What documents read of the last visit of this history."""
    made = {"protocol": PROTOCOL, "letterhead": LETTERHEAD, "templates": TEMPLATES, **more}
    return Record(history=history, **{"review": review(history, made["protocol"]), **made})


def filled(kind: str, of: Record) -> Any:
    """What is printed on a paper of this kind, whatever speaks against making it."""
    document = documents()[kind]
    return document.fill(of, of.head(of.template(kind), for_patients=document.for_patients))


def item(wanted: str) -> SheetItem:
    """A stretch as its library prescribes it: `E01:left`."""
    stretch, _, side = wanted.partition(":")
    found = STRETCHES[stretch]
    prescribed = Prescribed(stretch=stretch, side=side or None, dose=found.dose)  # type: ignore[arg-type]
    return SheetItem(prescribed=prescribed, stretch=found, pictures=PROTOCOL.drawn(stretch))


def sheet(*wanted: str, **changed: Any) -> Sheet:
    items = tuple(item(one) for one in wanted or ("E01:left", "E12:right", "E27"))
    return Sheet(**{**HEAD, "items": items, "next_visit": "Monday 16 March, 10:30", **changed})


def card(**changed: Any) -> WarningCard:
    return WarningCard(**{**HEAD, "groups": ("cauda-equina",), "said": ("bladder",), "pain": True, **changed})


LIFT = LiftRule(
    id="lift",
    sources=("derived",),
    evidence="derived",
    first=3,
    step=3,
    weeks_least=1,
    weeks_most=2,
    share_from=50,
    share_to=75,
    limit=10,
    elsewhere="",
    stop_days=2,
    recheck_weeks=2,
)


def lift_page(**changed: Any) -> LiftPage:
    fields: dict[str, Any] = {
        "shorter": "left",
        "apart": 14,
        "error": 6,
        "low": 7,
        "high": 10,
        "rule": LIFT,
        "next_visit": "Monday 16 March, 10:30",
    }
    return LiftPage(**{**HEAD, **fields, **changed})


def letter(**changed: Any) -> ReferralLetter:
    fields: dict[str, Any] = {
        "alerts": (
            LetterAlert(
                level="urgent",
                text="New or growing weakness: tibialis anterior, left, is 2.",
                facts=("Tibialis anterior, left: 2", "Tibialis anterior, left: 4 (2026-02-02)"),
            ),
            LetterAlert(level="caution", text="Red-flag questions not asked: 9 of 41."),
        ),
        "findings": (LetterFinding(kind="sign", name="Straight leg raise", side="left"),),
        "scale": "MRC with 4- and 4+",
        "grades": (
            *(GradeRow(test=f"Muscle {number}", right="5", left="4+") for number in range(12)),
            GradeRow(test="Gluteus medius", right="4 *", notes=("Gluteus medius, right: pain",)),
        ),
        "answered_yes": ("A foot that drops or slaps?",),
        "answered_no": 28,
        "not_asked": (
            Unasked(group="Cancer", missing=3, of=7),
            Unasked(group="Infection", missing=6, of=6),
        ),
        "told": ("Which leg hurts? left; Leg pain now, 0 to 10: 7.", "What eases it? lying down."),
        "present": ("osteoporosis",),
        "absent": 9,
        "action": "Telephoned the neurologist, appointment tomorrow.",
    }
    return ReferralLetter(**{**HEAD, **fields, **changed})


def change(name: str, side: str | None, values: tuple[str, str], verdict: str, **more: Any) -> ComparedChange:
    shown = {field: more.pop(field) for field in ("why", "counts", "graded") if field in more}
    made = {
        "test": name.upper().replace(" ", "-"),
        "side": side,
        "from_": values[0],
        "to": values[1],
        "since": "2026-02-02",
        "verdict": verdict,
        "said": (),
        "because": (),
        "sources": (),
        "evidence": "derived",
        **more,
    }
    return ComparedChange(name=name, change=Change(**made), **shown)


def progress(**changed: Any) -> ProgressReport:
    """A report of six visits as a whole examination gives it."""
    name, days = "Leg pain now, 0 to 10", [datetime.date(2026, 1, 5 + 5 * at) for at in range(6)]
    points = tuple(ScorePoint(date=day, value=8 - at) for at, day in enumerate(days))
    course = ScoreCourse(name=name, least=0, most=10, points=points, band=2, better="less is better")
    muscles = [
        change(f"Muscle {at}", side, ("4", grade), "better", confidence="likely", graded=True, counts="more")
        for at in range(6)
        for side, grade in (("right", "4"), ("left", "5"))
    ]
    shared = comparison()
    fields = {name: getattr(shared, name) for name in ("since", "examiner_then", "only_then", "signed")}
    made = {
        "visits": 6,
        "changes": (*shared.changes, *muscles),
        "courses": (course,) * 4,
        "goals": ("Walk to the shop: 3 → 6 of 10, 8 aimed at.",),
        "done": (("most days", tuple(days)),),
        "moves": ("Bridge", "Calf stretch (left)"),
        "sources": "K, L78, PMC1",
    }
    return ProgressReport(**{**HEAD, **fields, **made, **changed})


def comparison(**changed: Any) -> ComparisonSheet:
    changes = (
        change("Tibialis anterior", "right", ("5", "5"), "within-noise"),
        change("Tibialis anterior", "left", ("4", "2"), "worse", confidence="real"),
        change("Gluteus medius", "left", ("4", "5"), "better", confidence="likely"),
        change("Tibialis posterior", "right", ("4", "4+"), "not-comparable", why=("another examiner",)),
        change("Leg pain now, 0 to 10", None, ("7", "3"), "better", counts="less is better"),
    )
    fields = {
        "since": datetime.date(2026, 2, 2),
        "examiner_then": "Lee Stone",
        "changes": changes,
        "sources": "A published limit",
        "only_then": "Soleus left 4",
    }
    at = datetime.datetime(2026, 2, 3, 12, tzinfo=datetime.UTC)
    signature = Signature(by="Lee Stone", at=at, digest="0123456789abcdef" * 4)
    fields["signed"] = (
        VisitSigned(date=datetime.date(2026, 2, 2), signature=signature),
        VisitSigned(date=HEAD["date"]),
    )
    fields["told"] = ("How much of the last sheet was done? most days.",)
    return ComparisonSheet(**{**HEAD, **fields, **changed})

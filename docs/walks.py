"""The walks on which the pictures of the screens are taken: the keys, and what is seen then."""

from collections.abc import Callable
from functools import partial
from types import SimpleNamespace
from typing import Any, Literal, NamedTuple

from msgspec.structs import replace

from mmt.clinic.exchange.fhir_out import sent_patient, visit_bundle
from mmt.exchange.fhir.fetched import fetched_visits
from mmt.exchange.fhir.transactions import resources
from mmt.model.acts import Act
from mmt.storage import fetched
from mmt.tui.app import MmtApp
from mmt.tui.front.leaving import LeavingScreen

Start = Literal["demo", "no clinic", "passphrases", "no key", "faulty file"]


class Shot(NamedTuple):
    """One picture: the keys since the one before, what is seen, and words that stand on the screen then.

    Keys stand with spaces between; what is no key is typed. `do` is what no key can do.
    """

    name: str
    keys: str
    seen: str
    words: str
    do: Callable[[MmtApp], None] | None = None


class Walk(NamedTuple):
    """One run of the program on a clinic of its own, and the pictures taken on the way."""

    title: str
    shots: tuple[Shot, ...]
    size: tuple[int, int] = (80, 24)
    theme: str = "dark"
    start: Start = "demo"


def _records_away(app: MmtApp) -> None:
    """Take the records away under the running program, as a removed disk does."""
    assert app.clinic is not None
    database = app.clinic.places.database
    database.rename(database.with_name("away"))


def _clock(seconds: float, app: MmtApp) -> None:
    """Let the exam's clock stand at so many seconds."""
    app.screen.clock = lambda: seconds  # type: ignore[attr-defined]
    app.screen.paint()  # type: ignore[attr-defined]


README = Walk(
    "README",
    (Shot("exam", "frank enter n enter f8 f8 f 5 5 5 5 5 5 5 5 4 +", "The exam.", "PATIENT'S"),),
    size=(100, 30),
)

FIRST_RUN = (
    Shot(
        "setup",
        "",
        "The first start asks once for what stands at the head of each paper, and who examines.",
        "Set up your clinic",
    ),
    Shot(
        "setup-refused",
        "f10",
        "The one line that may not stay empty is named, and the cursor stands in it.",
        "Type your name: each visit says who examined.",
    ),
    Shot(
        "passphrase",
        "Ann enter",
        "Then the passphrase for the records; F3 does without, after a typed yes.",
        "A passphrase for the records",
    ),
    Shot(
        "recovery-code",
        "green-kettle-song enter green-kettle-song enter",
        "The recovery code, shown once, until it was typed back from paper.",
        "Typed back",
    ),
)


def _lock(app: MmtApp) -> None:
    """As after some minutes without a key."""
    app.entry.lock()


SIGNED_IN = (
    Shot(
        "sign-in",
        "",
        "Who it is, by a digit, and the passphrase: nothing of the records is seen before.",
        "Sign in",
    ),
    Shot(
        "told",
        "1 green-kettle enter green-kettle-song enter",
        "What happened since one signed in last, here a wrong passphrase; it stays until it was read.",
        "Since you signed in last",
    ),
    Shot(
        "who-opens",
        "escape f9 w",
        "Who may open the records: given, changed and taken away by keys.",
        "signed in now",
    ),
    Shot(
        "passphrase-changed",
        "c",
        "Another passphrase, after the one of until now.",
        "Another passphrase for Dr Demo Practitioner",
    ),
    Shot(
        "locked",
        "escape escape escape nora enter",
        "After five minutes without a key: covered, the keys forgotten, all as it was left beneath.",
        "Locked: nobody typed for a while.",
        _lock,
    ),
)


def _leave(app: MmtApp) -> None:
    """As while a backup goes to a slow disk."""
    slow: Any = SimpleNamespace(folder="/media/backups", make_if_due=lambda: None)
    app.exit = lambda *_, **__: None  # type: ignore[method-assign]
    app.push_screen(LeavingScreen(slow))


def _fetched(app: MmtApp) -> None:
    """As after a server told of a visit at another site: it is Frank's first one, as it goes to a server."""
    clinic = app.clinic
    assert clinic is not None
    history = clinic.history(clinic.search("frank")[0].id)
    bundle = visit_bundle(clinic, sent_patient(clinic, history.patient), history, 0)
    found = [replace(one, site="Harbour Clinic") for one in fetched_visits(resources(bundle))]
    with clinic.store.writing(Act.FETCHED, patient=history.patient.id) as db:
        fetched.keep(db, history.patient.id, found, clinic.now())


PATIENTS = (
    Shot(
        "patients",
        "",
        "Patients: open drafts on top, then who came last; how much of the content is signed off is said.",
        "Open drafts",
    ),
    Shot("patients-found", "fr", "The list follows each letter; Enter opens the marked line.", "1 found"),
    Shot(
        "patient-form-refused",
        "f3 f10",
        "A new patient in one form; what is missing is said, what was typed stays.",
        "year-month-day",
    ),
    Shot(
        "patient",
        "escape enter",
        "The course of a patient: what a colleague would tell at the door, then each visit, newest first.",
        "N begins a follow-up",
    ),
    Shot(
        "chart",
        "g",
        "Each measure over all visits, those that changed first; the band is what error alone explains.",
        "Against the first",
    ),
    Shot(
        "new-visit",
        "escape n",
        "A new visit: who examines, which exam and scale, on which day; Enter begins.",
        "Begin (Enter)",
    ),
    Shot("help", "escape ?", "Help says what each key does on the screen below it.", "Keys on this screen"),
    Shot("palette", "escape ctrl+p", "All commands of the screen by name.", "Correct the patient's data"),
    Shot(
        "settings",
        "escape escape f9",
        "Colours, bell, motion, side tested first, printer, backups.",
        "[✓] Dark",
    ),
    Shot("printing", "p", "Paper, sides and printer of this computer.", "front-desk"),
    Shot(
        "clinic", "escape escape f4", "What stands at the head of each paper, and who examines.", "Telephone"
    ),
    Shot(
        "leaving",
        "escape",
        "Where a backup is due it is made before mmt ends; nobody has to wait for it.",
        "Esc ends it now",
        _leave,
    ),
)

LOOKED_AT = (
    Shot(
        "acts-of-patient",
        "frank enter e tab tab A-12 f10 h",
        "H shows what was done with one record, newest first; a key each for a person and a day.",
        "Who did what · with Frank",
    ),
    Shot("act", "enter", "One act whole: who, when, what was changed, from what to what.", "of the chain"),
    Shot(
        "acts",
        "escape escape escape escape f8",
        "F8 on the list of patients shows what was done with all records.",
        "Who did what · all acts",
    ),
    Shot(
        "rights",
        "escape escape frank enter y",
        "What the patient may ask for: a copy, a restriction, to whom it was given, erasure.",
        "Given out",
    ),
)

ELSEWHERE = (
    Shot(
        "elsewhere-none",
        "frank enter v",
        "Before the clinic's server was asked for visits at other sites.",
        "Nothing was fetched yet",
        _fetched,
    ),
    Shot(
        "elsewhere",
        "escape v",
        "Visits at other sites, as the server told them: to be read alone.",
        "Harbour Clinic",
    ),
)

DOUBLES = (
    Shot(
        "doubles",
        "f3 Frank space Followup space (made space up) tab 1971-03-21 f10 f10 escape f7",
        "Records that may be of one person, and what tells; Enter shows both, N keeps that they are two.",
        "1 pair.",
    ),
)

MISTAKEN = (
    Shot(
        "draft-from-paper",
        "nora enter n tab tab tab tab 2026-02-16 enter 0 escape",
        "A visit entered from paper stands at its date and says so.",
        "from paper",
    ),
    Shot(
        "draft-examiner",
        "w",
        "The examiner of a draft is chosen anew.",
        "Who examines in this draft?",
    ),
    Shot(
        "draft-moved-to",
        "escape m frank",
        "A draft put to the wrong patient: whose it is; a reason and a name follow.",
        "Whose is this draft",
    ),
    Shot(
        "draft-moved",
        "enter Misfiled enter enter",
        "The record that it stood in says where it went, by number alone.",
        "moved from here to record",
    ),
)

VIEW = (
    Shot(
        "outcomes",
        "f5",
        "What became of all patients: each score from first to latest against its error, and what waits.",
        "Over all patients",
    ),
    Shot(
        "own-errors",
        "o",
        "How well the clinic's own readings agree, and whose errors changes are judged by.",
        "Changes are judged by",
    ),
)

TWICE = (
    Shot(
        "records-paired",
        "frank enter r nora enter",
        "Two records of one person, side by side before they are joined.",
        "Are these two records of one person?",
    ),
    Shot(
        "records-joined",
        "enter Typed enter enter yes enter",
        "The visits of both stand by date; the page says which record was joined, and U undoes it.",
        "The records are joined",
    ),
)

COMPARED = (
    Shot(
        "compared",
        "frank enter c",
        "Two visits side by side: what changed, from what size it counts, and what was seen at one only; "
        "4 and 6 move then, 7 and 9 now.",
        "visit 2 of 2",
    ),
    Shot(
        "compared-bars",
        "* * .",
        "All grades as bars, the patient's right at the left: held both times, gained, lost.",
        "gained",
    ),
)

COMPARED_WIDE = (
    Shot(
        "compared-wide",
        "frank enter c",
        "With room the bars and what counts stand beside the values.",
        "visit 2 of 2",
    ),
)

SIGN_OFF = (
    Shot(
        "sign-off-who",
        "f6",
        "Before the content is signed off, name and licence number are asked for once.",
        "Who signs off the content?",
    ),
    Shot(
        "sign-off",
        "enter 4711 enter",
        "One item a page, safety first, with all that it says and where it is from; 1 signs it off.",
        "Cauda equina",
    ),
    Shot(
        "sign-off-refused",
        "3",
        "Safety content is never set aside; a change can be asked for.",
        "Safety content is never set aside",
    ),
    Shot(
        "sign-off-change",
        "1 1 1 1 2",
        "A change is asked for in words; the item counts as not signed off until it is changed.",
        "What must change in this item?",
    ),
    Shot(
        "sign-off-stretch",
        "escape *",
        "A stretch: what it is offered for, what holds it back, the dose, then the patient's words.",
        "E01",
    ),
)

SAFETY = (
    Shot(
        "safety",
        "frank enter n enter",
        "Safety on a follow-up: the last visit's answers stand beside today's, which are all still open.",
        "1 Mar 2026",
    ),
    Shot(
        "safety-urgent",
        "0 0 0 0 0 0 0 1",
        "An urgent answer stands in words above the keys, with what to do and what waits for it.",
        "URGENT",
    ),
    Shot(
        "safety-end",
        "/ 0 - .",
        "The end of the step says that no red flag is recorded today, and how many questions were not asked.",
        "No red flag recorded today.",
    ),
)

EMERGENCY = (
    Shot(
        "emergency",
        "nora enter n enter 1",
        "An emergency answer takes the whole screen: what to do now, the papers, a note, on with a reason.",
        "EMERGENCY. The exam is stopped",
    ),
    Shot(
        "emergency-card",
        "w",
        "The warning card for the patient is made with one key.",
        "The warning card is at",
    ),
    Shot(
        "safety-locked",
        "c",
        "Back among the questions the emergency still stands above the keys; a slip can be corrected.",
        "EMERGENCY",
    ),
    Shot(
        "exam-locked",
        "f8 f8 c 5",
        "A locked exam takes no new grade and says why.",
        "Stopped: emergency.",
    ),
)

STORY = (
    Shot(
        "story",
        "nora enter n enter f8",
        "The story begins with precautions, one key each; a dash is a question that was not asked.",
        "not asked is not absent",
    ),
    Shot(
        "story-list",
        "-",
        "Minus answered no to the whole page; the next question is answered from a list by digit.",
        "13 answered no. X takes them back.",
    ),
    Shot(
        "story-score",
        "3 4",
        "A pain score is one digit, + is ten; the answers given stand at the right.",
        "Leg pain now, 0 to 10",
    ),
    Shot(
        "story-end",
        ".",
        "The end of the step counts what was asked in each part.",
        "Enter goes on to the exam.",
    ),
)

AT_HOME = (
    Shot(
        "at-home",
        "frank enter n enter f8 h 6 1 7",
        "H asks how each stretch of the last sheet went: a digit for how it felt, one for how much was done.",
        "AT HOME",
    ),
    Shot(
        "at-home-proposed",
        "2 f8 f8 f8",
        "What follows for each stretch, beside what changed; what is accepted goes onto the next sheet.",
        "The last sheet",
    ),
)

EXAM = (
    Shot(
        "exam",
        "nora enter n enter f8 f8",
        "The first test: name and side in letters for two metres, the position to start in.",
        "START: SITTING",
    ),
    Shot(
        "exam-guidance",
        "*",
        "The guidance: how to sit, fix and push, what to watch, what earns which grade.",
        "Position",
    ),
    Shot(
        "exam-saved", "* * 5", "One key graded the right side: saved, and the cursor is on the left.", "saved"
    ),
    Shot("exam-flags", "4 .", "The flags of the last grade, each one digit away.", "gives way"),
    Shot("exam-substitution", "2", "Which muscle took over, known for this test.", "what took over"),
    Shot("exam-jump", "escape j hip", "A jump to any test by part of its name.", "Jump to"),
    Shot(
        "exam-prone",
        "escape j gmax enter",
        "Lying prone the patient is seen from behind: the right side stands on the right of the screen.",
        "TURN THE PATIENT: PRONE",
    ),
    Shot(
        "exam-angle",
        "j pke enter 3 8",
        "A range in degrees is typed and ended with Enter.",
        "38_",
    ),
    Shot(
        "exam-not-tested",
        "enter j gas enter 9",
        "Not tested asks for the reason; it is never the same as normal.",
        "patient declined",
    ),
    Shot("exam-end", "6 5", "The end of the exam names what is not done.", "G goes to the first of these"),
)

ALARM = (
    Shot(
        "exam-alarm",
        "lars enter n enter f8 f8 j tibialis enter 2",
        "An alarm interrupts and stays until Enter; digits go on working. Below it the test that tells more.",
        "ALARM, urgent",
    ),
    Shot(
        "exam-gravity",
        "enter",
        "At grade 2 or less the position without gravity shows itself.",
        "without gravity",
    ),
    Shot(
        "exam-both-sides",
        "2",
        "The same weakness on both sides is an emergency, whatever else it may be.",
        "ALARM, emergency",
    ),
)

CLOCK = (
    Shot(
        "exam-held-ready",
        "nora enter n enter f8 f8 j biering enter",
        "A held test: one key starts the clock, the same key stops it.",
        "0 starts the clock",
        partial(_clock, 0.0),
    ),
    Shot("exam-held", "0", "Its clock after twenty-seven seconds.", "The clock runs.", partial(_clock, 27.0)),
    Shot(
        "exam-counted",
        "0 j heel-raise enter 1 7 enter",
        "Heel raises are counted; the grade that the count earns stands below.",
        "17 counts as a grade of",
    ),
)

FOLLOW_UP_EXAM = (
    Shot(
        "exam-hidden",
        "frank enter n enter f8 f8",
        "On a follow-up the earlier grade stays hidden until the new one is in.",
        "Earlier value hidden until graded",
    ),
    Shot(
        "exam-earlier",
        "4",
        "Then both stand side by side, each with its date and examiner; a fall of a full grade is an alarm, "
        "and `T` tests it again.",
        "then  5",
    ),
)

NOT_SAVED = (
    Shot(
        "exam-resumed",
        "dora enter enter",
        "A draft opens at the test where it was left; a dot before a step says that something is recorded.",
        "Tibialis anterior",
        _records_away,
    ),
    Shot(
        "exam-not-saved",
        "5",
        "The disk with the records was taken away: what is not saved says so, why, and what to do.",
        "NOT SAVED: 1 value.",
    ),
)

WIDE = (
    Shot(
        "exam-wide",
        "dora enter enter 5 5 5 4 .",
        "On a large screen all tests stand at the left with both sides, and the guidance below.",
        "gives way",
    ),
)

LEGS = (
    Shot(
        "legs",
        "nora enter n enter f8 f8 f8 902 enter 889",
        "Leg length: the difference is drawn to scale while it is typed, the method's error shaded.",
        "within the error of 15 mm",
    ),
    Shot(
        "legs-third",
        "enter 911 enter 890 enter",
        "Two readings that differ too much ask for a third.",
        "The right readings differ by 9 mm",
    ),
    Shot("legs-guidance", "*", "How the tape is laid, step by step.", "Shoes and socks off"),
)

FINDINGS = (
    Shot(
        "findings",
        "frank enter n enter - . enter f8 5 5 0 0 5 5 25 enter 38 enter 0 0 5 5 5 4 5 5 f8 f8",
        "Findings on a follow-up: what changed since the visit before, and whether it beats the error.",
        "Compared with the visit before",
    ),
    Shot(
        "findings-decided",
        "1 1 0",
        "A finding that was accepted and one that was set aside, each with its reasons.",
        "[✓] accepted",
    ),
    Shot(
        "stretches",
        "f8",
        "The stretches that answer the findings, their dose, and the minutes a day that they ask for.",
        "minutes a day",
    ),
    Shot(
        "stretch-steps",
        "d",
        "How a stretch is done, in the patient's words; a terminal that shows pictures adds the drawing.",
        "Feel: ",
    ),
    Shot("stretches-dose", "escape . 2", "The dose is typed in place, and the minutes follow.", "2_ × a day"),
    Shot(
        "sign",
        "enter enter",
        "Before the signature: what is done, and what is not.",
        "Stretches on the sheet: 4.",
    ),
    Shot("sign-name", "enter", "One name signs; from then on only dated notes are added.", "Sign as"),
    Shot(
        "papers",
        "enter 1",
        "The papers; the hand-out for the patient is made.",
        "Hand-out for the patient is made",
    ),
    Shot(
        "papers-protected",
        "w",
        "A passphrase for papers that go out by mail: typed twice, kept nowhere.",
        "assphrase",
    ),
    Shot(
        "signed",
        "escape f7",
        "A signed visit is one page to read: what was concluded and given, what it rests on, and its papers.",
        "Signed by Dr Demo Practitioner",
    ),
)

URGENT = (
    Shot(
        "findings-urgent",
        "nora enter n enter f8 f8 j tibialis enter 2 5 f8 f8",
        "A weakness that must not wait stands first, with what to do.",
        "URGENT",
    ),
    Shot(
        "findings-basis",
        "f1",
        "What it rests on: rule, inputs, source, and how sure that is.",
        "motor-deficit",
    ),
    Shot(
        "stretches-blocked",
        "escape f8",
        "No sheet leaves until the action taken is written down.",
        "No sheet leaves",
    ),
    Shot("action", "t", "One line for what was done.", "What was done about the urgent alert?"),
    Shot(
        "stretches-withheld",
        "phoned enter a",
        "With the action written the sheet is free; what is withheld says why.",
        "Withheld",
    ),
)

WALKS: tuple[Walk, ...] = (
    Walk("Start", FIRST_RUN, start="no clinic"),
    Walk("Start", SIGNED_IN, start="passphrases"),
    Walk(
        "Start",
        (
            Shot(
                "start-refused",
                "",
                "Records that cannot be opened: why, and what helps, in a sentence.",
                "R tries again",
            ),
        ),
        start="no key",
    ),
    Walk(
        "Start",
        (
            Shot(
                "problems",
                "f2",
                "A faulty file of the clinic's own: which file, where, what is wrong.",
                "QUADS",
            ),
        ),
        start="faulty file",
    ),
    Walk("Patients", PATIENTS),
    Walk("Patients", MISTAKEN),
    Walk("Patients", TWICE),
    Walk("Patients", VIEW),
    Walk("Patients", DOUBLES),
    Walk("Patients", ELSEWHERE),
    Walk("Patients", LOOKED_AT),
    Walk("Patients", COMPARED),
    Walk("Patients", COMPARED_WIDE, size=(132, 40)),
    Walk("Sign-off", SIGN_OFF),
    Walk("Safety", SAFETY),
    Walk("Safety", EMERGENCY),
    Walk("Story", STORY),
    Walk("Story", AT_HOME),
    Walk("Exam", EXAM),
    Walk("Exam", ALARM),
    Walk("Exam", CLOCK),
    Walk("Exam", FOLLOW_UP_EXAM),
    Walk("Exam", NOT_SAVED),
    Walk("Exam", WIDE, size=(200, 60)),
    Walk("Leg length", LEGS),
    Walk("Findings, stretches, signature, papers", FINDINGS),
    Walk("Findings, stretches, signature, papers", URGENT),
    Walk(
        "Colours",
        (Shot("exam-light", "dora enter enter 5 4 .", "The exam for a bright room.", "gives way"),),
        theme="light",
    ),
    Walk(
        "Colours",
        (Shot("exam-high-contrast", "dora enter enter 5 3", "An alarm in high contrast.", "ALARM, urgent"),),
        theme="high-contrast",
    ),
    Walk(
        "Colours",
        (
            Shot(
                "findings-blue-orange",
                "frank enter enter",
                "Findings for eyes that mix up red and green.",
                "better",
            ),
        ),
        size=(120, 36),
        theme="blue-orange",
    ),
)

"""All commands in one place: bindings, footer, help screen, palette and the key table of the README."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from textual.binding import Binding, BindingType

if TYPE_CHECKING:
    from textual.screen import Screen


class Command(NamedTuple):
    """One thing a key does.

    `keys` are Textual's names. A command whose `each` is true hands its key to the action (`grade('4')`).
    `where` names the screens that have it; `anywhere` is every screen. `footer` shows it at the bottom.
    """

    id: str
    keys: tuple[str, ...]
    label: str
    help: str
    where: str = "anywhere"
    each: bool = False
    footer: bool = True
    shown_key: str = ""


ANYWHERE = (
    Command(
        "screen.basis",
        ("f1",),
        "Basis",
        "Why: rule, inputs, what is missing and source",
    ),
    Command("app.help", ("question_mark",), "Help", "What each key does on this screen", shown_key="?"),
    Command("screen.back", ("escape",), "Back", "Go back one screen; nothing is lost", shown_key="Esc"),
    Command("app.palette", ("ctrl+p",), "Commands", "All commands by name", footer=False),
    Command("app.quit", ("ctrl+q",), "Quit", "Leave mmt; what was recorded stays", footer=False),
)

WALK = (
    Command("next_step", ("f8",), "Next", "Go to the next step of the visit", "walk"),
    Command("previous_step", ("f7",), "Before", "Go to the step before", "walk"),
)

PATIENTS = (
    Command("new_patient", ("f3",), "New patient", "Add a patient in one form", "patients"),
    Command("problems", ("f2",), "Problems", "What is wrong in protocol and template files", "patients"),
    Command("down", ("down",), "Next", "Choose the next patient; Enter opens", "patients", footer=False),
    Command("up", ("up",), "Before", "Choose the patient before", "patients", footer=False),
)
PATIENT = (
    Command("new_visit", ("n",), "Visit", "Begin a visit, or go on with the open draft", "patient"),
    Command("addendum", ("a",), "Addendum", "Open the signed visit, to add a dated note", "patient"),
)
DIALOG = (
    Command("back", ("escape",), "Close", "Close this", "dialog", shown_key="Esc"),
    Command("app.quit", ("ctrl+q",), "Quit", "Leave mmt; what was recorded stays", "dialog", footer=False),
)
FORM = (
    Command("back", ("escape",), "Back", "Leave the form", "form", shown_key="Esc"),
    Command("app.quit", ("ctrl+q",), "Quit", "Leave mmt; what was recorded stays", "form", footer=False),
    Command("save", ("f10",), "Save", "Hand the form in", "form"),
)


def _asked(where: str) -> tuple[Command, ...]:
    """The keys of a step that asks questions."""
    return (
        Command("answer", (*"10yn",), "Answer", "1 or y is yes, 0 or n is no", where, True, False, "1 0"),
        Command(
            "choose",
            (*"23456789", "plus", "add"),
            "Choose",
            "A digit chooses from a list or scores a pain; + is ten",
            where,
            each=True,
            footer=False,
            shown_key="2–9 +",
        ),
        Command(
            "skip",
            ("enter",),
            "Skip",
            "Keep what is typed, else leave the question not asked and go on",
            where,
            each=True,
            footer=False,
            shown_key="Enter",
        ),
        Command(
            "step_back",
            ("backspace", "slash", "divide"),
            "Step back",
            "Back to the question before",
            where,
            each=True,
            footer=False,
            shown_key="/",
        ),
        Command(
            "next_section",
            ("asterisk", "multiply"),
            "Next page",
            "Leave the rest of this page not asked and go on to the next",
            where,
            each=True,
            shown_key="*",
        ),
        Command("take_back", ("x",), "Take back", "Take an answer back: not asked", where, True, False),
        Command(
            "retry", ("r",), "Save again", "Try again to save what is marked NOT SAVED", where, True, False
        ),
    )


SAFETY = _asked("safety")
STORY = _asked("story")
EMERGENCY = (
    Command(
        "warning_card",
        ("w",),
        "Warning card",
        "Make the one-page card for the patient",
        "emergency",
        True,
        False,
    ),
    Command("letter", ("l",), "Letter", "Make the referral letter", "emergency", True, False),
    Command("note", ("n",), "Note", "Write a note for the record", "emergency", True, False),
    Command(
        "go_on", ("o",), "Go on", "Go on with a reason and a name, both recorded", "emergency", True, False
    ),
)
EXAM = (
    Command(
        "grade",
        (*"012345",),
        "Grade",
        "Grade the test under the cursor; in yes-or-no tests 1 is positive, 0 negative",
        "exam",
        each=True,
        footer=False,
        shown_key="0–5",
    ),
    Command(
        "sign",
        ("plus", "minus", "add", "subtract"),
        "+ −",
        "Set or remove that sign on the last grade; turn the sign of an angle",
        "exam",
        each=True,
        footer=False,
        shown_key="+ −",
    ),
    Command(
        "not_tested",
        ("9", "n"),
        "Not tested",
        "Mark the test under the cursor not tested; a digit then says why (n where a number is typed)",
        "exam",
        each=True,
        footer=False,
        shown_key="9",
    ),
    Command(
        "no_grade",
        (*"678",),
        "No grade",
        "No grade: refused with a beep; text in a number",
        "exam",
        each=True,
        footer=False,
        shown_key="6–8",
    ),
    Command(
        "flags",
        ("full_stop", "decimal"),
        "Flags",
        "Flags of the last grade by digit: pain, substitution, gives way, range limited, other cause",
        "exam",
        each=True,
        footer=False,
        shown_key=".",
    ),
    Command(
        "step_back",
        ("slash", "divide", "backspace"),
        "Step back",
        "Back one test; a digit there corrects",
        "exam",
        each=True,
        footer=False,
        shown_key="/",
    ),
    Command(
        "go_forward",
        ("enter",),
        "Go on",
        "Acknowledge an alarm; end a number; go on without a grade, which stays not done",
        "exam",
        each=True,
        footer=False,
        shown_key="Enter",
    ),
    Command(
        "guidance",
        ("asterisk", "multiply"),
        "Guidance",
        "Turn the guidance on and off",
        "exam",
        each=True,
        shown_key="*",
    ),
    Command("jump", ("j",), "Jump", "Jump to a test by part of its name, or add one", "exam", True),
    Command(
        "trial", ("t",), "New trial", "The next value is a further trial; the earlier one stays", "exam", True
    ),
    Command("take_back", ("x",), "Take back", "Take a value back: not done", "exam", True, False),
    Command("order", ("o",), "Side order", "Right side first, or left side first", "exam", True, False),
    Command("telling", ("g",), "Telling test", "Go to the test that would tell more", "exam", True, False),
    Command("retry", ("r",), "Save again", "Try again to save what is marked NOT SAVED", "exam", True, False),
)
LEG_LENGTH = (
    Command(
        "reading",
        (*"0123456789", "full_stop", "decimal"),
        "Reading",
        "Type a length in mm, cm, in or eighths (33 7/8); under one side first 1 right, 2 left, 0 level",
        "leg-length",
        each=True,
        footer=False,
        shown_key="0–9 .",
    ),
    Command(
        "keep_reading",
        ("enter",),
        "Keep",
        "Keep the reading and go on; without a number it stays not done",
        "leg-length",
        each=True,
        footer=False,
        shown_key="Enter",
    ),
    Command(
        "step_back",
        ("slash", "divide", "backspace"),
        "Step back",
        "Back one reading; within a number / is text and Backspace erases",
        "leg-length",
        each=True,
        footer=False,
        shown_key="/",
    ),
    Command(
        "guidance",
        ("asterisk", "multiply"),
        "Guidance",
        "Turn the guidance on and off",
        "leg-length",
        each=True,
        shown_key="*",
    ),
    Command("take_back", ("x",), "Take back", "Take a reading back: not done", "leg-length", True),
    Command(
        "retry", ("r",), "Save again", "Try again to save what is marked NOT SAVED", "leg-length", True, False
    ),
)


def _take_by_space(where: str, help: str) -> Command:
    return Command("take", ("space", "1"), "Take", help, where, shown_key="Space")


def _lines(where: str) -> tuple[Command, ...]:
    """The keys that walk through lines; the keypad's 8 and 2 do the same as the arrows."""
    return (
        Command("down", ("2", "j"), "Down", "One line down; arrows do the same", where, footer=False),
        Command("up", ("8", "k"), "Up", "One line up; arrows do the same", where, footer=False),
    )


FINDINGS = (
    *_lines("findings"),
    _take_by_space("findings", "Accept the finding, set it aside, or leave it open, in turn"),
    Command("since", ("f",), "First visit", "Compare with the first visit, and back", "findings"),
    Command("act", ("t",), "Action", "Write what was done about an urgent alert", "findings"),
    Command("next_step", ("enter",), "Go on", "Go on to the stretches", "findings", footer=False),
)
PRESCRIPTION = (
    *_lines("prescription"),
    _take_by_space("prescription", "Take the stretch onto the sheet, or leave it"),
    Command(
        "tick",
        ("asterisk", "multiply"),
        "Tick",
        "Allow a stretch that asks for your tick",
        "prescription",
        shown_key="*",
    ),
    Command(
        "dose",
        ("plus", "minus", "add", "subtract"),
        "Dose",
        "More or less of the marked part of the dose",
        "prescription",
        True,
        shown_key="+ −",
    ),
    Command(
        "part",
        ("full_stop", "decimal", "right"),
        "Part",
        "Mark the next part of the dose",
        "prescription",
        shown_key=".",
    ),
    Command("side", ("s",), "Side", "Change the side", "prescription"),
    Command("all", ("a",), "All", "Show what else is withheld", "prescription", footer=False),
    Command("next_visit", ("v",), "Next visit", "Write when the patient comes back", "prescription"),
    Command(
        "act", ("t",), "Action", "Write what was done about an urgent alert", "prescription", footer=False
    ),
    Command("next_step", ("enter",), "Go on", "Keep the sheet and go on", "prescription", footer=False),
)
SIGN = (
    Command("sign", ("enter",), "Sign", "Sign and close the visit", "sign"),
    Command("note", ("n",), "Note", "Write a note for the record", "sign"),
    Command("act", ("t",), "Action", "Write what was done about an urgent alert", "sign"),
)
PAPERS = (
    Command("paper", (*"1234",), "Make", "Make the paper of this number", "papers", True, shown_key="1–4"),
    Command(
        "view", ("enter",), "View", "Open the paper that was made last with the system's viewer", "papers"
    ),
    Command("size", ("z",), "Size", "Change between A4 and Letter", "papers"),
    Command("large", ("l",), "Large print", "Large print on and off", "papers"),
    Command("addendum", ("a",), "Addendum", "Add a dated note to the signed visit", "papers"),
)

COMMANDS = (
    *ANYWHERE,
    *WALK,
    *PATIENTS,
    *PATIENT,
    *DIALOG,
    *FORM,
    *SAFETY,
    *STORY,
    *EMERGENCY,
    *EXAM,
    *LEG_LENGTH,
    *FINDINGS,
    *PRESCRIPTION,
    *SIGN,
    *PAPERS,
)


def commands(*where: str) -> Iterator[Command]:
    """The commands of the named screens, in the order of the registry."""
    return (command for command in COMMANDS if command.where in where)


_FORMS = ("setup", "new-patient", "new-visit")


def of_screen(screen: "Screen[object]") -> tuple[str, ...]:
    """The names under which the registry holds the commands of a screen."""
    name = "form" if screen.name in _FORMS else screen.name or ""
    return ("anywhere", "walk", name) if "step" in screen.classes else ("anywhere", name)


def shown(command: Command) -> str:
    """The key of a command as people read it."""
    return command.shown_key or command.keys[0].replace("+", " + ").title().replace("Ctrl + ", "Ctrl+")


def bindings(*where: str) -> list[BindingType]:
    """The key bindings of the named screens, for a screen's BINDINGS."""
    return [
        Binding(
            key,
            f"{command.id}('{key}')" if command.each else command.id,
            command.label,
            show=command.footer and key == command.keys[0],
            key_display=command.shown_key or None,
            tooltip=command.help,
            priority=False,
        )
        for command in commands(*where)
        for key in command.keys
    ]

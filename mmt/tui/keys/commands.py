"""All commands in one place: bindings, footer, help screen, palette and the key table of the README."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from textual.binding import Binding, BindingType

from mmt.reports.documents import FILES

if TYPE_CHECKING:
    from textual.screen import Screen


class Command(NamedTuple):
    """One thing a key does.

    `keys` are signs as on the keycaps or Textual's names, with spaces between; the first one is shown unless
    `shown_key` says otherwise. A command whose `each` is true hands its key to the action (`grade('4')`).
    `footer` says how much it is needed at the bottom of the screen: 1 most, 2 where there is room, 0 never.
    `held` says that the key may be held down, and then does it again and again.
    """

    id: str
    keys: str
    label: str
    help: str
    each: bool = False
    footer: int = 1
    shown_key: str = ""
    held: bool = False


_NAMES = {
    "?": ("question_mark",),
    "+": ("plus", "add"),
    "-": ("minus", "subtract"),
    "*": ("asterisk", "multiply"),
    "/": ("slash", "divide"),
    ".": ("full_stop", "decimal"),
}
"""What terminals call a sign, on the top row and on the keypad."""

_SAID = {"escape": "Esc", "-": "−"}

_QUIT = Command("app.quit", "ctrl+q", "Quit", "Leave mmt; what was recorded stays", footer=0)
_HELP_WHERE_TEXT_IS_TYPED = Command("app.help", "f1", "Help", "What each key does on this screen")
_LEAVE_FORM = (
    Command(
        "app.focus_next",
        "tab",
        "Next field",
        "Next field; Shift+Tab goes back, arrows choose from a list",
        footer=0,
    ),
    _HELP_WHERE_TEXT_IS_TYPED,
    Command("back", "escape", "Back", "Leave the form; nothing of it is kept"),
    _QUIT,
)
_SETTINGS = Command(
    "app.settings", "f9", "Settings", "Colours, bell, motion, and the side tested first", footer=2
)
_ACT = Command("act", "t", "Action", "Write what was done about an urgent alert")
_ACT_BY_KEYPAD = _ACT._replace(keys="t .", shown_key="T .")
_NOTE = Command("note", "n", "Note", "Write a note for the record")


_PAPER = Command(
    "paper",
    " ".join(map(str, range(1, len(FILES) + 1))),
    "Paper",
    "Open the paper of this number; make it where none is there",
    each=True,
    shown_key=f"1–{len(FILES)}",
)


def _pressed(keys: str, label: str, help: str, shown_key: str = "", footer: int = 0) -> Command:
    """A command of the screens that take each key themselves and show most of them above the footer."""
    return Command("press", keys, label, help, each=True, footer=footer, shown_key=shown_key)


_GUIDANCE = _pressed("*", "Guidance", "Turn the guidance on and off", footer=1)
_RETRY = _pressed("r", "Save again", "Try again to save what is marked NOT SAVED")

_ASKED = (
    _pressed("1 0 y n", "Answer", "1 or y is yes, 0 or n is no", "1 0"),
    _pressed(
        "2 3 4 5 6 7 8 9 +",
        "Choose",
        "Digits choose from a list, score a pain (+ is ten) or type a number; where several may be chosen "
        "the same digit again leaves it out",
        "0–9 +",
    ),
    _pressed("enter", "Skip", "Keep what is typed, else leave the question not asked and go on"),
    _pressed("/ backspace", "Step back", "Back to the question before"),
    _pressed("-", "Rest no", "No to what is still open on this page; X takes it back", footer=1),
    _pressed("*", "Next page", "Leave the rest of this page not asked", footer=1),
    _pressed("pageup pagedown", "Page before", "Back to the page before; PgDn goes to the next", "PgUp"),
    _pressed(".", "End", "Go to the end of this step, where Enter goes on", footer=1),
    _pressed(
        "f", "Folded", "Open the questions that are folded, and fold them again; + at the end too", footer=2
    ),
    _pressed("x", "Take back", "Drop what is half typed; else take back what the last key answered"),
    _RETRY,
)
"""The keys of a step that asks questions."""


def told(shown_key: str, label: str) -> Command:
    """What the footer says first where the same keys do now this and now that; a click on it tells all."""
    return Command("app.help", "?", label, "", shown_key=shown_key)


_LINES = (
    Command(
        "down",
        "+ j",
        "Line",
        "One line down, with − up; arrows do the same",
        footer=2,
        shown_key="+ −",
        held=True,
    ),
    Command("up", "- k", "Line up", "One line up; arrows do the same", footer=0, held=True),
)
"""The keys that walk through lines, on a keypad without arrows as well."""

PLACES: dict[str, tuple[Command, ...]] = {
    "anywhere": (
        Command("app.help", "?", "Help", "What each key does on this screen; F1 where text is typed"),
        Command("screen.back", "escape", "Back", "Go back one screen; nothing is lost"),
        _SETTINGS,
        Command("app.palette", "ctrl+p", "Commands", "All commands by name", footer=0),
        _QUIT,
    ),
    "walk": (
        Command("next_step", "f8", "Next", "Go to the next step of the visit"),
        Command("previous_step", "f7", "Before", "Go to the step before", footer=2),
        Command("screen.basis", "f1", "Basis", "Why: rule, inputs, what is missing and source"),
        Command("take_over", "f5", "Take over", "Go on here with a draft that is open elsewhere", footer=0),
    ),
    "start": (Command("retry", "r enter", "Try again", "Try again to open the records"), _QUIT),
    "patients": (
        Command("new_patient", "f3", "New patient", "Add a patient in one form"),
        Command("clinic", "f4", "Clinic", "Change letterhead and telephone, add who examines", footer=2),
        Command("problems", "f2", "Problems", "What is wrong in the clinic's files", footer=2),
        Command("down", "down", "Next", "Choose the next patient; Enter opens", footer=0),
        Command("up", "up", "Before", "Choose the patient before", footer=0),
        Command("page_down", "pagedown", "Page", "A page of patients down; PgUp goes up", False, 0, "PgDn"),
        Command("page_up", "pageup", "Page up", "A page of patients up", False, 0, "PgUp"),
        _HELP_WHERE_TEXT_IS_TYPED._replace(
            help="What each key does on this screen; ? where nothing is typed"
        ),
        Command("back", "escape", "Back", "Empty the search", footer=0),
        _QUIT._replace(footer=1),
    ),
    "patient": (
        *_LINES,
        Command(
            "open",
            "enter",
            "Open",
            "Open the visit under the cursor; a signed one is shown whole, on one page",
        ),
        Command("new_visit", "n *", "New visit", "Begin a visit, or go on with the open draft"),
        Command("edit", "e", "Data", "Correct the patient's data"),
        Command("discard", "x", "Discard", "Discard an empty draft, or a patient without a visit; asks why"),
    ),
    "dialog": (
        Command("back", "escape", "Close", "Close this"),
        _HELP_WHERE_TEXT_IS_TYPED._replace(keys="f1 ?", footer=0),
        _QUIT,
    ),
    "settings": (
        Command("choose", "1 2 3 4 5 6 7 8 9 0", "Choose", "Choose the line of this number", True, 1, "0–9"),
        Command("take", "space enter", "This line", "Choose the line under the cursor"),
        *_LINES,
        Command("back", "escape / backspace", "Back", "Back to where you were; what is chosen holds"),
        Command("app.help", "? f1", "Help", "What each key does on this screen"),
        _QUIT,
    ),
    "sign-as": (
        Command("choose", "1 2 3 4 5 6 7 8 9", "Name", "Mark the name of this number", True, 1, "1–9"),
        Command("sign", "enter", "Sign", "Sign with the marked name and close the visit"),
        Command("other", "t", "Type a name", "Sign with a name that does not stand here"),
        *_LINES,
        Command("back", "escape / backspace", "Back", "Back without signing"),
        Command("app.help", "? f1", "Help", "What each key does on this screen"),
        _QUIT,
    ),
    "form": (Command("save", "f10", "Save", "Keep what is typed"), *_LEAVE_FORM),
    "new-visit": (Command("save", "f10", "Begin", "Begin the visit with these choices"), *_LEAVE_FORM),
    "safety": _ASKED,
    "story": _ASKED,
    "emergency": (
        _pressed("w", "Warning card", "Make the one-page card for the patient"),
        _pressed("l", "Letter", "Make the referral letter"),
        _pressed("n", "Note", "Write a note for the record"),
        _pressed("o", "Go on", "Go on with a reason and a name, both recorded"),
        _pressed("+ - down up", "More", "Move the text where there is more than fits", "+ −")._replace(
            held=True
        ),
        _pressed(
            "c escape /",
            "Correct",
            "Back to correct an answer or a grade; the visit stays locked",
            "C Esc",
            1,
        ),
    ),
    "exam": (
        _pressed(
            "0 1 2 3 4 5",
            "Grade",
            "Grade the test under the cursor; in yes-or-no tests 1 is positive, 0 negative; in held tests "
            "0 starts and stops the clock",
            "0–5",
        ),
        _pressed(
            "+ -",
            "Sign",
            "Set or remove that sign on the last grade; turn the sign of an angle",
            "+ −",
        ),
        _pressed(
            "9 n",
            "Not tested",
            "Mark the test under the cursor not tested; a digit then says why (n where a number is typed)",
        ),
        _pressed("6 7 8", "No grade", "No grade: refused with a beep; text in a number", "6–8"),
        _pressed(
            ".",
            "Flags",
            "Flags of the last grade by digit: pain, substitution, gives way, range limited, other cause; "
            "then new trial, dynamometer, telling test, not tested; . again tells how it was tested, "
            "− takes it back",
        ),
        _pressed("/ backspace", "Step back", "Back one test; a digit there corrects"),
        _pressed(
            "enter",
            "Go on",
            "Acknowledge an alarm; end a number; go on without a grade, which stays not done",
        ),
        _GUIDANCE,
        _pressed("j", "Jump", "Jump to a test by part of its name, or add one", footer=1),
        _pressed("t", "New trial", "The next value is a further trial; the earlier one stays", footer=1),
        _pressed("x", "Take back", "Take a value back: not done"),
        _pressed("o", "Side order", "Right side first, or the sound side first (kept as a setting)"),
        _pressed(
            "g", "Telling test", "Go to the test that would tell more, else to the first not done or folded"
        ),
        _pressed("f", "Folded", "Walk through the tests that are folded as well"),
        _pressed("d", "Dynamometer", "Add a force to the last grade, in N, kgf or lbf; * changes the unit"),
        _RETRY,
    ),
    "leg-length": (
        _pressed(
            "0 1 2 3 4 5 6 7 8 9 .",
            "Reading",
            "Type a length in mm, cm, in or eighths (33 7/8); under one side first 1 right, 2 left, 0 level",
            "0–9 .",
        ),
        _pressed("enter", "Keep", "Keep the reading and go on; without a number it stays not done"),
        _pressed(
            "/ backspace",
            "Step back",
            "Back one reading; within a number / is text and Backspace erases",
        ),
        _GUIDANCE,
        _pressed("x", "Take back", "Take a reading back: not done", footer=1),
        _RETRY,
    ),
    "findings": (
        Command(
            "verdict",
            "1",
            "Accept",
            "Accept the finding and go on; elsewhere go to a finding",
            each=True,
        ),
        Command(
            "verdict",
            "0",
            "Set aside",
            "Set the finding aside and go on; elsewhere go to a finding",
            each=True,
        ),
        Command(
            "accept_all",
            "*",
            "Accept all",
            "Accept all findings in sight that are still open; further ones come into sight",
            footer=2,
        ),
        Command("take_back", "x", "Take back", "Leave open again what * accepted", footer=2),
        Command("take", "space", "In turn", "Accept the finding, set it aside, or leave it open", footer=2),
        *_LINES,
        Command("since", "f /", "First visit", "Compare with the first visit, and back", footer=2),
        _ACT_BY_KEYPAD._replace(footer=2),
        Command("next_step", "enter", "Go on", "Go on to the stretches", footer=0),
    ),
    "prescription": (
        Command("take", "space", "Take", "Take the stretch onto the sheet, or leave it"),
        Command("tick", "*", "Tick", "Take or leave; at [!] your tick allows the stretch", footer=2),
        Command("dose", "0 1 2 3 4 5 6 7 8 9", "Dose", "Type the marked part of the dose", True, 1, "0–9"),
        Command("part", ". right", "Part", "Mark the next part of the dose; Left marks the one before"),
        Command("part_before", "left", "Part before", "Mark the part of the dose before", footer=0),
        *_LINES,
        Command("side", "s /", "Side", "Change the side: right, left, both", footer=2),
        Command("all", "a", "All", "Show what else is withheld, and back", footer=0),
        Command(
            "drawing",
            "d",
            "Drawing",
            "Show how the stretch is done",
            footer=2,
        ),
        Command("words", "w", "Words", "Write a few words for the patient beside this stretch", footer=2),
        Command("next_visit", "v", "Next visit", "Write when the patient comes back", footer=2),
        _ACT._replace(footer=0),
        Command("keep", "enter", "Keep", "End a number; keep the sheet as it stands and go on"),
    ),
    "sign": (*_LINES, Command("sign", "enter", "Sign", "Sign and close the visit"), _NOTE, _ACT_BY_KEYPAD),
    "signed": (
        *_LINES,
        _PAPER,
        Command("open", "o enter", "Open", "Open the paper under the cursor, elsewhere the one made last"),
        Command("addendum", "a", "Add note", "Add a dated note to the signed visit"),
        Command("since", "f /", "First visit", "Compare with the first visit, and back", footer=2),
        Command("drawing", "d", "Drawing", "Show how the stretch under the cursor is done", footer=2),
    ),
    "papers": (
        *_LINES,
        _PAPER._replace(label="Make", help="Make the paper of this number"),
        Command("take", "enter", "Open", "Make the paper under the cursor; open it once it is made"),
        Command("size", "z", "Size", "Change between A4 and Letter", footer=2),
        Command("large", "l", "Large print", "Large print on and off", footer=2),
        Command("protect", "p", "Protect", "Ask for a passphrase for the papers, or drop it", footer=2),
        Command("since", "f", "First visit", "Compare with the first visit, and back", footer=2),
        Command("addendum", "a", "Addendum", "Add a dated note to the signed visit", footer=2),
    ),
}
"""The commands by the screen that has them: `walk` are all steps of a visit, `anywhere` every screen."""

_FORMS = ("setup", "clinic-form", "patient-form")


def of_screen(screen: "Screen[object]") -> tuple[str, ...]:
    """The places whose commands a screen has, its own first."""
    name = screen.name or ""
    if name in _FORMS:
        return ("form",)
    if screen.is_modal:
        return (name,) if name in PLACES else ("dialog",)
    return (name, "walk", "anywhere") if "step" in screen.classes else (name, "anywhere")


def commands(*places: str) -> Iterator[Command]:
    """The commands of these places; where two are called the same, the one of the first place."""
    seen: set[str] = set()
    for place in places:
        here = PLACES.get(place, ())
        yield from (command for command in here if command.label not in seen)
        seen |= {command.label for command in here}


def names(command: Command) -> list[str]:
    """Every name that a terminal may give to the keys of a command; Caps Lock does not matter."""
    found: list[str] = []
    for key in command.keys.split():
        found += _NAMES.get(key, (key,))
        found += [key.upper()] if len(key) == 1 and key.isalpha() else []
    return found


def shown(command: Command) -> str:
    """The key of a command as people read it: `F1`, `Esc`, `Ctrl+P`, `N`, `+ −`."""
    key = command.keys.split()[0]
    return command.shown_key or _SAID.get(key) or key.title()


def action(command: Command) -> str:
    """The action of a command as Textual writes it; with its first key where it takes one."""
    return f"{command.id}('{names(command)[0]}')" if command.each else command.id


def bindings(*places: str) -> list[BindingType]:
    """The key bindings of these places, for a screen's BINDINGS."""
    return [
        Binding(
            name,
            f"{command.id}('{name}')" if command.each else command.id,
            command.label,
            show=False,
            priority=False,
        )
        for place in places
        for command in PLACES[place]
        for name in names(command)
    ]

"""What a key does: one value gives bindings, footer, help, palette and the key table of the README.

The keys of a screen stand in the `keys.py` of its folder; those that many share stand here.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from textual.binding import Binding, BindingType

from .symbols import NAMES

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


class Place(NamedTuple):
    """A screen, or several alike: what the README calls it, its commands, and what the signs on it mean.

    No state is told by a sign or a colour alone.
    """

    where: str
    commands: tuple[Command, ...]
    legend: tuple[tuple[str, str], ...] = ()


_NAMES = {"?": ("question_mark",), **NAMES}

_VALUES = frozenset("0123456789+-")
"""The signs that record a value."""

_SAID = {"escape": "Esc", "-": "−"}

QUIT = Command("app.quit", "ctrl+q", "Quit", "Leave mmt; what was recorded stays", footer=0)
HELP_WHERE_TEXT_IS_TYPED = Command("app.help", "f1", "Help", "What each key does on this screen")
LEAVE_FORM = (
    Command(
        "app.focus_next",
        "tab",
        "Next field",
        "Next field; Shift+Tab goes back, arrows choose from a list",
        footer=0,
    ),
    HELP_WHERE_TEXT_IS_TYPED,
    Command("back", "escape", "Back", "Leave the form; nothing of it is kept"),
    QUIT,
)
ACT = Command("act", "t", "Action", "Write what was done about an urgent alert")
ACT_BY_KEYPAD = ACT._replace(keys="t .", shown_key="T .")
NOTE = Command("note", "n", "Note", "Write a note for the record")


def pressed(keys: str, label: str, help: str, shown_key: str = "", footer: int = 0) -> Command:
    """A command of the screens that take each key themselves and show most of them above the footer."""
    return Command("press", keys, label, help, each=True, footer=footer, shown_key=shown_key)


GUIDANCE = pressed("*", "Guidance", "Turn the guidance on and off", footer=1)
RETRY = pressed("r", "Save again", "Try again to save what is marked NOT SAVED")


def told(shown_key: str, label: str) -> Command:
    """What the footer says first where the same keys do now this and now that; a click on it tells all."""
    return Command("app.help", "?", label, "", shown_key=shown_key)


LOOKS = frozenset(
    (
        *("Line", "Next page", "Page before", "End", "Folded", "Guidance", "Jump", "First visit", "Compare"),
        *("Drawing", "All", "Step back", "Go on"),
    )
)
"""The labels of the steps' own commands that record nothing: they work where a visit is only looked at."""

LINES = (
    Command("down", "+ j", "Line", "One line down, with − up; arrows do the same", False, 2, "+ −", True),
    Command("up", "- k", "Line up", "One line up; arrows do the same", footer=0, held=True),
)
"""The keys that walk through lines, on a keypad without arrows as well."""

ANYWHERE = Place(
    "everywhere",
    (
        Command("app.help", "?", "Help", "What each key does on this screen; F1 where text is typed"),
        Command("screen.back", "escape", "Back", "Go back one screen; nothing is lost"),
        Command(
            "app.settings",
            "f9",
            "Settings",
            "Colours, bell, motion, side tested first, printer, backups",
            footer=2,
        ),
        Command("app.palette", "ctrl+p", "Commands", "All commands by name", footer=0),
        QUIT,
    ),
)

TAKE_OVER = Command("take_over", "f5", "Take over", "Go on here with a draft that is open elsewhere")

WALK = Place(
    "in a visit",
    (
        Command("next_step", "f8", "Next", "Go to the next step of the visit"),
        Command("previous_step", "f7", "Before", "Go to the step before", footer=2),
        Command("screen.basis", "f1", "Basis", "Why: rule, inputs, what is missing and source"),
        TAKE_OVER._replace(footer=0),
    ),
    legend=(
        ("▸", "the step that is open"),
        ("●", "a step with something recorded"),
        ("○", "a step without"),
    ),
)

DIALOG = Place(
    "dialogs",
    (
        Command("back", "escape", "Close", "Close this"),
        HELP_WHERE_TEXT_IS_TYPED._replace(keys="f1 ?", footer=0),
        QUIT,
    ),
)

FORM = Place(
    "forms",
    (Command("save", "f10", "Save", "Keep what is typed"), *LEAVE_FORM),
)


def of_screen(screen: "Screen[object]") -> tuple[Place, ...]:
    """The places whose commands a screen has, its own first: what it names in `PLACE`."""
    own: Place = getattr(screen, "PLACE", DIALOG if screen.is_modal else ANYWHERE)
    if screen.is_modal or own == ANYWHERE:
        return (own,)
    return (own, WALK, ANYWHERE) if "step" in screen.classes else (own, ANYWHERE)


def commands(*places: Place) -> Iterator[Command]:
    """The commands of these places; where two are called the same, the one of the first place."""
    seen: set[str] = set()
    for place in places:
        yield from (command for command in place.commands if command.label not in seen)
        seen |= {command.label for command in place.commands}


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


def several(command: Command) -> bool:
    """Whether its keys stand for several values, of which a click on its name would choose one unasked."""
    return command.each and not command.held and len(_VALUES & set(command.keys.split())) > 1


def action(command: Command) -> str:
    """The action of a command as Textual writes it; with its first key where it takes one.

    Keys of several values are only told.
    """
    if several(command):
        return "app.help"
    return f"{command.id}('{names(command)[0]}')" if command.each else command.id


def click(command: Command) -> str:
    """The action of a command for a click on the screen."""
    run = action(command)
    return run if "." in run.partition("(")[0] else f"screen.{run}"


def bindings(*places: Place) -> list[BindingType]:
    """The key bindings of these places, for a screen's BINDINGS."""
    return [
        Binding(name, f"{command.id}('{name}')" if command.each else command.id, command.label, show=False)
        for place in places
        for command in place.commands
        for name in names(command)
    ]

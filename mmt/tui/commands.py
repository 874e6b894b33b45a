"""All commands in one place: bindings, footer, help screen, palette and the key table of the README."""

from collections.abc import Iterator
from typing import NamedTuple

from textual.binding import Binding


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
        "basis", ("f1",), "Basis", "Why: rule, inputs, what is missing and source of what is under the cursor"
    ),
    Command("help", ("question_mark",), "Help", "What each key does on this screen", shown_key="?"),
    Command("back", ("escape",), "Back", "Go back one screen; nothing is lost", shown_key="Esc"),
    Command("palette", ("ctrl+p",), "Commands", "All commands by name", footer=False),
    Command("quit", ("ctrl+q",), "Quit", "Leave mmt; what was recorded stays", footer=False),
)

WALK = (
    Command("next_step", ("f8",), "Next step", "Go to the next step of the visit", "walk"),
    Command("previous_step", ("f7",), "Step back", "Go to the step before", "walk"),
)

PATIENTS: tuple[Command, ...] = ()
PATIENT: tuple[Command, ...] = ()
SAFETY: tuple[Command, ...] = ()
STORY: tuple[Command, ...] = ()
EXAM: tuple[Command, ...] = ()
LEG_LENGTH: tuple[Command, ...] = ()
FINDINGS: tuple[Command, ...] = ()
PRESCRIPTION: tuple[Command, ...] = ()
SIGN: tuple[Command, ...] = ()

COMMANDS = (
    *ANYWHERE,
    *WALK,
    *PATIENTS,
    *PATIENT,
    *SAFETY,
    *STORY,
    *EXAM,
    *LEG_LENGTH,
    *FINDINGS,
    *PRESCRIPTION,
    *SIGN,
)


def commands(*where: str) -> Iterator[Command]:
    """The commands of the named screens, in the order of the registry."""
    return (command for command in COMMANDS if command.where in where)


def bindings(*where: str) -> list[Binding]:
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

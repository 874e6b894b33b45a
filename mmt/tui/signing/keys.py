"""The keys of signing in, of the lock, and of who may open the records."""

from mmt.tui.keys.commands import DIALOG, FORM, HELP_WHERE_TEXT_IS_TYPED, LINES, QUIT, Command, Place

_HELP = HELP_WHERE_TEXT_IS_TYPED._replace(footer=0)

SIGN_IN = Place(
    "signing in",
    (
        Command("choose", "1 2 3 4 5 6 7 8 9", "Name", "Choose the name of this number", True, 1, "1–9"),
        Command("take", "enter", "Go on", "Take the marked name; below it, open the records"),
        Command("names", "escape", "Back", "Choose another name"),
        Command("forgotten", "f3", "Forgotten", "Make a new passphrase by the recovery code"),
        *LINES,
        _HELP,
        QUIT._replace(footer=1),
    ),
)

LOCK = Place(
    "locked",
    (
        Command("ask", "enter", "Open", "Type the passphrase; then you are where you left"),
        Command("another", "f3", "Another person", "Leave what is open and let another person sign in"),
        Command("back", "escape", "Lock", "Put the passphrase away that is half typed"),
        _HELP,
        QUIT._replace(footer=1),
    ),
)

PASSPHRASE = Place(
    "a passphrase",
    (*FORM.commands[:1], *(one for one in FORM.commands[1:] if one.id != "app.focus_next")),
)

FIRST_PASSPHRASE = PASSPHRASE._replace(
    where="the first passphrase",
    commands=(
        PASSPHRASE.commands[0],
        Command("without", "f3", "Without", "Let the records open without a passphrase on this computer"),
        *PASSPHRASE.commands[1:],
    ),
)

CODE = Place(
    "the recovery code",
    (
        Command("keep", "enter", "Go on", "Go on, once the code was typed back"),
        Command("print", "f5", "Print", "Print the code on the usual printer of this computer"),
        *DIALOG.commands,
    ),
)

WHO_OPENS = Place(
    "who may open the records",
    (
        Command("turn", "o", "On or off", "Ask for passphrases from here on, or do so no more"),
        Command("add", "a", "Give", "Give another person a passphrase, who types it here"),
        Command("change", "c", "Mine", "Change your own passphrase"),
        Command("remove", "x", "Remove", "Let the marked person open the records no more"),
        Command("code", "r", "Recovery code", "Make a new recovery code; the old one is void then"),
        *LINES,
        *DIALOG.commands,
    ),
)

"""The keys of the settings, and of a line of text that is asked for."""

from mmt.tui.keys.commands import DIALOG, LINES, QUIT, Command, Place

LINE_OF_TEXT = Place(
    "a line of text",
    (
        Command("keep", "enter", "Go on", "Hand in what is typed"),
        Command(
            "earlier", "down", "Earlier", "What is offered below the line, one after the other", footer=0
        ),
        *DIALOG.commands,
    ),
)

CHOICE = Place(
    "a name to choose",
    (
        Command("choose", "1 2 3 4 5 6 7 8 9", "Name", "Mark the name of this number", True, 1, "1–9"),
        Command("take", "enter", "Take", "Take the marked name"),
        *LINES,
        Command("back", "escape / backspace", "Back", "Back; nothing is changed"),
        Command("app.help", "? f1", "Help", "What each key does on this screen"),
        QUIT,
    ),
)

PRINTING = Place(
    "printing",
    (
        Command("choose", "1 2 3 4 5 6 7 8 9 0", "Choose", "Choose the line of this number", True, 1, "0–9"),
        Command("take", "space enter", "This line", "Choose the line under the cursor"),
        *LINES,
        Command("back", "escape / backspace", "Back", "Back to where you were; what is chosen holds"),
        Command("app.help", "? f1", "Help", "What each key does on this screen"),
        QUIT,
    ),
    legend=(("[✓]", "chosen"), ("[ ]", "not chosen")),
)

SETTINGS = PRINTING._replace(
    where="settings",
    commands=(
        *PRINTING.commands[:2],
        Command("printing", "p *", "Printing", "Choose the printer, the paper and its sides"),
        Command("backups", "b", "Backups", "Choose where backups go by themselves: a folder, a USB drive"),
        Command(
            "who_opens", "w", "Passphrases", "Who may open the records: give, change, take away", footer=2
        ),
        Command(
            "lock_after", "l", "Lock", "After how many minutes without a key the records are locked", footer=2
        ),
        Command("retention", "r", "Retention", "Choose by the law of which place records are kept", footer=0),
        *PRINTING.commands[2:],
    ),
)

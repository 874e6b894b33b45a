"""The keys of the settings."""

from mmt.tui.keys.commands import LINES, QUIT, Command, Place

SETTINGS = Place(
    "settings",
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

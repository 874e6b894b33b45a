"""The keys of signing off the content."""

from mmt.tui.keys.commands import Command, Place

REVIEWING = Place(
    "sign-off",
    (
        Command(
            "sign",
            "1",
            "Sign off",
            "Sign the item off as it is and go on; reads on first where there is more",
        ),
        Command(
            "change", "2", "Change", "Say what must change; the item counts as not signed until it is changed"
        ),
        Command(
            "set_aside", "3", "Set aside", "Say why the item is not to be used; it is not used from then on"
        ),
        Command("skip", "+ right", "Skip", "Go to the next item and leave this one undecided", shown_key="+"),
        Command("step_back", "/ backspace left", "Item before", "Back to the item before"),
        Command("next_group", "*", "Next group", "Go to the first open item of the next group"),
        Command("withdraw", "0", "Take back", "Take back what was decided about this item", footer=2),
        Command("who", "4", "Who", "Change who signs: name and licence number", footer=2),
        Command("only", "5", "Print only", "Offer and print only what is signed off, or all again", footer=2),
        Command("page_up", "- pageup", "Page up", "A page of the item up; PgDn goes down", footer=0),
        Command("page_down", ". pagedown", "Page down", "A page of the item down", footer=0),
        Command("line_down", "down j", "Line down", "One line of the item down", footer=0, held=True),
        Command("line_up", "up k", "Line up", "One line of the item up", footer=0, held=True),
    ),
    legend=(
        ("✓", "signed off"),
        ("!", "lapsed: changed since it was signed off"),
        ("~", "a change was asked for"),
        ("×", "set aside: not used"),
        ("·", "nothing decided yet"),
    ),
)

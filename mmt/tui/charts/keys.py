"""The keys of the charts."""

from mmt.tui.keys.commands import QUIT, Command, Place

from .draw import LEGEND

CHART = Place(
    "charts",
    (
        Command(
            "next", "+ space down right", "Next", "The next measure, those that changed first", shown_key="+"
        ),
        Command("before", "- up left", "Before", "The measure before"),
        Command("back", "escape", "Back", "Back to the patient"),
        QUIT,
    ),
    legend=LEGEND,
)

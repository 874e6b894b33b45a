"""Colours: calm, and strong enough to be read from two metres. No state is told by colour alone.

Every text that occurs keeps a contrast of at least 4.5 to 1 in each of them (WCAG 2, AA).
"""

from textual.theme import Theme

from mmt.model.settings import Colours


def _theme(name: str, *, dark: bool = True, **colours: str) -> Theme:
    """A theme whose rows under the cursor are written in the colour of the ground, on the first colour."""
    first, ground = colours["primary"], colours["background"]
    cursor = {
        "block-cursor-background": first,
        "block-cursor-foreground": ground,
        "block-cursor-text-style": "bold",
        "input-selection-background": f"{first} 40%",
        "button-color-foreground": ground,
    }
    return Theme(name=f"mmt-{name}", dark=dark, variables=cursor, **colours)  # type: ignore[arg-type]


THEMES: dict[Colours, Theme] = {
    "dark": _theme(
        "dark",
        primary="#a0c8ff",
        secondary="#9fd3c7",
        accent="#ffd479",
        foreground="#eceff4",
        background="#14181f",
        surface="#1c222c",
        panel="#262e3b",
        success="#8fd694",
        warning="#ffcf6b",
        error="#ff9d9d",
    ),
    "light": _theme(
        "light",
        primary="#0a4488",
        secondary="#1b6357",
        accent="#7a4b00",
        foreground="#10151c",
        background="#ffffff",
        surface="#f5f7fa",
        panel="#e6ebf2",
        success="#1d6425",
        warning="#7a4b00",
        error="#a31515",
        dark=False,
    ),
    "high-contrast": _theme(
        "high-contrast",
        primary="#ffff00",
        secondary="#00ffff",
        accent="#00ffff",
        foreground="#ffffff",
        background="#000000",
        surface="#000000",
        panel="#1c1c1c",
        success="#00ff66",
        warning="#ffff00",
        error="#ffffff",
    ),
    "blue-orange": _theme(
        "blue-orange",
        primary="#7ccaf5",
        secondary="#56b4e9",
        accent="#f0e442",
        foreground="#f2f2f2",
        background="#10141a",
        surface="#181d25",
        panel="#232a35",
        success="#56b4e9",
        warning="#f0e442",
        error="#e69f00",
    ),
}
"""By the name that the settings keep. Blue and orange are told apart by eyes that mix red and green."""

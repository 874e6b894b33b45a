"""Colours: calm, and strong enough to be read from two metres. No state is told by colour alone."""

from textual.theme import Theme

DARK = Theme(
    name="mmt-dark",
    primary="#8ab8ff",
    secondary="#9fd3c7",
    accent="#ffd479",
    foreground="#eceff4",
    background="#14181f",
    surface="#1c222c",
    panel="#262e3b",
    success="#8fd694",
    warning="#ffcf6b",
    error="#ff9d9d",
    dark=True,
    variables={"footer-key-foreground": "#ffd479", "block-cursor-text-style": "bold"},
)
LIGHT = Theme(
    name="mmt-light",
    primary="#0b4f9e",
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
    variables={"footer-key-foreground": "#7a4b00", "block-cursor-text-style": "bold"},
)
THEMES = (DARK, LIGHT)

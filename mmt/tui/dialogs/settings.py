"""The settings of this station: one line a choice, each with the digit that takes it."""

from typing import ClassVar, NamedTuple

from msgspec.structs import replace
from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList, Static

from mmt.model.errors import ClinicError
from mmt.tui.desk import Home
from mmt.tui.widgets.plain import plain
from mmt.tui.widgets.rows import Row, RowList, RowWalk, heading

from .dialog import Dialog
from .keys import SETTINGS


class Choice(NamedTuple):
    """A value that a setting can have: its digit, what it is called, and what it is good for."""

    digit: str
    field: str
    value: str | bool
    said: str
    about: str


CHOICES = {
    "Colours": (
        Choice("1", "theme", "dark", "Dark", "for most rooms"),
        Choice("2", "theme", "light", "Light", "for bright rooms"),
        Choice("3", "theme", "high-contrast", "High contrast", "white and yellow on black"),
        Choice("4", "theme", "blue-orange", "Blue and orange", "for eyes that mix up red and green"),
    ),
    "Bell": (
        Choice("5", "bell", True, "On", "rings at an alarm and at a key that is refused"),
        Choice("6", "bell", False, "Off", "alarms and refusals are only shown"),
    ),
    "Motion": (
        Choice("7", "reduced_motion", False, "Usual", "glides and blinks, as far as your system allows"),
        Choice("8", "reduced_motion", True, "None", "nothing glides, nothing blinks"),
    ),
    "Side tested first": (
        Choice("9", "side_order", "right", "Right", "at every patient"),
        Choice("0", "side_order", "sound", "Sound side", "the leg that does not hurt; right while unknown"),
    ),
}
"""The choices by what they are about."""

KEPT = "Each choice holds at once and is kept for the next start."


class SettingsScreen(RowWalk, Dialog[None]):
    """Changes how this station is set up. What is chosen takes effect before the next key."""

    AUTO_FOCUS: ClassVar[str] = "#choices"
    PLACE = SETTINGS

    class Changed(Message):
        """The station is set up anew."""

    def __init__(self, home: Home) -> None:
        super().__init__(name="settings")
        self._home = home

    def body(self) -> ComposeResult:
        yield Static("Settings of this station", classes="title")
        yield RowList(id="choices")
        yield Static(KEPT, id="said")

    def on_mount(self) -> None:
        self.fill()

    def fill(self) -> None:
        """Show what is chosen."""
        rows = []
        for name, choices in CHOICES.items():
            rows.append(heading(name))
            for one in choices:
                chosen = getattr(self._home.settings, one.field) == one.value
                said = f"{one.digit} {'[✓]' if chosen else '[ ]'} {one.said:<17}"
                text = Content.assemble((said, "bold" if chosen else ""), (one.about, "dim"))
                rows.append(Row(text, one.digit))
        self.query_one(RowList).show(rows)

    def action_choose(self, digit: str) -> None:
        """Take the choice of this digit."""
        name, choice = next(
            (name, one) for name, choices in CHOICES.items() for one in choices if one.digit == digit
        )
        word = f"{name}: {choice.said}."
        try:
            self._home.change_settings(replace(self._home.settings, **{choice.field: choice.value}))
        except ClinicError as error:
            word = str(error)
            self.app.bell()
        self.query_one("#said", Static).update(plain(word))
        self.query_one(RowList).move_to(digit)
        self.fill()
        self.post_message(self.Changed())

    @on(OptionList.OptionSelected)
    def action_take(self) -> None:
        """Take the choice under the cursor, which a click puts there."""
        if digit := self.query_one(RowList).cursor:
            self.action_choose(digit)

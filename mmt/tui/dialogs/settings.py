"""The settings of this station: one line a choice, each with the digit that takes it."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from msgspec.structs import replace
from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList, Static

from mmt.model.errors import ClinicError
from mmt.model.settings import Settings
from mmt.printer import CHOOSES, SHEETS, Printers, printers
from mmt.tui.desk import Home
from mmt.tui.keys.bar import KeyBar
from mmt.tui.widgets.plain import plain
from mmt.tui.widgets.rows import Row, RowList, RowWalk, heading
from mmt.tui.widgets.wrap import Hanging

from .ask_text import AskTextScreen
from .choose import ChooseScreen
from .dialog import Dialog
from .keys import PRINTING, SETTINGS
from .printers import aside

if TYPE_CHECKING:
    from mmt.clinic.backups.desk import BackupDesk


class Choice(NamedTuple):
    """A value that a setting can have: its digit, what it is called, and what it is good for."""

    digit: str
    field: str
    value: str | bool
    said: str
    about: str

    @property
    def key(self) -> str:
        """The key of its row."""
        return self.digit or str(self.value)


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

PAPER = {
    "Paper": (
        Choice("1", "paper_size", "a4", "A4", "210 × 297 mm"),
        Choice("2", "paper_size", "letter", "Letter", "8.5 × 11 inches"),
    ),
    "Sides": (
        Choice("3", "both_sides", False, "One side", "each page on a sheet of its own"),
        Choice("4", "both_sides", True, "Both sides", "turned over at the long edge"),
    ),
}
FILES = {
    "Names of files": (
        Choice("", "name_in_files", True, "With the name", "ann-example-12-2026-03-02-hand-out.pdf"),
        Choice("", "name_in_files", False, "Number alone", "12-2026-03-02-hand-out.pdf"),
    ),
}
NO_PRINTER = Choice("5", "printer", "", "None", "papers are opened, to be printed from there")
DIGITS = "67890"
"""What takes the first printers; the further ones are taken with the cursor."""

BACKUPS = "b"
"""The key of the folder for backups, which is typed."""

KEYS, LOCK = "w", "l"
"""The keys of who may open the records, and of the lock."""

WHO_SIGNS_IN, NOBODY_SIGNS_IN = (
    "each signs in with their own",
    "none: whoever has this computer reads the records",
)
LOCK_AFTER = (1, 2, 5, 10, 15, 30, 60)
"""Minutes."""

LOCKS, NEVER_LOCKS = "after {minutes} without a key", "never by itself"

RETENTION = "r"
"""The key of the place by whose law records are kept."""

KEPT = "Each choice holds at once and is kept for the next start."


class SettingsScreen(RowWalk, Dialog[None]):
    """Changes how this station is set up. What is chosen takes effect before the next key."""

    AUTO_FOCUS: ClassVar[str] = "#choices"
    PLACE = SETTINGS
    title_said: ClassVar[str] = "Settings of this station"

    class Changed(Message):
        """The station is set up anew."""

    @dataclass
    class WhoOpens(Message):
        """It is asked who may open the records."""

        screen: "SettingsScreen"

    def __init__(self, home: Home, backups: "BackupDesk | None" = None, name: str = "settings") -> None:
        super().__init__(name=name)
        self._home = home
        self._backups = backups

    def body(self) -> ComposeResult:
        yield Static(self.title_said, classes="title")
        yield RowList(id="choices")
        yield Static(KEPT, id="said")

    def on_mount(self) -> None:
        if self._backups is None:
            self.query_one(KeyBar).leave_out(("Backups", "Passphrases", "Lock"))
        self.fill()

    def choices(self) -> Mapping[str, tuple[Choice, ...]]:
        """What can be chosen here, by what it is about."""
        return CHOICES

    def more(self) -> list[Row]:
        """What stands below the choices."""
        folder, home = self._backups.folder if self._backups else "", self._home
        rows = [_more("P", "Printing", _printing(home.settings), "printing")]
        rule = home.retention
        rows.append(
            _more("R", "Retention", f"{rule.name}: {rule.years} years after the last visit", RETENTION)
        )
        if self._backups is None:
            return rows
        rows.append(_more("B", "Backups", folder or "to no folder or USB drive yet", BACKUPS))
        who = WHO_SIGNS_IN if home.signed_in else NOBODY_SIGNS_IN
        rows.append(_more("W", "Passphrases", who, KEYS))
        if home.signed_in:
            rows.append(_more("L", "Lock", _locks(home.settings.lock_after), LOCK))
        return rows

    def fill(self) -> None:
        """Show what is chosen."""
        rows = []
        for name, choices in self.choices().items():
            rows.append(heading(name))
            for one in choices:
                chosen = getattr(self._home.settings, one.field) == one.value
                said = f"{one.digit or ' '} {'[✓]' if chosen else '[ ]'} {one.said:<17}"
                text = Content.assemble((said, "bold" if chosen else ""), (one.about, "dim"))
                rows.append(Row(text, one.key))
        self.query_one(RowList).show([*rows, *self.more()])

    def action_choose(self, key: str) -> None:
        """Take the choice of this digit or row."""
        rows = [(name, one) for name, choices in self.choices().items() for one in choices if one.key == key]
        if not rows:
            self.app.bell()
            return
        name, choice = rows[0]
        word = f"{name}: {choice.said}."
        try:
            self._home.change_settings(replace(self._home.settings, **{choice.field: choice.value}))
        except ClinicError as error:
            word = str(error)
            self.app.bell()
        self._say(word, key)
        self.post_message(self.Changed())

    def _say(self, word: str, row: str) -> None:
        """Say what came of it, with the cursor on that row."""
        self.query_one("#said", Static).update(plain(word))
        self.query_one(RowList).move_to(row)
        self.fill()

    def action_backups(self) -> None:
        """Ask for the folder that backups go to by themselves."""
        if self._backups is None:
            self.app.bell()
            return
        drives = self._backups.offered()
        asks = "Folder for backups: a USB drive, or a folder of another disk"
        hint = "Enter takes it; with nothing typed no backup is made by itself."
        self.app.push_screen(
            AskTextScreen(asks, self._backups.folder or next(iter(drives), ""), hint, drives), self._chosen
        )

    def action_who_opens(self) -> None:
        """Say who may open the records."""
        if self._backups is None:
            self.app.bell()
            return
        self.post_message(self.WhoOpens(self))

    def action_lock_after(self) -> None:
        """Lock after longer without a key; after the longest never, then at once again."""
        if not self._home.signed_in:
            self.app.bell()
            return
        now = self._home.settings.lock_after
        after = next((one for one in LOCK_AFTER if one > now), 0) if now else LOCK_AFTER[0]
        word = f"Lock: {_locks(after)}."
        try:
            self._home.change_settings(replace(self._home.settings, lock_after=after))
        except ClinicError as error:
            word = str(error)
            self.app.bell()
        self._say(word, LOCK)
        self.post_message(self.Changed())

    def _chosen(self, folder: str | None) -> None:
        if folder is None or self._backups is None:
            return
        try:
            word = self._backups.choose(folder)
        except ClinicError as error:
            word = str(error)
            self.app.bell()
        self._say(word, BACKUPS)

    @on(OptionList.OptionSelected)
    def action_take(self) -> None:
        """Take the choice under the cursor, which a click puts there."""
        key = self.query_one(RowList).cursor
        if key == "printing":
            self.action_printing()
        elif key == BACKUPS:
            self.action_backups()
        elif key == KEYS:
            self.action_who_opens()
        elif key == LOCK:
            self.action_lock_after()
        elif key == RETENTION:
            self.action_retention()
        elif key:
            self.action_choose(key)

    def action_retention(self) -> None:
        """Choose by the law of which place records are kept."""
        rules = self._home.content.retention
        names = {one.name: one.id for one in rules.values()}
        marked = self._home.retention.name
        about = "A file of your own adds a place (protocols/README.md). This is no legal advice."
        dialog = ChooseScreen(
            "By the law of which place are records kept?", about, tuple(names), marked, "now"
        )
        self.app.push_screen(dialog, lambda name: self._retained(names[name]) if name else None)

    def _retained(self, place: str) -> None:
        word = "Nothing is ever erased by itself; until the day is over mmt refuses to erase a record."
        try:
            self._home.change_settings(replace(self._home.settings, retention=place))
        except ClinicError as error:
            word = str(error)
            self.app.bell()
        self._say(word, RETENTION)

    def action_printing(self) -> None:
        """Choose the printer, the paper and its sides."""
        self.app.push_screen(PrintingScreen(self._home), lambda _: self.fill())


class PrintingScreen(SettingsScreen):
    """Changes how papers are printed. The printers are shown once the system has told them."""

    PLACE = PRINTING
    title_said: ClassVar[str] = "Printing on this computer"

    def __init__(self, home: Home) -> None:
        super().__init__(home, name="printing")
        self._found = Printers(why="Looking for printers …")

    def on_mount(self) -> None:
        super().on_mount()
        if CHOOSES:
            aside(self.app, printers, self._listed)
        else:
            self._listed(Printers(why="Windows prints on its default printer, as that one is set up."))

    def _listed(self, found: Printers) -> None:
        """The printers are known."""
        if self.is_mounted:
            self._found = found
            self.fill()

    def choices(self) -> Mapping[str, tuple[Choice, ...]]:
        if not CHOOSES:
            return {"Paper": PAPER["Paper"], **FILES}
        found, kept = self._found, self._home.settings.printer
        names = dict.fromkeys((*found.names, *([kept] if kept else [])))
        about = {found.usual: "the usual one of this computer"}
        if found.names and kept not in found.names:
            about[str(kept)] = "not found now"
        shown = [
            Choice(digit, "printer", name, name, about.get(name, ""))
            for digit, name in zip_longest(DIGITS, names, fillvalue="")
            if name
        ]
        return {**PAPER, **FILES, "Printer": (NO_PRINTER, *shown)}

    def more(self) -> list[Row]:
        said = Hanging(Content("  "), plain(self._found.why).stylize("dim"))
        return [Row(said)] if self._found.why else []


def _more(key: str, name: str, said: str, row: str) -> Row:
    """A line that opens something else, or changes by its key."""
    return Row(Content.assemble((f"{key}     {name:<13}", "bold"), (said, "dim")), row)


def _locks(minutes: int) -> str:
    return LOCKS.format(minutes=f"{minutes} minute{'' if minutes == 1 else 's'}") if minutes else NEVER_LOCKS


def _printing(chosen: Settings) -> str:
    """How papers are printed, in a line."""
    size = SHEETS[chosen.paper_size]
    if not CHOOSES:
        return f"the default printer of Windows, {size}"
    sides = "both sides" if chosen.both_sides else "one side"
    if chosen.printer is None:
        return f"printer asked for at the first print; {size}, {sides}"
    return f"{chosen.printer or 'no printer'}, {size}, {sides}"

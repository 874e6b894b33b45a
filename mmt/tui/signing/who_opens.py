"""Who may open the records: passphrases are given, changed and taken away here."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from mmt.model.sign_in import NewKeys
from mmt.tui.desk import Home
from mmt.tui.dialogs.ask_text import ask_yes
from mmt.tui.dialogs.choose import ChooseScreen
from mmt.tui.dialogs.dialog import Dialog
from mmt.tui.keys.bar import KeyBar
from mmt.tui.widgets.plain import plain
from mmt.tui.widgets.rows import Row, RowList, RowWalk

from .code import CodeScreen
from .keys import WHO_OPENS
from .passphrase import PassphraseForm, Typed

if TYPE_CHECKING:
    from mmt.clinic.keys import KeyDesk

OPEN = (
    "The records open without a passphrase: whoever has this computer, or a copy of its files with the key, "
    "can read them. O asks for passphrases from here on."
)
SHUT = "Each signs in with a passphrase of their own. What they record, sign and note bears their name."
OFF = (
    "Without passphrases whoever has this computer, or a copy of its files, reads all records, and anybody "
    "can sign in any name. Turn them off?"
)
REMOVES = (
    "{name} opens the records no more, and the data key is changed, so that a copy of the old one is worth "
    "nothing. Close mmt in all other windows first. What {name} signed stands. Remove {name}?"
)

ITS_YOU = "Your passphrase, to show that it is you."


class WhoOpensScreen(RowWalk, Dialog[None]):
    """The people with a passphrase, and those without one who examine here."""

    AUTO_FOCUS: ClassVar[str] = "#picked"
    PLACE = WHO_OPENS

    class Turned(Message):
        """Passphrases are asked for from here on, or no more."""

    def __init__(self, home: Home, keys: "KeyDesk") -> None:
        super().__init__(name="who-opens")
        self._home, self._keys = home, keys

    def body(self) -> ComposeResult:
        yield Static("Who may open the records", classes="title")
        yield Static("", id="about-keys")
        yield RowList(id="picked")
        yield Static("", id="said")

    def on_mount(self) -> None:
        self.fill()

    def fill(self) -> None:
        """Show who has a passphrase."""
        who, without = self._home.signed_in, self._keys.without if self._home.signed_in else ()
        rows = [_row(name, "signed in now" if name == who else "") for name in self._keys.users]
        rows += [_row(name, "no passphrase yet: A gives one") for name in without]
        names = [] if who else [_row(name, "") for name in self._home.practitioners]
        self.query_one(RowList).show(rows or names)
        self.query_one("#about-keys", Static).update(plain(SHUT if who else OPEN))
        idle = () if who else ("Give", "Mine", "Remove", "Recovery code")
        self.query_one(KeyBar).leave_out(idle)

    def _say(self, told: str) -> None:
        self.query_one("#said", Static).update(plain(told))
        self.fill()

    def _open_here(self) -> bool:
        """Whether nobody has to sign in; says so."""
        if not self._home.signed_in:
            self._say("Nobody signs in here yet: O asks for passphrases from here on.")
            self.app.bell()
        return not self._home.signed_in

    def _done(self, told: str, done: bool | None) -> None:
        self._say(told if done else "Nothing was changed.")

    def action_add(self) -> None:
        """Give another person a passphrase."""
        if self._open_here():
            return
        marked = self._marked
        form = PassphraseForm(
            "A passphrase for another person",
            "Yours, to show that it is you. Who it is for types another, which nobody else needs to know.",
            lambda typed: self._keys.add(typed.name, typed.passphrase, typed.was),
            name=marked if marked in self._keys.without else "",
            asks_name=True,
            was="Yours",
        )
        self.app.push_screen(form, partial(self._done, "The passphrase is given: it opens the records now."))

    def action_change(self) -> None:
        """Change one's own passphrase."""
        if self._open_here():
            return
        form = PassphraseForm(
            f"Another passphrase for {self._home.signed_in}",
            "The one of until now first, so that nobody else changes it.",
            lambda typed: self._keys.change(typed.was, typed.passphrase),
            was="Until now",
        )
        self.app.push_screen(form, partial(self._done, "Your passphrase is changed."))

    def action_remove(self) -> None:
        """Let the marked person open the records no more."""
        name = self._marked
        if not self._open_here() and name:
            ask_yes(self.app, REMOVES.format(name=name), partial(self._remove, name))

    def _remove(self, name: str) -> None:
        told = f"{name} opens the records no more. Make a backup now: older ones open as before."
        self._ask(f"{name} leaves", lambda own: self._keys.remove(name, own), partial(self._done, told))

    def _ask(self, title: str, act: Callable[[str], None], done: Callable[[bool | None], None]) -> None:
        """Ask for the passphrase of who is signed in, and do it with that."""
        form = PassphraseForm(title, ITS_YOU, lambda typed: act(typed.was), was="Passphrase", new=False)
        self.app.push_screen(form, done)

    def action_code(self) -> None:
        """Make a new recovery code."""
        if self._open_here():
            return
        code = self._keys.new_code()
        proved: list[str] = []

        def prove(own: str) -> None:
            self._keys.prove(own)
            proved.append(own)

        def show_code(done: bool | None) -> None:
            if done:
                screen = CodeScreen(code, lambda typed: self._keys.keep_code(code, typed, proved[-1]))
                self.app.push_screen(screen, partial(self._done, "The new code counts; the old one is void."))

        self._ask("A new recovery code", prove, show_code)

    def action_turn(self) -> None:
        """Ask for passphrases from here on, or no more."""
        if self._home.signed_in:
            ask_yes(self.app, OFF, self._turn_off)
        elif len(names := self._home.practitioners) == 1:
            self._turn_on(names[0])
        else:
            about = "Enter takes the marked name; the others get their passphrases after that."
            self.app.push_screen(ChooseScreen("Who are you?", about, names, names[0], ""), self._turn_on)

    def _turn_on(self, who: str | None) -> None:
        if not who:
            return
        code = self._keys.new_code()
        chosen: list[Typed] = []

        def weigh(typed: Typed) -> None:
            self._keys.refuse_weak(who, typed.passphrase)
            chosen.append(typed)

        def keep(typed: str) -> None:
            self._keys.refuse_other_code(code, typed)
            self._keys.turn_on(who, NewKeys(passphrase=chosen[-1].passphrase, code=code))

        def show_code(done: bool | None) -> None:
            if done:
                told = f"{who} is signed in. A gives the others their passphrases. Then make a backup."
                self.app.push_screen(CodeScreen(code, keep), partial(self._turned, told))

        about = f"{who} signs in with it from here on. After it comes the recovery code."
        self.app.push_screen(PassphraseForm("A passphrase for the records", about, weigh), show_code)

    def _turned(self, told: str, done: bool | None) -> None:
        self._done(told, done)
        self.post_message(self.Turned())

    def _turn_off(self) -> None:
        told = "The records open without a passphrase now."
        self._ask("Without passphrases", self._keys.turn_off, partial(self._turned, told))

    @property
    def _marked(self) -> str:
        return self.query_one(RowList).cursor or ""


def _row(name: str, said: str) -> Row:
    return Row(Content.assemble(plain(name).pad_right(max(2, 34 - len(name))), (said, "dim")), name)

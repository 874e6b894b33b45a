"""A passphrase that somebody chooses, or types again to show who it is."""

from collections.abc import Callable
from typing import NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.widgets import Button, Input, Static

from mmt.model.errors import ClinicError
from mmt.tui.dialogs.dialog import FormDialog
from mmt.tui.widgets.fields import Field, button, text_field
from mmt.tui.widgets.plain import plain

from .keys import FIRST_PASSPHRASE, PASSPHRASE

RULE = (
    "12 characters or more; a few words that do not belong together are easy to keep. Capitals and spaces "
    "count. It is kept nowhere: whoever forgets it needs the recovery code."
)


class Typed(NamedTuple):
    """What was typed: the name, the passphrase of until now or the code, and the new one, as far as asked."""

    name: str = ""
    was: str = ""
    passphrase: str = ""

    def __repr__(self) -> str:
        return "Typed(…)"


class PassphraseForm(FormDialog[bool]):
    """Gives what was typed to `keep`, and True back once it did not raise ClinicError.

    It asks for a `name` where there is none, for the passphrase of until now where that is called something
    (`was`), and for a `new` one twice.
    """

    PLACE = PASSPHRASE

    def __init__(
        self,
        title: str,
        about: str,
        keep: Callable[[Typed], None],
        *,
        name: str = "",
        asks_name: bool = False,
        was: str = "",
        new: bool = True,
        form: str = "passphrase",
    ) -> None:
        super().__init__(name=form)
        self._title, self._about, self._keep = title, about, keep
        self._who, self._asks_name, self._was, self._new = name, asks_name, was, new
        self.ends_with = "again" if new else "was"  # type: ignore[misc]

    def body(self) -> ComposeResult:
        yield Static(plain(self._title), classes="title")
        yield Static(plain(self._about), classes="hint")
        yield Static("", id="form-problem")
        if self._asks_name:
            yield text_field("Name", "name", self._who)
        if self._was:
            hidden = "code" not in self._was
            yield Field(self._was, Input(password=hidden, compact=True, id="was"))
        if self._new:
            yield Field("New passphrase", Input(password=True, compact=True, id="first"))
            yield Field("The same again", Input(password=True, compact=True, id="again"))
            yield Static(RULE, classes="hint")
        yield button("Go on (F10)")

    @on(Button.Pressed)
    def action_save(self) -> None:
        """Hand it in; what is not right is said, and typed again."""
        first, again = self._raw("first"), self._raw("again")
        if first != again:
            self._refuse("The two lines were not the same. Type both again.")
            return
        typed = Typed(self.typed("name") if self._asks_name else self._who, self._raw("was"), first)
        self.problem("One moment …")
        self.call_after_refresh(self._hand_in, typed)

    def _hand_in(self, typed: Typed) -> None:
        try:
            self._keep(typed)
        except ClinicError as error:
            self._refuse(str(error))
        else:
            self.dismiss(True)

    def _raw(self, field: str) -> str:
        """What is typed in a field, to the letter."""
        found = self.query(f"#{field}").results(Input)
        return next((one.value for one in found), "")

    def _refuse(self, told: str) -> None:
        self.problem(told)
        self.app.bell()
        hidden = [one for one in self.query(Input) if one.password]
        for line in hidden:
            line.value = ""
        for line in hidden[:1]:
            line.focus()


class FirstPassphrase(PassphraseForm):
    """At the set-up: it may also be done without, knowingly."""

    PLACE = FIRST_PASSPHRASE

    def __init__(self, who: str, keep: Callable[[Typed], None], without: Callable[[], None]) -> None:
        about = (
            f"{who} signs in with it. Whoever has this computer, or a copy of its files, reads nothing "
            "without it. F3 does without: then this computer's own sign-in is all that keeps others out."
        )
        super().__init__("A passphrase for the records", about, keep, name=who)
        self._without = without

    def action_without(self) -> None:
        """Do without a passphrase, after a typed yes."""
        self._without()

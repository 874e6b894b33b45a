"""The records open for who says who they are and types the passphrase."""

from collections.abc import Callable, Sequence

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input, OptionList, Static

from mmt.model.errors import ClinicError
from mmt.model.sign_in import SignIn
from mmt.tui.dialogs.dialog import Boxed
from mmt.tui.widgets.fields import Field
from mmt.tui.widgets.plain import plain
from mmt.tui.widgets.rows import Row, RowList, RowWalk

from .keys import SIGN_IN

CHOOSE = "A digit, or Enter on the marked line, says who you are."
TYPE = "Enter opens the records. Forgotten? F3 makes a new one by the recovery code."


class SignInScreen(RowWalk, Boxed[None]):
    """Names by digit, then a passphrase that is not shown. `enter` raises ClinicError where it may not be."""

    AUTO_FOCUS = None
    PLACE = SIGN_IN

    def __init__(
        self, users: Sequence[str], enter: Callable[[SignIn], None], forgotten: Callable[[str], None]
    ) -> None:
        super().__init__(name="sign-in")
        self._users = tuple(users)
        self._enter, self._forgotten = enter, forgotten

    def body(self) -> ComposeResult:
        yield Static("Sign in", classes="title")
        yield RowList(id="names")
        yield Field("Passphrase", Input(password=True, compact=True, id="passphrase"))
        yield Static("", id="form-problem")
        yield Static("", classes="hint")

    def on_mount(self) -> None:
        rows = []
        for at, name in enumerate(self._users):
            digit = str(at + 1) if at < 9 and len(self._users) > 1 else " "
            rows.append(Row(Content.assemble((f"{digit}  ", "bold"), plain(name)), str(at)))
        self.query_one("#names", RowList).show(rows)
        self._ask() if len(self._users) == 1 else self.action_names()

    @property
    def who(self) -> str:
        """The marked name."""
        return self._users[int(self.query_one("#names", RowList).cursor or 0)]

    def action_names(self) -> None:
        """Choose a name; what was half typed is put away."""
        self.query_one("#passphrase", Input).value = ""
        self.query_one("#names").focus()
        self._hint(CHOOSE)

    def action_choose(self, digit: str) -> None:
        """Take the name of this number."""
        if int(digit) > len(self._users):
            self.app.bell()
            return
        self.query_one("#names", RowList).move_to(str(int(digit) - 1))
        self._ask()

    @on(OptionList.OptionSelected)
    def action_take(self) -> None:
        """Take the marked name."""
        self._ask()

    def _ask(self) -> None:
        self.query_one("#passphrase", Input).focus()
        self._hint(TYPE)

    @on(Input.Submitted)
    def open(self, event: Input.Submitted) -> None:
        """Open the records; said first, as a moment passes."""
        typed, event.input.value = event.value, ""
        self._say("Opening the records …")
        self.call_after_refresh(self._open, SignIn(who=self.who, passphrase=typed))

    def _open(self, sign_in: SignIn) -> None:
        try:
            self._enter(sign_in)
        except ClinicError as error:
            self._say(str(error))
            self.app.bell()

    def action_forgotten(self) -> None:
        """Make a new passphrase by the recovery code."""
        self._forgotten(self.who)

    def _say(self, told: str) -> None:
        self.query_one("#form-problem", Static).update(plain(told))

    def _hint(self, told: str) -> None:
        self.query_one(".hint", Static).update(told)

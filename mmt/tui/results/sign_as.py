"""Who signs: one of those who examine, by digit, or another name that is typed on purpose."""

from collections.abc import Sequence

from mmt.tui.dialogs.ask_text import AskTextScreen
from mmt.tui.dialogs.choose import ChooseScreen

from .keys import SIGN_AS

ABOUT = "Enter signs with the marked name. A digit marks another one; T types one."


class SignAsScreen(ChooseScreen):
    """Gives back the name that signs: Enter takes the marked one. No other key can change or end it."""

    PLACE = SIGN_AS

    def __init__(self, names: Sequence[str], examiner: str) -> None:
        super().__init__("Sign as", ABOUT, names, examiner, "examined at this visit", "sign-as")

    def action_other(self) -> None:
        """Ask for a name that does not stand here."""

        def typed(name: str | None) -> None:
            if name:
                self.dismiss(name)

        self.app.push_screen(AskTextScreen("Name of who signs", hint="Enter signs, Esc goes back."), typed)

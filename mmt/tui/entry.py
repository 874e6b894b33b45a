"""How the records are entered: set up, signed in to, locked, and opened again."""

import time
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from textual import events

from mmt.model.errors import ClinicError
from mmt.model.sign_in import NewKeys, SignIn

from .front.start import StartScreen
from .opener import ClinicOpener

if TYPE_CHECKING:
    from textual.app import App
    from textual.timer import Timer

    from mmt.clinic import Clinic
    from mmt.model.people import Letterhead

    from .signing.passphrase import Typed

SHUT = ("sign-in", "lock")
"""The screens beneath which records lie that nobody may see now: from there on no other screen opens."""

WITHOUT = (
    "Without a passphrase whoever has this computer, or a copy of its files, reads all records. "
    "Do without all the same?"
)
NOT_SAVED = "Something is not saved yet: {who} signs in and saves it first."


class Entry:
    """Asks for a passphrase where the records open by one. `opened` takes the clinic once it is open;
    `before_lock` does what needs its keys."""

    def __init__(
        self,
        app: "App[Any]",
        opener: ClinicOpener,
        opened: Callable[["Clinic"], None],
        before_lock: Callable[[], None],
    ) -> None:
        self._app, self._opener, self._opened, self._before_lock = app, opener, opened, before_lock
        self._clinic: Clinic | None = None
        self._idle: Timer | None = None
        self._armed = 0.0

    def open(self) -> None:
        """Open the records, by a passphrase where they have one; set them up where none are there."""
        try:
            if users := self._opener.who_may():
                self._ask_who(users)
                return
            clinic = self._opener.open()
        except ClinicError as error:
            self._start.failed(str(error))
            return
        if clinic is not None:
            self._take(clinic)
            return
        from .front.setup import SetupScreen

        self._app.push_screen(SetupScreen(self._opener.folder))

    @property
    def _start(self) -> StartScreen:
        return next(one for one in self._app.screen_stack if isinstance(one, StartScreen))

    def _back_to_start(self) -> None:
        """Leave all screens but the first. None of them comes to life once more before it goes."""
        above = [one for one in self._app.screen_stack if one is not self._start]
        for screen in above:
            screen.disable_messages(events.ScreenResume)
        while self._app.screen is not self._start:
            self._app.pop_screen()

    def _take(self, clinic: "Clinic") -> None:
        """The clinic is open: show it, with what has to be told first; lock it when nobody types."""
        self._back_to_start()
        self._clinic = clinic
        self._opened(clinic)
        self.watch()
        if clinic.told:
            from .signing.told import ToldScreen

            self._app.push_screen(ToldScreen(clinic.told))

    def _ask_who(self, users: tuple[str, ...]) -> None:
        from .signing.sign_in import SignInScreen

        self._app.push_screen(SignInScreen(users, self._sign_in, self._forgotten))

    def _sign_in(self, sign_in: SignIn) -> None:
        clinic = self._opener.open(sign_in)
        assert clinic is not None, "somebody may sign in to it"
        self._take(clinic)

    def _forgotten(self, who: str) -> None:
        """Give a new passphrase by the recovery code, and open the records with it."""
        from .signing.passphrase import PassphraseForm

        typed: list[Typed] = []

        def keep(given: "Typed") -> None:
            self._opener.recover(given.was, who, given.passphrase)
            typed.append(given)

        def go_on(done: bool | None) -> None:
            if done:
                self._sign_in(SignIn(who=who, passphrase=typed[-1].passphrase))

        title, about = (
            f"A new passphrase for {who}",
            "All who sign in here are told of it, and it is kept for good.",
        )
        self._app.push_screen(PassphraseForm(title, about, keep, was="Recovery code"), go_on)

    def set_up(self, letterhead: "Letterhead", who: str, failed: Callable[[str], None]) -> None:
        """Choose a passphrase for a new clinic, show the recovery code, and set it up; or do without."""
        from .signing.passphrase import FirstPassphrase

        chosen: list[Typed] = []

        def weigh(typed: "Typed") -> None:
            self._opener.refuse_weak(typed.passphrase, who, letterhead.name)
            chosen.append(typed)

        def without() -> None:
            from .dialogs.ask_text import ask_yes

            ask_yes(self._app, WITHOUT, partial(self._create, letterhead, who, None, failed))

        def show_code(done: bool | None) -> None:
            if done:
                self._show_code(letterhead, who, chosen[-1].passphrase)

        self._app.push_screen(FirstPassphrase(who, weigh, without), show_code)

    def _show_code(self, letterhead: "Letterhead", who: str, passphrase: str) -> None:
        from .signing.code import CodeScreen

        code = self._opener.new_code()
        made: list[Clinic] = []

        def keep(typed: str) -> None:
            self._opener.refuse_other_code(code, typed)
            made.append(self._opener.create(letterhead, who, NewKeys(passphrase=passphrase, code=code)))

        self._app.push_screen(CodeScreen(code, keep), lambda done: self._take(made[-1]) if done else None)

    def _create(
        self, letterhead: "Letterhead", who: str, keys: NewKeys | None, failed: Callable[[str], None]
    ) -> None:
        try:
            self._take(self._opener.create(letterhead, who, keys))
        except ClinicError as error:
            while self._app.screen.name != "setup":
                self._app.pop_screen()
            failed(str(error))

    def watch(self) -> None:
        """Lock after as many minutes without a key as the settings say, where somebody signed in; 0 never."""
        if self._idle is not None:
            self._idle.stop()
            self._idle = None
        clinic = self._clinic
        if clinic is not None and clinic.signed_in and clinic.settings.lock_after:
            self._idle = self._app.set_interval(60 * clinic.settings.lock_after, self.lock)
            self._armed = time.monotonic()

    def seen(self) -> None:
        """Somebody typed: the wait begins anew. A timer that is reset first lets its turn
        pass."""
        if self._idle is not None and time.monotonic() - self._armed > 1:
            self.watch()

    @property
    def shut(self) -> bool:
        """Whether nothing of the records may be seen now."""
        return self._app.screen.name in SHUT or any(one.name == "lock" for one in self._app.screen_stack)

    def lock(self) -> None:
        """Cover the screen and forget the keys. What is open stays as it is beneath."""
        clinic = self._clinic
        if clinic is None or not clinic.signed_in or self.shut:
            return
        from .signing.lock import LockScreen

        self._before_lock()
        clinic.lock()
        self._app.clear_notifications()
        self._app.push_screen(LockScreen(clinic.signed_in, self._unlock, self._start_over))

    def _unlock(self, passphrase: str) -> None:
        assert self._clinic is not None
        self._clinic.unlock(passphrase)
        self._app.pop_screen()
        self.seen()
        if self._clinic.told:
            from .signing.told import ToldScreen

            self._app.push_screen(ToldScreen(self._clinic.told))

    def _start_over(self) -> None:
        """Leave what is open, for another person to sign in. Raises ClinicError where not all is saved."""
        assert self._clinic is not None
        below = [one for one in self._app.screen_stack if hasattr(one, "may_leave")]
        if not all(one.may_leave() for one in below):
            raise ClinicError(NOT_SAVED.format(who=self._clinic.signed_in))
        self._back_to_start()
        self._clinic = None
        self.watch()
        self.open()

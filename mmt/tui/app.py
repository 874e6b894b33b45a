"""The terminal program: joins screens to the clinic, and holds no logic of its own.

Nothing but the start screen is imported before the first frame: the store, the library and the other screens
come in a thread, while the label can already be read.
"""

import gc
import time
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any

from textual import events
from textual.driver import Driver
from textual.timer import Timer

from mmt.model.errors import ClinicError, DoubtError, RestrictedError
from mmt.output import tell

from . import walk
from .ending import Ending
from .entry import Entry
from .front.start import StartScreen
from .keys.commands import ANYWHERE, bindings
from .keys.in_turn import InTurn
from .opener import ClinicOpener, DemoOpener
from .themes import THEMES
from .visit.steps import BY_ID, step_of, steps_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from mmt.clinic import Clinic, OpenVisit
    from mmt.clinic.backups.desk import BackupDesk
    from mmt.clinic.backups.making import Made
    from mmt.clinic.sending.courier import Courier

READ_S = 20
"""Seconds that a sentence stays of a record which does not open: what to do stands in it."""

_LOCKED_STEPS = ("leg-length", "prescription")
"""Steps that an emergency closes until a named clinician goes on. The exam shows the emergency itself and
takes nothing new, yet a slip among its grades can be corrected there."""

IDLE_S = 3
"""So many seconds after the last key the records are folded in: no key waits for it."""

QUIET_S = 600
"""So many seconds after the last key a backup is made: longer than a clinician at the table leaves the keys
alone, shorter than a break; after the day's last visit the records are safe before anybody thinks of it."""


SEND_S = 180
"""So often, in seconds, what waits for a server goes out; its thread holds back while keys come."""

QUIET_FOR_S = 1.0
"""So many seconds after the last key a moment is quiet."""


class MmtApp(InTurn):
    """The program. `opener` opens the clinic once the first frame stands; `review` goes to the sign-off."""

    TITLE = "mmt"
    CSS_PATH = "app.tcss"
    ENABLE_COMMAND_PALETTE = False  # that of dialogs/palette.py stands in its place
    # none of them a priority binding: a quit must never overtake a grade that is on its way
    BINDINGS = bindings(ANYWHERE)
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-short"), (30, "-tall")]

    def __init__(self, opener: ClinicOpener, *, review: bool = False) -> None:
        super().__init__()
        self.opener = opener
        self._review = review
        self.clinic: Clinic | None = None
        self.desk: OpenVisit | None = None
        self.leaving = False
        self._usual_motion = self.animation_level
        self.backups: BackupDesk | None = None
        self.last_word = ""
        self.courier: Courier | None = None
        self._last_key = 0.0
        self._sending: Timer | None = None
        self.entry = Entry(self, opener, self._opened, self._while_quiet)
        self._idle: Timer | None = None
        self._left_alone: Timer | None = None

    def get_driver_class(self) -> type[Driver]:
        """What reads keys and writes screens; steady where Unix terminals go away."""
        usual = super().get_driver_class()
        if usual.__name__ != "LinuxDriver":
            return usual
        from .driver import SteadyDriver

        return SteadyDriver

    def on_mount(self) -> None:
        for theme in THEMES.values():
            self.register_theme(theme)
        self.theme = THEMES["dark"].name
        self.push_screen(StartScreen())
        self.call_after_refresh(self.on_start_screen_retry)

    def on_start_screen_retry(self) -> None:
        """Import and open, at the start and when asked again; the start screen stays readable meanwhile."""
        self.run_worker(self._prepare, thread=True, exclusive=True)

    def _prepare(self) -> None:
        self.opener.prepare()
        gc.freeze()  # imports stay for good: no key waits while the collector looks through them
        self.call_from_thread(self.entry.open)

    def _opened(self, clinic: "Clinic") -> None:
        from .front.patients import PatientsScreen

        self.clinic, self.desk = clinic, None
        for timer in (self._idle, self._left_alone, self._sending):
            if timer is not None:
                timer.stop()
        clinic.after_showing = self.call_after_refresh
        self.backups = clinic.backups() if self.opener.backed_up else None
        self._idle = self.set_interval(IDLE_S, self._while_idle)
        self._left_alone = self.set_interval(QUIET_S, self._while_quiet)
        if self.opener.backed_up:
            self.courier = clinic.sending().courier(self._is_quiet, self._tell_sent)
            self._sending = self.set_interval(SEND_S, self._send)
        self.on_settings_screen_changed()
        patients = PatientsScreen(clinic, self.backups)
        self.push_screen(patients)
        if self._review:
            patients.call_after_refresh(patients.action_review)

    def _is_quiet(self) -> bool:
        return time.monotonic() - self._last_key > QUIET_FOR_S

    def _send(self) -> None:
        """Some minutes are over: what waits for a server goes out, while the records are open."""
        if self.courier is not None and not self.leaving and not self.entry.shut:
            self.courier.go()

    def _tell_sent(self) -> None:
        """In the thread of a run: how it stands now is told on the list of patients."""
        from .front.patients import PatientsScreen

        def tell_all() -> None:
            for screen in self.screen_stack:
                if isinstance(screen, PatientsScreen):
                    screen.tell_sending()

        with suppress(RuntimeError):  # mmt was left meanwhile
            self.call_from_thread(self.call_later, tell_all)

    def _while_idle(self) -> None:
        """Nobody has typed for a while: fold the records in, and show what was taken over elsewhere."""
        assert self.clinic is not None
        self.clinic.fold_in()
        if self.desk is None:
            self.clinic.finish_erasing()
        with suppress(ClinicError):
            if self.desk is not None and self.desk.overtaken():
                self._show_anew()

    def _while_quiet(self) -> None:
        """Nobody has typed for long, or the records are locked now: make a backup where one is due."""
        if self.backups is not None and not self.backups.busy and not self.leaving and not self.entry.shut:
            made = partial(self._backed_up, self.backups.ready())
            self.run_worker(made, thread=True, group="backup", exit_on_error=False)

    def _backed_up(self, make: "Callable[[], Made | None]") -> None:
        with suppress(ClinicError):  # told when mmt is left; an old last backup, on the list of patients
            if make() and not self.leaving:
                self.call_from_thread(self._tell_backup)

    def _tell_backup(self) -> None:
        assert self.backups is not None
        self.backups.write_down()
        from .front.patients import PatientsScreen

        for screen in self.screen_stack:
            if isinstance(screen, PatientsScreen):
                screen.tell_backup()

    async def on_event(self, event: events.Event) -> None:
        """Whoever types or clicks is not idle."""
        if isinstance(event, events.InputEvent):
            self._last_key = time.monotonic()
            self.entry.seen()
            for timer in (self._idle, self._left_alone):
                if timer is not None:
                    timer.reset()
        await super().on_event(event)

    def on_setup_screen_filled(self, event: Any) -> None:
        """The form of a new clinic is filled in."""
        self.entry.set_up(event.letterhead, event.practitioner, event.screen.failed)

    def on_patients_screen_open(self, event: Any) -> None:
        """A patient was chosen. A restricted record asks for a reason."""
        assert self.clinic is not None
        self.clinic.close_record()
        self._show_patient(event.patient)

    def _show_patient(self, patient: int) -> None:
        assert self.clinic is not None
        try:
            history = self.clinic.look_at(patient)
        except RestrictedError as why:
            from .front.opening import ask_reason

            ask_reason(self, self.clinic, patient, str(why), partial(self._show_patient, patient))
            return
        except ClinicError as error:
            self.notify(str(error), severity="error", markup=False, timeout=READ_S)
            return
        from .front.patient import PatientScreen

        self.push_screen(PatientScreen(self.clinic, history))

    on_outcomes_screen_open = on_patients_screen_open

    def on_patient_screen_begin(self, event: Any, *, sure: bool = False) -> None:
        """Begin the visit that was asked for; where its day is odd, only after a typed yes."""
        assert self.clinic is not None
        try:
            self.desk = self.clinic.begin(event.patient, **event.chosen._asdict(), sure=sure)
        except DoubtError as doubt:
            from .dialogs.ask_text import ask_yes

            ask_yes(self, str(doubt), lambda: self.on_patient_screen_begin(event, sure=True))
            return
        except ClinicError as error:
            self.notify(str(error), severity="error", markup=False)
            return
        self.go_to(step_of(self.desk.visit.place))

    def on_patient_screen_open(self, event: Any) -> None:
        """A visit was chosen: it opens at the step that was asked for; else a draft goes on where it was
        left, and a signed one shows its page."""
        assert self.clinic is not None
        try:
            self.desk = self.clinic.view(event.visit, event.patient)
        except ClinicError as error:
            self.notify(str(error), severity="error", markup=False, timeout=READ_S)
            return
        signed = self.desk.visit.signed
        here = "signed" if signed else step_of(self.desk.visit.place)
        self.go_to(event.step or here, moves=not event.step)

    def on_patient_screen_compare(self, event: Any) -> None:
        """A visit is to be compared with another."""
        self._compare(event.patient, event.visit)

    def on_lines_step_compare(self) -> None:
        """The open visit is to be compared with another."""
        assert self.desk is not None
        self._compare(self.desk.history.patient.id, self.desk.visit.id)

    def _compare(self, patient: int, visit: int) -> None:
        assert self.clinic is not None
        try:
            history = self.clinic.history(patient)
        except ClinicError as error:
            self.notify(str(error), severity="error", markup=False, timeout=READ_S)
            return
        from .comparing.screen import ComparingScreen

        self.push_screen(ComparingScreen(self.clinic, history, visit))

    def on_comparing_screen_print(self, event: Any) -> None:
        """Two visits are wanted on paper."""
        assert self.clinic is not None
        from msgspec.structs import replace

        try:
            visit = self.clinic.view(event.visit)
            path = visit.paper("comparison", replace(visit.usual, since=event.since))
        except ClinicError as error:
            event.screen.say(str(error), refused=True)
            return
        from mmt.viewer import open_file

        event.screen.say(open_file(path) or f"The comparison is at {path}")

    def go_to(self, step: str, not_kept: str = "", *, moves: bool = True) -> None:
        """Show a step of the open visit, with what was `not_kept`; an emergency shows what to do instead.

        A draft goes on there next time, unless the step is only looked at: then it `moves` nowhere.
        """
        assert self.desk is not None
        if step in _LOCKED_STEPS and self.desk.watch.status == "locked":
            from .visit.emergency import EmergencyScreen

            self.push_screen(EmergencyScreen(self.desk), partial(self._after_emergency, step))
            return
        if moves and not self.desk.visit.place.startswith(f"{step}:"):
            try:
                self.desk.move(step)
            except ClinicError as error:
                self.notify(str(error), severity="error", markup=False)
        screen = walk.screen(step, self.desk)
        screen.not_kept = not_kept
        if "step" in self.screen.classes:
            self.switch_screen(screen)
        else:
            self.push_screen(screen)

    def _after_emergency(self, step: str, _: object) -> None:
        assert self.desk is not None
        if self.desk.watch.status != "locked":
            self.go_to(step)
        elif "step" not in self.screen.classes:
            self.go_to("safety")

    def on_step_screen_go(self, event: Any) -> None:
        """A step asks for another."""
        self.go_to(event.step)

    def on_step_screen_anew(self, event: Any) -> None:
        """The draft was taken over elsewhere."""
        self._show_anew(event.not_kept or getattr(self.screen, "not_kept", ""))

    def on_step_screen_take_over(self, event: Any) -> None:
        """Go on with the draft here."""
        assert self.desk is not None
        self.desk.hold(over=True)
        self._show_anew(event.not_kept)

    def _show_anew(self, not_kept: str = "") -> None:
        """Show the step that is on top as the visit is kept now. One beneath a dialog is shown so later.

        What is half typed there is told, as it goes with the screen.
        """
        step, half = self.screen.name, getattr(self.screen, "half_typed", "")
        if half and half not in not_kept:
            not_kept = f"{not_kept} Half typed and not kept: {half}.".lstrip()
        if self.desk is None or step not in BY_ID:
            return
        if self.desk.elsewhere:
            self.bell()
        if step not in [one.id for one in steps_of(self.desk.visit)]:
            step = "signed"
        elif step in _LOCKED_STEPS and self.desk.watch.status == "locked":
            step = "safety"
        self.go_to(step, not_kept)

    def on_step_screen_leave(self) -> None:
        """Back from the visit to the patient's page, read anew."""
        assert self.clinic is not None
        if self.desk is not None:
            self.desk.leave()
        self.pop_screen()
        self.desk = None
        self.call_after_refresh(self.clinic.fold_in)

    def on_step_screen_explain(self, event: Any) -> None:
        """Show the basis of what is under the cursor."""
        assert self.desk is not None
        from .visit.basis import BasisScreen

        self.push_screen(BasisScreen(event.subjects, self.desk.protocol))

    def action_help(self) -> None:
        """What each key does on this screen."""
        from .dialogs.help import HelpScreen

        if not isinstance(self.screen, HelpScreen):
            self.push_screen(HelpScreen(self.screen), self._run)

    def action_settings(self) -> None:
        """How this station looks and sounds, once its records are open."""
        if self.entry.shut:
            self.bell()
        elif self.clinic is None:
            self.notify("The settings open once the records are open.", markup=False)
        else:
            from .dialogs.settings import SettingsScreen

            self.push_screen(SettingsScreen(self.clinic, self.backups))

    def on_settings_screen_who_opens(self, event: Any) -> None:
        """Show who may open the records, to change that."""
        assert self.clinic is not None
        from .signing.who_opens import WhoOpensScreen

        self.push_screen(WhoOpensScreen(self.clinic, self.clinic.keys()), lambda _: event.screen.fill())

    def on_who_opens_screen_turned(self) -> None:
        """Passphrases are asked for from here on, or no more."""
        self.entry.watch()

    def on_settings_screen_changed(self) -> None:
        """Look as the station is set up."""
        assert self.clinic is not None
        chosen = self.clinic.settings
        self.entry.watch()
        self.theme = THEMES[chosen.theme].name
        self.animation_level = "none" if chosen.reduced_motion else self._usual_motion
        for screen in self.screen_stack:
            self._blink(screen.focused)

    def on_app_blur(self, event: events.AppBlur) -> None:
        """Whatever shows mmt says that it lost the keys: where they come all the same, they go where they
        went. A screen that opens meanwhile would have no field that takes them."""
        event.prevent_default()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """A field is to be typed into."""
        self._blink(event.widget)

    def _blink(self, widget: Any) -> None:
        """The cursor of a field blinks only where things may move."""
        if hasattr(widget, "cursor_blink"):
            widget.cursor_blink = self.animation_level != "none"

    def bell(self) -> None:
        """Ring at an alarm or a refused key, unless this station is set up to be silent."""
        if self.clinic is None or self.clinic.settings.bell:
            super().bell()

    def action_palette(self) -> None:
        """All commands by name."""
        from .dialogs.palette import PaletteScreen

        if self.entry.shut:
            self.bell()
            return
        self.push_screen(PaletteScreen(self.screen), self._run)

    def _run(self, action: str | None) -> None:
        if action:
            self.call_later(self.run_action, action, self.screen)

    def action_help_quit(self) -> None:
        """Ctrl+C: say how to leave; nothing in a visit, whose last line must not be covered."""
        if self.desk is None:
            self.notify("Ctrl+Q leaves mmt.", markup=False)

    async def action_quit(self) -> None:
        """Leave; a step that holds something not saved stops the first try and says so."""
        steps = [screen for screen in self.screen_stack if hasattr(screen, "may_leave")]
        if not all(step.may_leave() for step in steps):
            return
        if (
            self.backups is None
            or not self.backups.folder
            or self.entry.shut
            or self.screen.name == "leaving"
        ):
            self.exit()
            return
        from .front.leaving import LeavingScreen

        self.push_screen(LeavingScreen(self.backups))

    def on_leaving_screen_done(self, event: Any) -> None:
        """Leave, with what is to be said of the backup once the shell is back."""
        self.last_word = event.said
        self.exit()

    def exit(self, *values: Any, **named: Any) -> None:
        """Leave; safe to call in a thread."""
        self.leaving = True
        if self.backups is not None:
            self.backups.give_up()
        super().exit(*values, **named)

    def _fatal_error(self) -> None:
        """End with a sentence: a report with local values would print patients' names."""
        if self.leaving:  # a screen that only comes up now stays empty, and misses what should be on it
            self.exit()
            return
        from mmt.crash import note

        fault = self._exception or RuntimeError()
        self.panic(note(fault, self.opener.log))


def run(opener: ClinicOpener, *, review: bool = False) -> int:
    """Run the program to its end; the exit status."""
    app = MmtApp(opener, review=review)
    ending = Ending(app, opener.close)
    try:
        app.run()
    finally:
        if app.backups is not None:
            app.backups.close()
        if app.clinic is not None:
            app.clinic.close()
        opener.close()
    if app.last_word:
        tell(app.last_word)
    return ending.status or app.return_code or 0


def run_clinic() -> int:
    """Open the clinic's own records."""
    return run(ClinicOpener())


def run_review() -> int:
    """Open the clinic's own records and go to the sign-off of the content."""
    return run(ClinicOpener(), review=True)


def run_demo(opener: DemoOpener | None = None) -> int:
    """Open a throwaway clinic: the demo's, or the one that was filled."""
    return run(opener or DemoOpener())

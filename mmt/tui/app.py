"""The terminal program: joins screens to the clinic, and holds no logic of its own.

Nothing but the start screen is imported before the first frame: the store, the library and the other screens
come in a thread, while the label can already be read.
"""

from functools import partial
from typing import TYPE_CHECKING, Any

from textual import events
from textual.driver import Driver

from mmt.model.errors import ClinicError, DoubtError, RestrictedError
from mmt.output import tell
from mmt.process import settle

from .by_itself import ByItself
from .ending import Ending
from .entry import Entry
from .front.start import StartScreen
from .keys.commands import ANYWHERE, bindings
from .keys.in_turn import InTurn
from .opener import ClinicOpener, DemoOpener
from .themes import THEMES
from .walk import Walk

if TYPE_CHECKING:
    from mmt.clinic import Clinic

READ_S = 20
"""Seconds that a sentence stays of a record which does not open: what to do stands in it."""


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
        self.walk = Walk(self)
        self.leaving = False
        self._usual_motion = self.animation_level
        self.last_word = ""
        self.by_itself = ByItself(self, lambda: self.leaving, lambda: self.entry.shut, self._while_idle)
        self.entry = Entry(self, opener, self._opened, self.by_itself.back_up)

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
        self.call_from_thread(self.entry.open)

    def _opened(self, clinic: "Clinic") -> None:
        from .front.patients import PatientsScreen

        self.clinic, self.walk.desk = clinic, None
        clinic.after_showing = self.call_after_refresh
        self.by_itself.begin(clinic, backed_up=self.opener.backed_up)
        self.on_settings_screen_changed()
        patients = PatientsScreen(clinic, self.by_itself.backups)
        self.push_screen(patients)
        if self._review:
            patients.call_after_refresh(patients.action_review)
        patients.call_after_refresh(settle)

    def _while_idle(self) -> None:
        """Nobody has typed for a while: fold the records in, and show what was taken over elsewhere."""
        assert self.clinic is not None
        self.clinic.fold_in()
        if self.walk.desk is None:
            self.clinic.finish_erasing()
        self.walk.look()

    async def on_event(self, event: events.Event) -> None:
        """Whoever types or clicks is not idle."""
        if isinstance(event, events.InputEvent):
            self.by_itself.typed()
            self.entry.seen()
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
            desk = self.clinic.begin(event.patient, **event.chosen._asdict(), sure=sure)
        except DoubtError as doubt:
            from .dialogs.ask_text import ask_yes

            ask_yes(self, str(doubt), lambda: self.on_patient_screen_begin(event, sure=True))
            return
        except ClinicError as error:
            self.notify(str(error), severity="error", markup=False)
            return
        self.walk.open(desk)

    def on_patient_screen_open(self, event: Any) -> None:
        """A visit was chosen, at a step of it or where it was left."""
        assert self.clinic is not None
        try:
            desk = self.clinic.view(event.visit, event.patient)
        except ClinicError as error:
            self.notify(str(error), severity="error", markup=False, timeout=READ_S)
            return
        self.walk.open(desk, event.step)

    def on_patient_screen_compare(self, event: Any) -> None:
        """A visit is to be compared with another."""
        self._compare(event.patient, event.visit)

    def on_lines_step_compare(self) -> None:
        """The open visit is to be compared with another."""
        assert self.walk.desk is not None
        self._compare(self.walk.desk.history.patient.id, self.walk.desk.visit.id)

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

    def on_step_screen_go(self, event: Any) -> None:
        """A step asks for another."""
        self.walk.go_to(event.step)

    def on_step_screen_anew(self, event: Any) -> None:
        """The draft was taken over elsewhere."""
        self.walk.show_anew(event.not_kept or getattr(self.screen, "not_kept", ""))

    def on_step_screen_take_over(self, event: Any) -> None:
        """Go on with the draft here."""
        self.walk.take_over(event.not_kept)

    def on_step_screen_leave(self) -> None:
        """Back from the visit to the patient's page, read anew."""
        assert self.clinic is not None
        self.walk.leave()
        self.call_after_refresh(self.clinic.fold_in)

    def on_step_screen_explain(self, event: Any) -> None:
        """Show the basis of what is under the cursor."""
        assert self.walk.desk is not None
        from .visit.basis import BasisScreen

        self.push_screen(BasisScreen(event.subjects, self.walk.desk.protocol))

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

            self.push_screen(SettingsScreen(self.clinic, self.by_itself.backups))

    def on_settings_screen_who_opens(self, event: Any) -> None:
        """Show who may open the records, to change that."""
        assert self.clinic is not None
        from .signing.who_opens import WhoOpensScreen

        self.push_screen(WhoOpensScreen(self.clinic, self.clinic.keys()), lambda _: event.screen.fill())

    def on_who_opens_screen_turned(self) -> None:
        """Passphrases are asked for from here on, or no more; the settings behind say so."""
        from .dialogs.settings import SettingsScreen

        self.entry.watch()
        for screen in self.screen_stack:
            if isinstance(screen, SettingsScreen):
                screen.fill()

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
        if self.walk.desk is None:
            self.notify("Ctrl+Q leaves mmt.", markup=False)

    async def action_quit(self) -> None:
        """Leave; a step that holds something not saved stops the first try and says so."""
        steps = [screen for screen in self.screen_stack if hasattr(screen, "may_leave")]
        if not all(step.may_leave() for step in steps):
            return
        backups = self.by_itself.backups
        if backups is None or not backups.folder or self.entry.shut or self.screen.name == "leaving":
            self.exit()
            return
        from .front.leaving import LeavingScreen

        self.push_screen(LeavingScreen(backups))

    def on_leaving_screen_done(self, event: Any) -> None:
        """Leave, with what is to be said of the backup once the shell is back."""
        self.last_word = event.said
        self.exit()

    def exit(self, *values: Any, **named: Any) -> None:
        """Leave; safe to call in a thread."""
        self.leaving = True
        if self.by_itself.backups is not None:
            self.by_itself.backups.give_up()
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
        if app.by_itself.backups is not None:
            app.by_itself.backups.close()
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

"""Who signs: asked once at the beginning."""

from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Button, Input, Static

from mmt.model.signoff import Signer
from mmt.model.text import clean
from mmt.tui.keys.bar import KeyBar
from mmt.tui.keys.commands import FORM, bindings
from mmt.tui.widgets.fields import button, text_field
from mmt.tui.widgets.plain import plain

ASKS = (
    "Read each item as it will be used. What you decide is kept with your name, your licence number and the "
    "day, in a file of the clinic that anybody can read."
)


class SignerForm(ModalScreen[Signer | None]):
    """Asks for name and licence number; Esc gives nothing back: then nothing can be decided."""

    AUTO_FOCUS = "Input"
    PLACE = FORM
    BINDINGS = bindings(PLACE)

    def __init__(self, known: Signer) -> None:
        super().__init__(name="signer")
        self._known = known

    def compose(self) -> ComposeResult:
        with VerticalScroll(classes="form", can_focus=False):
            yield Static("Who signs off the content?", classes="title")
            yield Static(plain(ASKS), classes="hint")
            yield Static("", id="form-problem")
            yield text_field("Name", "field-name", self._known.name)
            yield text_field("Licence number", "field-licence", self._known.licence)
            yield button("Begin (F10)")
        yield KeyBar()

    @on(Input.Submitted)
    def next_field(self, event: Input.Submitted) -> None:
        """Enter goes to the next field, and begins from the last one."""
        if event.input.id == "field-licence":
            self.action_save()
        else:
            self.focus_next(Input)

    @on(Button.Pressed)
    def action_save(self) -> None:
        """Hand the form in."""
        name, licence = (clean(self.query_one(f"#field-{one}", Input).value) for one in ("name", "licence"))
        for field, lacks, says in (
            ("name", not any(map(str.isalpha, name)), "Type the clinician's name."),
            ("licence", not licence, "Type the licence number: a sign-off says whose it is."),
        ):
            if lacks:
                self.query_one("#form-problem", Static).update(says)
                self.query_one(f"#field-{field}", Input).focus()
                self.app.bell()
                return
        self.dismiss(Signer(name=name, licence=licence))

    def action_back(self) -> None:
        """Leave it."""
        self.dismiss(None)

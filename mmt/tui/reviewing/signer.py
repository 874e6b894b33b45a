"""Who signs: asked once at the beginning."""

from textual import on
from textual.app import ComposeResult
from textual.widgets import Button, Input, Static

from mmt.model.signoff import Signer
from mmt.tui.dialogs.dialog import FormDialog
from mmt.tui.widgets.fields import button, text_field
from mmt.tui.widgets.plain import plain

ASKS = (
    "Read each item as it will be used. What you decide is kept with your name, your licence number and the "
    "day, in a file of the clinic that anybody can read."
)


class SignerForm(FormDialog[Signer]):
    """Asks for name and licence number, or for the number alone where it is known who it is (`named`); Esc
    gives nothing back: then nothing can be decided."""

    ends_with = "field-licence"

    def __init__(self, known: Signer, *, named: bool = False) -> None:
        super().__init__(name="signer")
        self._known = known
        self._named = named

    def body(self) -> ComposeResult:
        yield Static("Who signs off the content?", classes="title")
        yield Static(plain(ASKS), classes="hint")
        yield Static("", id="form-problem")
        if self._named:
            yield Static(plain(f"{self._known.name} signs, as who is signed in."))
        else:
            yield text_field("Name", "field-name", self._known.name)
        yield text_field("Licence number", "field-licence", self._known.licence)
        yield button("Begin (F10)")

    @on(Button.Pressed)
    def action_save(self) -> None:
        """Hand the form in."""
        name = self._known.name if self._named else self.typed("field-name")
        licence = self.typed("field-licence")
        for field, lacks, says in (
            ("name", not any(map(str.isalpha, name)), "Type the clinician's name."),
            ("licence", not licence, "Type the licence number: a sign-off says whose it is."),
        ):
            if lacks:
                self.problem(says)
                self.query_one(f"#field-{field}", Input).focus()
                self.app.bell()
                return
        self.dismiss(Signer(name=name, licence=licence))

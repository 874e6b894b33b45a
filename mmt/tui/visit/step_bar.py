"""The bar of steps on top of a visit: where one is, what is recorded, a click away from each."""

from collections.abc import Sequence

from textual.content import Content
from textual.widgets import Static

from mmt.tui.widgets.clicks import clicks

from .steps import STEPS, Step


class StepBar(Static):
    """The steps in one line: `▸` stands before the present one, `●` before one with something recorded,
    `○` before one without."""

    def __init__(self, step: str) -> None:
        super().__init__(id="step-bar")
        self._step = step
        self._begun: frozenset[str] = frozenset()
        self._steps: Sequence[Step] = STEPS

    def show(self, begun: frozenset[str], steps: Sequence[Step] = STEPS) -> None:
        """Show the steps, and which have something recorded."""
        if (begun, steps) != (self._begun, self._steps):
            self._begun, self._steps = begun, steps
            self._draw()

    def on_resize(self) -> None:
        self._draw()

    def _draw(self) -> None:
        """The steps with room between them; where there is none closer, then with their names cut."""
        room, gap, letters = fitted([step.name for step in self._steps], self.size.width)
        parts = []
        for step in self._steps:
            mark = "▸" if step.id == self._step else "●" if step.id in self._begun else "○"
            label = Content(f"{room}{mark}{room}{step.name[:letters]}{room}")
            if step.id == self._step:
                label = label.stylize("bold reverse")
            parts.append(clicks(label, "go_to", step.id))
        self.update(Content(gap).join(parts))


def fitted(names: Sequence[str], across: int) -> tuple[str, str, int]:
    """How the steps fit into so many columns: what stands around a mark, what between two steps, and how
    many letters of each name; one at least."""
    whole = max(map(len, names))
    for room, gap in ((" ", ""), ("", " "), ("", "")):
        if sum(len(name) + 1 + 3 * len(room) for name in names) + len(gap) * (len(names) - 1) <= across:
            return room, gap, whole
    counts = (most for most in range(whole, 1, -1) if sum(min(len(n), most) + 1 for n in names) <= across)
    return "", "", next(counts, 1)

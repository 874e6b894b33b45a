"""Lines of the exam screen: where the patient lies, the test's name, the value in hand, the menus."""

from textual.content import Content

from mmt.model.exam import Exam
from mmt.model.exam_tests import AnyTest, LengthTest, MuscleTest
from mmt.model.observation import Observation
from mmt.tui.station import menus, number
from mmt.tui.station.entry import Entry, kind
from mmt.tui.station.jump import matches
from mmt.tui.station.sides import SIDE_WORDS
from mmt.tui.station.values import notes

from .big import big, drawable, width
from .clicks import clickable

AT_THE_END = "The exam is at its end"


def position_line(exam: Exam, across: int) -> Content:
    """The patient's position, turns left and a bar of what is done; a turn fills the line."""
    done = f"{exam.filled} of {len(exam.cells)} done "
    if exam.at is None:
        return _spread(f" {AT_THE_END}", done + _bar(exam, 16), across, "bold")
    position = exam.at.position.upper()
    before = exam.cells[exam.cursor - 1].position if exam.cursor else None
    if before != exam.at.position:
        words = f" ▶ TURN THE PATIENT: {position}" if before else f" ▶ START: {position}"
        return _spread(words, done, across, "bold reverse")
    turns = {0: "no more turns", 1: "1 turn left"}.get(exam.turns_left, f"{exam.turns_left} turns left")
    return _spread(f" {position} · {turns}", done + _bar(exam, 16), across, "bold")


def _bar(exam: Exam, across: int) -> str:
    full = round(across * exam.filled / len(exam.cells)) if exam.cells else 0
    return "█" * full + "░" * (across - full) + " "


def _spread(left: str, right: str, across: int, style: str) -> Content:
    room = max(1, across - len(left) - len(right))
    return Content(f"{left}{' ' * room}{right}").truncate(across).stylize(style)


def title(test: AnyTest | None, across: int, down: int) -> Content:
    """The name in the largest letters that fit, its id where the name does not; what is tested above it."""
    if test is None:
        return Content.assemble(("\n".join(big("END", 1, 0)), "bold"), "\n Enter goes on, / steps back")
    about = Content.assemble(" ", (test.name, "bold"), f" · {test.id} · {_about(test)}")
    about = about.truncate(across, ellipsis=True)
    if down < 4:
        return about
    for text, dots, high in ((test.name, 2, 1), (test.name, 1, 0), (test.id, 1, 0)):
        fits = drawable(text) and width(text, dots) <= across - 2 and (5 * high or 3) < down
        if fits:
            return Content("\n").join(
                [about, *(Content.styled(f" {line}", "bold") for line in big(text, dots, high))]
            )
    return about


def _about(test: AnyTest) -> str:
    if isinstance(test, MuscleTest):
        return test.action
    how = {"grade": "0 to 5", "yes-no": "1 positive, 0 negative", "score": "0 to 4"}.get(kind(test), "")
    what = test.muscles if isinstance(test, LengthTest) else ""
    unit = number.UNITS.get(test.measures[0], "")
    return " · ".join(word for word in (what, how or f"{unit}, Enter ends") if word)


def last_line(last: Observation | None, test: AnyTest | None, unsaved: bool) -> Content:
    """The value in hand, which signs and flags change."""
    if last is None or test is None:
        return Content.styled(" Nothing graded yet", "dim")
    side = f" {SIDE_WORDS[last.side]}" if last.side else ""
    state = (" NOT SAVED ", "bold reverse") if unsaved else (" saved", "dim")
    qualified = notes(last, test)
    return Content.assemble(
        (" Last  ", "dim"),
        f"{test.name}{side}  ",
        (f" {last.shown} ", "bold reverse"),
        f" {qualified}" if qualified else "",
        state,
    )


def menu(entry: Entry) -> Content:
    """The open menu, each choice to be clicked; empty where none is open."""
    if entry.mode == "jump":
        return _jump(entry)
    chosen = menus.choices(entry)
    if not chosen:
        return Content("")
    heading = {
        "flags": "Flags of the last value",
        "reason": "Not tested, because",
        "substitution": "Took over",
    }
    choices = [
        clickable(f" {key} ", key, "bold reverse") + clickable(f" {words}", key) for key, words in chosen
    ]
    apart = "\n " if entry.mode == "substitution" else "   "
    lines = [Content(apart).join(choices[at : at + 4]) for at in range(0, len(choices), 4)]
    return Content("\n ").join([Content.styled(f"{heading[entry.mode]}:", "bold"), *lines])


def _jump(entry: Entry) -> Content:
    found = matches(entry)
    names = set(entry.names)
    lines = [
        clickable(f" {index} ", str(index), "bold reverse")
        + clickable(
            f" {test.name} ({test.id}){'' if test.id in names else ' – added to this exam'}", str(index)
        )
        for index, test in enumerate(found, 1)
    ]
    field = Content.assemble(("Jump to: ", "bold"), (f"{entry.typed}_", "reverse"))
    return Content("\n ").join([field, *(lines or [Content("no test by that name")])])


def key_row(entry: Entry) -> tuple[tuple[str, str, str], ...]:
    """The keys to click: what fills the cell under the cursor, and the ways on and back."""
    if entry.mode != "cell":
        return (("escape", "Esc", "close"), ("backspace", "←", "erase"), ("enter", "Enter", ""))
    ways = (("slash", "/", "back"), ("enter", "Enter", "next"))
    test = entry.test
    if test is None:
        return ways
    if entry.typed or entry.angle or kind(test) == "number":
        digits = tuple((key, key, "") for key in "0123456789.")
        return (*digits, ("backspace", "←", ""), ("n", "n", "not tested"), *ways)
    flags = (("9", "9", "not tested"), (".", ".", "flags"), *ways)
    if kind(test) == "grade":
        signs = (("+", "+", ""), ("-", "−", ""))
        return (*((key, key, "") for key in "012345"), *signs, *flags)
    if kind(test) == "score":
        return (*((key, key, "") for key in "01234"), *flags)
    return (("1", "1", "positive"), ("0", "0", "negative"), *flags)

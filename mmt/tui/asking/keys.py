"""The keys of the steps that ask questions."""

from mmt.tui.keys.commands import RETRY, Place, pressed

ASKED = (
    pressed("1 0 y n", "Answer", "1 or y is yes, 0 or n is no", "1 0"),
    pressed(
        "2 3 4 5 6 7 8 9 +",
        "Choose",
        "Digits choose from a list, score a pain (+ is ten) or type a number; where several may be chosen "
        "the same digit again leaves it out",
        "0–9 +",
    ),
    pressed("enter", "Skip", "Keep what is typed, else leave the question not asked and go on"),
    pressed("/ backspace", "Step back", "Back to the question before"),
    pressed("-", "Rest no", "No to what is still open on this page; X takes it back", footer=1),
    pressed("*", "Next page", "Leave the rest of this page not asked", footer=1),
    pressed("pageup pagedown", "Page before", "Back to the page before; PgDn goes to the next", "PgUp"),
    pressed(".", "End", "Go to the end of this step, where Enter goes on", footer=1),
    pressed(
        "f", "Folded", "Open the questions that are folded, and fold them again; + at the end too", footer=2
    ),
    pressed("x", "Take back", "Drop what is half typed; else take back what the last key answered"),
    RETRY,
)
"""The keys of a step that asks questions."""

SAFETY = Place(
    "safety",
    ASKED,
    legend=(("–", "not asked"), ("▶", "the question that the next key answers")),
)

STORY = Place(
    "story",
    (
        *ASKED,
        pressed("h", "At home", "Ask how each stretch of the last sheet went at home", footer=1),
        pressed("g", "Goals", "Go to the goals in the patient's own words", footer=2),
    ),
    legend=(
        ("–", "not asked"),
        ("▶", "the question that the next key answers"),
        ("✓", "before a digit: chosen"),
    ),
)

"""The keys of the comparison of any two visits."""

from mmt.tui.keys.commands import LINES, Command, Place

COMPARING = Place(
    "two visits compared",
    (
        Command("why", "enter f1", "Why", "Why: values, what counts, what stands beside them, source"),
        Command("show_next", "* v", "Show", "Show what changed, what is weak, all, what cannot be compared"),
        Command(
            "then_back",
            "4 left left_square_bracket",
            "Then",
            "Then: the visit before; 6, Right or ] the one after",
            shown_key="4 6",
        ),
        Command("then_on", "6 right right_square_bracket", "Then later", "Then: the visit after", footer=0),
        Command(
            "now_back",
            "7 shift+left left_curly_bracket",
            "Now",
            "Now: the visit before; 9, Shift+Right or } the one after",
            shown_key="7 9",
        ),
        Command("now_on", "9 shift+right right_curly_bracket", "Now later", "Now: the visit after", footer=0),
        Command(
            "first",
            "/ f",
            "First visit",
            "Compare with the first visit, and with the one before again",
            footer=2,
        ),
        Command("bars", ". b", "Bars", "Show grades as bars, right and left of a line, and back", footer=2),
        *LINES,
        Command("paper", "p", "Paper", "Make and open the comparison of these two visits on paper", footer=2),
        Command("back", "escape 0 c", "Back", "Back to where this was opened; 0 and C do the same"),
    ),
    legend=(
        ("▶", "the line that the keys are for"),
        ("▲ ▼", "better, worse"),
        ("≈", "a change within the error of the test"),
        ("=", "the same value both times"),
        ("?", "not comparable; the line says why"),
        ("█ ▒ ░", "grades as bars: held both times, gained, lost"),
        ("○ ●", "leg length: the difference then, now; the line through it is its error"),
    ),
)

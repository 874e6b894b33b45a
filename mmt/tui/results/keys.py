"""The keys of findings, stretches, signature, papers, and the page of a signed visit."""

from mmt.reports.documents import FILES
from mmt.tui.keys.commands import ACT, ACT_BY_KEYPAD, LINES, NOTE, QUIT, Command, Place

PAPER = Command(
    "paper",
    " ".join(str(number % 10) for number in range(1, len(FILES) + 1)),
    "Paper",
    "Open the paper of this number; make it where none is there",
    each=True,
    shown_key=f"1–{len(FILES)}" if len(FILES) < 10 else "1–9, 0",
)

AS_TEXT = Command(
    "as_text", "x", "As text", "Write the visit note as text, to paste into another record", footer=2
)

PRINT = Command(
    "print",
    "p .",
    "Print",
    "Print the paper under the cursor, elsewhere the one made last; makes it first",
)

_LINE = ("▶", "the line that the keys are for")
_JUDGED = (
    ("[–]", "set aside"),
    ("[ ]", "not decided"),
    ("▲ ▼", "better, worse than at the earlier visit"),
    ("≈", "a change within the error of the test"),
)

FINDINGS = Place(
    "findings",
    (
        Command("verdict", "1", "Accept", "Accept the finding and go on; elsewhere go to a finding", True),
        Command(
            "verdict",
            "0",
            "Set aside",
            "Set the finding aside and go on; elsewhere go to a finding",
            each=True,
        ),
        Command(
            "accept_all",
            "*",
            "Accept all",
            "Accept all findings in sight that are still open; further ones come into sight",
            footer=2,
        ),
        Command("take_back", "x", "Take back", "Leave open again what * accepted", footer=2),
        Command("take", "space", "In turn", "Accept the finding, set it aside, or leave it open", footer=2),
        *LINES,
        Command("since", "f /", "First visit", "Compare with the first visit, and back", footer=2),
        Command("compare", "c 5", "Compare", "Compare any two visits, side by side", footer=2),
        ACT_BY_KEYPAD._replace(footer=2),
        Command("next_step", "enter", "Go on", "Go on to the stretches", footer=0),
    ),
    legend=(_LINE, ("[✓]", "accepted"), *_JUDGED, ("?", "not comparable; the line says why")),
)

PRESCRIPTION = Place(
    "stretches",
    (
        Command("take", "space", "Take", "Take the stretch onto the sheet, or leave it"),
        Command("tick", "*", "Tick", "Take or leave; at [!] your tick allows the stretch", footer=2),
        Command("dose", "0 1 2 3 4 5 6 7 8 9", "Dose", "Type the marked part of the dose", True, 1, "0–9"),
        Command("part", ". right", "Part", "Mark the next part of the dose; Left marks the one before"),
        Command("part_before", "left", "Part before", "Mark the part of the dose before", footer=0),
        *LINES,
        Command("side", "s /", "Side", "Change the side: right, left, both", footer=2),
        Command("all", "a", "All", "Show what else is withheld, and back", footer=0),
        Command("drawing", "d", "Drawing", "Show how the stretch is done", footer=2),
        Command("words", "w", "Words", "Write a few words for the patient beside this stretch", footer=2),
        Command("next_visit", "v", "Next visit", "Write when the patient comes back", footer=2),
        ACT._replace(footer=0),
        Command("keep", "enter", "Keep", "End a number; keep the sheet as it stands and go on"),
    ),
    legend=(
        _LINE,
        ("▸", "within it the part of the dose that digits change"),
        ("[?]", "suggested, not kept yet"),
        ("[✓]", "on the sheet"),
        ("[ ]", "fits, not on the sheet"),
        ("[!]", "withheld until you tick it"),
        ("[x]", "withheld"),
    ),
)

SIGN = Place(
    "sign",
    (*LINES, Command("sign", "enter", "Sign", "Sign and close the visit"), NOTE, ACT_BY_KEYPAD),
)

SIGN_AS = Place(
    "who signs",
    (
        Command("choose", "1 2 3 4 5 6 7 8 9", "Name", "Mark the name of this number", True, 1, "1–9"),
        Command("take", "enter", "Sign", "Sign with the marked name and close the visit"),
        Command("other", "t", "Type a name", "Sign with a name that does not stand here"),
        *LINES,
        Command("back", "escape / backspace", "Back", "Back without signing"),
        Command("app.help", "? f1", "Help", "What each key does on this screen"),
        QUIT,
    ),
)

SIGNED = Place(
    "a signed visit",
    (
        *LINES,
        PAPER,
        Command("open", "o enter", "Open", "Open the paper under the cursor, elsewhere the one made last"),
        PRINT,
        AS_TEXT,
        Command("addendum", "a", "Add note", "Add a dated note to the signed visit"),
        Command("since", "f /", "First visit", "Compare with the first visit, and back", footer=2),
        Command("compare", "c *", "Compare", "Compare any two visits, side by side", footer=2),
        Command("drawing", "d", "Drawing", "Show how the stretch under the cursor is done", footer=2),
    ),
    legend=(_LINE, ("[✓]", "accepted; on the sheet"), *_JUDGED),
)

PAPERS = Place(
    "papers",
    (
        *LINES,
        PAPER._replace(label="Make", help="Make the paper of this number"),
        Command("take", "enter", "Open", "Make the paper under the cursor; open it once it is made"),
        PRINT,
        Command("size", "z", "Size", "Change between A4 and Letter", footer=2),
        Command("large", "l", "Large print", "Large print on and off", footer=2),
        AS_TEXT,
        Command("protect", "w", "Protect", "Ask for a passphrase for the papers, or drop it", footer=2),
        Command("since", "f", "First visit", "Compare with the first visit, and back", footer=2),
        Command("addendum", "a", "Addendum", "Add a dated note to the signed visit", footer=2),
    ),
)

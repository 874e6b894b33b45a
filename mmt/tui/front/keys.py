"""The keys of the start, the list of patients, a patient's page and its forms."""

from mmt.tui.keys.commands import DIALOG, HELP_WHERE_TEXT_IS_TYPED, LEAVE_FORM, LINES, QUIT, Command, Place

START = Place(
    "start",
    (Command("retry", "r enter", "Try again", "Try again to open the records"), QUIT),
)

PATIENTS = Place(
    "patients",
    (
        Command("new_patient", "f3", "New patient", "Add a patient in one form"),
        Command("clinic", "f4", "Clinic", "Change letterhead and telephone, add who examines", footer=2),
        Command("problems", "f2", "Problems", "What is wrong in the clinic's files", footer=2),
        Command("outcomes", "f5", "Outcomes", "What became of all patients, and what waits", footer=2),
        Command("review", "f6", "Sign-off", "Sign off the content, item by item", footer=2),
        Command(
            "doubles",
            "f7",
            "Doubles",
            "Records that may be of one person: join them, or tell them apart",
            footer=2,
        ),
        Command("acts", "f8", "Who did what", "Who did what with the records, newest first", footer=2),
        Command("down", "down", "Next", "Choose the next patient; Enter opens", footer=0),
        Command("up", "up", "Before", "Choose the patient before", footer=0),
        Command("page_down", "pagedown", "Page", "A page of patients down; PgUp goes up", False, 0, "PgDn"),
        Command("page_up", "pageup", "Page up", "A page of patients up", False, 0, "PgUp"),
        HELP_WHERE_TEXT_IS_TYPED._replace(help="What each key does on this screen; ? where nothing is typed"),
        Command("back", "escape", "Back", "Empty the search", footer=0),
        QUIT._replace(footer=1),
    ),
)

PATIENT = Place(
    "one patient",
    (
        *LINES,
        Command(
            "open",
            "enter",
            "Open",
            "Open the visit under the cursor; a signed one is shown whole, on one page",
        ),
        Command(
            "papers", "p .", "Papers", "The papers of the visit under the cursor: make, open and print them"
        ),
        Command("new_visit", "n *", "New visit", "Begin a visit, or go on with the open draft"),
        Command("chart", "g /", "Chart", "Each measure as a chart over all visits, those that changed first"),
        Command("compare", "c 5", "Compare", "Compare the visit under the cursor with any other", footer=2),
        Command("edit", "e", "Data", "Correct the patient's data", footer=2),
        Command("examiner", "w", "Examiner", "Choose who examines in the draft under the cursor", footer=2),
        Command(
            "move", "m", "Move", "Move the draft under the cursor to another patient; asks why", footer=2
        ),
        Command(
            "join",
            "r",
            "Join",
            "Join another record of the same person to this one; asks which and why",
            footer=2,
        ),
        Command("part", "u", "Undo join", "Part records again that were joined last; asks why", footer=2),
        Command(
            "rights",
            "y",
            "Rights",
            "What the patient may ask for: a copy of all, a restriction, to whom it was given, erasure",
            footer=2,
        ),
        Command(
            "elsewhere",
            "v",
            "Elsewhere",
            "Visits at other sites, as the clinic's server told them: to be read alone",
            footer=2,
        ),
        Command("discard", "x", "Discard", "Discard a draft, or a patient without a visit; asks why"),
        Command("acts", "h f8", "Who did what", "Who did what with this record, newest first", footer=2),
    ),
)

ELSEWHERE = Place(
    "visits at other sites",
    (Command("fetch", "f", "Fetch", "Ask the clinic's server for them now"), *DIALOG.commands),
)

OUTCOMES = Place(
    "what became of all patients",
    (
        *LINES,
        Command("open", "enter", "Open", "Open the patient under the cursor"),
        Command(
            "show_next", "v *", "Show", "Show all patients, those with something that waits, those worse"
        ),
        Command(
            "hands",
            "o /",
            "Own errors",
            "How well the clinic's own readings agree, and whose errors are used",
        ),
    ),
    legend=(
        ("▲ ▼", "better, worse: from the first value to the latest, beyond the error of the score"),
        ("≈", "a change within that error"),
        ("=", "the same value both times"),
        ("?", "not comparable"),
    ),
)

HANDS = Place(
    "how well our own readings agree",
    (
        *LINES,
        Command(
            "judge",
            "o *",
            "Own or published",
            "Judge changes by the clinic's own errors where pairs are enough, or by the published ones again",
        ),
    ),
)

DOUBLES = Place(
    "records that may be of one person",
    (
        *LINES,
        Command("open", "enter", "Both", "Show the two records side by side, to join them"),
        Command("apart", "n", "Two people", "Keep that the two records are of two people; asks no more"),
        Command("take_back", "u", "Take back", "Take back what was told apart last"),
    ),
)

RIGHTS = Place(
    "rights of the patient",
    (
        *LINES,
        Command("copy", "e", "Copy", "Write a copy of all that is kept, as PDF and JSON; asks for whom"),
        Command(
            "for_mmt",
            "m",
            "For mmt",
            "Write the record whole, as another clinic's mmt takes it in; asks for whom",
            footer=2,
        ),
        Command("as_fhir", "f", "FHIR", "Write signed visits as FHIR R4; asks for whom", footer=2),
        Command(
            "as_table", "t", "Table", "Write signed visits as a table, a row a value; asks for whom", footer=2
        ),
        Command("restrict", "r", "Restrict", "Restrict the record, or lift the restriction; asks why"),
        Command("erase", "x", "Erase", "Erase the record for good, once the law no longer asks for it"),
    ),
)

ACTS = Place(
    "who did what",
    (
        *LINES,
        Command(
            "open", "enter", "Details", "All of the act under the cursor: what was, and what became of it"
        ),
        Command("older", "o *", "Older", "The page before"),
        Command("newer", "n /", "Newer", "The page after"),
        Command("patient", "p 1", "Patient", "Only acts with one patient, whom you choose"),
        Command("person", "w 2", "Person", "Only acts of one person, whom you choose"),
        Command("day", "d 3 .", "Day", "Only acts of one day, which you type"),
        Command("all", "a 0", "All", "All of them again"),
    ),
)

PICK_PATIENT = Place(
    "another patient",
    (
        Command("take", "enter", "Take", "Take the marked patient"),
        Command("down", "down", "Next", "Mark the next patient"),
        Command("up", "up", "Before", "Mark the patient before", footer=0),
        *DIALOG.commands,
    ),
)

PAIR = Place(
    "two records side by side",
    (
        Command("take", "enter", "Join", "Join the record at the right to the one at the left"),
        Command("apart", "n", "Two people", "Keep that the two records are of two people"),
        *DIALOG.commands,
    ),
    legend=(("≠", "the two records say something else about who the person is"),),
)

NEW_VISIT = Place(
    "new visit",
    (Command("save", "f10", "Begin", "Begin the visit with these choices"), *LEAVE_FORM),
)

LEAVING = Place(
    "leaving, while a backup is made",
    (
        Command("back", "escape enter space", "Leave now", "Leave mmt at once, without a new backup"),
        HELP_WHERE_TEXT_IS_TYPED._replace(keys="f1 ?", footer=0),
        QUIT,
    ),
)

"""The keys of the exam step."""

from mmt.tui.keys.commands import GUIDANCE, RETRY, Place, pressed

EXAM = Place(
    "exam",
    (
        pressed(
            "0 1 2 3 4 5",
            "Grade",
            "Grade the test under the cursor; in yes-or-no tests 1 is positive, 0 negative; in held tests "
            "0 starts and stops the clock",
            "0–5",
        ),
        pressed(
            "+ -",
            "Sign",
            "Set or remove that sign on the last grade; turn the sign of an angle",
            "+ −",
        ),
        pressed(
            "9 n",
            "Not tested",
            "Mark the test under the cursor not tested; a digit then says why (n where a number is typed)",
        ),
        pressed("6 7 8", "No grade", "No grade: refused with a beep; text in a number", "6–8"),
        pressed(
            ".",
            "Flags",
            "Flags of the last grade by digit: pain, substitution, gives way, range limited, other cause; "
            "then new trial, dynamometer, telling test, not tested; . again tells how it was tested, "
            "+ confirms a fall, − takes it back",
        ),
        pressed("/ backspace", "Step back", "Back one test; a digit there corrects"),
        pressed(
            "enter",
            "Go on",
            "Acknowledge an alarm; end a number; go on without a grade, which stays not done",
        ),
        GUIDANCE,
        pressed("j", "Jump", "Jump to a test by part of its name, or add one", footer=1),
        pressed(
            "t",
            "New trial",
            "The next value is a further trial, under an alarm of what fell; the earlier one stays",
            footer=1,
        ),
        pressed("c", "Confirm", "Confirm that a grade fell, without a further trial"),
        pressed("x", "Take back", "Take a value back: not done"),
        pressed("o", "Side order", "Right side first, or the sound side first (kept as a setting)"),
        pressed(
            "g", "Telling test", "Go to the test that would tell more, else to the first not done or folded"
        ),
        pressed("f", "Folded", "Walk through the tests that are folded as well"),
        pressed("d", "Dynamometer", "Add a force to the last grade, in N, kgf or lbf; * changes the unit"),
        RETRY,
    ),
    legend=(
        ("▶", "the test and the side that the next key grades"),
        ("·", "not done; this does not mean normal"),
        ("*", "behind a value: a flag qualifies it"),
        ("!", "behind a value: not saved yet"),
    ),
)

"""The keys of the leg-length step."""

from mmt.tui.keys.commands import GUIDANCE, RETRY, Place, pressed

LEG_LENGTH = Place(
    "leg length",
    (
        pressed(
            "0 1 2 3 4 5 6 7 8 9 .",
            "Reading",
            "Type a length in mm, cm, in or eighths (33 7/8); under one side first 1 right, 2 left, 0 level",
            "0–9 .",
        ),
        pressed("enter", "Keep", "Keep the reading and go on; without a number it stays not done"),
        pressed(
            "/ backspace",
            "Step back",
            "Back one reading; within a number / is text and Backspace erases",
        ),
        GUIDANCE,
        pressed("x", "Take back", "Drop what is half typed; else take a reading back: not done", footer=1),
        RETRY,
    ),
    legend=(
        ("▶", "the method under the cursor"),
        ("–", "not measured"),
        ("░", "the error of the method, to scale"),
        ("▓ █", "the difference: what lies within that error, and beyond it"),
    ),
)

"""The keys of every step of a visit, and of the emergency."""

from mmt.tui.keys.commands import Place, pressed

EMERGENCY = Place(
    "emergency",
    (
        pressed("w", "Warning card", "Make the one-page card for the patient"),
        pressed("l", "Letter", "Make the referral letter"),
        pressed("p", "Print", "Print the one that was made last"),
        pressed("n", "Note", "Write a note for the record"),
        pressed("s", "Sign", "Go to the signature, where T writes down what was done"),
        pressed("o", "Go on", "Go on with a reason and a name, both recorded"),
        pressed("+ - down up", "More", "Move the text where there is more than fits", "+ −")._replace(
            held=True
        ),
        pressed(
            "c escape /",
            "Correct",
            "Back to correct an answer or a grade; the visit stays locked",
            "C Esc",
            1,
        ),
    ),
)

"""What the signs on a screen mean, for its help: no state is told by a sign or a colour alone."""

LEGENDS: dict[str, tuple[tuple[str, str], ...]] = {
    "walk": (
        ("▸", "the step that is open"),
        ("●", "a step with something recorded"),
        ("○", "a step without"),
    ),
    "settings": (("[✓]", "chosen"), ("[ ]", "not chosen")),
    "safety": (("–", "not asked"), ("▶", "the question that the next key answers")),
    "story": (
        ("–", "not asked"),
        ("▶", "the question that the next key answers"),
        ("✓", "before a digit: chosen"),
    ),
    "exam": (
        ("▶", "the test and the side that the next key grades"),
        ("·", "not done; this does not mean normal"),
        ("*", "behind a value: a flag qualifies it"),
        ("!", "behind a value: not saved yet"),
    ),
    "leg-length": (
        ("▶", "the method under the cursor"),
        ("–", "not measured"),
        ("░", "the error of the method, to scale"),
        ("▓ █", "the difference: what lies within that error, and beyond it"),
    ),
    "findings": (
        ("▶", "the line that the keys are for"),
        ("[✓]", "accepted"),
        ("[–]", "set aside"),
        ("[ ]", "not decided"),
        ("▲ ▼", "better, worse than at the earlier visit"),
        ("=", "a change within the error of the test"),
        ("?", "not comparable; the line says why"),
    ),
    "signed": (
        ("▶", "the line that the keys are for"),
        ("[✓]", "accepted; on the sheet"),
        ("[–]", "set aside"),
        ("[ ]", "not decided"),
        ("▲ ▼", "better, worse than at the earlier visit"),
        ("=", "a change within the error of the test"),
    ),
    "prescription": (
        ("▶", "the line that the keys are for"),
        ("▸", "within it the part of the dose that digits change"),
        ("[?]", "suggested, not kept yet"),
        ("[✓]", "on the sheet"),
        ("[ ]", "fits, not on the sheet"),
        ("[!]", "withheld until you tick it"),
        ("[x]", "withheld"),
    ),
}
"""By place, as in the registry of commands."""

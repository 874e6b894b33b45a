"""Every sentence that the program says to a clinician. What a patient reads is data, by language."""

LABEL = (
    "Documentation and decision-support tool for licensed clinicians. "
    "It records your findings and lists options with their sources. "
    "It does not diagnose and does not replace examination or judgement. "
    "Not for emergencies. Check the basis (press F1) before you use a suggestion."
)
"""What the program is and is not (fact sheet 9.1): on the start screen, on results, on clinicians' papers."""

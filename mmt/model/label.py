"""What this program is and is not, on screens. It stands alone: the first frame waits for nothing else."""

LABEL = (
    "Documentation and decision-support tool for licensed clinicians. It records your findings and lists "
    "options with their sources. It does not diagnose and does not replace examination or judgement. "
    "Not for emergencies. Check the basis (press F1) before you use a suggestion."
)
"""The label on start, on result screens and under what `mmt explain` prints. Papers have their own words."""

LABEL_IN_SHORT = "Options with sources; does not diagnose. Not for emergencies. Check with F1."
"""The label on one line of 80 columns, for the list of patients on screens of fewer than 30 rows."""

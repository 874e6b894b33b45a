"""What this program is and is not, on screens. It stands alone: the first frame waits for nothing else."""

LABEL = (
    "Documentation and decision-support tool for licensed clinicians. It records your findings and lists "
    "options with their sources. It does not diagnose and does not replace examination or judgement. "
    "Not for emergencies. Check the basis (press F1) before you use a suggestion."
)
"""The label on start, with the list of patients where there is room, and under what `mmt explain` prints.
Papers have their own words."""

LABEL_IN_SHORT = "Options with sources; does not diagnose. Not for emergencies. Check with F1."
"""The label on one line of 80 columns, for the list of patients on screens of fewer than 30 rows."""

LABEL_LINES = (LABEL_IN_SHORT, "Does not diagnose. Not for emergencies. Check with F1.")
UNREVIEWED_LINES = (
    f"Content not yet reviewed by a clinician. {LABEL_IN_SHORT}",
    "Content unreviewed by clinicians; does not diagnose; not for emergencies.",
    "Unreviewed; does not diagnose; not for emergencies.",
)
"""The label in one line under results, the longest first; the second ones where some of the content is
unreviewed. The whole label stands on the start."""

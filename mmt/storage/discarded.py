"""What was discarded: drafts and patients without a signed visit, which nothing shows any more.

mmt discards nothing that is signed: where another program says so, it is shown all the same.
"""

VISITS = "select visit from discarded_visits where visit not in (select visit from signatures)"
PATIENTS = (
    "select patient from discarded_patients as gone where not exists"
    " (select 1 from visits join signatures on visit = visits.id where visits.patient = gone.patient)"
)

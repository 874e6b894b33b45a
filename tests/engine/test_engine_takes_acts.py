"""A FHIR server that validates takes what `mmt acts --as fhir` writes, and has it as it was sent."""

import json
from pathlib import Path

from made_clinics import made_clinic
from there import There, without_meta

from mmt.clinic.acts.listing import as_fhir


def test_each_act_is_taken_also_where_the_server_has_no_record(there: There, tmp_path: Path) -> None:
    clinic = made_clinic(tmp_path, "Oak", patients=12)
    for turn in range(60):
        clinic.look_at(1 + turn % 12)
    bundles = [json.loads(line) for line in as_fhir(clinic, clinic.acts().sent())]
    clinic.close()
    assert len(bundles) > 1
    for _ in range(2):
        assert [there.ask("POST", body=one).status for one in bundles] == [200] * len(bundles)
    sent = [entry["resource"] for bundle in bundles for entry in bundle["entry"]]
    acts = {one["id"]: one for one in sent if one["resourceType"] == "AuditEvent"}
    assert len(acts) > 60
    for name, one in acts.items():
        assert without_meta(there.ask("GET", f"/AuditEvent/{name}").body) == one
    wrong = {**acts[name], "recorded": "yesterday"}
    assert there.ask("PUT", f"/AuditEvent/{name}", wrong).status == 400

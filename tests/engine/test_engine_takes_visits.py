"""A FHIR server that validates takes what `mmt export --as fhir` writes, and has it as it was sent."""

from collections import Counter
from pathlib import Path

from made_clinics import bundles_of, made_clinic
from read_fhir import read_visit
from there import There, held, without_meta


def test_each_visit_is_taken_and_sent_twice_is_there_once(there: There, tmp_path: Path) -> None:
    clinic = made_clinic(tmp_path, "Oak", patients=12)
    bundles = bundles_of(clinic, tmp_path)
    clinic.close()
    sent = held(bundles)
    kinds = Counter(name.partition("/")[0] for name in sent)
    assert kinds["Encounter"] > 5
    assert kinds["Observation"] > 30
    for _ in range(2):
        assert [there.post(one).status for one in bundles] == [200] * len(bundles)
        found = {name: one for name, one in there.everything().items() if name in sent}
        assert found == sent
    for bundle in bundles:
        back = [without_meta(there.ask("GET", f"/{name}").body) for name in held([bundle])]
        if any(one["resourceType"] == "Encounter" for one in back):
            assert read_visit({"entry": [{"resource": one} for one in back]}) == read_visit(bundle)

"""Visits as FHIR: valid, and read back with the same values."""

import datetime
import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made_up import EVERY_KIND, NOW, PROTOCOL, MadeUp, kinds, made_up, patient
from msgspec.structs import replace
from read_fhir import read_visit, resources
from valid_fhir import faults

from mmt.cli import commands
from mmt.clinic import Clinic
from mmt.exchange.fhir.code_systems import code_systems
from mmt.exchange.fhir.parts import system
from mmt.exchange.fhir.sent import SentPatient, SentVisit, Words
from mmt.exchange.fhir.visit import bundle_of_patient, bundle_of_visit
from mmt.library.load import load
from mmt.model.acts import Act
from mmt.model.errors import ClinicError
from mmt.model.exchange import KINDS, Kind
from mmt.model.observation import Observation
from mmt.model.rights import Disclosure
from mmt.model.visit import Addendum, Decision, History, Override, Prescribed, Signature, Visit
from mmt.paths import shipped
from mmt.reasoning import concluded
from mmt.storage import visits

CODES = load([shipped("protocols")]).codes
WORDS = Words(protocol=PROTOCOL, codes=CODES)
SITE, UID, PERSON = (f"{number}f0c1d2e-3b4a-4c5d-8e6f-708192a3b4c5" for number in (5, 6, 7))
QUICK = settings(
    max_examples=50,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
)
PROVEN = st.sampled_from(("", "ab" * 64))


def sent(visit: Visit, who: object = None, ed25519: str = "") -> SentVisit:
    of = SentPatient(uid=PERSON, patient=who or patient(), site=SITE, site_name="Oak Clinic")  # type: ignore[arg-type]
    return SentVisit(uid=UID, of=of, site=SITE, site_name="Oak Clinic", visit=visit, ed25519=ed25519)


def finished(visit: Visit, made: MadeUp) -> Visit:
    """A visit with all that may stand in it, signed."""
    by, other = Decision(verdict="accepted", by="A", at=NOW), Decision(verdict="set-aside", by="B", at=NOW)
    whole = replace(
        visit,
        exam="full" if made.chance[0] else "",
        note=made.notes[2],
        next_visit=made.notes[3].replace("\n", " "),
        decisions={"weakness:TA:right": by, "x:y": other},
        override=visit.override and replace(visit.override, covers=("one", "two")),
        entered=visit.date if made.chance[1] == 3 else None,
        blind=made.chance[2] == 3,
        addenda=tuple(Addendum(text=note, by="C", at=NOW) for note in made.notes[:2] if note),
        signature=None,
    )
    return replace(whole, signature=Signature(by="A", at=NOW, digest=visits.digest(whole)))


def comes_back_the_same(made: MadeUp, ed25519: str) -> None:
    """Valid, the same values, and a digest that still fits."""
    for one in made.history.visits:
        visit = finished(one, made)
        papers = tuple(
            Disclosure(what=what, visit=visit.date, to=to, by="root", at=NOW)
            for what, to in (("Hand-out", ""), ("Referral letter", made.notes[1].replace("\n", " ")))
        )
        went = replace(sent(visit, made.history.patient, ed25519), papers=papers)
        bundle = json.loads(json.dumps(bundle_of_visit(went, WORDS)))
        assert faults(bundle) == []
        back = read_visit(bundle)
        assert back == went
        assert visit.signature is not None
        assert visits.digest(back.visit) == visit.signature.digest


@given(made_up(most=1), PROVEN)
@QUICK
def test_a_visit_is_valid_and_comes_back_with_the_same_values(made: MadeUp, ed25519: str) -> None:
    comes_back_the_same(made, ed25519)


@pytest.mark.long
def test_the_visits_of_a_thousand_are_valid_and_come_back_and_every_kind_is_among_them() -> None:
    found: set[str] = set()

    @given(made_up(), PROVEN)
    @settings(QUICK, max_examples=1000)
    def each(made: MadeUp, ed25519: str) -> None:
        comes_back_the_same(made, ed25519)
        found.update(kinds(made.history))

    each()
    assert found == EVERY_KIND


SIGNED = Signature(by="Dr Oak", at=NOW, digest="0" * 64)


def one(kind: str, visit: Visit) -> dict[str, object]:
    (found,) = resources(bundle_of_visit(sent(visit), WORDS), kind)
    return found


def visit_with(*seen: Observation, **more: object) -> Visit:
    return Visit(
        id=7,
        date=NOW.date(),
        examiner="Dr Oak",
        scale="Kendall-12",
        observations=seen,
        signature=SIGNED,
        **more,  # type: ignore[arg-type]
    )


def test_a_grade_is_a_code_with_its_order_and_the_side_has_the_published_one() -> None:
    found = one("Observation", visit_with(Observation(test="TA", side="left", grade="4-")))
    assert found["code"]["coding"] == [  # type: ignore[index]
        {"system": system("tests"), "code": "TA", "display": PROTOCOL.tests["TA"].name}
    ]
    (coding,) = found["valueCodeableConcept"]["coding"]  # type: ignore[index]
    assert coding["code"] == "4-"
    assert coding["extension"][0]["valueDecimal"] == 9
    assert found["bodySite"]["coding"][0] == {  # type: ignore[index]
        "system": "http://snomed.info/sct",
        "code": "7771000",
        "display": "Left",
    }
    assert found["method"]["coding"][0]["code"] == "Kendall-12"  # type: ignore[index]


@pytest.mark.parametrize("scale", sorted(PROTOCOL.scales))
def test_a_grade_is_named_in_the_words_of_the_scale_of_its_visit(scale: str) -> None:
    for step in PROTOCOL.scales[scale].steps:
        visit = replace(visit_with(Observation(test="TA", side="left", grade=step.code)), scale=scale)
        (coding,) = one("Observation", visit)["valueCodeableConcept"]["coding"]  # type: ignore[index]
        assert (coding["code"], coding["display"]) == (step.code, step.word)


def test_what_was_not_tested_has_a_reason_and_no_value() -> None:
    found = one("Observation", visit_with(Observation(test="TA", side="left", not_tested="cast")))
    assert [name for name in found if name.startswith("value")] == []
    codes = [coding["code"] for coding in found["dataAbsentReason"]["coding"]]  # type: ignore[index]
    assert codes == ["not-performed", "cast"]


def test_scores_and_units_have_the_published_codes() -> None:
    visit = visit_with(
        Observation(test="SLR", side="right", result="positive", degrees=42.5),
        story={"odi": 34, "nprs_back": 6},
    )
    found = resources(bundle_of_visit(sent(visit), WORDS), "Observation")
    published = [
        coding["code"]
        for held in found
        for coding in held["code"]["coding"]
        if coding["system"] == "http://loinc.org"
    ]
    assert published == ["97909-6", "72514-3"]
    angle = next(part for part in found[0]["component"] if "valueQuantity" in part)
    assert angle["valueQuantity"] == {
        "value": 42.5,
        "unit": "°",
        "system": "http://unitsofmeasure.org",
        "code": "deg",
    }


def test_each_published_code_is_one_of_the_content_and_a_clinic_may_replace_it() -> None:
    """What has no source in the content stands in no file: codes of FHIR's own and of mmt's apart."""
    chosen = Prescribed(stretch="E05", side="left", dose=PROTOCOL.stretches["E05"].dose)
    visit = visit_with(Observation(test="SLR", side="left", degrees=4.0), prescription=(chosen,), note="x")
    codes = {name: replace(code, code=f"own-{at}") for at, (name, code) in enumerate(CODES.items())}
    text = json.dumps(bundle_of_visit(sent(visit), replace(WORDS, codes=codes)))
    assert '"code": "wk"' not in text
    assert "1.2.840.10065" not in text
    assert text.count("urn:iso-astm") == 1


def told_of(*seen: Observation, keys: dict[str, str], **more: object) -> list[dict[str, object]]:
    """The Conditions of a visit at which these findings were decided on."""
    decisions = {key: Decision(verdict=said, by="Dr Oak", at=NOW) for key, said in keys.items()}  # type: ignore[arg-type]
    visit = visit_with(*seen, decisions=decisions, **more)
    _, found = concluded(History(patient=patient(), visits=(visit,)), PROTOCOL)
    bundle = bundle_of_visit(sent(visit), replace(WORDS, findings=found))
    assert faults(bundle) == []
    assert read_visit(bundle).visit.decisions == decisions
    return resources(bundle, "Condition")


WEAK = (
    Observation(test="TA", side="left", grade="3"),
    Observation(test="TA", side="right", grade="5"),
    Observation(test="EHL", side="left", grade="3"),
)


def test_a_finding_that_was_accepted_is_something_to_consider_and_names_what_was_seen() -> None:
    keys = {"weakness:TA:left": "accepted", "weakness:EHL:left": "set-aside"}
    (condition,) = told_of(*WEAK, keys=keys)
    seen = one("Observation", visit_with(WEAK[0]))
    assert condition["identifier"][0]["value"] == "weakness:TA:left"  # type: ignore[index]
    assert condition["evidence"] == [{"detail": [{"reference": f"Observation/{seen['id']}"}]}]
    codes = [condition[name]["coding"][0]["code"] for name in ("clinicalStatus", "verificationStatus")]  # type: ignore[index]
    assert codes == ["active", "provisional"], "a finding is never a diagnosis"
    assert condition["category"][0]["coding"][0]["code"] == "problem-list-item"  # type: ignore[index]
    assert condition["bodySite"][0]["text"] == "left"  # type: ignore[index]


def test_a_finding_goes_out_in_the_words_of_the_screen() -> None:
    (condition,) = told_of(*WEAK, keys={"weakness:TA:left": "accepted"})
    text = condition["code"]["text"]  # type: ignore[index]
    assert text.startswith(PROTOCOL.tests["TA"].name)
    assert "weakness:" not in text


def test_what_is_proposed_of_the_sheet_or_tells_of_the_course_is_no_condition() -> None:
    sign = Observation(test="SLR", side="left", result="positive")
    keys = dict.fromkeys(("at-home:E05:go-on", "expected-time:odi:", "sign-positive:SLR:left"), "accepted")
    assert told_of(sign, keys=keys) == []


def test_the_moves_are_a_plan_with_their_doses() -> None:
    dose = PROTOCOL.stretches["E05"].dose
    chosen = Prescribed(stretch="E05", side="left", dose=dose, ticked=("OST",), note="Slowly")
    bundle = bundle_of_visit(sent(visit_with(prescription=(chosen,))), WORDS)
    (plan,), (request,) = resources(bundle, "CarePlan"), resources(bundle, "ServiceRequest")
    assert plan["activity"] == [{"reference": {"reference": f"ServiceRequest/{request['id']}"}}]
    assert request["occurrenceTiming"]["repeat"]["frequency"] == dose.per_day
    assert request["patientInstruction"] == "Slowly"


def test_who_and_where_come_first_and_the_signature_closes_it() -> None:
    override = Override(reason="Seen in hospital", by="Dr Oak", at=NOW)
    visit = visit_with(override=override, note="Went well")
    kinds = [entry["resource"]["resourceType"] for entry in bundle_of_visit(sent(visit), WORDS)["entry"]]
    assert kinds == [
        "Organization",
        "Patient",
        "Practitioner",
        "Encounter",
        "DocumentReference",
        "Provenance",
    ]


def test_the_same_visit_goes_under_the_same_ids_each_time() -> None:
    visit = visit_with(Observation(test="TA", side="left", grade="3"), story={"odi": 3})
    first, again = (bundle_of_visit(sent(visit), WORDS) for _ in range(2))
    assert first == again
    changed = bundle_of_visit(sent(replace(visit, note="More")), WORDS)
    ids = {entry["fullUrl"] for entry in first["entry"]}
    assert ids < {entry["fullUrl"] for entry in changed["entry"]}


def test_a_validator_sees_planted_faults() -> None:
    """What says *valid* must be able to say otherwise."""
    visit = visit_with(Observation(test="TA", side="left", grade="3"), note="x", prescription=())
    plants = {
        "Observation": [
            {"status": "done"},
            {"valueInteger": 3},
            {"colour": "red"},
            {"dataAbsentReason": {"text": "x"}},
            {"subject": {"reference": "Patient/nobody"}},
            {"id": "no id"},
            {"effectiveDateTime": "yesterday"},
        ],
        "Patient": [{"birthDate": "17 May"}, {"gender": "f"}, {"name": "Ann"}],
        "CarePlan": [{"intent": "wish"}],
        "Encounter": [{"identifier": [{"system": f"urn:uuid:{SITE}", "value": "7"}]}],
    }
    for kind, changes in plants.items():
        for change in changes:
            bundle = json.loads(json.dumps(bundle_of_visit(sent(visit), WORDS)))
            assert faults(bundle) == []
            resources(bundle, kind)[0].update(change)
            assert faults(bundle), change


def test_the_own_codes_are_published_and_hold_what_is_written() -> None:
    published = code_systems(PROTOCOL)
    assert faults(published) == []
    codes = {
        held["url"]: {one["code"] for one in held["concept"]} for held in resources(published, "CodeSystem")
    }
    assert "4-" in codes[system("grades")]
    assert "story:odi" in codes[system("questions")]
    ran = CliRunner().invoke(commands, ["codes"])
    assert json.loads(ran.stdout) == published


def test_the_records_go_out_as_fhir(oak: Clinic, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    oak.add_patient(patient("Bo Never"))
    ann = oak.add_patient(patient(), sure=True)
    for grade in ("4", "5"):
        visit = oak.begin(ann.id, "Dr Oak", sure=True)
        visit.keep(Observation(test="TA", side="left", grade=grade))
        if grade == "4":
            visit.sign("Dr Oak")
            visit.as_text("visit-note")
        visit.leave()
    monkeypatch.setenv("MMT_HOME", str(oak.places.root))
    ran = CliRunner().invoke(commands, ["export", "--as", "fhir", "--to", "Dr Other", str(tmp_path)])
    path = Path(ran.stdout.strip())
    assert path.name.endswith(".ndjson")
    bundles = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    assert [faults(bundle) for bundle in bundles] == [[], []], "a draft is no record yet"
    (alone,) = resources(bundles[0], "Patient")
    assert alone["name"] == [{"text": "Bo Never"}]
    back = read_visit(bundles[1])
    kept = oak.history(ann.id).visits[0]
    assert [one.what for one in back.papers] == ["Visit note"]
    assert (back.visit.observations, back.visit.signature) == (kept.observations, kept.signature)


def test_what_is_not_as_signed_does_not_go_out(oak: Clinic, tmp_path: Path) -> None:
    ann = oak.add_patient(patient())
    visit = oak.begin(ann.id, "Dr Oak", sure=True)
    visit.sign("Dr Oak")
    visit.leave()
    with oak.store.writing(Act.SET) as db:
        db.conn.execute("drop trigger signatures_update_never")
        db.conn.execute("update signatures set seal = ''")
    made = oak.exchange().write("fhir", tmp_path)
    assert made.left_out == ("1 visit left out: not as it was signed. `mmt verify` names it.",)
    assert '"Encounter"' not in made.path.read_text("utf-8")


def signed_with_a_finding(clinic: Clinic) -> int:
    """A patient of whom one finding was accepted; the number."""
    ann = clinic.add_patient(patient())
    visit = clinic.begin(ann.id, "Dr Oak", sure=True)
    for seen in WEAK:
        visit.keep(seen)
    visit.act("Phoned")
    visit.accept(["weakness:TA:left"])
    visit.sign("Dr Oak")
    visit.leave()
    return ann.id


@pytest.mark.parametrize("day", [None, NOW.date()])
def test_what_was_accepted_at_the_table_goes_out_in_words(
    oak: Clinic, tmp_path: Path, day: datetime.date | None
) -> None:
    signed_with_a_finding(oak)
    made = oak.exchange().write("fhir", tmp_path, since=day)
    (condition,) = resources(json.loads(made.path.read_text("utf-8")), "Condition")
    assert condition["code"]["text"].startswith(PROTOCOL.tests["TA"].name)


@pytest.mark.parametrize("kind", KINDS)
def test_a_visit_that_cannot_be_read_is_named_and_no_patient_falls_out(
    oak: Clinic, tmp_path: Path, kind: Kind
) -> None:
    ann = signed_with_a_finding(oak)
    with oak.store.writing(Act.SET) as db:
        db.conn.execute("drop trigger answers_insert_signed")
        db.conn.execute(
            "insert into answers(visit, topic, question, value, recorded_at) values (1, 'mood', 'x', '1', '')"
        )
    with pytest.raises(ClinicError, match=r"number 1.* cannot be read"):
        oak.exchange().write(kind, tmp_path)
    with pytest.raises(ClinicError, match="Visit number 1 of 2026-03-02 cannot be read"):
        oak.history(ann)
    assert list(tmp_path.glob("records*")) == []


def test_a_patient_alone_is_valid() -> None:
    assert faults(bundle_of_patient(sent(visit_with()).of)) == []

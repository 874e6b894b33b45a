"""A patient's visits at other sites are read, marked with the site, and nothing is concluded from them."""

import base64
import json
import os
from collections.abc import Iterator

import pytest
from click.testing import CliRunner
from loopback import Fault, FhirServer, served
from made_up import NOW, patient
from msgspec.structs import replace
from to_send import add, choose, send, sign

from mmt.cli import commands
from mmt.clinic import Clinic
from mmt.model.acts import Act
from mmt.model.errors import ClinicError, RestrictedError
from mmt.model.sending import FetchedVisit
from mmt.model.visit import Addendum
from mmt.storage import adding, outbox, patients, restrictions, stable_ids, visits

pytestmark = pytest.mark.usefixtures("content_once")


@pytest.fixture
def server() -> Iterator[FhirServer]:
    with served() as there:
        yield there


@pytest.fixture
def both(oak: Clinic, elm: Clinic, server: FhirServer, monkeypatch: pytest.MonkeyPatch) -> Clinic:
    """The second clinic, which has the record of a patient whom the first one sent two visits of."""
    number = add(oak)
    for day in (2, 5):
        visit = sign(oak, number, day, seen=3)
    with monkeypatch.context() as another_program, oak.store.writing(Act.ADDED_NOTE) as db:
        another_program.setattr(adding, "refuse_strange", lambda _: None)
        visits.add(db, visit, Addendum(text="Seen again\x1b[2J [b]soon[/]", by="Dr Oak", at=NOW))
    choose(oak, server.base)
    assert send(oak).accepted == 2
    with oak.store.reading() as db:
        uid = stable_ids.uid_of(db, number)
    with elm.store.writing(Act.ADDED_PATIENT) as db:
        patients.add(db, patient(), NOW, uid)
    choose(elm, server.base)
    return elm


def page(following: str) -> bytes:
    """A page of what is found, without anything, that names the next one."""
    link = [{"relation": "next", "url": following}]
    return json.dumps({"resourceType": "Bundle", "type": "searchset", "link": link}).encode()


def fetched(clinic: Clinic) -> tuple[FetchedVisit, ...]:
    return clinic.sending().fetch(1)


def test_visits_of_another_site_are_told_with_it_and_with_its_scale(both: Clinic) -> None:
    late, early = fetched(both)
    assert late.heading == "2026-03-05 · Oak Clinic, examined by Dr Oak, graded by Kendall-12"
    assert early.day == "2026-03-02"
    assert early.lines == (
        "Extensor hallucis longus, right: 4",
        "Tibialis anterior, left: 4",
        "Tibialis anterior, right: 4",
    )
    assert late.lines[-1] == "Note: Seen again[2J [b]soon[/]"


def test_they_are_no_part_of_the_record_and_go_nowhere(both: Clinic, server: FhirServer) -> None:
    before = both.history(1)
    fetched(both)
    assert both.history(1) == before
    assert before.visits == ()
    with both.store.reading() as db:
        assert outbox.waiting(db) == []
        assert db.conn.execute("select count(*) from visits").fetchone() == (0,)
    sign(both, 1, 9)
    assert send(both).accepted == 1
    assert len(fetched(both)) == 2, "its own visit is none of another site"


def test_what_was_fetched_is_there_without_the_server(both: Clinic, server: FhirServer) -> None:
    found = fetched(both)
    server.fails = lambda _: Fault("drop")
    with pytest.raises(ClinicError, match="Nothing was fetched; what was"):
        fetched(both)
    assert both.sending().fetched(1) == (found, NOW)


def test_a_visit_whose_signature_is_not_there_says_so(both: Clinic, server: FhirServer) -> None:
    for name in [one for one in server.held if one.startswith("Provenance/")]:
        del server.held[name]
    assert all("its signature is not there" in one.heading for one in fetched(both))


def test_a_visit_that_another_program_wrote_is_told_as_far_as_it_can(
    both: Clinic, server: FhirServer
) -> None:
    server.held.clear()
    with both.store.reading() as db:
        who = {"reference": f"Patient/{stable_ids.uid_of(db, 1)}"}
    text = base64.b64encode(b"Doing well").decode()
    visit = {"reference": "Encounter/theirs"}
    for one in (
        {"resourceType": "Encounter", "id": "theirs", "status": "finished",
         "period": {"start": "2026-01-05T10:00:00Z"},
         "participant": [{"individual": {"reference": "Practitioner/p"}}]},
        {"resourceType": "Practitioner", "id": "p", "name": [{"family": "Low", "given": ["Ann"]}]},
        {"resourceType": "Observation", "id": "a", "encounter": visit,
         "code": {"coding": [{"display": "Weight"}]}, "valueQuantity": {"value": 71.5, "unit": "kg"}},
        {"resourceType": "Observation", "id": "b", "encounter": visit, "code": {"text": "Smokes"},
         "valueBoolean": False},
        {"resourceType": "Observation", "id": "c", "encounter": visit, "code": {}, "valueQuantity": "odd"},
        {"resourceType": "Condition", "id": "d", "encounter": visit, "code": {"text": "Sciatica"}},
        {"resourceType": "DocumentReference", "id": "e", "context": {"encounter": [visit]},
         "content": [{"attachment": {"contentType": "text/plain", "data": text}}]},
    ):  # fmt: skip
        server.held[f"{one['resourceType']}/{one['id']}"] = {**one, "subject": who}
    (found,) = fetched(both)
    assert found.heading == "2026-01-05 · an unnamed site, examined by Ann Low"
    assert found.lines == (
        "Smokes: no",
        "Weight: 71.5 kg",
        "unnamed: no value",
        "To consider there: Sciatica",
        "Note: Doing well",
    )


def test_a_second_examiner_sees_nothing_of_them_while_the_blind_visit_is_open(both: Clinic) -> None:
    fetched(both)
    sign(both, 1, 9)
    with both.store.writing(Act.BEGAN) as db:
        begun = replace(visits.get(db, 1), id=0, blind=True, examiner="Dr Second", signature=None)
        visits.begin(db, 1, begun, both.protocol, NOW)
    with pytest.raises(ClinicError, match="blind visit"):
        both.sending().fetched(1)
    with pytest.raises(ClinicError, match="blind visit"):
        fetched(both)


def test_of_a_restricted_record_nothing_is_asked(both: Clinic, server: FhirServer) -> None:
    with both.store.writing(Act.RESTRICTED) as db:
        restrictions.restrict(db, 1, "Asked for", "Dr Elm", NOW, restricted=True)
    server.asked.clear()
    with pytest.raises(RestrictedError):
        fetched(both)
    assert server.asked == []


def test_the_command_prints_them(both: Clinic) -> None:
    env = {**os.environ, "MMT_HOME": str(both.places.root)}
    done = CliRunner().invoke(commands, ["fetch", "--patient", "1"], env=env)
    assert done.exit_code == 0
    assert "2026-03-02 · Oak Clinic" in done.output
    assert "  Tibialis anterior, left: 4\n" in done.output
    assert done.output.endswith("2 visits at other sites.\n")


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (
            b'{"resourceType": "OperationOutcome", "issue": [{"diagnostics": "no index"}]}',
            "answered with status 200: no index.",
        ),
        (
            b"{",
            "was asked for a list of Encounter, and answered with broken JSON instead of FHIR (status 200).",
        ),
        (page("http://elsewhere.example/fhir/Encounter?page=2"), "at another address (http://elsewhere"),
        (page("{base}ish/Encounter"), "at another address"),
        (page("{base}/Encounter?again"), "come to no end"),
    ],
)
def test_an_answer_that_is_no_whole_list_takes_nothing_away(
    body: bytes, says: str, both: Clinic, server: FhirServer
) -> None:
    before = fetched(both)
    answer = Fault(status=200, body=body.replace(b"{base}", server.base.encode()))
    server.fails = lambda asked: answer if "/Encounter?" in asked.path else None
    with pytest.raises(ClinicError, match="what was fetched before stays as it is") as raised:
        fetched(both)
    assert says in str(raised.value)
    assert both.sending().fetched(1)[0] == before
    answer = Fault(status=503)
    server.fails = lambda asked: answer if "/Observation?" in asked.path else None
    with pytest.raises(
        ClinicError, match="was asked for a list of Observation, and answered with status 503"
    ):
        fetched(both)

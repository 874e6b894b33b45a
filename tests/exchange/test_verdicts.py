"""What an answer of a server means: taken only where all of it was taken for certain."""

import datetime
import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_up import MadeUp, made_up
from test_fhir import WORDS, finished, sent

from mmt.exchange.fhir.transactions import digest, resources, transactions
from mmt.exchange.fhir.verdicts import Verdict, matter, retry_after, verdict
from mmt.exchange.fhir.visit import bundle_of_visit

NOW = datetime.datetime(2026, 3, 2, 9, 30, tzinfo=datetime.UTC)


def judged(status: int, body: object = None, **headers: str) -> Verdict:
    data = body if isinstance(body, bytes) else json.dumps(body).encode() if body is not None else b""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return verdict(status, named, data, 2, NOW)


def answered(*statuses: str, kind: str = "transaction-response") -> dict[str, object]:
    return {
        "resourceType": "Bundle",
        "type": kind,
        "entry": [{"response": {"status": one}} for one in statuses],
    }


@pytest.mark.parametrize("statuses", [("200 OK", "201 Created"), ("200", "200")])
def test_all_entries_taken_is_accepted(statuses: tuple[str, ...]) -> None:
    assert judged(200, answered(*statuses)) == Verdict("accepted", 200)


NOT_KNOWN = "whether all of them are there is not known, and nothing of it counts as arrived"


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (answered("200", "422 Unprocessable"), "refused 1 of 2 resources (status 422): no reason is given"),
        (answered("422"), "refused 1 of 2 resources (status 422): no reason is given; of 1 it says nothing"),
        (answered("200"), f"answered for 1 of 2 resources: {NOT_KNOWN}"),
        (answered("200", "200", "200"), f"answered for 3 of 2 resources: {NOT_KNOWN}"),
        (answered("200", ""), f"answered for 1 of 2 resources: {NOT_KNOWN}"),
        (
            {**answered(), "entry": [{"response": {"status": "200"}}, {}]},
            f"answered for 1 of 2 resources: {NOT_KNOWN}",
        ),
        ({**answered(), "entry": None}, f"answered for 0 of 2 resources: {NOT_KNOWN}"),
    ],
)
def test_a_200_that_does_not_say_so_of_each_entry_is_none(body: object, says: str) -> None:
    found = judged(200, body)
    assert (found.outcome, found.words) == ("refused", says)


@pytest.mark.parametrize(
    "body", [b"", b"OK", b"<html></html>", b"{", [], {"resourceType": "Bundle", "type": "searchset"}, b"\xff"]
)
def test_a_200_that_is_no_answer_to_a_transaction_leaves_it_open(body: object) -> None:
    assert judged(200, body).outcome == "later"


def test_what_does_not_know_transactions_refuses_no_visit_and_is_not_tried_on_and_on() -> None:
    found = judged(501, b"")
    assert found[:3] == (
        "shut", 501, "takes no transactions (status 501): whoever keeps it can turn them on",
    )  # fmt: skip


@pytest.mark.parametrize("statuses", [("200", "429"), ("200",), ("503",), ("200", "200", "200"), ("", "")])
@pytest.mark.parametrize("kind", ["transaction-response", "batch-response"])
def test_a_part_is_never_counted_for_the_whole(statuses: tuple[str, ...], kind: str) -> None:
    assert judged(200, answered(*statuses, kind=kind)).outcome in ("refused", "later")


def test_a_batch_is_told_as_one() -> None:
    found = judged(200, answered("200", "200", kind="batch-response"))
    assert (found.outcome, found.batch) == ("accepted", True)
    assert "as a batch" in found.words


REFUSAL = {
    "resourceType": "OperationOutcome",
    "issue": [{"diagnostics": "no", "expression": ["Patient.name"]}],
}


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        *((one, "refused") for one in (400, 403, 404, 409, 412, 413, 422)),
        *((one, "later") for one in (408, 425, 429, 500, 502, 503, 504, 507)),
        *((one, "shut") for one in (301, 302, 307, 308, 401, 407)),
    ],
)
def test_each_status_has_its_meaning(status: int, outcome: str) -> None:
    found = judged(status, REFUSAL)
    assert found.outcome == outcome
    assert outcome == "shut" or found.words == f"answered with status {status}: no (Patient.name)"


PAGE = b"<!DOCTYPE html>\n<html><head><title>Sign in &amp; go\n on</title></head>"


@pytest.mark.parametrize(
    ("body", "did"),
    [
        (PAGE, "a web page “Sign in & go on” instead of FHIR (status 200)"),
        (b"<html><body>hello", "a web page instead of FHIR (status 200)"),
        (b'<Bundle xmlns="http://hl7.org/fhir"/>', "XML instead of FHIR (status 200)"),
        (b'{"ok": true}', "JSON instead of FHIR (status 200)"),
        (b'{"ok": tr', "broken JSON instead of FHIR (status 200)"),
        (b"\x1f\x8b\x08\xff\xfe", "what is no text instead of FHIR (status 200)"),
        (b" \n", "status 200 and no word"),
        (b"Hello\x1b[2J\nworld", "status 200: Hello[2J world"),
        (("ä" * 700).encode(), f"status 200: {'ä' * 300}"),
        (b'{"resourceType": "Bundle", "type": "searchset"}', "Bundle (status 200)"),
        (json.dumps(REFUSAL).encode(), "status 200: no (Patient.name)"),
    ],
)
def test_an_answer_that_is_no_fhir_is_told_as_what_it_is(body: bytes, did: str) -> None:
    assert matter(200, {}, body) == f"answered with {did}"
    assert judged(200, body).words == f"answered with {did}; whether it took what was sent is not known"


@pytest.mark.parametrize("status", [404, 405, 410])
def test_an_address_without_a_server_refuses_no_visit(status: int) -> None:
    assert judged(status, b"<html>nginx</html>").outcome == "shut"


@pytest.mark.parametrize(
    ("told", "seconds"),
    [
        *(("120", 120), ("0", 0), ("999999999999", 86_400), ("Mon, 02 Mar 2026 09:31:00 GMT", 60)),
        *(("Mon, 02 Mar 2026 09:00:00 GMT", 0), ("soon", None), ("", None), ("-5", None), ("²", None)),
    ],
)
def test_how_long_a_server_asks_to_wait(told: str, seconds: int | None) -> None:
    found = retry_after({"retry-after": told}, NOW)
    assert found == (None if seconds is None else datetime.timedelta(seconds=seconds))


@pytest.mark.parametrize("date", ["Mon, 02 Mar 2026 07:30:00 GMT", "Tue, 01 Jan 2030 07:30:00 +0000"])
def test_a_moment_of_the_servers_clock_is_held_against_that_clock(date: str) -> None:
    until = date.replace("07:30", "07:32")
    assert retry_after({"retry-after": until, "date": date}, NOW) == datetime.timedelta(minutes=2)
    assert retry_after({"retry-after": "Mon, 02 Mar 2026 09:31:00 GMT", "date": "soon"}, NOW)


NAMES = st.sampled_from(
    ("resourceType", "type", "entry", "response", "status", "outcome", "issue", "details", "text")
)
ODD = st.recursive(
    st.none() | st.text() | st.integers(), lambda one: st.lists(one) | st.dictionaries(NAMES, one)
).map(lambda one: json.dumps(one).encode())


@given(st.binary(max_size=300) | ODD, st.sampled_from((200, 201, 400, 422, 500)))
@settings(max_examples=150, deadline=None)
def test_no_answer_ends_in_an_error_or_counts_as_taken_by_chance(body: bytes, status: int) -> None:
    assert judged(status, body).outcome != "accepted"


@given(made_up(most=1), st.integers(3, 12))
@settings(max_examples=25, deadline=None, derandomize=True)
def test_in_parts_nothing_refers_to_what_comes_later(made: MadeUp, most: int) -> None:
    (visit,) = made.history.visits
    bundle = bundle_of_visit(sent(finished(visit, made), made.history.patient), WORDS)
    parts = [*transactions(bundle, most)]
    assert all(len(one["entry"]) <= most for one in parts)
    assert {name: held for one in parts for name, held in resources(one).items()} == resources(bundle)
    there: set[str] = set()
    for part in parts:
        there |= resources(part).keys()
        refers = set(re.findall(r'"reference": "([^"]+)"', json.dumps(part)))
        assert refers <= there
    if len(parts) > 1:
        assert [*resources(parts[-1])] == [name for name in resources(bundle) if name.startswith("Prov")]


def test_where_parts_of_a_transaction_may_stay_its_last_entry_goes_alone() -> None:
    bundle = {"type": "transaction", "entry": [1, 2, 3]}
    assert [one["entry"] for one in transactions(bundle, 50)] == [[1, 2, 3]]
    assert [one["entry"] for one in transactions(bundle, 50, atomic=False)] == [[1, 2], [3]]
    assert [one["entry"] for one in transactions({"entry": [1]}, 50, atomic=False)] == [[1]]


def test_the_same_bundle_has_the_same_digest_whatever_the_order_of_its_names() -> None:
    one = {"entry": [{"resource": {"id": "1", "resourceType": "Patient"}}]}
    other = {"entry": [{"resource": {"resourceType": "Patient", "id": "1"}}]}
    assert digest(one) == digest(other)
    assert digest(one) != digest({"entry": [{"resource": {"resourceType": "Patient", "id": "2"}}]})

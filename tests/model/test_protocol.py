"""The protocol of a day is kept as bytes that tell whether it changed."""

from functools import cached_property

from msgspec.structs import replace

from mmt.library.load import load
from mmt.model.exam_tests import CountTest, LegLengthTest
from mmt.model.protocol import Protocol, content, from_content
from mmt.paths import shipped

PROTOCOL: Protocol = load([shipped("protocols")]).protocol


def test_the_kept_protocol_is_the_one_that_was_read() -> None:
    digest, body = content(PROTOCOL)
    assert from_content(body) == PROTOCOL
    assert content(from_content(body)) == (digest, body)
    assert list(from_content(body).story) == list(PROTOCOL.story), "questions keep their order"
    assert list(from_content(body).tests) == list(PROTOCOL.tests)


def test_any_change_of_the_content_changes_its_digest() -> None:
    stricter = replace(PROTOCOL.rules.motor_alarm, level="3+")
    changed = replace(PROTOCOL, rules=replace(PROTOCOL.rules, motor_alarm=stricter))
    assert content(changed)[0] != content(PROTOCOL)[0]


def test_a_source_is_cited_by_its_title_and_an_unknown_one_by_its_id() -> None:
    assert PROTOCOL.cite(("DW", "nowhere")) == f"{PROTOCOL.sources['DW'].title}; nowhere"


def test_safety_questions_keep_the_order_of_their_groups() -> None:
    listed = [one.id for group in PROTOCOL.safety.values() for one in group.questions]
    assert list(PROTOCOL.safety_questions) == listed


def test_the_tests_of_a_kind_keep_the_order_of_the_library() -> None:
    listed = [one for one in PROTOCOL.tests.values() if isinstance(one, LegLengthTest)]
    assert list(PROTOCOL.of(LegLengthTest)) == listed
    assert {one.id for one in PROTOCOL.of(LegLengthTest)}.isdisjoint(one.id for one in PROTOCOL.of(CountTest))


def test_what_was_looked_up_in_one_protocol_is_not_told_of_its_copy() -> None:
    assert PROTOCOL.of(CountTest)
    assert PROTOCOL.counted
    assert PROTOCOL.patterned
    empty = replace(PROTOCOL, tests={}, patterns={}, sources={})
    assert (empty.of(CountTest), empty.counted, empty.patterned) == ((), {}, ())
    assert (PROTOCOL.cite(("DW",)), empty.cite(("DW",))) == (PROTOCOL.sources["DW"].title, "DW")


def test_what_is_worked_out_once_is_the_same_for_an_equal_protocol() -> None:
    fresh = replace(PROTOCOL)
    looked_up = (name for name, one in vars(Protocol).items() if isinstance(one, cached_property))
    once = [name for name in looked_up if not name.startswith("_")]
    assert {"group_of", "alarming", "written"} <= set(once)
    assert [getattr(fresh, name) for name in once] == [getattr(PROTOCOL, name) for name in once]


def test_a_stretch_is_drawn_with_its_bodies_proportions_and_only_where_the_body_is_there() -> None:
    drawn = PROTOCOL.drawn("E01")
    assert [one.drawing for one in drawn] == list(PROTOCOL.figures["E01"].drawings)
    assert {one.lengths for one in drawn} == {PROTOCOL.bodies[drawn[0].drawing.body].lengths}
    assert PROTOCOL.drawn("E99") == ()
    assert replace(PROTOCOL, bodies={}).drawn("E01") == ()


def test_each_safety_question_has_its_group() -> None:
    assert PROTOCOL.group_of.keys() == PROTOCOL.safety_questions.keys()
    assert PROTOCOL.group_of["fever"].id == "infection"
    assert PROTOCOL.group_of["saddle-numbness"].id == "cauda-equina"


def test_a_score_is_called_by_its_short_name_and_without_one_by_its_id() -> None:
    score = PROTOCOL.story["nprs_leg"]
    assert (score.named, replace(score, short="").named) == ("leg pain", "nprs_leg")

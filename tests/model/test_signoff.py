"""Sign-offs as values: what stands, what lapsed, what is counted, and what of a protocol is reviewed."""

import datetime

from msgspec.structs import replace

from mmt.library.load import load
from mmt.model.protocol import ITEMS, PARTS, Protocol
from mmt.model.signoff import Cited, Decided, ReviewItem, SignOff, SignOffs, Standing, differences, tally
from mmt.paths import shipped

PROTOCOL: Protocol = load([shipped("protocols")]).protocol
DAY = datetime.date(2026, 12, 3)


def item(name: str = "tests:GMED", digest: str = "a") -> ReviewItem:
    return ReviewItem(
        id=name,
        group="tests",
        kind="Test",
        title="Gluteus medius",
        lines=(("Fix", "The crest."),),
        digest=digest,
    )


def decided(decision: Decided, digest: str = "a") -> SignOff:
    return SignOff(item="tests:GMED", decision=decision, name="Dr Ann Other", date=DAY, digest=digest)


def stands(decision: Decided = "signed", **more: object) -> Standing:
    return Standing(decision=decision, name="Dr Ann Other", date=DAY, **more)  # type: ignore[arg-type]


def test_a_sign_off_holds_for_the_item_as_it_was() -> None:
    assert item().standing(None) is None
    now, later = item().standing(decided("signed")), item(digest="b").standing(decided("signed"))
    assert now is not None
    assert now.signed
    assert later is not None
    assert later.lapsed
    assert not later.signed


def test_asking_for_a_change_signs_nothing_and_setting_aside_takes_out_of_use() -> None:
    held = SignOffs(standing={"a": stands(), "b": stands("changed"), "c": stands("set-aside", lapsed=True)})
    assert [held.signed(one) for one in "abcd"] == [True, False, False, False]
    assert [held.unused(one) for one in "abcd"] == [False, False, True, False]


def test_the_text_that_is_kept_holds_everything() -> None:
    whole = replace(
        item(), evidence="checked", cites=("L1", "L2"), sources=(Cited(title="A paper", evidence="checked"),)
    )
    assert whole.text == ("Fix: The crest.", "Evidence: checked", "Sources: L1, L2")
    assert item().text == ("Fix: The crest.",)


def test_the_tally_counts_each_item_once_and_names_who_signed() -> None:
    found = [item(name) for name in "abcdef"]
    standing = {
        "a": stands(),
        "b": replace(stands(), name="Dr Bo", date=DAY.replace(day=9)),
        "c": stands(lapsed=True),
        "d": stands("changed"),
        "e": stands("set-aside"),
    }
    told = tally(found, standing)
    assert (told.items, told.signed, told.lapsed, told.asked, told.set_aside) == (6, 2, 1, 1, 1)
    assert told.unsigned == 3
    assert told.by == ("Dr Ann Other", "Dr Bo")
    assert told.last == DAY.replace(day=9)
    assert tally(found, {}).last is None


def test_what_changed_is_told_line_by_line() -> None:
    assert list(differences(("a", "b", "c"), ("a", "x", "c", "d"))) == [("b", "x"), ("", "d")]


def test_an_item_is_known_by_its_place_in_the_protocol() -> None:
    assert PROTOCOL.item_id(PROTOCOL.tests["GMED"]) == "tests:GMED"
    assert PROTOCOL.item_id(PROTOCOL.rules.lift) == "rules:lift"
    assert PROTOCOL.item_id(PROTOCOL.safety["upper-motor-neuron"]) == "safety:upper-motor-neuron"
    assert PROTOCOL.item_id(replace(PROTOCOL.tests["GMED"], name="Another")) == ""


def test_what_a_conclusion_rests_on_is_known_by_its_rule() -> None:
    assert PROTOCOL.ruled_by("cauda-equina") == "safety:cauda-equina"
    assert PROTOCOL.ruled_by("hip-fracture") == "combinations:hip-fracture"
    assert PROTOCOL.ruled_by("weakness") == "rules:weakness"
    assert PROTOCOL.ruled_by("short") == ""


def test_every_collection_is_signed_off_or_named_as_a_part_of_something() -> None:
    assert {*ITEMS, *PARTS, "sources", "rules", "signoffs", "own"} == set(PROTOCOL.__struct_fields__)


def test_all_is_signed_only_where_nothing_in_use_is_left() -> None:
    assert not PROTOCOL.all_signed
    names = [f"{name}:{one}" for name in ITEMS for one in getattr(PROTOCOL, name)]
    names += [f"rules:{getattr(PROTOCOL.rules, one).id}" for one in PROTOCOL.rules.__struct_fields__]
    held = dict.fromkeys(names, stands())
    assert replace(PROTOCOL, signoffs=SignOffs(standing=held)).all_signed
    del held["rules:lift"]
    assert not replace(PROTOCOL, signoffs=SignOffs(standing=held)).all_signed


def test_a_test_that_was_set_aside_is_offered_only_where_it_is_recorded() -> None:
    held = SignOffs(standing={"tests:GMIN": stands("set-aside")})
    used = replace(PROTOCOL, signoffs=held)
    assert PROTOCOL.tests.keys() - used.offered_tests(()).keys() == {"GMIN"}
    assert used.offered_tests(("GMIN",)) == PROTOCOL.tests

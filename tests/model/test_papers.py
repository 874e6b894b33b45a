"""What a sheet holds, in the patient's language and for as long as it runs."""

import datetime
from typing import Any

from msgspec.structs import replace

from mmt.library.load import load
from mmt.model.base import Side
from mmt.model.papers import ComparedChange, Paper, Sheet, SheetItem, Wanted
from mmt.model.people import Letterhead, Patient
from mmt.model.review import Change, Confidence, Verdict
from mmt.model.said import said
from mmt.model.visit import Prescribed
from mmt.paths import shipped

STRETCHES = load([shipped("protocols")]).protocol.stretches
STRETCH = STRETCHES["E27"]


def item(weeks: int) -> SheetItem:
    dose = replace(STRETCH.dose, weeks=weeks)
    return SheetItem(prescribed=Prescribed(stretch="E27", dose=dose), stretch=STRETCH)


def sheet(*items: SheetItem) -> Sheet:
    day = datetime.date(2026, 3, 2)
    patient = Patient(birth_date=datetime.date(1979, 5, 2))
    return Sheet(patient=patient, letterhead=Letterhead(), practitioner="A", date=day, items=items)


def test_a_stretch_is_read_in_english_where_the_language_is_missing() -> None:
    spanish = replace(STRETCH.text["en"], name="Caminar")
    both = SheetItem(
        prescribed=Prescribed(stretch="E27", dose=STRETCH.dose),
        stretch=replace(STRETCH, text={**STRETCH.text, "es": spanish}),
    )
    assert both.text("es").name == "Caminar"
    assert both.text("de").name == STRETCH.text["en"].name


def test_a_ticked_condition_is_told_first_and_takes_the_harder_form_away() -> None:
    cobra = STRETCHES["E02"]
    ticked = Prescribed(stretch="E02", dose=cobra.dose, ticked=("OST", "SHO", "not-of-this-stretch"))
    text, plain = SheetItem(prescribed=ticked, stretch=cobra).text("en"), cobra.text["en"]
    assert text.avoid == (plain.ticked["OST"], plain.ticked["SHO"], *plain.avoid)
    assert (text.easier, text.harder) == (plain.easier, "")


def test_another_form_is_told_by_itself_and_may_have_steps_and_drawings_of_its_own() -> None:
    drawn = load([shipped("protocols")]).protocol.drawn

    def floor(stretch: str, *forms: str) -> SheetItem:
        known = STRETCHES[stretch]
        given = Prescribed(stretch=stretch, dose=known.dose)
        return SheetItem(prescribed=given, stretch=known, pictures=drawn(stretch), forms=forms)

    bridge, plain = floor("E11", "FLR"), STRETCHES["E11"].text["es"]
    assert (floor("E11").form("es"), bridge.form("es")) == ("", plain.ticked["FLR"])
    assert bridge.text("es") == replace(plain, harder="")
    assert bridge.drawn == bridge.pictures
    seated, plain = floor("E01", "FLR"), STRETCHES["E01"].text["pl"]
    assert [part.steps for part in seated.text("pl").parts] == [plain.instead["FLR"]]
    assert (seated.text("pl").easier, seated.text("pl").harder) == ("", "")
    assert {one.drawing.form for one in seated.drawn} == {"FLR"}
    assert floor("E01").text("pl") == plain
    assert {one.drawing.form for one in floor("E01").drawn} == {""}
    rest = floor("E28", "PRG")
    assert [one.drawing.form for one in rest.drawn] == ["PRG"]
    assert [one.drawing.form for one in floor("E28").drawn] == ["", ""]
    assert {one.drawing.form for one in floor("E28", "FLX", "PRG").drawn} == {"FLX"}
    assert floor("E01", "not-of-this-stretch").form("pl") == ""


def test_the_gist_is_for_the_side_the_form_and_the_tick_of_the_patient() -> None:
    def one(stretch: str, side: Side | None, *forms: str, ticked: tuple[str, ...] = ()) -> SheetItem:
        known = STRETCHES[stretch]
        given = Prescribed(stretch=stretch, side=side, dose=known.dose, ticked=ticked)
        return SheetItem(prescribed=given, stretch=known, forms=forms)

    left = "Lie on your right side with both knees bent. Lift your left knee, feet together, hips still."
    assert one("E12", "left").gist("en") == one("E12", None).gist("en") == left
    assert one("E12", "right").gist("es").startswith("Túmbese sobre el lado izquierdo")
    assert one("E12", "right").gist("pl").startswith("Położyć się na lewym boku")
    hip = one("E06", "right", "FLR")
    assert hip.gist("en").endswith("Let your right leg hang down beside the bed.")
    assert (hip.form("en", gist=True), hip.form("en")) == ("", STRETCHES["E06"].text["en"].ticked["FLR"])
    kneeling = one("E06", "left", ticked=("BAL", "KNE"))
    assert kneeling.gist("en").startswith("Do not kneel: stand with your left leg far back.")
    assert one("E06", "left", "FLR", ticked=("KNE",)).gist("en").startswith("Lie on your back at the bed")
    assert one("E11", None, "FLR").form("en", gist=True) == "Do not get down to the floor. Do it on your bed."


def test_a_form_without_a_gist_of_its_own_has_none_and_is_told_by_its_sentence() -> None:
    bare = {name: replace(text, gist_instead={}) for name, text in STRETCHES["E06"].text.items()}
    given = Prescribed(stretch="E06", side="left", dose=STRETCHES["E06"].dose)
    old = SheetItem(prescribed=given, stretch=replace(STRETCHES["E06"], text=bare), forms=("FLR",))
    assert old.gist("en") == ""
    assert old.form("en", gist=True) == bare["en"].ticked["FLR"]


def test_of_two_forms_with_steps_of_their_own_the_first_is_told() -> None:
    rest = STRETCHES["E28"]
    given = Prescribed(stretch="E28", dose=rest.dose)
    both = SheetItem(prescribed=given, stretch=rest, forms=("FLX", "FLR"))
    assert [one.steps for one in both.text("en").parts] == [rest.text["en"].instead["FLX"]]
    assert both.form("en").startswith("Lie on your side.")


def test_a_sheet_knows_the_kinds_of_its_moves_and_another_paper_has_none() -> None:
    assert sheet(item(4)).kinds == {"walking"}
    day, patient = datetime.date(2026, 3, 2), Patient(birth_date=datetime.date(1979, 5, 2))
    assert Paper(patient=patient, letterhead=Letterhead(), practitioner="A", date=day).kinds is None


def test_a_move_of_one_side_without_a_side_is_for_each_side() -> None:
    def given(stretch: str, **more: Any) -> SheetItem:
        known = STRETCHES[stretch]
        return SheetItem(prescribed=Prescribed(stretch=stretch, dose=known.dose, **more), stretch=known)

    assert given("E12").each_side
    assert not given("E12", side="left").each_side
    assert not given("E27").each_side


def test_a_tick_that_tells_of_the_usual_steps_is_not_told_with_the_steps_of_a_form() -> None:
    pose = STRETCHES["E08"]
    given = Prescribed(stretch="E08", dose=pose.dose, ticked=("KNE", "IRR"))
    usual, chair = (
        SheetItem(prescribed=given, stretch=pose, forms=some).text("en") for some in ((), ("FLR",))
    )
    told = pose.text["en"].ticked
    assert usual.avoid[:2] == (told["KNE"], told["IRR"])
    assert chair.avoid[0] == told["IRR"]
    assert told["KNE"] not in chair.avoid


def compared(then: str, now: str, verdict: Verdict, confidence: Confidence | None = None) -> ComparedChange:
    """A change whose trials at a visit disagree."""
    why = (said("repeat-it"),)
    change = Change(
        test="SLUMP",
        from_=then,
        to=now,
        since="2026-02-02",
        verdict=verdict,
        confidence=confidence,
        why=why,
        said=(),
        because=(),
        sources=(),
        evidence="derived",
    )
    return ComparedChange(name="Slump", change=change)


def test_a_paper_calls_one_value_the_same_and_beyond_error_what_is_more_than_possible() -> None:
    assert compared("positive", "positive", "within-noise").told == "same"
    assert compared("negative", "positive", "within-noise").told == "within-noise"
    assert compared("4", "5", "better", "likely").beyond
    assert not compared("4", "5", "better", "possible").beyond
    assert not compared("positive", "positive", "within-noise").beyond


def test_what_was_not_typed_is_an_empty_answer() -> None:
    assert [Wanted(typed=("88-1234",)).answer(number) for number in (0, 1)] == ["88-1234", ""]

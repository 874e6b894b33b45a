"""A conclusion is read as a clinician would say it."""

import string

import pytest
from made import PROTOCOL, quote, seen

from mmt.model.review import Reason
from mmt.model.said import Said, said
from mmt.reasoning.wording import missing_said, reason_said, sentence, worded
from mmt.reasoning.words import ENGLISH

ASK = {name: one.ask for name, one in PROTOCOL.story.items()}
OST = PROTOCOL.precautions["OST"].name
TA, EHL = PROTOCOL.tests["TA"].name, PROTOCOL.tests["EHL"].name
ONE_ROOT = "one root does not explain both legs."


@pytest.mark.parametrize(
    ("reason", "line"),
    [
        (quote("TA", "left", grade="2"), "Tibialis anterior, left: 2"),
        (
            quote("TA", "left", grade="2", flags=("pain",), date="2026-02-02"),
            "Tibialis anterior, left: 2 (pain), 2026-02-02",
        ),
        (
            quote("SLR", "right", result="positive", degrees=45.0),
            "Straight leg raise, right: positive 45°",
        ),
        (quote("SLUMP", "right"), "Slump test, right"),
        (
            Reason(test="TA", side="left", seen=seen("TA", grade="4", trial=2)),
            "Tibialis anterior, left: 4, trial 2",
        ),
        (
            Reason(rule="weakness", test="TA", side="left", strength="marked"),
            "weakness: Tibialis anterior, left: marked",
        ),
        (Reason(rule="default", said=said("default")), "default; fits where nothing speaks against it"),
        (Reason(said=said("as-written", text="acted"), date="2026-02-02"), "acted, 2026-02-02"),
        (Reason(said=said("as-written", text="acted")), "acted"),
        (Reason(question="fever", answer=True), f"{PROTOCOL.safety_questions['fever'].ask} yes"),
        (Reason(question="gone", answer=False), "gone no"),
        (Reason(story="night_pain", answer=True), f"{ASK['night_pain']} yes"),
        (Reason(story="nprs_leg", answer=7), f"{ASK['nprs_leg']}: 7"),
        (Reason(story="leg_pain_side", answer="none"), f"{ASK['leg_pain_side']} neither"),
        (Reason(story="pain_where", answer=("back", "foot")), f"{ASK['pain_where']} low back, foot"),
        (Reason(story="extension"), f"{ASK['extension']} not asked"),
        (Reason(story="gone", answer="some"), "gone: some"),
        (Reason(precaution="OST", answer=True), f"OST ({OST}): present"),
        (Reason(precaution="OST", answer=False), f"OST ({OST}): not present"),
        (Reason(precaution="GONE"), "GONE (GONE): not asked"),
    ],
)
def test_a_reason_is_one_line(reason: Reason, line: str) -> None:
    assert reason_said(reason, PROTOCOL) == line


@pytest.mark.parametrize(
    ("one", "read"),
    [
        (said("weak-seen", test="TA", side=None), f"{TA}, midline: weak."),
        (said("with-substitution", other=None), "Another muscle took over: the grade may be too high."),
        (said("with-substitution", other="EHL"), f"{EHL} took over: the grade may be too high."),
        (said("weak-both", names=("TA", "EHL")), f"Weakness on both sides ({TA}, {EHL}): {ONE_ROOT}"),
        (
            said("weak-both", names=(seen("TA", grade="4"),)),
            f"Weakness on both sides ({TA} left 4): {ONE_ROOT}",
        ),
        (said("group", group="fracture"), PROTOCOL.safety["fracture"].says),
        (said("change-why", why=(said("no-limit"), said("range-limited"))),
         f"({ENGLISH['no-limit']}; the range was limited)"),
        (said("size-mild", size=12.5), ENGLISH["size-mild"].replace("{size:g}", "12.5")),
        (said("on-last-sheet", done=("sheet_done", None)), "done at home: not asked; on the last sheet"),
    ],
)  # fmt: skip
def test_a_sentence_is_filled_by_what_its_places_name(one: Said, read: str) -> None:
    assert sentence(one, PROTOCOL) == read


def test_sentences_follow_each_other_and_what_is_missing_is_named() -> None:
    both = said("motor-both"), said("ask-cauda")
    assert worded(both, PROTOCOL) == f"{ENGLISH['motor-both']} {ENGLISH['ask-cauda']}"
    missing = ("TA", said("not-counted", test="TA"), said("other-side"))
    read = [missing_said(one, str.lower) for one in missing]
    assert read == ["ta", "ta: painful, not counted", "the other side"]
    assert missing[1].value("side") is None


def test_each_sentence_can_be_filled_and_leaves_no_space_at_its_ends() -> None:
    assert all(list(string.Formatter().parse(one)) and one == one.strip() for one in ENGLISH.values())

"""Faults of an own drawing are named by file, item and drawing, and everything else still loads."""

from collections.abc import Callable

from mmt.library.load import Library
from mmt.library.posing import posing

LoadOwn = Callable[..., Library]

DRAWING = """
[[figures.drawings]]
steps = [{steps}]
caption.en = "{caption}"
view = {{ turn = 90 }}
[figures.drawings.pose]
hips = [0, 0, 52.4]
this_leg = {{ sole = [0, 5, 0] }}
other_leg = {{ sole = [0, -5, 0] }}
{more}
"""


def own(steps: str = "1", caption: str = "Stand tall.", more: str = "") -> str:
    head = '[[figures]]\nid = "E11"\nsources = ["derived"]\nevidence = "derived"\n'
    plain = DRAWING.format(steps=2, caption="Stand.", more="")
    return head + DRAWING.format(steps=steps, caption=caption, more=more) + plain


def told(library: Library) -> list[str]:
    return [str(one) for one in (*library.problems, *posing(library.protocol, library.origins))]


def test_an_own_drawing_replaces_the_shipped_one(load_own: LoadOwn) -> None:
    library = load_own(mine=own())
    assert told(library) == []
    assert library.origins["figures:E11"] == "own/mine.toml"
    assert len(library.protocol.figures["E11"].drawings) == 2


def test_a_step_that_the_text_does_not_have_is_named(load_own: LoadOwn) -> None:
    assert told(load_own(mine=own(steps="9"))) == ["own/mine.toml: figures E11: drawing 1 shows step 9 of 6"]


def test_a_drawing_of_no_stretch_is_named(load_own: LoadOwn) -> None:
    found = told(load_own(mine=own().replace('"E11"', '"E99"')))
    assert found == ["own/mine.toml: figures E99: draws a stretch that is not in the library"]


def test_a_long_caption_is_named(load_own: LoadOwn) -> None:
    found = told(load_own(mine=own(caption="word " * 13)))
    assert found == ["own/mine.toml: figures E11: drawing 1 has a caption of more than 12 words in en"]


def test_a_hand_that_does_not_reach_is_named(load_own: LoadOwn) -> None:
    library = load_own(mine=own(more="this_arm = { palm = [60, 10, 60] }"))
    assert library.problems == ()
    (found,) = told(library)
    assert found.startswith("own/mine.toml: figures E11: drawing 1: this_arm: the target is ")
    assert found.endswith("out of reach")


def test_a_joint_that_goes_too_far_is_named(load_own: LoadOwn) -> None:
    (found,) = told(load_own(mine=own(more="low_back = 75")))
    assert found.endswith("drawing 1: low_back is at 75 degrees; it goes from -45 to 60")


def test_a_body_that_is_not_there_is_named(load_own: LoadOwn) -> None:
    text = own().replace("view = {", 'body = "child"\nview = {', 1)
    assert told(load_own(mine=text)) == [
        'own/mine.toml: figures E11: drawing 1: body "child" is not in the library'
    ]


def test_angles_and_a_place_for_one_limb_are_refused(load_own: LoadOwn) -> None:
    library = load_own(mine=own(more="this_arm = { palm = [0, 9, 60], elbow = 20 }"))
    (found,) = told(library)
    assert "own/mine.toml: figures[0] (E11)" in found
    assert "needs angles or a `palm`, not both" in found
    assert "figures:E11" in library.origins


def test_one_drawing_is_too_few(load_own: LoadOwn) -> None:
    text = own()
    (found,) = told(load_own(mine=text[: text.rindex("[[figures.drawings]]")]))
    assert "length >= 2" in found

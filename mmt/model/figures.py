"""Drawings of a stretch as data: how a body lies, sits or stands, what it touches, what moves, what is felt.

Lengths are hundredths of the body's height, angles are degrees. `x` runs to where a body faces that is not
turned, `y` to its left, `z` up from the floor. A drawing is told for the left side as *this* side.
"""

from typing import Annotated, Literal

from msgspec import Meta

from .base import Item, Text, Value

Number = Annotated[float, Meta(ge=-400, le=400)]
"""Hundredths of the body's height, or degrees."""

Vec = tuple[Number, Number, Number]
"""A place, or a direction: x, y, z. For the limbs of the other side `y` of a direction is turned round."""

Range = tuple[Number, Number]
"""Least and most, in degrees."""

Toe = Annotated[float, Meta(ge=0, le=70)]
Curl = Annotated[float, Meta(ge=0, le=120)]
Hundredths = Annotated[float, Meta(gt=0, le=60)]
PROPS = Literal["mat", "floor", "box", "bed", "table", "chair", "pillow", "roll", "strap"]


class Near(Value, frozen=True, kw_only=True):
    """A place told from the body: `at` names one of its points, `plus` is added."""

    at: Text
    plus: Vec = (0.0, 0.0, 0.0)


Place = Vec | Near


class Leg(Value, frozen=True, kw_only=True):
    """A leg: by angles from standing straight, or by where its `sole` or its `ankle` is.

    `hip` and `knee` bend, `out` is away from the other leg, `turn` turns the knee outwards, `foot` points the
    toes down, `big_toe` is lifted from the others. With a place `knee_to` is where the knee points. A sole
    lies flat: it faces `down`, its toes point `toes`; the place is right under the ankle.
    """

    hip: Number = 0.0
    out: Number = 0.0
    turn: Number = 0.0
    knee: Number = 0.0
    foot: Number = 0.0
    big_toe: Toe = 0.0
    sole: Place | None = None
    ankle: Place | None = None
    knee_to: Vec = (1.0, 0.0, 0.0)
    toes: Vec = (1.0, 0.0, 0.0)
    down: Vec = (0.0, 0.0, -1.0)

    def __post_init__(self) -> None:
        if self.sole is not None and self.ankle is not None:
            raise ValueError("needs `sole` or `ankle`, not both")
        if self.placed and (self.hip or self.out or self.turn or self.knee):
            raise ValueError("needs angles or a place, not both")

    @property
    def placed(self) -> bool:
        return self.sole is not None or self.ankle is not None


class Arm(Value, frozen=True, kw_only=True):
    """An arm: by angles from hanging straight, or by where its `palm` is.

    `lift` is forwards and up, `out` away from the body, `turn` turns the crook of the elbow outwards, `elbow`
    bends, `wrist` bends back. With a palm `elbow_to` is where the elbow points, as seen from the chest
    (forward, outward, up). Without `fingers` the hand goes on from the forearm; with them it points there and
    its palm faces `palm_to`. `fist` closes the hand round something; `curl` bends the fingers to the palm.
    """

    lift: Number = 0.0
    out: Number = 0.0
    turn: Number = 0.0
    elbow: Number = 0.0
    wrist: Number = 0.0
    palm: Place | None = None
    elbow_to: Vec = (-1.0, 0.0, -0.3)
    fingers: Vec | None = None
    palm_to: Vec | None = None
    fist: bool = False
    curl: Curl = 0.0

    def __post_init__(self) -> None:
        if self.palm is not None and (self.lift or self.out or self.turn or self.elbow):
            raise ValueError("needs angles or a `palm`, not both")


class Pose(Value, frozen=True, kw_only=True):
    """Where every part of the body is.

    `hips` is the middle between the hip joints. With `rest` their height is found: trunk or legs sink until
    they touch the height that `hips` gives. The pelvis turns to its left by `turn`, tips to its left by
    `tilt` and forward by `lean`. The back bends forward by `low_back` and `upper_back`, to its left by
    `side_bend`. `neck` and `nod` bend forward, `tip` tilts the head to its left; `shrug` lifts the shoulders.
    """

    hips: Vec = (0.0, 0.0, 0.0)
    rest: Literal["trunk", "legs"] | None = None
    turn: Number = 0.0
    lean: Number = 0.0
    tilt: Number = 0.0
    low_back: Number = 0.0
    upper_back: Number = 0.0
    side_bend: Number = 0.0
    neck: Number = 0.0
    nod: Number = 0.0
    tip: Number = 0.0
    shrug: Number = 0.0
    this_leg: Leg = Leg()
    other_leg: Leg = Leg()
    this_arm: Arm = Arm()
    other_arm: Arm = Arm()


class Lengths(Value, frozen=True, kw_only=True):
    """Parts of the body; `hip` and `shoulder` from the middle to the joint."""

    foot_height: Hundredths
    foot: Hundredths
    shank: Hundredths
    thigh: Hundredths
    hip: Hundredths
    trunk: Hundredths
    shoulder: Hundredths
    neck: Hundredths
    head: Hundredths
    upper_arm: Hundredths
    forearm: Hundredths
    hand: Hundredths


class Limits(Value, frozen=True, kw_only=True):
    """How far joints go, least and most, each as the field of a pose counts it."""

    hip: Range
    out: Range
    turn: Range
    knee: Range
    foot: Range
    elbow: Range
    arm_turn: Range
    wrist: Range
    low_back: Range
    upper_back: Range
    side_bend: Range
    neck: Range
    tip: Range


class Body(Item, frozen=True, kw_only=True):
    """Whom the drawings show."""

    lengths: Lengths
    limits: Limits


class Arrow(Value, frozen=True, kw_only=True):
    """A movement, through these places."""

    through: Annotated[tuple[Place, ...], Meta(min_length=2, max_length=5)]
    both_ways: bool = False


class Prop(Value, frozen=True, kw_only=True):
    """A thing beside the body, `at` its lower middle, turned to its left by `turn`.

    A `strap` goes `through` places. `front` draws it over the body, else it stands behind.
    """

    kind: PROPS
    at: Vec = (0.0, 0.0, 0.0)
    size: Vec = (0.0, 0.0, 0.0)
    turn: Number = 0.0
    through: tuple[Place, ...] = ()
    front: bool = False

    def __post_init__(self) -> None:
        if (self.kind == "strap") != (len(self.through) > 1):
            raise ValueError("`through` belongs to a strap, which goes through two places or more")


class View(Value, frozen=True, kw_only=True):
    """From where the body is seen: `turn` 0 in front, 90 on this side, 180 behind; from above by `height`."""

    turn: Number
    height: Annotated[float, Meta(ge=0, le=80)] = 10.0


class Close(Value, frozen=True, kw_only=True):
    """A close-up: a window round a place, everything else is left out."""

    at: Place
    wide: Annotated[float, Meta(gt=0, le=120)]
    high: Annotated[float, Meta(gt=0, le=120)]


class Drawing(Value, frozen=True, kw_only=True):
    """One picture: the steps of the patient's text that it shows, a few words by language, and the pose.

    `feel` names muscles (`this.buttock`); `over` names parts of the body that lie over all others. `headed`
    prints the words over the picture on the patient's sheet too, where they tell one way from another. `form`
    is the precaution whose form of the stretch it shows, by the steps of that form.
    """

    form: str = ""
    part: Annotated[int, Meta(ge=1)] = 1
    steps: Annotated[tuple[Annotated[int, Meta(ge=1)], ...], Meta(min_length=1)]
    caption: dict[str, Text]
    headed: bool = False
    view: View
    pose: Pose
    feel: tuple[Text, ...] = ()
    arrows: tuple[Arrow, ...] = ()
    props: tuple[Prop, ...] = ()
    over: tuple[Text, ...] = ()
    close: Close | None = None
    shoes: bool = False
    body: Text = "adult"


class Picture(Value, frozen=True, kw_only=True):
    """A drawing, with the proportions of the body that it shows, and whether its side is marked."""

    drawing: Drawing
    lengths: Lengths
    marked: bool = False


class Figures(Item, frozen=True, kw_only=True):
    """The drawings of the stretch that has the same id."""

    drawings: Annotated[tuple[Drawing, ...], Meta(min_length=2, max_length=8)]

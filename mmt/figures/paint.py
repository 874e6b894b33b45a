"""A body as shapes: its parts from far to near, joined without a seam, in shirt and shorts."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from mmt.model.figures import Drawing

from . import flesh
from .build import Built
from .head import head
from .seam import seam
from .shape import Shape
from .skeleton import SIDES
from .space import Vec, between, dot
from .stripes import FOOT, SHANK, SLEEVE, SOCK, stripes
from .tint import Felt, felt, patch
from .tube import Eye, Tube, cut, foreshortened, outline

BLUNT = 0.35
"""How round the lower end of the trunk is: the thighs go on from there."""

BEHIND = 4.0
"""The trunk counts as so much farther away than it is, so that thighs and arms lie over it."""

AWAY = 0.2
"""Limbs of a side that is turned away by so much, as a sine, are darker."""

SHOULDER_IN = 0.35
"""The shoulder goes over into the trunk so far inside it, on the way from its joint to the spine."""

JOINTS = (
    ("trunk", "{}_thigh", 6.6),
    ("{}_thigh", "{}_shank", 3.2),
    ("{}_shank", "{}_foot", 2.2),
    *(("{}_foot", f"{{}}_{toe}", 0.9) for toe in flesh.TOES),
    ("trunk", "{}_upper", 4.2),
    ("{}_upper", "{}_fore", 2.2),
    ("{}_fore", "{}_hand", 1.5),
    ("{}_hand", "{}_thumb", 1.1),
)
"""Parts that go over into each other, and how far round their joint."""


PARTS = (
    "head",
    "neck",
    "trunk",
    *(
        f"{side}_{part}"
        for side in SIDES
        for part in ("thigh", "shank", "foot", *flesh.TOES, "upper", "fore", "hand", "thumb")
    ),
)
"""The parts of the body by name."""


LIMBS = (("thigh", "shank", "foot"), ("upper", "fore", "hand"))

EDGE = 1.9
"""The width of the light edge by which a limb stands out on what it crosses, half of it under the limb."""

FREE = 0.55
"""A limb has its light edge from this part of its first bone on: before that it goes over into the trunk."""


class Part(NamedTuple):
    """A part of the body: its tube and colour, the piece of it that cloth covers, and where it is striped."""

    tube: Tube
    skin: str
    cloth: Tube = ()
    dress: str = ""
    striped: Sequence[tuple[float, float]] = ()


def body(built: Built, seen: Eye, drawing: Drawing, *, marked: bool) -> Iterator[Shape]:
    """The shapes of a body from far to near; parts that the drawing names in `over` come last. `marked` tells
    this side by its striped sock and sleeve."""
    parts = _parts(built, seen, drawing.shoes)
    if marked:
        parts |= _marks(built, parts)
    waiting = felt(drawing.feel)
    drawn: set[str] = set()
    for name in sorted([*parts, "head"], key=lambda one: _depth(one, built, seen, drawing.over)):
        if name == "head":
            yield from head(built.head, seen)
            continue
        if (limb := _limb(name)) and not limb & drawn:
            yield from _edge(sorted(limb), built, seen)
        yield from _painted(name, parts[name], seen)
        for under, radius, at in _joints(name, drawn, built):
            yield from _joined(under, name, parts, at, radius, seen)
        drawn.add(name)
        ready = [one for one in waiting if {one.part, *one.after} <= drawn]
        for one in ready:
            yield from patch(built.tubes[one.part], one, seen)
            waiting.remove(one)


def tinted(feels: Sequence[str], built: Built, seen: Eye) -> list[Felt]:
    """The muscles of a drawing that turn towards the eye."""
    return [one for one in felt(feels) if list(patch(built.tubes[one.part], one, seen))]


def _depth(name: str, built: Built, seen: Eye, over: Sequence[str]) -> tuple[int, float]:
    """How near a part is, the farthest first."""
    level = over.index(name) + 1 if name in over else 0
    if name == "head":
        return level, dot(built.head.at, seen.near)
    tube = built.tubes["trunk" if name == "neck" else name]
    near = sum(dot(ring.at, seen.near) for ring in tube) / len(tube)
    return level, near - {"trunk": BEHIND, "neck": BEHIND + 0.01}.get(name, 0)


def _parts(built: Built, seen: Eye, shoes: bool) -> dict[str, Part]:
    tubes, bones = built.tubes, built.bones
    shorts = [ring.grown(0.1) for ring in tubes["trunk"][:4]]
    parts = {"trunk": Part(tubes["trunk"], "shirt", shorts, "shorts"), "neck": Part(tubes["neck"], "skin")}
    for side, sign in SIDES.items():
        far = "-far" if dot(built.spine[1].frame.left, seen.near) * sign < -AWAY else ""
        for name in (f"{side}_{part}" for part in ("shank", "foot", *flesh.TOES, "fore", "hand", "thumb")):
            if name in tubes:
                parts[name] = Part(tubes[name], ("shoe" if shoes and "foot" in name else "skin") + far)
        leg = flesh.along_bone(bones[f"{side}_thigh"], flesh.THIGH, 0, 0.6, 0.45)
        parts[f"{side}_thigh"] = Part(tubes[f"{side}_thigh"], "skin" + far, leg, "shorts" + far)
        sleeve = flesh.along_bone(bones[f"{side}_upper"], flesh.UPPER, 0, 0.55, 0.3)
        parts[f"{side}_upper"] = Part(tubes[f"{side}_upper"], "skin" + far, sleeve, "shirt" + far)
    return parts


def _marks(built: Built, parts: dict[str, Part]) -> dict[str, Part]:
    """Foot, shank and upper arm of this side in striped sock and sleeve; toes drawn one by one are bare."""
    foot, shank, upper = (parts[f"this_{part}"] for part in ("foot", "shank", "upper"))
    sock = flesh.along_bone(built.bones["this_shank"], flesh.SHANK, SOCK, 1, 0.3)[::-1]
    return {
        "this_foot": foot._replace(skin="sock", striped=FOOT),
        "this_shank": shank._replace(cloth=sock, dress="sock", striped=SHANK),
        "this_upper": upper._replace(striped=SLEEVE),
    }


def _limb(name: str) -> frozenset[str]:
    """The three parts of the limb that a part belongs to; none for trunk, neck and thumb."""
    side, _, part = name.partition("_")
    return frozenset(f"{side}_{one}" for limb in LIMBS if part in limb for one in limb)


def _edge(limb: Sequence[str], built: Built, seen: Eye) -> Iterator[Shape]:
    """The light edge of a whole limb, painted before its first part so that its own joints stay whole."""
    for name in limb:
        tube = built.tubes[name]
        if name.endswith(("thigh", "upper")):
            profile = flesh.THIGH if "thigh" in name else flesh.UPPER
            tube = flesh.along_bone(built.bones[name], profile, FREE)
        yield Shape([outline(tube, seen)], "", "halo", EDGE)


def _painted(name: str, part: Part, seen: Eye) -> Iterator[Shape]:
    if name == "trunk":
        yield Shape([cut(part.tube, seen, BLUNT)], part.skin, "line", end="straight")
        yield Shape([cut(part.cloth, seen, BLUNT)], part.dress, "line", end="straight")
        return
    last = Shape([outline(part.tube, seen)], part.skin, "line")
    yield last
    if part.cloth:
        last = Shape([cut(part.cloth, seen)], part.dress, "line", end="straight")
        yield last
    if part.striped:
        yield from stripes(part.cloth or part.tube, part.striped, seen)
        yield last._replace(fill="")


def _joints(name: str, drawn: set[str], built: Built) -> Iterator[tuple[str, float, Vec]]:
    """What was drawn already and goes over into this part: its name, how far round the joint, the joint."""
    for one, two, radius in JOINTS:
        for side in SIDES:
            first, second = one.format(side), two.format(side)
            if name in (first, second) and {first, second} - {name} <= drawn:
                at = built.tubes[second][0].at
                if "upper" in second:
                    at = between(at, built.spine[-2].at, SHOULDER_IN)
                yield first if name == second else second, radius, at


def _joined(
    under: str, top: str, parts: dict[str, Part], at: Vec, radius: float, seen: Eye
) -> Iterator[Shape]:
    """Paint over the outline of the upper part where it crosses the lower one, so that both join."""
    if top == "trunk":
        return
    lower = parts[under]
    if under == "trunk" and top.endswith("thigh"):
        yield from seam(at, cut(lower.cloth, seen, BLUNT), radius, lower.dress, seen)
    elif under == "trunk":
        yield from seam(at, cut(lower.tube, seen, BLUNT), radius, lower.skin, seen)
    elif not (foreshortened(lower.tube, seen) or foreshortened(parts[top].tube, seen)):
        fill = parts[top].skin if top.endswith("foot") else lower.skin
        yield from seam(at, outline(lower.tube, seen), radius, fill, seen)

"""A pose as bones in space."""

from collections.abc import Mapping
from typing import NamedTuple

from mmt.model.figures import Arm, Leg, Lengths, Pose

from .reach import middle, place
from .space import Frame, Vec, across, add, along, between, cross, dot, sub, times, turned, unit

SIDES = {"this": 1, "other": -1}
"""The sides of the body and where they lie on its left-right axis."""

PELVIS = (-2.4, 0.0, 3.6, 7.0)
"""Heights of the stiff pelvis's nodes above the hip joints."""

LINKS = 3
"""Links of the low back, and of the upper back, that share a bend."""

UP, IN = 1.5, 2.5
"""How far an arm that points straight up carries its shoulder up and in."""

NECK_LEANS = 14
"""Degrees that a neck leans forward when one stands."""


class Bone(NamedTuple):
    """A part of the body from one end to the other, and which way its front faces."""

    start: Vec
    end: Vec
    front: Vec

    @property
    def axis(self) -> Vec:
        return unit(sub(self.end, self.start))

    @property
    def side(self) -> Vec:
        return cross(self.front, self.axis)

    def at(self, part: float) -> Vec:
        return between(self.start, self.end, part)


class Node(NamedTuple):
    """A place on the spine, or the middle of the head, with the way the body faces there."""

    at: Vec
    frame: Frame


def spine(pose: Pose, hips: Vec, lengths: Lengths) -> tuple[Node, ...]:
    """The spine's nodes, from the pelvis's lower end to the base of the neck."""
    frame = Frame().bent(twist=pose.turn).bent(left=pose.tilt).bent(forward=pose.lean)
    nodes = [Node(along(hips, frame.up, height), frame) for height in PELVIS]
    step = (lengths.trunk + 1.2 - PELVIS[-1]) / (2 * LINKS)
    for index in range(2 * LINKS):
        bend = (pose.low_back if index < LINKS else pose.upper_back) / LINKS
        share = 1 / (2 * LINKS)
        frame = frame.bent(forward=bend, left=pose.side_bend * share)
        nodes.append(Node(along(nodes[-1].at, frame.up, step), frame))
    return tuple(nodes)


def neck_and_head(pose: Pose, top: Node, lengths: Lengths) -> tuple[Bone, Node]:
    """The neck, told from the head down, and the middle of the head."""
    frame = top.frame.bent(forward=pose.neck + NECK_LEANS, left=pose.tip / 2)
    end = along(top.at, frame.up, lengths.neck)
    neck = Bone(end, top.at, frame.front)
    frame = frame.bent(forward=pose.nod - NECK_LEANS, left=pose.tip / 2)
    return neck, Node(add(end, frame.out((1.3, 0, lengths.head * 0.36))), frame)


def hang(frame: Frame, sign: int, *, turn: float, out: float, forward: float) -> tuple[Vec, Vec]:
    """Where a limb that hangs from a frame points, and its front faces, after these turns in degrees."""
    down, front = times(frame.up, -1), frame.front
    for axis, degrees in ((frame.up, turn * sign), (frame.front, out * sign), (frame.left, -forward)):
        down, front = turned(down, axis, degrees), turned(front, axis, degrees)
    return down, front


def leg(
    how: Leg, hip: Vec, pelvis: Frame, sign: int, lengths: Lengths, known: Mapping[str, Vec]
) -> dict[str, Bone]:
    """Thigh, shank and foot."""
    if how.sole is not None:
        normal = times(unit((how.down[0], how.down[1] * sign, how.down[2])), -1)
        ankle = along(place(how.sole, known), normal, lengths.foot_height)
    elif how.ankle is not None:
        ankle = place(how.ankle, known)
    else:
        return _leg_by_angles(how, hip, pelvis, sign, lengths)
    towards = (how.knee_to[0], how.knee_to[1] * sign, how.knee_to[2])
    knee = middle(hip, ankle, lengths.thigh, lengths.shank, towards)
    thigh, shank = _folded(hip, knee, ankle, towards, 1)
    foot = _foot(ankle, shank, how.foot, lengths)
    if how.sole is not None:
        toes = across((how.toes[0], how.toes[1] * sign, how.toes[2]), normal)
        foot = Bone(ankle, along(ankle, toes, lengths.foot), normal)
    return {"thigh": thigh, "shank": shank, "foot": foot}


def _leg_by_angles(how: Leg, hip: Vec, pelvis: Frame, sign: int, lengths: Lengths) -> dict[str, Bone]:
    down, front = hang(pelvis, sign, turn=how.turn, out=how.out, forward=how.hip)
    knee = along(hip, down, lengths.thigh)
    hinge = cross(down, front)
    shin, shin_front = turned(down, hinge, -how.knee), turned(front, hinge, -how.knee)
    ankle = along(knee, shin, lengths.shank)
    shank = Bone(knee, ankle, shin_front)
    return {"thigh": Bone(hip, knee, front), "shank": shank, "foot": _foot(ankle, shank, how.foot, lengths)}


def _foot(ankle: Vec, shank: Bone, point: float, lengths: Lengths) -> Bone:
    """The foot at right angles to the shank, its toes pointed down by this many degrees."""
    hinge = cross(shank.axis, shank.front)
    toes = turned(shank.front, hinge, -point)
    return Bone(ankle, along(ankle, toes, lengths.foot), turned(times(shank.axis, -1), hinge, -point))


def _folded(root: Vec, joint: Vec, end: Vec, towards: Vec, way: int) -> tuple[Bone, Bone]:
    """The two bones of a limb. `way` is 1 where a joint's tip is its front (knee), -1 where its crook is."""
    first, second = unit(sub(joint, root)), unit(sub(end, joint))
    if abs(dot(first, second)) > 0.9995:
        front = times(across(towards, first), way)
        return Bone(root, joint, front), Bone(joint, end, across(front, second))
    return (
        Bone(root, joint, times(across(second, first), -way)),
        Bone(joint, end, times(across(first, second), way)),
    )


def carried(shoulder: Vec, way: Vec, chest: Frame, sign: int) -> Vec:
    """The shoulder joint of an arm that points this way: raised arms carry it up and in."""
    return add(shoulder, chest.out(times((0, IN * -sign, UP), max(dot(way, chest.up), 0))))


def arm(
    how: Arm, shoulder: Vec, chest: Frame, sign: int, lengths: Lengths, known: Mapping[str, Vec]
) -> dict[str, Bone]:
    """Upper arm, forearm and hand."""
    if how.palm is None:
        return _arm_by_angles(how, shoulder, chest, sign, lengths)
    palm = place(how.palm, known)
    towards = chest.out((how.elbow_to[0], how.elbow_to[1] * sign, how.elbow_to[2]))
    aim = palm
    for _ in range(2):
        root = carried(shoulder, unit(sub(aim, shoulder)), chest, sign)
        elbow, wrist = _reaching(how, root, palm, towards, sign, lengths)
        aim = elbow
    way = unit(sub(palm, wrist))
    upper, fore = _folded(root, elbow, wrist, towards, -1)
    faces = fore.front if how.palm_to is None else (how.palm_to[0], how.palm_to[1] * sign, how.palm_to[2])
    hand = Bone(wrist, along(wrist, way, lengths.hand), across(faces, way))
    return {"upper": upper, "fore": fore, "hand": hand}


def _reaching(how: Arm, root: Vec, palm: Vec, towards: Vec, sign: int, lengths: Lengths) -> tuple[Vec, Vec]:
    """Elbow and wrist of an arm whose palm is at a place."""
    half = lengths.hand * (0.25 if how.fist else 0.45)
    if how.fingers is None:
        elbow = middle(root, palm, lengths.upper_arm, lengths.forearm + half, towards)
        return elbow, along(elbow, unit(sub(palm, elbow)), lengths.forearm)
    wrist = along(palm, unit((how.fingers[0], how.fingers[1] * sign, how.fingers[2])), -half)
    return middle(root, wrist, lengths.upper_arm, lengths.forearm, towards), wrist


def _arm_by_angles(how: Arm, shoulder: Vec, chest: Frame, sign: int, lengths: Lengths) -> dict[str, Bone]:
    down, front = hang(chest, sign, turn=how.turn, out=how.out, forward=how.lift)
    shoulder = carried(shoulder, down, chest, sign)
    elbow = along(shoulder, down, lengths.upper_arm)
    hinge = cross(down, front)
    way, crook = turned(down, hinge, how.elbow), turned(front, hinge, how.elbow)
    wrist = along(elbow, way, lengths.forearm)
    fingers, palm = turned(way, hinge, -how.wrist), turned(crook, hinge, -how.wrist)
    return {
        "upper": Bone(shoulder, elbow, front),
        "fore": Bone(elbow, wrist, crook),
        "hand": Bone(wrist, along(wrist, fingers, lengths.hand), palm),
    }

"""What goes onto a sheet of what nothing keeps back: so many of each kind, in order; and what else fits."""

from collections.abc import Sequence

from mmt.model.protocol import Protocol
from mmt.model.review import STRENGTHS, Offer, Strength

from .wanted import Wanted

_ORDER = ("rest", "nerve", "strength", "stretch", "walking")


def select(
    fitting: list[Wanted], free: list[Wanted], protocol: Protocol, *, first: bool
) -> tuple[tuple[Offer, ...], tuple[Offer, ...]]:
    """The sheet in order, at most so many new ones of each kind, walking always last; and what else fits.

    What was given before stays; new ones join it while there is room, a habit as on a first sheet. The place
    that a habit would fill goes to what was found and is beyond the limit of its kind; what goes first takes
    no place of strength; on a later sheet, up to the limit of a first one, nor does what trains a marked key
    muscle. A thin sheet takes one more that was found weak. `free` are the default items that nothing keeps
    back.
    """
    rule = protocol.rules.selection
    room = {"nerve": rule.nerve, "stretch": rule.stretch, "strength": rule.strength}
    asked = {one.stretch.id: one for one in fitting}
    defaults = [asked.get(one.stretch.id, one) for one in free]
    always = [one for one in defaults if one.kind == "walking"]
    taken: list[Wanted] = []
    more: list[Wanted] = []
    in_turn = sorted((one for one in fitting if one not in always), key=lambda one: _place(one, protocol))
    for at, one in enumerate(in_turn):
        kept = 0 if one.given else sum(later.given is not None for later in in_turn[at:])
        held = len(taken) + len(always) + kept
        full = held >= (rule.at_first if first or one.habit else rule.most)
        marked = not first and held < rule.at_first and _trains(one, protocol, "marked")
        crowded = room.get(one.kind, 1) < 1 and not marked
        if full or (not one.given and (_twice(one, taken) or crowded)):
            more.append(one)
            continue
        found = next((each for each in more if not _twice(each, taken)), None) if one.habit else None
        if found:
            more[more.index(found)] = one
        taken.append(found or one)
        if one.kind in room and not (one.first and one.kind == "strength"):
            room[one.kind] -= 1
    if len(taken) + len(always) < rule.second_under:
        taken += [one for one in more if _second(one, taken)][:1]
        more = [one for one in more if one not in taken]
    taken.sort(key=lambda one: _place(one, protocol))
    missing = max(0, rule.fewest - len(taken) - len(always))
    fill = [one for one in defaults if one not in always and one not in taken][:missing]
    return tuple(one.offer for one in (*taken, *fill, *always)), tuple(one.offer for one in more)


def _twice(one: Wanted, taken: Sequence[Wanted]) -> bool:
    """Whether another form of the same move was taken."""
    return bool(one.stretch.move) and any(one.stretch.move == each.stretch.move for each in taken)


def _for(one: Wanted) -> set[str]:
    """The weak muscles and the conditions that a move is for."""
    weak = (why.test for why in one.because if why.rule == "weakness")
    return {name for name in (*weak, *(why.precaution for why in one.because)) if name}


def _second(one: Wanted, taken: Sequence[Wanted]) -> bool:
    """Whether a move is of strength, for a muscle that was found weak, or a condition, and that no move taken
    is for."""
    trained = {name for each in taken for name in _for(each)}
    weak = _for(one)
    return one.kind == "strength" and bool(weak - trained) and not _twice(one, taken)


def _place(one: Wanted, protocol: Protocol) -> tuple[bool, bool, int, bool, bool, int]:
    """Where a stretch stands: for a habit last, pain-directed first, then by its class, for weak key muscles,
    as given before, and by its turn."""
    key = _trains(one, protocol)
    return one.habit, not one.first, _ORDER.index(one.kind), not key, one.given is None, one.turn


def _trains(one: Wanted, protocol: Protocol, strength: Strength = "possible") -> bool:
    """Whether a stretch is for a weak key muscle, of this strength of finding or more."""
    alarm = protocol.rules.motor_alarm
    return any(
        why.rule == "weakness"
        and why.test in (*alarm.muscles, *alarm.counts)
        and STRENGTHS.index(why.strength or "possible") >= STRENGTHS.index(strength)
        for why in one.because
    )

"""Rows to pages: each group of rows stays on one page where it fits, and every page knows its number."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import takewhile
from typing import NamedTuple

from .rows import Row, high, in_parts, spaced, stack
from .setting import Setting

Rows = Sequence[Row]

_SPARE = 20
"""Points that must be left on a page before a larger form of what stands there is tried."""

_SPARSE = 1 / 3
"""A last page filled to less than this share takes groups over from the page before it."""


class Group(NamedTuple):
    """Rows that belong together: never parted where they fit on one page.

    `parted` gives them in another form, fit to be parted, for a page that cannot hold them all and for
    one that would stay almost empty. A group that `follows` brings the one before it along to the next
    page, so that it never stands there alone. With an `annex` another part of the document begins, on a
    page of its own; it begins with a group before it that `spills` where its page has no room for that one.
    A `loose` one may stand on any page with room but the first. `larger` gives the rows in larger forms, the
    largest first, for a page with room left.
    """

    rows: Rows
    parted: Callable[[], Rows] | None = None
    follows: bool = False
    larger: Sequence[Callable[[], Rows]] = ()
    annex: bool = False
    spills: bool = False
    loose: bool = False

    @property
    def high(self) -> float:
        """How high it is, with the white above it."""
        return high(self.rows)


class Furniture(NamedTuple):
    """What stands on every page: the head of all but the first, and the foot by number of pages."""

    head: Sequence[Row]
    foot: Callable[[int, int], Sequence[Row]]


class Laid(NamedTuple):
    """A document laid out on pages, not drawn yet: `n of m` is known. So many of them are in `front` of its
    annex."""

    setting: Setting
    furniture: Furniture
    pages: list[list[Row]]
    front: int


def lay_out(setting: Setting, furniture: Furniture, groups: Iterable[Group]) -> Laid:
    """These groups on pages, below the running head (but for the first page) and above the foot."""
    foot = stack(furniture.foot(1, 1)).height
    body = setting.page[1] - setting.top - setting.bottom - foot - setting.gap * 0.8
    room = body - below_head(setting, furniture)
    every = list(groups)
    before = list(takewhile(lambda one: not one.annex, every))
    pages = paginate(every, body, room)
    own = [one for one in before if not one.spills]
    front = len(paginate(own, body, room)) if len(before) < len(every) else len(pages)
    return Laid(setting, furniture, pages, front)


def below_head(setting: Setting, furniture: Furniture) -> float:
    """Where the body of a page with a running head starts, in points below the upper margin."""
    return stack(furniture.head).height + setting.gap * 0.8


def paginate(groups: Iterable[Group], first_room: float, room: float) -> list[list[Row]]:
    """The rows of each page. A group that no page can hold is parted between rows that are not tied."""
    pages = _filled(_joined(groups), first_room, room)
    _even(pages, room * _SPARSE)
    for number, page in enumerate(pages):
        _enlarge(page, room if number else first_room)
    return [spaced([row for group in page for row in group.rows], 0) for page in pages]


def _filled(groups: Iterable[Group], first_room: float, room: float) -> list[list[Group]]:
    """Page after page as full as can be, each as groups that are not parted any more."""
    pages: list[list[Group]] = [[]]
    lefts = [first_room]
    begun = False
    for group in groups:
        if not begun and pages[-1] and (group.annex or (group.spills and group.high > lefts[-1])):
            begun = True
            pages.append([])
            lefts.append(room)
        for one in _whole(group, lefts[-1], room):
            last = len(pages) - 1
            places = range(min(1, last) if group.loose else last, len(pages))
            chosen = next((at for at in places if not pages[at] or one.high <= lefts[at]), len(pages))
            if chosen == len(pages):
                pages.append([])
                lefts.append(room)
            lefts[chosen] -= one.high - (0 if pages[chosen] else one.rows[0].gap)
            pages[chosen].append(one)
    return pages


def _whole(group: Group, left: float, room: float) -> list[Group]:
    """The group where a page can hold it, else its parts; so too for a page that would stay almost empty."""
    rows, most = group.rows, room * _SPARSE
    loose = in_parts(rows, most)
    sparse = left > room - most and group.high > left
    if _height(rows) <= room and not (sparse and (group.parted or len(loose) > len(rows))):
        return [Group(rows, larger=group.larger)]
    if group.parted:
        loose = in_parts(group.parted(), most)
    return [one for chain in _chains(loose) for one in _cut(chain, room)]


def _joined(groups: Iterable[Group]) -> list[Group]:
    """The groups, each that follows made one with the group before it."""
    joined: list[Group] = []
    for group in groups:
        if group.follows and joined:
            before = joined[-1]
            larger = [partial(_with, form, group.rows) for form in before.larger]
            apart = partial(_tied_with, before.parted, group.rows) if before.parted else None
            joined[-1] = before._replace(rows=[*before.rows, *group.rows], parted=apart, larger=larger)
        else:
            joined.append(group)
    return joined


def _with(form: Callable[[], Rows], rows: Rows) -> Rows:
    return [*form(), *rows]


def _tied_with(form: Callable[[], Rows], rows: Rows) -> Rows:
    *others, last = form()
    return [*others, last._replace(keep=True), *rows]


def _chains(rows: Iterable[Row]) -> Iterator[list[Row]]:
    chain: list[Row] = []
    for row in rows:
        chain.append(row)
        if not row.keep:
            yield chain
            chain = []
    if chain:
        yield chain


def _cut(chain: Rows, room: float) -> list[Group]:
    """The chain in one, or row by row where it is higher than a page."""
    return [Group(chain)] if _height(chain) <= room else [Group([row]) for row in chain]


def _even(pages: list[list[Group]], least: float) -> None:
    """Move groups to a last page that is filled to less than `least`, as long as it does not outgrow the one
    before it."""
    if len(pages) < 2:
        return
    before, last = pages[-2:]
    while len(before) > 1 and _filling(last) < least:
        if _filling([before[-1], *last]) > _filling(before[:-1]):
            return
        last.insert(0, before.pop())


def _enlarge(page: list[Group], room: float) -> None:
    """Give groups the largest form that the page holds, one after the other."""
    for index, group in enumerate(page):
        for form in group.larger if _filling(page) < room - _SPARE else ():
            tried = [*page[:index], Group(form()), *page[index + 1 :]]
            if _filling(tried) <= room:
                page[index] = tried[index]
                break


def _filling(page: Sequence[Group]) -> float:
    return _height([row for group in page for row in group.rows])


def _height(rows: Rows) -> float:
    """The height of rows at the top of a page: without the gap above the first one."""
    return high(rows) - rows[0].gap

"""What a chart shows, in words: for whoever hears the screen rather than sees it."""

from textual.content import Content

from mmt.model.protocol import Protocol
from mmt.model.review import Change
from mmt.model.said import Sentences
from mmt.model.visit import History
from mmt.reasoning import compare
from mmt.reasoning.basis import name_of
from mmt.reasoning.series import Series, Track
from mmt.reasoning.wording import sentence
from mmt.reasoning.words import TOLD
from mmt.tui.visit.values import day
from mmt.tui.widgets.plain import plain


def track_said(track: Track, series: Series, history: History, protocol: Protocol) -> Content:
    """A side with its values by date, and what became of the first one."""
    side = f"{track.side.capitalize()}: " if track.side else ""
    values = ", ".join(
        f"{one.shown} on {day(one.visit)}{f' ({why})' if (why := _marks(one.marks, protocol)) else ''}"
        for one in track.points
    )
    verdict = _verdict(track, series, history, protocol)
    return Content.assemble((side, "bold"), plain(f"{values}."), (f" {verdict}", "bold"))


def title(series: Series, protocol: Protocol) -> str:
    """The measure in a few words: a score by its short name."""
    asked = protocol.story.get(series.measure)
    name = asked.named if asked else name_of(protocol, series.measure)
    return name[:1].upper() + name[1:]


def _marks(marks: Sentences, protocol: Protocol) -> str:
    return ", ".join(sentence(one, protocol) for one in marks)


def _verdict(track: Track, series: Series, history: History, protocol: Protocol) -> str:
    """The last value against the first one."""
    ids = [one.id for one in history.visits]
    first, last = (ids.index(track.points[at].visit.id) for at in (0, -1))
    found = compare(history.up_to(last), protocol, first)
    one = next((one for one in found if (one.test, one.side) == (series.measure, track.side)), None)
    return f"Against the first: {_told(one)}." if one else ""


def _told(one: Change) -> str:
    sign, word = TOLD[one.told]
    return f"{sign} {word}{f' ({one.confidence})' if one.confidence else ''}"

"""The patient's home-stretch sheet."""

from collections.abc import Callable, Iterator

from mmt.model.papers import Sheet
from mmt.model.template import Template
from mmt.reports.blocks.advice import course, sitting, teach_back
from mmt.reports.blocks.closing import next_visit
from mmt.reports.blocks.diary import diary
from mmt.reports.blocks.head import foot, info, letterhead, running_head
from mmt.reports.blocks.moves import moves
from mmt.reports.blocks.opening import note, overview, title
from mmt.reports.blocks.safety import emergency, traffic_light
from mmt.reports.page import Furniture, Group, document
from mmt.reports.setting import Setting, setting_for

BLOCKS: dict[str, Callable[[Sheet, Setting], Iterator[Group]]] = {
    "title": title,
    "note": note,
    "overview": overview,
    "moves": moves,
    "traffic-light": traffic_light,
    "emergency": emergency,
    "sitting": sitting,
    "course": course,
    "teach-back": teach_back,
    "diary": diary,
    "next-visit": next_visit,
}


def render(sheet: Sheet, template: Template) -> bytes:
    """The sheet as a PDF, its blocks in the order of the template."""
    at = setting_for(sheet, template)
    furniture = Furniture(
        head=running_head(sheet, at),
        foot=lambda page, pages: foot(sheet, at, page, pages),
    )
    blocks = (group for name in template.blocks for group in BLOCKS[name](sheet, at))
    return document(at, info(sheet, at), furniture, [letterhead(sheet, at), *blocks])

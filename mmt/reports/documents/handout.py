"""The patient's home-stretch sheet."""

from mmt.model.papers import Sheet
from mmt.model.template import Template
from mmt.reports.blocks.advice import course, sitting, teach_back
from mmt.reports.blocks.closing import next_visit
from mmt.reports.blocks.diary import diary
from mmt.reports.blocks.head import patients_foot
from mmt.reports.blocks.moves import moves
from mmt.reports.blocks.opening import note, overview, title
from mmt.reports.blocks.safety import emergency, traffic_light

from .build import Block, build

BLOCKS: dict[str, Block[Sheet]] = {
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
    return build(sheet, template, BLOCKS, patients_foot)

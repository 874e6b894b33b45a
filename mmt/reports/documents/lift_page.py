"""The patient's page on shoe lifts, printed where the clinician asks for it."""

from mmt.model.papers import LiftPage
from mmt.model.template import Template
from mmt.reports.blocks.closing import next_visit
from mmt.reports.blocks.head import patients_foot
from mmt.reports.blocks.lift import difference, evidence, stop, title, trial

from .build import Block, build

BLOCKS: dict[str, Block[LiftPage]] = {
    "title": title,
    "difference": difference,
    "evidence": evidence,
    "trial": trial,
    "stop": stop,
    "next-visit": next_visit,
}


def render(page: LiftPage, template: Template) -> bytes:
    """The page as a PDF, its blocks in the order of the template."""
    return build(page, template, BLOCKS, patients_foot)

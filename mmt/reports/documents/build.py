"""From blocks to a document, in the order of the template; on one page where a document asks for that."""

from collections.abc import Callable, Iterator, Mapping
from typing import TypeVar

from mmt.model.papers import Paper
from mmt.model.template import Template
from mmt.reports.blocks.head import info, letterhead, running_head
from mmt.reports.page import Furniture, Group, Laid, lay_out
from mmt.reports.pdf import draw
from mmt.reports.rows import Row
from mmt.reports.setting import Setting, setting_for, text_size

P = TypeVar("P", bound=Paper)
Block = Callable[[P, Setting], Iterator[Group]]
Foot = Callable[[Paper, Setting, int, int], list[Row]]


def build(paper: P, template: Template, blocks: Mapping[str, Block[P]], foot: Foot) -> bytes:
    """The paper as a PDF."""
    return _drawn(paper, _laid(paper, template, blocks, foot, 0))


def build_on_one_page(
    paper: P, template: Template, blocks: Mapping[str, Block[P]], foot: Foot, smallest: float
) -> bytes:
    """The paper as a PDF, set smaller where that brings it on one page, but never under `smallest` points."""
    size = text_size(paper, template)
    usual = laid = _laid(paper, template, blocks, foot, size)
    while len(laid.pages) > 1 and size > smallest:
        size = max(smallest, size - 0.5)
        laid = _laid(paper, template, blocks, foot, size)
    return _drawn(paper, laid if len(laid.pages) == 1 else usual)


def _laid(paper: P, template: Template, blocks: Mapping[str, Block[P]], foot: Foot, size: float) -> Laid:
    at = setting_for(paper, template, size)
    furniture = Furniture(head=running_head(paper, at), foot=lambda page, pages: foot(paper, at, page, pages))
    groups = (group for name in template.blocks for group in blocks[name](paper, at))
    return lay_out(at, furniture, [letterhead(paper, at), *groups])


def _drawn(paper: Paper, laid: Laid) -> bytes:
    return draw(laid, info(paper, laid.setting))

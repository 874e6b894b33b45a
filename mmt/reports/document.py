"""What a document of a visit is. Each stands whole in a file of its own, in `mmt.reports.documents`."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from math import ceil, inf
from typing import Any, Generic, NamedTuple, TypeVar

from msgspec.structs import replace

from mmt.model.base import Value
from mmt.model.errors import PaperError
from mmt.model.papers import Paper
from mmt.model.template import Template
from mmt.model.wording import Key, Keys, plain, sentence

from .blocks.head import clinicians_foot, letterhead, patients_foot, running_head, short_head
from .page import Furniture, Group, Laid, lay_out
from .pdf import Named, draw, telephones
from .record import Record
from .setting import Setting, setting_of
from .signed import refuse_unsigned, signed_off
from .words import Words

P = TypeVar("P", bound=Paper)

_HEAD = {
    **plain("document"),
    "clinic": sentence("blank"),
    "patient": sentence("blank"),
    "telephone": sentence("telephone"),
    "from": sentence("practitioner"),
    "from-paper": sentence("date", "entered"),
    "page": sentence("page", "pages"),
    "signed-off": sentence("names", "day"),
    **plain("not-signed-off", "draft"),
    "signed": sentence("by", "day", "time", "digest"),
}
_CLINICIANS_HEAD = _HEAD | plain("label")
_PATIENTS_HEAD = _HEAD | {"questions": sentence("telephone")}


class Block(NamedTuple, Generic[P]):
    """A part of a document, and the sentences that it needs of the template."""

    draw: Callable[[P, Setting], Iterator[Group]]
    keys: Mapping[str, Key]


class Question(Value, frozen=True, kw_only=True):
    """What only the clinician knows, to be typed before a document is made; `hint` says what keys do. To one
    that asks for an `addressee`, those typed before are offered."""

    words: str
    hint: str
    addressee: bool = False


class Document(Value, Generic[P], frozen=True, kw_only=True):
    """A kind of paper: `fill` gives what is printed on it, and its template puts the `blocks` in order.

    `title` is what the clinician reads, `key` the digit that makes it. One that `compares` sets the visit
    beside an earlier one. One `for_patients` is in their language, in no smaller print than they can read.
    `smallest` is the size in points down to which it is set to come onto fewer pages, an annex apart.
    One that has `most` pages is set smaller as well where it has more.

    `asks` is what must be known first, maybe several things. `refused` says why it must not be made of a
    visit, `lacking` what the visit has not got for it, which a clinician reads before asking for it; both
    are empty where it may be.

    One that is printed `like` another has that one's template, words and signatures, and its own `blocks` in
    their order. One with a `short_head` has on its first page as well what heads the others.

    `arranged` puts what is on it into the order in which it is printed, by how it stands in the smallest type
    and in the usual one.

    `items` are what of the protocol stands on it, by the ids under which that is signed off. One that
    `may_wait` is not made where the clinic prints only what is signed off and some of it is not; what is
    needed in an emergency, and what clinicians read, never waits for that.

    `plain` gives one that can be pasted into another record as text, its blocks in the order of the template.
    """

    id: str
    title: str
    key: str
    for_patients: bool = False
    compares: bool = False
    like: str = ""
    short_head: bool = False
    blocks: dict[str, Block[P]]
    fill: Callable[[Record, dict[str, Any]], P]
    smallest: Callable[[P], float] = lambda _: inf
    most: Callable[[P], float] = lambda _: inf
    arranged: Callable[[P, Sequence[Setting]], P] = lambda paper, _: paper
    asks: Callable[[Record], tuple[Question, ...]] = lambda _: ()
    refused: Callable[[Record], str] = lambda _: ""
    lacking: Callable[[Record], str] = lambda _: ""
    items: Callable[[Record], tuple[str, ...]] = lambda _: ()
    may_wait: bool = False
    plain: Callable[[P, Words, Sequence[str]], str] | None = None

    @property
    def wording(self) -> Keys:
        """The sentences by block. The `head` is printed on every page, and no part of a template's order."""
        head = _PATIENTS_HEAD if self.for_patients else _CLINICIANS_HEAD
        return {"head": head, **{name: block.keys for name, block in self.blocks.items()}}

    def filled(self, record: Record) -> P:
        """What is printed. Raises PaperError where this visit must not or cannot have it."""
        template = record.template(self.like or self.id)
        head = record.head(template, for_patients=self.for_patients)
        if why := self.refused(record) or self.lacking(record):
            raise PaperError(why)
        paper = self.fill(record, head)
        found = signed_off(record, template, paper.language, self.items(record))
        if self.may_wait and record.only_signed:
            refuse_unsigned(found)
        return replace(paper, signed_off=found)

    def laid(self, paper: P, template: Template) -> Laid:
        """The paper on its pages, its blocks in the order of the template.

        It is set smaller only where that brings what stands in front of an annex onto fewer pages, or all of
        it onto no more pages than it may take; then as large as does so.
        """
        page = template.page
        usual = page.large_text if paper.large_print else page.text
        smallest = min(usual, self.smallest(paper))
        sizes = [*(usual - step / 2 for step in range(ceil(2 * (usual - smallest)))), smallest]
        kept: dict[object, Any] = {}
        settings = [
            setting_of(paper.size, paper.language, template, size, paper.kinds)._replace(kept=kept)
            for size in sizes
        ]
        settings.append(settings[-1]._replace(terse=True))
        paper = self.arranged(paper, [settings[-1], settings[0]])
        most = self.most(paper)

        def room(laid: Laid) -> tuple[int, float]:
            return laid.front, max(most, len(laid.pages))

        chosen = self._laid(paper, template, settings[0])
        if len(settings) == 1 or room(chosen) <= (1, most):
            return chosen
        least = self._laid(paper, template, settings[-1])
        if room(least) == room(chosen):
            return chosen
        between = (self._laid(paper, template, at) for at in settings[1:-1])
        return next((one for one in between if room(one) == room(least)), least)

    def drawn(self, paper: P, template: Template) -> bytes:
        """The paper as a PDF: the same values give the same bytes."""
        return self.drawn_together([(paper, template)])

    def drawn_together(self, papers: Sequence[tuple[P, Template]]) -> bytes:
        """Several of these papers, one after the other, as one PDF; it bears the day of the last one."""
        laid = [self.laid(*one) for one in papers]
        last, _ = papers[-1]
        head = last.letterhead
        links = telephones(head.telephone, head.emergency)
        return draw(Named(laid[-1].setting.words("document"), head.name, last.date, links), *laid)

    def pdf(self, record: Record) -> bytes:
        """The document as a PDF. Raises PaperError where this visit must not or cannot have it."""
        return self.drawn(self.filled(record), record.template(self.like or self.id))

    def text(self, record: Record) -> str:
        """The document as plain text. Raises PaperError where this visit must not or cannot have it so."""
        if self.plain is None:
            raise PaperError(f"There is no {self.title.lower()} as text.")
        paper, template = self.filled(record), record.template(self.id)
        language = template.language(paper.language)
        return self.plain(paper, Words(template.wording[language], language), template.blocks)

    def _laid(self, paper: P, template: Template, at: Setting) -> Laid:
        foot = patients_foot if self.for_patients else clinicians_foot
        furniture = Furniture(
            head=running_head(paper, at), foot=lambda page, pages: foot(paper, at, page, pages)
        )
        order = tuple(self.blocks) if self.like else template.blocks
        groups = (group for name in order for group in self.blocks[name].draw(paper, at))
        opening = Group(short_head(paper, at)) if self.short_head else letterhead(paper, at)
        return lay_out(at, furniture, [opening, *groups])

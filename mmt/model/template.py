"""A report template: the page, its colours, the order of its blocks, and every sentence by language."""

from collections.abc import Collection, Iterator
from typing import Annotated, Literal

from msgspec import Meta

from .base import Sources, Text, Value
from .signoff import Standing
from .stretches import Kind

Millimetres = Annotated[float, Meta(ge=5, le=60)]
Points = Annotated[float, Meta(ge=9, le=28)]
Colour = Annotated[str, Meta(pattern=r"^#[0-9a-fA-F]{6}$", description="a colour, such as #2E7D32")]
Sentence = Annotated[str, Meta(min_length=1, max_length=600)]


class Margins(Value, frozen=True, kw_only=True):
    """White space round the page, in mm."""

    top: Millimetres
    right: Millimetres
    bottom: Millimetres
    left: Millimetres


class PageStyle(Value, frozen=True, kw_only=True):
    """Margins and the size of the running text in points; `large_text` is used for large print.

    `logo` is how high the clinic's logo may stand at the head of the first page, in mm.
    """

    margins: Margins
    logo: Millimetres = 16
    text: Points
    large_text: Points


class Colours(Value, frozen=True, kw_only=True):
    """The colours of a document. Each meaning they carry is also said in words or by a shape.

    `ink` running text, `accent` headings and numbers, `quiet` labels, `rule` lines, `tint` panels; `go`,
    `half`, `stop` the traffic light, `stop` also the emergency box.
    """

    ink: Colour = "#16191D"
    accent: Colour = "#17414F"
    quiet: Colour = "#4A5560"
    rule: Colour = "#B4BEC6"
    tint: Colour = "#EEF3F4"
    go: Colour = "#2E7D32"
    half: Colour = "#C77700"
    stop: Colour = "#B3261E"


class Wording(Value, frozen=True, kw_only=True):
    """Every sentence of a document in one language, by key: one text, or a list of them.

    `locale` says how dates, days and plural forms are written (`en_GB`, `es_MX`); empty means as the language
    by itself does. `reviewed` may stand in files of an earlier day.
    """

    reviewed: bool = False
    locale: str = ""
    text: dict[str, Sentence | tuple[Sentence, ...]]


Action = Literal["go", "half", "stop", "emergency"]
"""Go on, do half, stop and call the clinic, go to an emergency department at once."""


class Symptom(Value, frozen=True, kw_only=True):
    """Something that a patient may feel, by language, and the one thing to do about it.

    `papers` are the documents that list it; a stretch may name it as its own sign to stop. With `kinds` it is
    listed only where a move of one of these kinds is. `sources` are ids of the protocols' list of sources.
    """

    action: Action
    kinds: tuple[Kind, ...] = ()
    papers: tuple[Text, ...] = ()
    sources: Sources
    text: dict[str, Sentence]


class Template(Value, frozen=True, kw_only=True):
    """How the document `id` is printed: its `blocks` in this order, without those that are left out.

    `wording` holds English at least. `symptoms` are those of all documents, by their keys.
    `signoffs` tell how the words of all papers stand with the clinic's clinicians.
    """

    id: Text
    page: PageStyle
    colours: Colours = Colours()
    blocks: Annotated[tuple[Text, ...], Meta(min_length=1)]
    wording: dict[str, Wording]
    symptoms: dict[str, Symptom] = {}
    signoffs: dict[str, Standing] = {}

    def language(self, wanted: str) -> str:
        """The language to print in: the wanted one where all that is printed exists in it, else English."""
        spoken = wanted in self.wording and all(wanted in one.text for one in self.symptoms.values())
        return wanted if spoken else "en"

    def listed(self, action: Action, kinds: Collection[str] | None = None) -> Iterator[Symptom]:
        """The symptoms of this document that ask for this, in the order of the table: of all moves, or of
        those of these kinds alone."""
        for one in self.symptoms.values():
            fits = kinds is None or not one.kinds or not set(one.kinds).isdisjoint(kinds)
            if one.action == action and self.id in one.papers and fits:
                yield one

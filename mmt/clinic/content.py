"""What a clinic works with: protocols, templates and logo, as the files hold them."""

from functools import cached_property

from msgspec.structs import replace

from mmt.library.languages import own_name
from mmt.library.load import load
from mmt.library.signoffs import NONE, Decisions, in_words
from mmt.library.spoken import paper_problems, spoken
from mmt.library.templates import load_templates
from mmt.library.to_sign import items
from mmt.model.base import Value
from mmt.model.codes import Codes
from mmt.model.protocol import Protocol
from mmt.model.retention import Retention
from mmt.model.signoff import ReviewItem
from mmt.model.template import Template
from mmt.paths import Places
from mmt.reports.logo import find_logo

from . import own_errors


class Content(Value, frozen=True, kw_only=True, dict=True):
    """All that was read from the shipped folders and the clinic's own, with what is wrong in them.

    `protocol` and `templates` are in use: without what the clinic's `decisions` set aside, which `whole` and
    `words` hold too.
    """

    protocol: Protocol
    whole: Protocol
    retention: dict[str, Retention] = {}
    codes: Codes = {}
    words: dict[str, Template]
    decisions: Decisions = NONE
    templates: dict[str, Template]
    logo: bytes
    problems: tuple[str, ...]

    @cached_property
    def items(self) -> tuple[ReviewItem, ...]:
        """All that can be signed off, what matters first in front."""
        return items(self.whole, self.words)

    @property
    def languages(self) -> dict[str, str]:
        """The languages that papers can be printed in, each with its own name; English first."""
        return {one: own_name(one) for one in spoken(self.protocol, self.templates)}


def read(places: Places) -> Content:
    """Read it all. Raises IncompleteLibraryError where what comes with mmt is not whole."""
    library = load(places.protocol_folders, places.signoffs)
    templates, template_problems = load_templates(places.template_folders)
    logo, logo_problems = find_logo(places.templates)
    own, own_problem = own_errors.read(places.own_errors)
    half_spoken = paper_problems(library, templates)
    return Content(
        protocol=replace(library.protocol, own=own) if own else library.protocol,
        templates=in_words(templates, library.decisions),
        whole=library.whole,
        retention=library.retention,
        codes=library.codes,
        words=templates,
        decisions=library.decisions,
        logo=logo,
        problems=(
            *map(str, (*library.problems, *template_problems, *half_spoken, *logo_problems)),
            *([own_problem] if own_problem else []),
        ),
    )

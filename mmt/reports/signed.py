"""Whether what stands on a paper was signed off by the clinic's clinicians."""

from collections.abc import Iterable, Iterator

from mmt.model.errors import NotSignedOffError
from mmt.model.papers import SignedOff
from mmt.model.template import Template

from .record import Record

_MOST = 3
_HELD = (
    "Not made: {names} on this paper {are} not signed off, and this clinic prints for patients only what is. "
    "F6 in the list of patients (or `mmt review`) signs the content off."
)


def signed_off(record: Record, template: Template, language: str, items: Iterable[str]) -> SignedOff:
    """Who signed the words of this paper and these `items` off, and what of it nobody did."""
    standing = {**template.signoffs, **record.protocol.signoffs.standing}
    names = dict.fromkeys((*_words(template, language), *_spoken(items, language)))
    signed = [standing[name] for name in names if name in standing and standing[name].signed]
    left = tuple(name for name in names if name not in standing or not standing[name].signed)
    moves = {name.partition(":")[2].partition(" ")[0] for name in left if _of_move(name, items)}
    return SignedOff(
        by=tuple(dict.fromkeys(one.name for one in signed)),
        last=max((one.date for one in signed), default=None),
        left=left,
        moves=len(moves),
    )


def refuse_unsigned(found: SignedOff) -> None:
    """Raise NotSignedOffError where something is not signed off."""
    if not found.left:
        return
    named = ", ".join(found.left[:_MOST])
    more = len(found.left) - _MOST
    names = f"{named} and {more} more" if more > 0 else named
    raise NotSignedOffError(_HELD.format(names=names, are="is" if len(found.left) == 1 else "are"))


def _words(template: Template, language: str) -> Iterator[str]:
    """The words of the paper itself, and those of the symptoms that it lists."""
    yield from _in_language(f"papers:{template.id}", language)
    listed = (one.action for one in template.symptoms.values() if template.id in one.papers)
    for action in dict.fromkeys(listed):
        yield from _in_language(f"papers:symptoms-{action}", language)


def _in_language(name: str, language: str) -> Iterator[str]:
    yield name
    if language != "en":
        yield f"translations:{name.partition(':')[2]} {language}"


def _spoken(items: Iterable[str], language: str) -> Iterator[str]:
    """The items; of a stretch also its words in another language."""
    for name in items:
        yield from _in_language(name, language if name.startswith("stretches:") else "en")


def _of_move(name: str, items: Iterable[str]) -> bool:
    """Whether this is a stretch among the items, or the words of one."""
    return f"stretches:{name.partition(':')[2].partition(' ')[0]}" in items

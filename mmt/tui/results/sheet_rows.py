"""The stretches as rows: on the sheet with dose and reasons, fitting, and withheld with the reason."""

from collections.abc import Mapping, Sequence

from textual.content import Content

from mmt.model.base import Side
from mmt.model.protocol import Protocol
from mmt.model.review import Offer, Review, Withheld
from mmt.model.visit import Answer, Prescribed
from mmt.reasoning import LastSheet
from mmt.reasoning.basis import home_said, story_answer
from mmt.reasoning.wording import reason_said, sentence, worded
from mmt.tui.visit.values import day
from mmt.tui.widgets.clicks import box
from mmt.tui.widgets.plain import plain
from mmt.tui.widgets.rows import Row, heading
from mmt.tui.widgets.wrap import Hanging

from .sheet import minutes, parts_of, said

LAST_SHEET = "last-sheet"
"""The key of the row that shows the last sheet."""

SIDES: dict[Side | None, str] = {"right": "RIGHT", "left": "LEFT", None: "BOTH SIDES"}


def taken_row(
    item: Prescribed, why: str, bars: Sequence[Withheld], protocol: Protocol, dose: Content, *, kept: bool
) -> Row:
    """A stretch on the sheet, `kept` or only suggested; what keeps it back by now stands in place of its
    reasons."""
    ticked = f", ticked for {', '.join(item.ticked)}" if item.ticked else ""
    side = f"  {_side(item.stretch, item.side, protocol)}".rstrip()
    load = f"{side}{ticked}  about {minutes(item, protocol):.0f} min a day"
    mark = "[x]" if bars else "[✓]" if kept else "[?]"
    if bars:
        why = f"No longer fits: {reasons_held(bars, protocol)} Space takes it off."
    note = f"\nFor the patient: {plain(item.note)}" if item.note else ""
    text = Content.assemble(
        (_title(item.stretch, protocol), "bold"),
        load,
        "\n",
        dose,
        note,
        (f"\n{why}", "bold" if bars else "dim"),
    )
    return Row(_marked(mark, text), item.stretch, protocol.stretches.get(item.stretch))


def dose_said(item: Prescribed, part: str = "", digits: str = "") -> Content:
    """The dose in words; the part under the cursor reversed, with a mark and the number as it is typed."""
    pieces = []
    for name in parts_of(item.dose):
        words = said(item.dose, name)
        if name == part:
            number = str(getattr(item.dose, name))
            typed = words.replace(number, f"{number}_", 1) if digits else words
            pieces.append(Content.styled(f"▸{typed}", "bold reverse"))
        else:
            pieces.append(Content(words))
    return Content("   ").join(pieces)


def offer_row(one: Offer, why: str, protocol: Protocol) -> Row:
    """A stretch that fits and is not on the sheet."""
    side = _side(one.stretch, one.side, protocol)
    text = Content.assemble(_title(one.stretch, protocol), f"  {side}", (f"\n{why}", "dim"))
    return Row(_marked("[ ]", text), one.stretch, protocol.stretches.get(one.stretch))


def last_rows(sheet: LastSheet | None, home: Mapping[str, Answer], protocol: Protocol) -> list[Row]:
    """What was given last, each stretch with its side and dose, and what was done of it at home."""
    if sheet is None:
        return []
    lines = [
        Content.assemble(
            (_title(one.stretch, protocol), "bold"),
            f"  {_side(one.stretch, one.side, protocol)}".rstrip(),
            f"  {dose_said(one).plain}",
            f"\n{home_said(home[one.stretch])}" if one.stretch in home else "",
        )
        for one in sheet.items.values()
    ]
    done = "as told below" if home else plain(story_answer(*sheet.done, protocol)).plain
    said = f"{day(sheet.visit)}, done at home: {done}"
    return [
        heading("Last sheet", said),
        Row(_marked("   ", Content("\n").join(lines)), LAST_SHEET, protocol.rules.given_before),
    ]


def withheld_row(stretch: str, bars: Sequence[Withheld], protocol: Protocol) -> Row:
    """A stretch that is kept back, by what; `[!]` where your tick would allow it."""
    mark = "[!]" if all(one.needs == "tick" for one in bars) else "[x]"
    text = Content.assemble(_title(stretch, protocol), (f"\n{reasons_held(bars, protocol)}", "dim"))
    return Row(_marked(mark, text), stretch, protocol.stretches.get(stretch))


def reasons_held(bars: Sequence[Withheld], protocol: Protocol) -> str:
    """What keeps a stretch back, each reason once; the precautions that were not asked together."""
    unasked = [_precaution(one.code, protocol) for one in bars if one.needs == "ask"]
    others = dict.fromkeys(sentence(one.said, protocol) for one in bars if one.needs != "ask")
    asked = f"Not asked yet: {'; '.join(unasked)}." if unasked else ""
    return " ".join((*others, *filter(None, [asked])))


def reasons(offer: Offer | None, review: Review, protocol: Protocol) -> str:
    """Why a stretch is offered: the findings in their own words, else the answers."""
    if offer is None:
        return "Nothing that is recorded today asks for it."
    said = []
    for one in offer.because:
        found = (
            worded(finding.said, protocol)
            for finding in review.findings
            if one.rule and (finding.rule, finding.test, finding.side) == (one.rule, one.test, one.side)
        )
        default = one.rule == "default" and one.said and sentence(one.said, protocol)
        said.append(next(found, default or reason_said(one, protocol)))
    return " ".join(f"{text[0].upper()}{text[1:].rstrip('.')}." for text in dict.fromkeys(said))


def _precaution(code: str, protocol: Protocol) -> str:
    known = protocol.precautions.get(code)
    return plain(f"{known.name[0].lower()}{known.name[1:]}" if known else code).plain


def _marked(mark: str, text: Content) -> Hanging:
    return Hanging(box(f"{mark} "), text)


def _title(stretch: str, protocol: Protocol) -> str:
    known = protocol.stretches.get(stretch)
    return plain(known.name if known else stretch).plain


def _side(stretch: str, side: Side | None, protocol: Protocol) -> str:
    known = protocol.stretches.get(stretch)
    return SIDES[side] if known is None or known.sides == "each" else ""

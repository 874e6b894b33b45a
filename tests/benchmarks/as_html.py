"""A hand-out as HTML with a style sheet, in the same words, to compare with another way to make a PDF."""

import datetime
from collections.abc import Iterator
from html import escape
from pathlib import Path

from mmt.figures.scene import scene
from mmt.figures.svg import svg
from mmt.model.papers import Sheet, SheetItem
from mmt.model.template import Template
from mmt.reports.blocks.pictures import numbers
from mmt.reports.blocks.safety import LIGHTS
from mmt.reports.words import Words

FONTS = Path(__file__).parents[2] / "mmt/reports/fonts"
WEEKS = 2
"""Of the diary: to the next visit of the sheets that are printed."""

STYLE = f"""
@font-face {{ font-family: Face; src: url({(FONTS / "SourceSansPro-Regular.ttf").as_uri()}) }}
@font-face {{ font-family: Face; font-weight: bold; src: url({(FONTS / "SourceSansPro-Bold.ttf").as_uri()}) }}
@page {{ size: A4; margin: 13mm 17mm 18mm;
  @bottom-right {{ font: 12pt Face; content: "Page " counter(page) " of " counter(pages) }} }}
body {{ font: 12pt/1.3 Face; color: #16191D }}
h1 {{ font-size: 26pt; color: #17414F }} h2 {{ font-size: 18pt }} h3 {{ font-size: 15pt; color: #17414F }}
article, section, table {{ break-inside: avoid }}
.dose {{ background: #EEF3F4; display: flex }} .dose div {{ flex: 1 }} .dose b {{ font-size: 29pt }}
.side {{ float: right; background: #16191D; color: #FFF; padding: 3pt 9pt }}
.columns {{ display: flex }} .columns > * {{ flex: 1 }}
figure {{ margin: 0 }} figure svg {{ max-width: 58mm; max-height: 40mm }}
.emergency {{ border: 2pt solid #B3261E }} .emergency h2 {{ background: #B3261E; color: #FFF }}
table {{ width: 100%; border-collapse: collapse }}
td, th {{ border-bottom: .75pt solid #B4BEC6; text-align: left }}
"""


def as_html(sheet: Sheet, template: Template) -> str:
    """The whole sheet, its drawings as SVG."""
    words = Words(template.wording["en"], "en")
    parts = [*_head(sheet, words), *_overview(sheet, words)]
    for number, item in enumerate(sheet.items, start=1):
        parts += _move(number, item, words)
    parts += [*_advice(sheet, template, words), *_diary(sheet, words)]
    return f"<html lang=en><style>{STYLE}</style><body>{''.join(parts)}</body></html>"


def _head(sheet: Sheet, words: Words) -> Iterator[str]:
    head, count = sheet.letterhead, len(sheet.items)
    yield f"<h3>{escape(head.name)}</h3><p>{escape(head.address)} {escape(head.telephone)}</p>"
    yield f"<h2>{escape(sheet.patient.name)}</h2><p>{words.date(sheet.date)} {escape(sheet.practitioner)}</p>"
    yield f"<h1>{words.counted('title', count)}</h1><p>{words.counted('summary', count)}</p>"


def _overview(sheet: Sheet, words: Words) -> Iterator[str]:
    heads = "".join(f"<th>{words(f'overview-{part}')}</th>" for part in ("move", "day", "week", "weeks"))
    yield f"<table><tr>{heads}</tr>"
    for item in sheet.items:
        dose = item.prescribed.dose
        cells = (item.text("en").name, dose.per_day, dose.days_per_week, dose.weeks)
        yield "<tr>" + "".join(f"<td>{escape(str(cell))}</td>" for cell in cells) + "</tr>"
    yield f"</table><p>{words('drawings')}</p>"


def _move(number: int, item: SheetItem, words: Words) -> Iterator[str]:
    text, dose = item.text("en"), item.prescribed.dose
    side = words(f"side-{item.prescribed.side}") if item.prescribed.side else ""
    yield f"<article><span class=side>{side}</span><h2>{number} {escape(text.name)}</h2>"
    yield f"<p>{escape(text.why['default'])}</p><div class=dose>"
    for value, unit in (
        (dose.hold_s, "hold"),
        (dose.reps, "times"),
        (dose.per_day, "day"),
        (dose.weeks, "weeks"),
    ):
        if value is not None:
            yield f"<div><b>{value}</b><br>{words.counted(f'dose-{unit}', value)}</div>"
    yield f"</div><div class=columns>{''.join(_drawings(item))}</div><div class=columns><div>"
    for part in text.parts:
        yield f"<b>{escape(part.title)}</b><ol>{_items(part.steps)}</ol>"
    yield f"</div><div><b>{words('feel')}</b><p>{escape(text.feel)}</p>"
    yield f"<b>{words('avoid')}</b><ul>{_items(text.avoid)}</ul></div></div><div class=columns>"
    yield f"<p><b>{words('easier')}</b><br>{escape(text.easier)}</p>"
    yield f"<p><b>{words('harder')}</b><br>{escape(text.harder)}</p></div></article>"


def _drawings(item: SheetItem) -> Iterator[str]:
    for one in item.pictures:
        made = scene(one.drawing, one.lengths, item.prescribed.side or "left", marked=one.marked)
        yield f"<figure><b>{numbers(one.drawing.steps)}</b>{svg(made)}</figure>"


def _advice(sheet: Sheet, template: Template, words: Words) -> Iterator[str]:
    yield f"<section><h3>{words('light')}</h3><table>"
    for light in LIGHTS:
        told = "<br>".join(escape(one.text["en"]) for one in template.listed(light))
        yield f"<tr><th>{words(f'{light}-name')}</th><td>{told}</td></tr>"
    yield f"</table></section><section class=emergency><h2>{words('emergency')}</h2>"
    signs = tuple(one.text["en"] for one in template.listed("emergency"))
    yield f"<ul>{_items(signs)}</ul><b>{words('emergency-act')}</b></section>"
    yield f"<section><h3>{words('sitting')}</h3><ul>{_items(words.rows('sitting-tips'))}</ul></section>"
    yield f"<section><h3>{words('course')}</h3><p>{words('course-lines')}</p></section>"
    yield f"<p><b>{words('teach-back')}</b></p>"


def _diary(sheet: Sheet, words: Words) -> Iterator[str]:
    yield f"<h3>{words('diary')}</h3><p>{words('diary-how')}</p>"
    for week in range(WEEKS):
        first = sheet.date + datetime.timedelta(days=1 + 7 * week)
        days = "".join(f"<th>{day}</th>" for day in words.weekdays())
        yield f"<table><tr><th>{words('week', number=week + 1, day=words.day(first))}</th>{days}</tr>"
        for item in sheet.items:
            dose = item.prescribed.dose
            cells = [f"<td>{'☐' * dose.per_day}</td>"] * dose.days_per_week
            if dose.days_per_week < 7:
                pick = words.counted("diary-pick", dose.days_per_week)
                cells = [f"<td colspan=7>{pick} {' '.join(cells)}</td>"]
            yield f"<tr><td>{escape(item.text('en').name)}</td>{''.join(cells)}</tr>"
        yield f"<tr><td>{words('diary-pain')}</td>" + "<td></td>" * 7 + "</tr></table>"
    yield f"<h3>{words('next-visit')}</h3><p>{escape(sheet.next_visit)}</p>"


def _items(texts: tuple[str, ...]) -> str:
    return "".join(f"<li>{escape(one)}</li>" for one in texts)

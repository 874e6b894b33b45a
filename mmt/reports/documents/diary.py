"""The diary of the home-stretch sheet by itself, for when its page is full."""

from msgspec.structs import replace

from mmt.reports.blocks.advice import next_visit
from mmt.reports.blocks.diary import diary
from mmt.reports.document import Block

from .hand_out import BACK, DIARY
from .hand_out import DOCUMENT as HAND_OUT

DOCUMENT = replace(
    HAND_OUT,
    id="diary",
    title="Diary for the patient",
    key="6",
    like=HAND_OUT.id,
    short_head=True,
    blocks={"diary": Block(diary, DIARY), "next-visit": Block(next_visit, BACK)},
)

"""The first page of the home-stretch sheet by itself: the whole plan, for the door of a fridge."""

from msgspec.structs import replace

from .hand_out import DOCUMENT as HAND_OUT

PLAN = ("title", "overview", "stop", "emergency", "next-visit")
"""The blocks of the plan."""

DOCUMENT = replace(
    HAND_OUT,
    id="short-sheet",
    title="Short sheet for the patient",
    key="0",
    like=HAND_OUT.id,
    blocks={name: HAND_OUT.blocks[name] for name in PLAN},
)

"""What was done with the records, each act in the words that the chain keeps for good."""

from enum import StrEnum


class Act(StrEnum):
    """An act of a person, or of mmt for one. A word that stands in records is never changed or removed."""

    SET_UP = "clinic set up"
    TAKEN_OVER = "records of an earlier mmt taken over"
    WENT_ON = "went on without the newest entries"

    ADDED_PRACTITIONER = "practitioner added"
    CHANGED_LETTERHEAD = "letterhead changed"
    DECIDED_CONTENT = "content signed off"

    ADDED_PATIENT = "patient added"
    CHANGED_PATIENT = "patient changed"
    DISCARDED_PATIENT = "patient discarded"
    JOINED = "records joined"
    PARTED = "records parted"
    TOLD_APART = "two records told apart"
    MADE_UP = "made-up patients added"

    BEGAN = "visit begun"
    HELD = "draft opened"
    LEFT = "draft left"
    OBSERVED = "test kept"
    WITHDREW = "test taken back"
    TOOK_IN = "visit taken in"
    ANSWERED = "answer kept"
    DECIDED = "finding decided"
    PRESCRIBED = "stretches chosen"
    ACTED = "action written"
    OVERRODE = "went on in an emergency"
    WROTE = "note written"
    WALKED = "place in the visit kept"
    CHANGED_EXAMINER = "examiner changed"
    MOVED = "visit moved"
    DISCARDED = "visit discarded"
    SIGNED = "visit signed"
    ADDED_NOTE = "dated note added"

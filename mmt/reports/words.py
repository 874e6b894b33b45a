"""The wording of a document in its language: sentences by key, with counts, names and dates filled in."""

import datetime

from mmt.model.template import Wording


class Words:
    """Sentences by key. The keys a document needs, and what may be filled in, are in `mmt.model.wording`."""

    def __init__(self, wording: Wording) -> None:
        self._text = wording.text

    def __call__(self, key: str, **fills: object) -> str:
        """The sentence of this key, its `{names}` filled in."""
        text = self._text[key]
        return (text if isinstance(text, str) else " ".join(text)).format(**fills)

    def counted(self, key: str, count: int) -> str:
        """The sentence that speaks of this many things: `key-one`, or `key-other` with the number in it."""
        return self(f"{key}-one" if count == 1 else f"{key}-other", count=count)

    def rows(self, key: str) -> tuple[str, ...]:
        """The sentences of a list."""
        text = self._text[key]
        return (text,) if isinstance(text, str) else text

    def has(self, key: str) -> bool:
        """Whether the wording speaks of this."""
        return key in self._text

    def date(self, day: datetime.date) -> str:
        """A date as a reader of this language writes it."""
        return self("date", day=day.day, month=self.rows("months")[day.month - 1], year=day.year)

    def day(self, day: datetime.date) -> str:
        """A date without its year."""
        return self("day", day=day.day, month=self.rows("months")[day.month - 1])

"""Files for other programs and from them: of which kinds they are, and in which order a date stands there."""

from typing import Literal, get_args

Kind = Literal["json", "fhir", "csv"]
"""A kind of file that records are written as."""

KINDS: tuple[Kind, ...] = get_args(Kind)

Order = Literal["dmy", "mdy"]
"""How a list writes dates in numbers: the day first, or the month."""

ORDERS: tuple[Order, ...] = get_args(Order)

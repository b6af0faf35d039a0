"""What newsrooms answer for: who was asked, how sure a claim's words are its speaker's, and whom to write to."""

# Without `from __future__ import annotations`: see `content/records.py`.
import re
from typing import Annotated, Literal

from site_builder.content.date_fields import EdtfDate
from site_builder.content.fields import Key
from site_builder.content.records import Before, Model, WrongValue, field

Answer = Literal["declined", "no answer", "not yet"]
Verb = Literal["says", "believes", "is reported"]
"""How a claim comes from those who make it, so that no label puts words in a mouth."""
Machine = Literal["wrote", "helped"]


class Asked(Model):
    """That somebody was asked, and did not answer. An answer in words is a position or a contest."""

    date: EdtfDate = field("When they were asked.")
    answer: Answer = field("What came of it.")


_EMAIL = re.compile(r"[^@\s<>\"(),:;\[\]\\]+@[^@\s<>\"(),:;\[\]\\]+\.[^@\s<>\"(),:;\[\]\\.]+")


def _email(value: object) -> object:
    if not isinstance(value, str):
        return value
    address = value.strip().removeprefix("mailto:")
    if not _EMAIL.fullmatch(address):
        problem = f"'{value}' is not an e-mail address (write one like corrections@example.org)"
        raise WrongValue("bad_value", problem)
    return address


Email = Annotated[Key, Before(_email)]

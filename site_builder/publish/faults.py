"""Errors while publishing, without secrets in their messages."""

from __future__ import annotations

import os

from site_builder.faults import Fault
from site_builder.text.secrets import names_a_secret, without_secrets
from site_builder.text.shown import on_one_line


class PublishFault(Fault):
    """A site could not be published. Passwords and tokens are removed from the message."""

    def __init__(self, message: str) -> None:
        super().__init__(scrubbed(message))


_SHORTEST_SECRET = 6


def scrubbed(text: str) -> str:
    """The text without passwords in addresses, keys, and values of secret environment variables."""
    for name, value in os.environ.items():
        if len(value) >= _SHORTEST_SECRET and names_a_secret(name):
            text = text.replace(value, "…")
    return without_secrets(text)


def some(number: int, noun: str, nouns: str = "") -> str:
    """`1 file`, `3 files`."""
    return f"{number:,} {noun if number == 1 else nouns or noun + 's'}"


def listed(rows: list[str] | tuple[str, ...], most: int = 5) -> str:
    """The first items, separated by commas, and how many more there are."""
    return ", ".join(map(on_one_line, rows[:most])) + (", …" if len(rows) > most else "")

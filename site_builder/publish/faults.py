"""What can go wrong while publishing, said without secrets."""

from __future__ import annotations

import os
import re

from site_builder.faults import Fault


class PublishFault(Fault):
    """A site could not be published. Whatever the message holds, no password or token stays in it."""

    def __init__(self, message: str) -> None:
        super().__init__(scrubbed(message))


_USER_INFO = re.compile(
    r"(?P<scheme>\b(?P<http>https?|ftps?)|\b[a-z][a-z0-9+.-]*)://(?P<user>[^/\s@]+)@", re.IGNORECASE
)
_ACCESS_KEY = re.compile(r"\b(AKIA|ASIA)[0-9A-Z]{12,}\b")
_AUTHORIZATION = re.compile(r"(?i)(authorization:\s*)\S+(\s+\S+)?")
_SECRET_NAME = re.compile(
    r"SECRET|TOKEN|PASSW|ACCESS_KEY|API_?KEY|CREDENTIAL|PRIVATE", re.IGNORECASE
)
_SHORTEST_SECRET = 6


def scrubbed(text: str) -> str:
    """The text without passwords in addresses, keys, and values of variables that name secrets."""
    for name, value in os.environ.items():
        if len(value) >= _SHORTEST_SECRET and _SECRET_NAME.search(name):
            text = text.replace(value, "…")
    text = _USER_INFO.sub(_without_secret, text)
    text = _ACCESS_KEY.sub("…", text)
    return _AUTHORIZATION.sub(r"\1…", text)


def _without_secret(match: re.Match[str]) -> str:
    """A user's name alone is no secret with ssh or rsync; over HTTP it may be a token."""
    if match["http"] or ":" in match["user"]:
        return f"{match['scheme']}://…@"
    return match[0]


def some(number: int, noun: str, nouns: str = "") -> str:
    """`1 file`, `3 files`."""
    return f"{number:,} {noun if number == 1 else nouns or noun + 's'}"


def listed(rows: list[str] | tuple[str, ...], most: int = 5) -> str:
    """The first of them, with commas, and a sign that there are more."""
    return ", ".join(rows[:most]) + (", …" if len(rows) > most else "")

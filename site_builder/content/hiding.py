"""Findings in the settings, without the secrets that stand there: nobody is to find them in the log of a CI."""

from __future__ import annotations

import re
from collections.abc import Iterable

from site_builder.diagnostics import Diagnostic
from site_builder.text import lazily
from site_builder.text.secrets import masked, secrets_of, without_secrets


def hide_secrets(findings: Iterable[Diagnostic], text: str) -> list[Diagnostic]:
    """Findings in a file of this text, in whose lines and messages no secret is shown."""
    rows = list(findings)
    if not rows:
        return rows
    hidden = masked(text)
    words = secrets_of(text)
    if hidden == text:
        return rows
    lines = hidden.split("\n")
    said = lazily.pattern(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})(?!\w)") if words else None

    def told(message: str) -> str:
        return without_secrets(said.sub("…", message) if said else message)

    return [
        row._replace(
            message=told(row.message),
            hint=told(row.hint),
            location=row.location._replace(text=_line(row.location.text, row.location.line, lines)),
        )
        for row in rows
    ]


def _line(shown: str, number: int, lines: list[str]) -> str:
    """The line as it is shown, masked: that of the file, where it is one."""
    line = lines[number - 1] if 0 < number <= len(lines) else ""
    return line if shown and len(line) == len(shown) else masked(shown)

"""Texts as YAML scalars in quotation marks, for hints."""

from __future__ import annotations


def shortened(value: str) -> str:
    """A text, cut to 80 characters for a hint."""
    return value if len(value) <= 80 else f"{value[:80]}…"


def quoted(value: str) -> str:
    """A text as a YAML scalar in quotation marks, cut to 80 characters."""
    return in_quotes(shortened(value))


def in_quotes(value: str) -> str:
    """A text as a YAML scalar in quotation marks."""
    if len(value) > 1 and value[0] == value[-1] == "'":
        value = value[1:-1]
    if '"' not in value and "\\" not in value:
        return f'"{value}"'
    return "'" + value.replace("'", "''") + "'"

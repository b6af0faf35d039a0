"""Printing: text that can't steer the terminal, findings, and short paths."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

from site_builder.text.shown import on_lines, on_one_line

if TYPE_CHECKING:
    from pathlib import Path

    from site_builder.diagnostics import Diagnostic


def say(text: str, *, fg: str | None = None, err: bool = False, nl: bool = True) -> None:
    """Prints a text. Control characters in names, titles and other programs' output are made harmless."""
    click.secho(on_lines(text), fg=fg, err=err, nl=nl)


def show_findings(diagnostics: tuple[Diagnostic, ...]) -> None:
    """Prints findings on standard error, in colour if the terminal has colours."""
    from site_builder.diagnostics import as_text

    if diagnostics:
        say(as_text(diagnostics), err=True)


def short_path(path: Path) -> str:
    """A path for a message: relative to the working directory if it lies below it."""
    try:
        short = os.path.relpath(path)
    except ValueError:
        return on_one_line(str(path))
    return on_one_line(str(path) if short.startswith("..") else short)


def colour() -> bool | None:
    """Whether to print in colour: None leaves it to the terminal. See https://no-color.org."""
    return False if os.environ.get("NO_COLOR") else None

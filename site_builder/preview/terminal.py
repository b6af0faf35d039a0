"""The events of a preview in words, for a terminal."""

from __future__ import annotations

import re
from collections.abc import Sequence

import click

from site_builder.diagnostics import Diagnostic, as_text, count_line
from site_builder.preview.events import Ended, Event, Note, Serving, Updated, Working
from site_builder.preview.problems import MOST
from site_builder.text.shown import on_lines, on_one_line

MOST_NAMES = 3
"""The most changed files that are named."""


def _also(event: Serving) -> str:
    """The additional host names, and what others see there."""
    seen = "drafts included; --no-drafts leaves them out" if event.drafts else "without drafts"
    names = ", ".join(event.names)
    return f"\nIt also answers to {names}: anybody who reaches it there sees the site, {seen}"


def in_words(event: Event, clock: str) -> str:
    """The text to print for an event, in colour; `clock` is the time of day to show."""
    match event:
        case Serving():
            drafts = "drafts shown" if event.drafts else "drafts left out"
            text = f"Preview on {click.style(event.url, bold=True)} ({drafts}; Ctrl-C ends it)"
            return text + _also(event) if event.names else text
        case Working():
            return f"{clock}  {event.stage or 'building'} … {event.seconds:.0f} s"
        case Note():
            return click.style(on_lines(event.text), fg="yellow")
        case Ended():
            return "The preview has ended."
        case Updated():
            return _updated(event, clock)


def _updated(event: Updated, clock: str) -> str:
    blocks = []
    if event.diagnostics and not event.same_diagnostics:
        blocks.append(coloured(event.diagnostics[:MOST]))
        if len(event.diagnostics) > MOST:
            more = len(event.diagnostics) - MOST
            blocks.append(f"… and {more} more; 'site-builder check' shows them all\n")
    if event.fault and not event.same_diagnostics:
        blocks.append(click.style(on_lines(event.fault), fg="red"))
    blocks.append(f"{clock}  {status_line(event)}")
    return "\n".join(blocks)


def status_line(event: Updated) -> str:
    """What was rebuilt, how many pages, how long it took, and how many problems there are."""
    what = _names(event.changed)
    seconds = f"{event.seconds:.2f} s"
    found = count_line(event.diagnostics) if event.diagnostics else ""
    if not event.ok:
        kept = "" if event.is_first else "; the last good pages stay"
        return click.style(f"{what}{found or 'not built'}{kept} ({seconds})", fg="red")
    if event.is_first:
        line = f"{_pages(event.page_count)} in {seconds}"
    elif event.message.endswith(".css"):
        line = f"{what}style changed in {seconds}"
    elif event.changed_pages:
        line = f"{what}{event.changed_pages} of {_pages(event.page_count)} changed in {seconds}"
    elif event.message:
        line = f"{what}no page changed, but what they show ({seconds})"
    else:
        line = f"{what}nothing changed ({seconds})"
    warnings = f", {click.style(found, fg='yellow')}" if found else ""
    fixed = "" if event.was_ok or event.is_first else click.style("fixed: ", fg="green")
    return f"{fixed}{line}{warnings}"


def coloured(diagnostics: Sequence[Diagnostic]) -> str:
    """Findings as from `as_text`, in colour: errors red, warnings yellow, carets red, hints cyan."""
    lines = []
    headlines = {d.headline: "red" if d.is_error else "yellow" for d in diagnostics}
    for line in as_text(diagnostics).split("\n"):
        if line in headlines:
            place, _, rest = line.partition(": ")
            lines.append(
                f"{click.style(place, bold=True)}: {click.style(rest, fg=headlines[line])}"
            )
        elif re.fullmatch(r" +\| +\^+", line):
            lines.append(click.style(line, fg="red", bold=True))
        elif re.match(r" += ", line):
            lines.append(click.style(line, fg="cyan"))
        else:
            lines.append(line)
    return "\n".join(lines)


def _pages(count: int) -> str:
    return f"{count} page" if count == 1 else f"{count} pages"


def _names(changed: Sequence[str]) -> str:
    if not changed:
        return ""
    shown = ", ".join(map(on_one_line, changed[:MOST_NAMES]))
    more = f" and {len(changed) - MOST_NAMES} more" if len(changed) > MOST_NAMES else ""
    return f"{shown}{more}: "

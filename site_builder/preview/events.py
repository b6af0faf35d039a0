"""What a preview tells the person who runs it, as values; `terminal` puts them into words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from site_builder.diagnostics import Diagnostic


@dataclass(frozen=True)
class Serving:
    """The server listens."""

    url: str
    drafts: bool
    names: tuple[str, ...] = ()
    """Under which it answers besides."""


@dataclass(frozen=True)
class Working:
    """The first build goes on."""

    seconds: float
    """Since it began."""
    stage: str
    """What is being done: `reading`, `linking`, …; "" if that is not known."""


@dataclass(frozen=True)
class Updated:
    """What is shown has been brought up to date, or could not be."""

    changed: tuple[str, ...]
    """The files that changed, sorted; empty for the first build or if that is not known."""
    page_count: int
    """Pages of the site; of the last good one if the build failed."""
    changed_pages: int
    seconds: float
    diagnostics: tuple[Diagnostic, ...]
    fault: str
    ok: bool
    is_first: bool
    was_ok: bool
    """Whether what was shown before was whole."""
    same_diagnostics: bool
    """Whether the findings are those of the time before."""
    message: str
    """What browsers were told: a path, or "" for nothing."""


@dataclass(frozen=True)
class Note:
    """Something to know about the surroundings."""

    text: str


@dataclass(frozen=True)
class Ended:
    """The preview has ended."""


Event = Serving | Working | Updated | Note | Ended
Say = Callable[[Event], None]

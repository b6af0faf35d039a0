"""Events that a preview reports to the person who runs it; `terminal` puts them into words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from site_builder.diagnostics import Diagnostic


@dataclass(frozen=True)
class Serving:
    """The server is listening."""

    url: str
    drafts: bool
    names: tuple[str, ...] = ()
    """Further host names that it answers to."""


@dataclass(frozen=True)
class Working:
    """The first build is still running."""

    seconds: float
    """Seconds since it began."""
    stage: str
    """The current stage: `reading`, `linking`, …; "" if not known."""


@dataclass(frozen=True)
class Updated:
    """The preview has been updated, or could not be."""

    changed: tuple[str, ...]
    """The files that changed, sorted; empty for the first build, or if not known."""
    page_count: int
    """Pages of the site; of the last good one if the build failed."""
    changed_pages: int
    seconds: float
    diagnostics: tuple[Diagnostic, ...]
    fault: str
    ok: bool
    is_first: bool
    was_ok: bool
    """Whether the build before succeeded."""
    same_diagnostics: bool
    """Whether the findings are the same as before."""
    message: str
    """The path sent to browsers; "" if none."""


@dataclass(frozen=True)
class Note:
    """Something about the machine that the person should know."""

    text: str


@dataclass(frozen=True)
class Ended:
    """The preview has ended."""


Event = Serving | Working | Updated | Note | Ended
Say = Callable[[Event], None]

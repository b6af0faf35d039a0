"""From a rendered site to the output folder, and to the memory of the next build."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from site_builder.clock import today
from site_builder.content.entries import EntryFacts
from site_builder.content.models import EntityId
from site_builder.diagnostics import Diagnostic, as_text
from site_builder.exports.left_out import left_out
from site_builder.incremental.memory import Memory
from site_builder.incremental.unchanged import Summary, Unchanged
from site_builder.links.graph import Graph
from site_builder.memory.kept import Kept
from site_builder.output.places import output_place
from site_builder.output.writing import Changes, write
from site_builder.reading.files import Signature
from site_builder.stages.loading import facts_of
from site_builder.stages.setup import RenderedSite
from site_builder.stages.steps import NOTED, STAGES


@dataclass(frozen=True)
class BuildResult:
    """What a build did. `seconds` is wall time."""

    site: RenderedSite
    changes: Changes | None
    """None if nothing was written because of errors."""
    seconds: float
    last: Kept = field(default_factory=Kept, repr=False)
    """What the last build had kept."""
    kept: Kept = field(default_factory=Kept, repr=False)

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """What was found."""
        return self.site.diagnostics

    @property
    def graph(self) -> Graph | None:
        """The linked content."""
        return self.site.graph

    @property
    def note(self) -> str:
        """What is left out because nobody says where the site will stand, or because it is large, in a line."""
        return left_out(self.graph) if self.graph else ""

    @property
    def facts(self) -> tuple[Mapping[EntityId, EntryFacts], Mapping[EntityId, EntryFacts]]:
        """The facts of the entities that the last build had, and this one."""
        return facts_of(self.last), facts_of(self.kept)


class Output:
    """The folder that a site goes to, and the memory of the builds that went there.

    `settings` are the options that change what is built; `note` is told what comes of a build. Raises a `Fault` for
    a folder that can't be the output.
    """

    def __init__(
        self, root: Path, folder: Path | None, settings: tuple[object, ...], note: Unchanged | None
    ) -> None:
        output_place(folder, root)
        self._folder = folder or root / "output"
        self._note = note
        self.memory = Memory(root, self._folder, settings, STAGES)
        self.intact: Mapping[str, Signature] = {}
        """The files there that are as the last build left them."""

    def __enter__(self) -> Output:
        return self

    def __exit__(self, *_: object) -> None:
        self.memory.store.close()

    def recall(self) -> Kept:
        """What the last build has kept."""
        last = self.memory.recall()
        self.intact = self.memory.intact(last)
        return last

    def write(
        self, site: RenderedSite, tell: Callable[[str], None], *, clean: bool
    ) -> Changes | None:
        """Writes a site, and keeps what the next build may start from; None if it has errors.

        With `clean`, files that are as they should be are written again.
        """
        if site.memory is None:
            return None
        memory = self.memory
        tell("writing")
        changes = write(
            site.files,
            self._folder,
            kept=site.kept,
            digests=site.digests,
            copied=site.copied,
            clean=clean,
        )
        tell("remembering")
        known = {path: self.intact[path] for path in site.kept if path in self.intact}
        outputs = memory.signatures([*site.files, *site.kept], known)
        noted = site.memory.steps(NOTED)
        memory.remember(site.memory, outputs)
        if self._note:
            summary = Summary(site.page_count, as_text(site.diagnostics))
            self._note.write(summary, outputs, str(today()) if site.dated else "", noted)
        return changes

"""From the bytes of files to records, and to what must be known of all of them before any is linked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from site_builder.clock import today
from site_builder.content.assembling import ALL_DAYS, Occasion, assemble, why_hidden
from site_builder.content.entries import Entry, EntryFacts, Visible
from site_builder.content.library import SITE_FILES, Library
from site_builder.content.models import EntityId
from site_builder.content.settings import Settings, load_settings
from site_builder.diagnostics import Diagnostic, Location, has_errors
from site_builder.links.evidence import SourceText
from site_builder.links.sources import source_texts
from site_builder.memory.kept import Kept
from site_builder.reading.files import Found
from site_builder.reading.sources import find_files
from site_builder.stages.setup import Setup, Wanted
from site_builder.stages.steps import LINKED, LOADED, NOTED, PLACED, Build
from site_builder.values import NamedTuple


class Loaded(NamedTuple):
    """The files of a site, as far as their bytes alone say."""

    library: Library
    settings: Settings
    rows: Sequence[EntryFacts]
    """Of the entities that are in this build, in their order."""
    visible: Visible
    texts: Mapping[EntityId, SourceText | None]
    """Of sources."""
    static: Mapping[str, Found]
    in_part: Sequence[Entry]
    """Entries of which not all can be read."""
    findings: list[Diagnostic]

    @property
    def is_dated(self) -> bool:
        """Whether what is published depends on the day."""
        return bool(self.visible.hidden) or any(
            row.publish_on or row.expires_on for row in self.rows
        )


class Refused(NamedTuple):
    """A site of which there is nothing to link, and why."""

    findings: list[Diagnostic]


def load(build: Build, setup: Setup, wanted: Wanted) -> Loaded | Refused:
    """The files of a site as they are now; those that are as the last build found them are not read."""
    setup.tell("reading")
    last = build.last
    sources, problems = wanted.found or find_files(setup.root)
    findings = [*problems]
    if not sources.content and not wanted.unsaved and has_errors(problems):
        return Refused(findings)
    library = Library(sources.content, last.steps(NOTED), setup.store, wanted.unsaved)
    settings, more = load_settings(library, setup.base_url)
    findings += more
    files, more = library.facts(settings.dialect, last.steps(LOADED), setup.workers)
    findings += more + library.unreadable
    findings += [finding for file in files.values() for finding in file.diagnostics]
    if not files and not has_errors(findings):
        return Refused([*findings, _nothing_there()])
    if not settings.readable:
        return Refused(library.as_written(findings))
    occasion = ALL_DAYS if wanted.everything else Occasion(today(), setup.drafts)
    visible, rows, more = assemble(files.values(), library.places, occasion)
    findings += more
    language = settings.content.site.language
    texts, more = source_texts(rows, library.entry, sources.seeds, library.places, language)
    findings += more
    build.kept.keep(NOTED, library.noted)
    recall_places(build, library)
    build.kept.keep(LOADED, files)
    in_part = [
        entry
        for file in files.values()
        for entry in file.in_part
        if not why_hidden(EntryFacts.of(entry), occasion)
    ]
    return Loaded(library, settings, rows, visible, texts, sources.static, in_part, findings)


def recall_places(build: Build, library: Library) -> None:
    """Takes over the places that the last build found in files that have not changed."""
    noted = library.noted
    library.places.recall(
        {
            path: found
            for path, (digest, found) in build.last.steps(PLACED).items()
            if path in noted and noted[path][1] == digest
        }
    )


def keep_places(build: Build, library: Library) -> None:
    """Keeps the places that were found, but for those in the settings, where secrets may stand."""
    build.kept.keep(
        PLACED,
        {
            path: (library.noted[path][1], found)
            for path, found in library.places.found.items()
            if path in library.noted and path not in SITE_FILES
        },
    )


def facts_of(kept: Kept) -> dict[EntityId, EntryFacts]:
    """The facts of the entries that were in a build, by what it has kept."""
    files, linked = kept.steps(LOADED), kept.steps(LINKED)
    return {row.id: row for file in files.values() for row in file.entries if row.id in linked}


def _nothing_there() -> Diagnostic:
    message = "there is nothing in content/ yet"
    hint = "add an article: content/articles/my-story.md, or begin with: site-builder init DIR"
    return Diagnostic("no-content", message, Location("content"), hint)

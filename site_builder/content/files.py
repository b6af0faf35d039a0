"""Which file of `content/` is what."""

from __future__ import annotations

from collections.abc import Sequence

from site_builder.content.entries import BrokenEntry, LoadedFile
from site_builder.content.kinds import BY_PLURAL, FRONT, KINDS, Kind
from site_builder.content.models import EntityId
from site_builder.content.slugs import normal_slug
from site_builder.content.story_folders import holds_many, top_of
from site_builder.diagnostics import Diagnostic, Location
from site_builder.text.guesses import did_you_mean

_SUFFIXES = (".md", ".yaml", ".yml")
_NOT_OF_STORIES = (KINDS[FRONT].plural, *(row.plural for row in KINDS.values() if row.free))
"""The collections that the folder of a story does not have."""


def kind_of_file(path: str) -> Kind | Diagnostic | None:
    """The kind of the entities in a content file; None for `site.yaml` and `about.md`."""
    top = top_of(path)
    parts = path.removeprefix(top).split("/")
    name = parts[-1]
    stem, _, suffix = name.rpartition(".")
    location = Location(path)
    apart = () if top == "content/" else _NOT_OF_STORIES
    names = [row for row in BY_PLURAL if row not in apart]
    if found := next((row for row in apart if row in (parts[0], stem)), ""):
        message = f"the folder of a story has no {found}"
        return Diagnostic("unknown-file", message, location, f"put it into content/{found}/")
    if len(parts) == 1:
        return _together(path, name, names)
    row = BY_PLURAL.get(parts[0])
    if row and row.free:
        return _free(row, path)
    if row is None:
        message = f"'{parts[0]}' is not a collection{did_you_mean(parts[0], names)}"
        hint = f"collections: {', '.join(names)}"
        return Diagnostic("unknown-collection", message, Location(f"{top}{parts[0]}"), hint)
    if len(parts) > 2:
        message = f"the files of a collection must be directly in {top}{row.plural}/"
        return Diagnostic("unknown-file", message, location)
    if not name.endswith(_SUFFIXES):
        message = f"'{name}' is neither .md nor .yaml"
        hint = "pictures and other files to publish belong in static/"
        if suffix.lower() in ("md", "mdx", "mdown", "mkd", "markdown", "txt"):
            hint = f"call it '{stem}.md'"
        elif suffix.lower() in ("yaml", "yml", "json"):
            hint = f"call it '{stem}.yaml'"
        return Diagnostic("unknown-file", message, location, hint)
    return row


def _together(path: str, name: str, names: Sequence[str]) -> Kind | Diagnostic | None:
    """The kind of a file beside the folders of collections: one of many entities, or of none."""
    stem, dot, suffix = name.rpartition(".")
    own = ("site.yaml", "about.md") if path.count("/") == 1 else ()
    if own and name in (*own, "site.yml"):
        return None
    location = Location(path)
    row = BY_PLURAL.get(stem)
    if row and row.free:
        message = f"'{name}' can't hold {row.plural}: each is a Markdown file of its own"
        hint = f"write them as content/{row.plural}/<slug>.md"
        return Diagnostic("unknown-file", message, location, hint)
    if row and dot + suffix in (".yaml", ".yml"):
        return row
    if row:
        message = f"a collection in one file is '{stem}.yaml', not '{name}'"
        return Diagnostic("unknown-file", message, location)
    together = [row for row in names if not BY_PLURAL[row].free]
    known = [*own, *(f"{row}.yaml" for row in together)]
    message = f"'{name}' is not a file the builder knows{did_you_mean(name, known)}"
    files = f"{', '.join(own)}, " if own else ""
    free = "".join(f", and a folder {row}" for row in names if BY_PLURAL[row].free)
    hint = f"known: {files}a folder or .yaml for each of {', '.join(together)}{free}"
    return Diagnostic("unknown-file", message, location, hint)


def _free(row: Kind, path: str) -> Kind | Diagnostic:
    """The kind of a file that stands in folders of its author's choice, which must be Markdown."""
    stem, _, suffix = path.rpartition(".")
    if suffix == "md":
        return row
    name = path.rpartition("/")[2]
    hint = "pictures and other files to publish belong in static/"
    if suffix.lower() in ("mdx", "mdown", "mkd", "markdown", "txt", "yaml", "yml", "md"):
        hint = f"call it '{stem.rpartition('/')[2]}.md'"
    message = f"{row.with_article} is a Markdown file, not '{name}'"
    return Diagnostic("unknown-file", message, Location(path), hint)


def slug_of_file(path: str, kind: Kind) -> str:
    """The slug of the entity in a file of its own; "" for a file of many."""
    if holds_many(path):
        return ""
    inner = path.removeprefix(top_of(path)).partition("/")[2]
    name = inner if kind.free else inner.rpartition("/")[2]
    return normal_slug(name.rpartition(".")[0])


def unreadable_file(path: str, kind: Kind) -> LoadedFile:
    """What is known of a content file whose bytes can't be had."""
    return LoadedFile(path, (), unreadable_entities(path, kind))


def unreadable_entities(path: str, kind: Kind) -> tuple[BrokenEntry, ...]:
    """The entity of a file that can't be read; for a file of many, one without a slug."""
    return (BrokenEntry(EntityId(kind.name, slug_of_file(path, kind)), (), False),)

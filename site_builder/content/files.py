"""Which file of `content/` is what."""

from __future__ import annotations

from site_builder.content.entries import BrokenEntry, LoadedFile
from site_builder.content.kinds import BY_PLURAL, FRONT, KINDS, Kind
from site_builder.content.models import EntityId
from site_builder.content.slugs import normal_slug
from site_builder.content.story_folders import holds_many, top_of
from site_builder.diagnostics import Diagnostic, Location
from site_builder.text.guesses import did_you_mean

_SUFFIXES = (".md", ".yaml", ".yml")


def kind_of_file(path: str) -> Kind | Diagnostic | None:
    """The kind of the entities in a content file; None for `site.yaml` and `about.md`."""
    top = top_of(path)
    parts = path.removeprefix(top).split("/")
    name = parts[-1]
    stem, dot, suffix = name.rpartition(".")
    location = Location(path)
    own = ("site.yaml", "about.md") if top == "content/" else ()
    fronts = KINDS[FRONT].plural
    names = [row for row in BY_PLURAL if own or row != fronts]
    if not own and (parts[0] == fronts or stem == fronts):
        message = f"the folder of a story has no {fronts}"
        return Diagnostic("unknown-file", message, location, f"put it into content/{fronts}/")
    if len(parts) == 1:
        if own and name in (*own, "site.yml"):
            return None
        row = BY_PLURAL.get(stem)
        if row and dot + suffix in (".yaml", ".yml"):
            return row
        if row:
            message = f"a collection in one file is '{stem}.yaml', not '{name}'"
            return Diagnostic("unknown-file", message, location)
        known = [*own, *(f"{name}.yaml" for name in names)]
        suggestion = did_you_mean(name, known)
        message = f"'{name}' is not a file the builder knows{suggestion}"
        files = f"{', '.join(own)}, and " if own else ""
        hint = f"known: {files}a folder or .yaml for each of {', '.join(names)}"
        return Diagnostic("unknown-file", message, location, hint)
    row = BY_PLURAL.get(parts[0])
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


def unreadable_file(path: str, kind: Kind) -> LoadedFile:
    """What is known of a content file whose bytes can't be had."""
    return LoadedFile(path, (), unreadable_entities(path, kind))


def unreadable_entities(path: str, kind: Kind) -> tuple[BrokenEntry, ...]:
    """The entity of a file that can't be read; for a file of many, one without a slug."""
    name = path.rpartition("/")[2]
    slug = "" if holds_many(path) else normal_slug(name.rpartition(".")[0])
    return (BrokenEntry(EntityId(kind.name, slug), (), False),)

"""Which file of `content/` is what."""

from __future__ import annotations

from site_builder.content.entries import BrokenEntry, LoadedFile
from site_builder.content.kinds import BY_PLURAL, Kind
from site_builder.content.models import EntityId
from site_builder.content.slugs import normal_slug
from site_builder.diagnostics import Diagnostic, Location
from site_builder.text.guesses import did_you_mean

_SUFFIXES = (".md", ".yaml", ".yml")


def kind_of_file(path: str) -> Kind | Diagnostic | None:
    """The kind of the entities in a content file; None for `site.yaml` and `about.md`."""
    parts = path.split("/")[1:]
    name = parts[-1]
    stem, dot, suffix = name.rpartition(".")
    location = Location(path)
    names = [*BY_PLURAL]
    if len(parts) == 1:
        if name in ("site.yaml", "site.yml", "about.md"):
            return None
        row = BY_PLURAL.get(stem)
        if row and dot + suffix in (".yaml", ".yml"):
            return row
        if row:
            message = f"a collection in one file is '{stem}.yaml', not '{name}'"
            return Diagnostic("unknown-file", message, location)
        known = ["site.yaml", "about.md", *(f"{name}.yaml" for name in names)]
        suggestion = did_you_mean(name, known)
        message = f"'{name}' is not a file the builder knows{suggestion}"
        hint = f"known: site.yaml, about.md, and a folder or .yaml for each of {', '.join(names)}"
        return Diagnostic("unknown-file", message, location, hint)
    row = BY_PLURAL.get(parts[0])
    if row is None:
        message = f"'{parts[0]}' is not a collection{did_you_mean(parts[0], names)}"
        hint = f"collections: {', '.join(names)}"
        return Diagnostic("unknown-collection", message, Location(f"content/{parts[0]}"), hint)
    if len(parts) > 2:
        message = f"the files of a collection must be directly in content/{row.plural}/"
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
    parent, _, name = path.rpartition("/")
    slug = normal_slug(name.rpartition(".")[0]) if parent != "content" else ""
    return (BrokenEntry(EntityId(kind.name, slug), (), False),)

"""`no-story`, and names of stories that are none: in fields, in the settings, and as folders."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from site_builder.content.kinds import FRONT, KINDS, Kind
from site_builder.content.models import EntityId
from site_builder.content.places import Places
from site_builder.content.shape import shape_of
from site_builder.content.story_folders import ARTICLES, story_of_folder
from site_builder.diagnostics import Diagnostic, Location, Severity
from site_builder.links.graph import Graph, Linked
from site_builder.links.names import Miss
from site_builder.text.guesses import did_you_mean


def check(linked: Linked, graph: Graph, places: Places) -> list[Diagnostic]:
    """What belongs to none of several stories, and chapters where a story is expected."""
    found = list(_chapters_named(linked, graph, places))
    entry = linked.entry
    kind = KINDS[entry.kind]
    if not (kind.of_story and graph.stories.several) or graph.stories.of(entry.id):
        return found
    if getattr(entry.record, "story", None) is not None or story_of_folder(entry.file):
        return found  # on purpose, or because its stories have expired
    found.append(
        Diagnostic(
            "no-story",
            f"{entry.id} belongs to no story, so it shows only on the pages of the whole site",
            places.key(entry.file, entry.within),
            f"say which with {_ways_to_say(kind)}, or story: [] if that is meant",
            Severity.WARNING,
        )
    )
    return found


def _ways_to_say(kind: Kind) -> str:
    """The fields that bring an entity of a kind into a story."""
    fields = [shape.name for shape in shape_of(kind.model) if shape.marks.belongs]
    lists = {shape.name for shape in shape_of(KINDS[FRONT].model) if shape.marks.brings}
    of_article = f", or list it under {kind.plural}: of an article" if kind.plural in lists else ""
    return " or ".join(f"{name}:" for name in ("story", *fields)) + of_article


def _chapters_named(linked: Linked, graph: Graph, places: Places) -> Iterator[Diagnostic]:
    """Fields that name a chapter where only a story can be meant."""
    entry = linked.entry
    for where, target in linked.refs.items():
        whole = graph.stories.site.chapters.get(target)
        if whole and where[0] in ("story", "part_of"):
            message = f"{target} is a chapter of {whole}"
            hint = (
                "chapters have no chapters"
                if where[0] == "part_of"
                else f"name its story: {whole.slug}"
            )
            location = places.value(entry.file, (*entry.within, *where))
            yield Diagnostic("wrong-kind", message, location, hint)


def check_site(graph: Graph, places: Places) -> list[Diagnostic]:
    """Folders of stories that are none, and settings that name none."""
    return [*_settings(graph, places), *_folders(graph)]


def _settings(graph: Graph, places: Places) -> Iterator[Diagnostic]:
    names = graph.given_names
    for field, found in (("home", names.home), ("lead", names.lead)):
        whole = graph.stories.site.chapters.get(found) if isinstance(found, EntityId) else None
        location = partial(places.value, graph.content.site_file, (field,))
        if whole:
            hint = f"name its story: {whole.slug}"
            yield Diagnostic("wrong-kind", f"{found} is a chapter of {whole}", location(), hint)
        elif isinstance(found, Miss) and found.code:
            severity = Severity.WARNING if found.expired else Severity.ERROR
            yield Diagnostic(found.code, found.message, location(), found.hint, severity)


def _folders(graph: Graph) -> Iterator[Diagnostic]:
    """Folders of stories that are none."""
    for slug, found in graph.given_names.folders.items():
        location = Location(f"{ARTICLES}{slug}")
        whole = graph.stories.site.chapters.get(found) if isinstance(found, EntityId) else None
        if whole:
            message = f"{found} is a chapter of {whole}, and only stories have a folder"
            hint = f"move its files to {ARTICLES}{whole.slug}/"
            yield Diagnostic("unknown-collection", message, location, hint)
        elif isinstance(found, Miss) and found.code in ("unknown-reference", "wrong-kind"):
            there = [id.slug for id in (*graph.heads, *graph.hidden) if id.kind == FRONT]
            message = f"there is no article '{slug}'{did_you_mean(slug, there)}"
            hint = f"the folder of a story has the name of its article: {ARTICLES}{slug}.md"
            yield Diagnostic("unknown-collection", message, location, hint)

"""The editor's margin of a previewed page: its files, findings in them, and what on it lacks support.

A statement is *unsourced* if it should cite a source and does not (see `checks.coverage`); an entity is
*unreferenced* if nothing on the site refers to it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from site_builder.checks.coverage import Statement, marks, statements
from site_builder.content.kinds import CITED, KINDS, kind_listed_on
from site_builder.content.models import EarlierPosition, EntityId, Position
from site_builder.diagnostics import Location, count_line
from site_builder.links.cited_sentences import sentences_of
from site_builder.links.fields import part_anchors
from site_builder.links.graph import Graph, Head, Linked
from site_builder.links.plain import plain_text, shown_title
from site_builder.pages.routes import Route
from site_builder.preview.editors import Editor
from site_builder.preview.problems import findings, templates
from site_builder.preview.showing import Snapshot
from site_builder.reading.yaml_path import YamlPath

MOST_FILES = 8
MOST_ROWS = 20
MOST_READ = 50
"""The most entities of a page whose statements are checked one by one."""
LONGEST_LABEL = 70
"""The most characters shown of a statement."""


@dataclass(frozen=True)
class Part:
    """A part of a page that lacks something; `anchor` is its id on the page, or ""."""

    text: str
    anchor: str = ""


def margin(snapshot: Snapshot, file: str, editor: Editor) -> str:
    """The margin of a page as HTML; `file` is the path of the page in the output."""
    route = snapshot.routes.get(file)
    graph = snapshot.site.graph
    heads = heads_of(graph, route) if graph and route else ()
    files = files_of(graph, route, heads) if graph and route else ()
    found = [d for path in files for d in snapshot.found_in.get(path, ())]
    elsewhere = len(snapshot.diagnostics) - len(found)
    # Reading many entities is slow, and what they lack is among the findings anyway.
    rows = [graph.linked[head.id] for head in heads] if graph and len(heads) <= MOST_READ else []
    unsourced = list(_unsourced(graph, rows)) if graph else []
    unreferenced = list(_unreferenced(graph, heads)) if graph else []
    groups = [
        {"title": title, "parts": parts[:MOST_ROWS], "more": max(0, len(parts) - MOST_ROWS)}
        for title, parts in (
            ("Without a source", unsourced),
            ("Nothing refers to", unreferenced),
        )
        if parts
    ]
    return templates().get_template("margin.html").render(
        files=[
            {"path": path, "link": editor.link(Location(path))} for path in files[:MOST_FILES]
        ],
        more_files=max(0, len(files) - MOST_FILES),
        draft=len(heads) == 1 and heads[0].draft,
        findings=findings(found[:MOST_ROWS], editor),
        more_findings=max(0, len(found) - MOST_ROWS),
        count=count_line(found),
        groups=groups,
        total=len(found) + len(unsourced) + len(unreferenced),
        evidence=_evidence(graph, rows) if graph else "",
        elsewhere=elsewhere,
    )  # fmt: skip


def heads_of(graph: Graph, route: Route) -> Sequence[Head]:
    """The entities shown on a page."""
    if route.id is not None:
        return (graph.heads[route.id],)
    kind = kind_listed_on(route.path)
    return [graph.heads[id] for id in graph.ids_of(kind)] if kind else ()


def files_of(graph: Graph, route: Route, heads: Sequence[Head]) -> tuple[str, ...]:
    """The content files of a page."""
    files = [head.file for head in heads]
    if route.type == "about" and graph.content.about:
        files.append(graph.content.about.file)
    return tuple(dict.fromkeys(files)) or (graph.content.site_file,)


def _unsourced(graph: Graph, rows: Sequence[Linked]) -> Iterator[Part]:
    """The statements without a citation."""
    alone = len(rows) == 1
    for linked in rows:
        for row in statements(linked, graph.content.site):
            if not any(marks(linked, row)):
                whose = "" if alone or not row.where else f" ({_short(shown_title(linked))})"
                anchor = _anchor(linked, row.where) if alone else ""
                yield Part(f"{row.noun}: {_label(linked, row)}{whose}", anchor)


def _unreferenced(graph: Graph, heads: Sequence[Head]) -> Iterator[Part]:
    """The entities that nothing refers to."""
    for head in heads:
        if KINDS[head.id.kind].referred_to and not _is_referred_to(graph, head.id):
            yield Part(_short(head.title))


def _is_referred_to(graph: Graph, id: EntityId) -> bool:
    if graph.backlinks.get(id):
        return True
    cited = graph.sources.get(id)
    return bool(cited and (cited.uses or cited.passages))


def _evidence(graph: Graph, rows: Sequence[Linked]) -> str:
    """How many statements of a page, and sentences of its text, cite a source, in words; "" if it has none."""
    site = graph.content.site
    cited = [any(marks(linked, row)) for linked in rows for row in statements(linked, site)]
    said = []
    if cited:
        noun = "statement cites" if len(cited) == 1 else "statements cite"
        said.append(f"{sum(cited)} of {len(cited)} {noun} a source")
    if (
        len(rows) == 1
        and graph.ids_of(CITED)
        and (text := sentences_of(graph, graph.body(rows[0]))).total
    ):
        noun = "sentence of the text cites" if text.total == 1 else "sentences of the text cite"
        said.append(f"{text.cited} of {text.total} {noun} a source")
    return f"{'; '.join(said)}." if said else ""


def _anchor(linked: Linked, where: YamlPath) -> str:
    """The id of a statement on its entity's page."""
    if not where:
        return linked.entry.slug
    return part_anchors(linked.entry, linked.refs).get(where[:2], "")


def _label(linked: Linked, statement: Statement) -> str:
    """A short label of a statement: whose position it is, or its text."""
    if isinstance(statement.record, (EarlierPosition, Position)):
        actor = linked.refs.get((*statement.where[:2], "actor"))
        return actor.slug if actor else ""
    text = linked.prose.get(statement.prose)
    return _short(plain_text(text) if text else shown_title(linked))


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_LABEL else f"{text[: LONGEST_LABEL - 1].rstrip()}…"

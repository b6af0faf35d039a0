"""What has changed since a revision, as a note of changes that an author may take over. Nothing is written."""

from __future__ import annotations

import io
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from site_builder.build import Options, render_site
from site_builder.content.kinds import HOLDERS, NOTES
from site_builder.content.models import DEFAULT_STANCES, EntityId, Position
from site_builder.content.shape import records_in
from site_builder.faults import Fault
from site_builder.links.graph import Graph
from site_builder.values import NamedTuple

_FOLDERS = ("content", "seeds")


class Changes(NamedTuple):
    """What has changed, in sentences, and the entities that it touches."""

    sentences: tuple[str, ...]
    touches: tuple[EntityId, ...]


def changes_since(root: Path, revision: str) -> Changes:
    """What has changed on a site since a revision of its repository. Raises a `Fault` if one of the two can't be read."""
    now = _graph(root, "the site has errors; see: site-builder check")
    with tempfile.TemporaryDirectory(prefix="site-builder-") as folder:
        _extract(root, revision, Path(folder))
        before = _graph(Path(folder), f"the site as it was at {revision} has errors")
        return _compared(before, now)


def _graph(root: Path, problem: str) -> Graph:
    graph = render_site(Options(root), only_check=True).graph
    if graph is None:
        raise Fault(problem)
    return graph


def _extract(root: Path, revision: str, folder: Path) -> None:
    """Writes the content of a site as it was at a revision."""
    if revision.startswith("-"):
        raise Fault(f"'{revision}' is no revision")
    command = ["git", "-C", str(root), "archive", "--format=tar", revision]
    try:
        done = subprocess.run(command, capture_output=True, check=False)
    except OSError as error:
        raise Fault(f"git can't be run: {error.strerror}") from None
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise Fault(f"git has no revision '{revision}' of this site: {said[-1] if said else ''}")
    with tarfile.open(fileobj=io.BytesIO(done.stdout)) as archive:
        for member in archive:
            path = Path(member.name)
            if not member.isfile() or ".." in path.parts or path.parts[0] not in _FOLDERS:
                continue
            data = archive.extractfile(member)
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data.read() if data else b"")


def _compared(before: Graph, now: Graph) -> Changes:
    old, new = _digests(before), _digests(now)
    come = [id for id in new if id not in old]
    gone = [id for id in old if id not in new]
    moved = list(_moved(before, now))
    told = {issue for issue, _ in moved}
    changed = [id for id in new if id in old and new[id] != old[id] and id not in told]
    sentences = [
        *_listed("New", now, come),
        *(sentence for _, sentence in moved),
        *_listed("Changed", now, changed),
        *_listed("Taken out", before, gone),
    ]
    touches = dict.fromkeys([*come, *(issue for issue, _ in moved), *changed])
    return Changes(tuple(sentences), tuple(touches))


def _digests(graph: Graph) -> dict[EntityId, tuple[str, str]]:
    rows = ((id, graph.linked[id].entry) for id in graph.heads if id.kind != NOTES)
    return {id: (entry.record_digest, entry.body_digest) for id, entry in rows}


def _listed(word: str, graph: Graph, ids: list[EntityId]) -> Iterator[str]:
    if ids:
        named = ", ".join(f"{id.kind} “{graph.heads[id].title}”" for id in ids)
        yield f"{word}: {named}."


def _moved(before: Graph, now: Graph) -> Iterator[tuple[EntityId, str]]:
    """Positions that are new, gone, or of another stance: the issue, and the change in a sentence."""
    for id in now.heads:
        if id not in before.heads:
            continue
        old, new = _stances(before, id), _stances(now, id)
        for actor in dict.fromkeys([*new, *old]):
            if old.get(actor) == new.get(actor):
                continue
            name = (now if actor in now.heads else before).heads[actor].title
            issue = now.heads[id].title
            if actor not in new:
                yield id, f"The position of {name} on “{issue}” is taken out."
            elif actor not in old:
                yield id, f"New: the position of {name} on “{issue}”, {new[actor]}."
            else:
                yield (
                    id,
                    f"The position of {name} on “{issue}” changed from {old[actor]} to {new[actor]}.",
                )


def _stances(graph: Graph, id: EntityId) -> Mapping[EntityId, str]:
    """By actor: the label of the stance that it holds on an issue."""
    linked = graph.linked[id]
    known = graph.content.site.stances or DEFAULT_STANCES
    return {
        actor: f"“{known[row.value.stance].label}”"
        if row.value.stance in known
        else row.value.stance
        for row in records_in(linked.entry.record, Position)
        if (actor := linked.refs.get((*row.path, HOLDERS))) is not None
    }


def as_note(changes: Changes, day: str) -> str:
    """A note of changes in YAML, for `content/updates.yaml`."""
    if not changes.sentences:
        return "nothing has changed\n"
    lines = [f"changes-{day}:", f"  date: {day}", "  text: >-"]
    lines += [f"    {sentence}" for sentence in changes.sentences]
    if changes.touches:
        lines.append("  touches:")
        lines += [f"    - {id.kind}/{id.slug}" for id in changes.touches]
    return "\n".join(lines) + "\n"

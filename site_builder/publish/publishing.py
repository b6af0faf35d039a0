"""Publishing, from the command to the target: build, look, plan, guard, send, remember.

`prepare` does all that changes nothing and says what would happen; `carry_out` does it. Between the
two stands the person, or `--yes`.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
import time
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from site_builder.build import Options, render_site
from site_builder.content.loading import load_site
from site_builder.content.models import Site
from site_builder.content.targets import (
    DirectoryTarget,
    GitTarget,
    RsyncTarget,
    S3Target,
    Target,
    ZipTarget,
)
from site_builder.diagnostics import Diagnostic, has_errors
from site_builder.disk import read_file
from site_builder.exports.left_out import left_out
from site_builder.faults import SiteNotFound
from site_builder.links.graph import Graph
from site_builder.publish import record as records
from site_builder.publish import reporting
from site_builder.publish.addresses import NAME as LEDGER
from site_builder.publish.addresses import (
    Addresses,
    Ledger,
    advice,
    after_publishing,
    expired,
    read_ledger,
    save_ledger,
    vanishing,
)
from site_builder.publish.destination import (
    Destination,
    KnowsWhere,
    Shipment,
    SiteFiles,
    Surroundings,
)
from site_builder.publish.faults import PublishFault, listed, scrubbed, some
from site_builder.publish.news import news, renames
from site_builder.publish.plan import Action, Plan, Present, Told, clashes, make_plan
from site_builder.publish.reporting import Kinds, compared, from_repository
from site_builder.publish.standing import Standing, at_domain
from site_builder.reading.files import InputFile
from site_builder.text.guesses import did_you_mean
from site_builder.text.shown import on_one_line


class UnknownTarget(Exception):
    """The command line names a target that there is not, or none where there are several."""


@dataclass(frozen=True)
class Request:
    """What the command line asks for. `target` is a name in site.yaml, or None for the only one."""

    root: Path
    target: str | None = None
    drafts: bool = False
    strict: bool = False
    allow_removals: bool = False
    take_over: bool = False
    force: bool = False
    interactive: bool = False


@dataclass(frozen=True)
class BrokenSite:
    """A site whose content has errors: nothing is published."""

    diagnostics: tuple[Diagnostic, ...]


@dataclass(frozen=True)
class Prepared:
    """What a publish would do, before the first byte travels."""

    diagnostics: tuple[Diagnostic, ...]
    name: str
    """The target's name in site.yaml."""
    destination: Destination
    shipment: Shipment
    address: str
    """Where the site will stand: its base address, else what the target is called."""
    note: str
    """How its address is known if no `base_url` says it, or what is left out for want of one; may be ""."""
    stop: str
    """Why it may not be done, for people; "" if it may."""
    root: Path
    ledger: Ledger | None
    """The ledger as it will be; None if the target keeps none."""
    started: float
    """When it was begun, by the clock that only counts."""

    @property
    def plan(self) -> Plan:
        """What would be done."""
        return self.shipment.plan


@dataclass(frozen=True)
class Published:
    """What a publish did. `seconds` counts from the command on, the build included."""

    seconds: float
    ledger_changed: bool
    """Whether `addresses.txt` says something new."""


@contextlib.contextmanager
def prepare(request: Request) -> Iterator[Prepared | BrokenSite]:
    """Builds the site afresh and compares it with what the target holds. Changes nothing.

    Raises `UnknownTarget`, or a `Fault` for what is wrong outside the content.
    """
    started = time.perf_counter()
    site, diagnostics = _settings(request.root)
    if site is None:
        yield BrokenSite(_everything_wrong(request, diagnostics))
        return
    name, target = _choose(site, request.target)
    ledger = read_ledger(request.root)
    with _surroundings(request) as around:
        destination = open_destination(target, around)
        standing = _standing(site, target, destination, request.root)
        rendered = render_site(
            Options(
                root=request.root,
                base_url=target.base_url or (standing.address if standing else None),
                drafts=request.drafts or target.drafts,
                strict=request.strict,
            )
        )
        graph = rendered.graph
        if not rendered.ok or graph is None:
            yield BrokenSite(rendered.diagnostics)
            return
        site_files = SiteFiles(rendered.files, {}, _not_for(target, rendered.copied))
        shipment = _compare(site_files, graph, destination, take_over=request.take_over)
        lost = _lost(shipment, ledger.of(name), graph)
        keeps = target.keep_addresses
        stops = lost.stop if keeps and not request.allow_removals else ""
        yield Prepared(
            diagnostics=rendered.diagnostics,
            name=name,
            destination=destination,
            shipment=shipment,
            address=graph.content.site.base_url or destination.address,
            note=_note(name, standing, graph),
            stop=stops,
            root=request.root,
            ledger=after_publishing(ledger, name, shipment.files, lost.all) if keeps else None,
            started=started,
        )


def _not_for(target: Target, of_author: Container[str]) -> tuple[str, ...]:
    """Files that a build makes and this target does not get: only a branch with a domain needs `CNAME`."""
    has_domain = isinstance(target, GitTarget) and target.domain
    return () if has_domain or "CNAME" in of_author else ("CNAME",)


def _compare(
    site: Mapping[str, bytes], graph: Graph, destination: Destination, *, take_over: bool
) -> Shipment:
    """What is to be sent, and the record that goes with it."""
    record = records.record_of(site, graph, destination.manner)
    files = SiteFiles(site, {records.NAME: record.dump()})
    present = destination.look(files)
    if take_over:
        present = present.taken_over()
    _refuse_other_peoples(files, present, destination)
    plan = make_plan(files, present)
    before = present.record.entities if present.record else {}
    renamed = renames(before, record.entities, graph)
    told = news(present.record, record, plan, renamed)
    return Shipment(plan, files, record, present.record, told, present.altered, renamed)


@dataclass(frozen=True)
class _Lost:
    """Addresses that would vanish, and why that stops a publish ("" if their authors meant it)."""

    all: list[str]
    stop: str


def _lost(shipment: Shipment, known: Addresses, graph: Graph) -> _Lost:
    earlier = shipment.before.files if shipment.before else ()
    lost = vanishing(known, earlier, shipment.files)
    unmeant = sorted(set(lost) - set(expired(lost, graph)))
    return _Lost(lost, advice(unmeant, known, earlier, graph) if unmeant else "")


def carry_out(prepared: Prepared, told: Told) -> Published:
    """Sends what is planned and remembers the addresses. Raises a `Fault`."""
    if prepared.plan:
        prepared.destination.send(prepared.shipment, told)
    changed = prepared.ledger is not None and save_ledger(prepared.root, prepared.ledger)
    return Published(time.perf_counter() - prepared.started, changed)


def as_object(prepared: Prepared | BrokenSite, root: Path, *, published: bool) -> str:
    """What was found and done, or would be, as JSON."""
    problems = from_repository(prepared.diagnostics, root, os.environ)
    if isinstance(prepared, BrokenSite):
        return reporting.as_object(problems, Kinds(), Kinds(), {}, published=False)
    plan, shipment = prepared.plan, prepared.shipment
    before = shipment.before.entities if shipment.before else {}
    files = Kinds(
        *(
            [row.path for row in plan.of(action) if row.path != records.NAME]
            for action in (Action.ADD, Action.CHANGE, Action.REMOVE)
        )
    )
    return reporting.as_object(
        problems,
        files,
        compared(before, shipment.record.entities),
        shipment.renamed,
        target=prepared.name,
        address=on_one_line(scrubbed(prepared.address)),
        published=published,
    )


def in_words(prepared: Prepared, published: Published) -> str:
    """What was done, for people: where, what changed, how long it took."""
    took = f"({published.seconds:.1f} s)"
    if not prepared.plan:
        lines = [f"{prepared.address} is up to date; nothing was sent {took}"]
    else:
        lines = [f"published: {prepared.address} {took}", prepared.shipment.message]
        lines.append(prepared.plan.in_words.replace(" to send", " sent"))
    altered = prepared.shipment.altered
    if altered:
        stay, them = ("stays", "it") if len(altered) == 1 else ("stay", "them")
        lines.append(
            f"{some(len(altered), 'file is', 'files are')} no longer in the site and {stay} there, because "
            f"somebody else changed {them}: {listed(altered)}"
        )
    if published.ledger_changed:
        lines.append(f"{LEDGER} has changed: keep it in version control with the content")
    return scrubbed("\n".join(lines))


def roll_back(request: Request) -> str:
    """Puts the version before back in place; returns in words which. Raises a `Fault`."""
    site, diagnostics = _settings(request.root)
    if site is None:
        raise PublishFault(diagnostics[0].headline if diagnostics else "there is no site.yaml")
    _, target = _choose(site, request.target)
    with _surroundings(request) as around:
        return scrubbed(open_destination(target, around).roll_back())


@contextlib.contextmanager
def _surroundings(request: Request) -> Iterator[Surroundings]:
    try:
        folder = tempfile.TemporaryDirectory(prefix="site-builder-", ignore_cleanup_errors=True)
    except OSError as error:
        raise PublishFault(
            f"temporary files can't be made: {error.strerror}; make room, or name another folder in TMPDIR"
        ) from error
    with folder as name:
        workspace = Path(name).resolve()
        try:
            yield Surroundings(
                request.root.resolve(), workspace, request.interactive, request.force
            )
        except OSError as error:
            if error.filename and str(error.filename).startswith(str(workspace)):
                raise PublishFault(
                    f"temporary files can't be written in '{tempfile.gettempdir()}': {error.strerror}. "
                    "Nothing more was published; make room, or name another folder in TMPDIR."
                ) from error
            raise


def open_destination(target: Target, around: Surroundings) -> Destination:
    """The place that a target names. Raises a `Fault` if nothing may be published there."""
    match target:
        case DirectoryTarget():
            from site_builder.publish.directory import Directory

            return Directory(target, around)
        case ZipTarget():
            from site_builder.publish.zip_file import ZipFile

            return ZipFile(target, around)
        case GitTarget():
            from site_builder.publish.git import Git

            return Git(target, around)
        case RsyncTarget():
            from site_builder.publish.rsync import Rsync

            return Rsync(target, around)
        case S3Target():
            from site_builder.publish.s3 import S3

            return S3(target, around)


# --- what is asked for -----------------------------------------------------------------------------


def _settings(root: Path) -> tuple[Site | None, tuple[Diagnostic, ...]]:
    """`content/site.yaml`, which says where to publish and for what address to build."""
    for name in ("site.yaml", "site.yml"):
        path = root / "content" / name
        if path.is_file():
            try:
                data = path.read_bytes()
            except OSError as error:
                raise PublishFault(f"'{path}' can't be read: {error.strerror}") from error
            site, found = load_site(InputFile(f"content/{name}", data))
            return (None if has_errors(found) else site), found
    if not (root / "content").is_dir():
        raise SiteNotFound(
            f"there is no folder 'content' in '{root}'. Go to the site's folder, or name it with -C"
        )
    return None, ()


def _everything_wrong(request: Request, found: tuple[Diagnostic, ...]) -> tuple[Diagnostic, ...]:
    """All that is wrong with a site whose settings can't be read."""
    rendered = render_site(Options(request.root, drafts=request.drafts, strict=request.strict))
    return rendered.diagnostics or found


def _choose(site: Site, name: str | None) -> tuple[str, Target]:
    targets = site.publish
    if not targets:
        raise UnknownTarget(
            "content/site.yaml names no target to publish to; add one, such as\n\n"
            "  publish:\n    pages: {kind: git, remote: origin, branch: gh-pages}\n"
        )
    if name is None:
        if len(targets) > 1:
            raise UnknownTarget(f"which target? content/site.yaml has: {', '.join(targets)}")
        name = next(iter(targets))
    if name not in targets:
        guess = did_you_mean(name, targets)
        raise UnknownTarget(
            f"content/site.yaml has no target '{name}'{guess}; it has: {', '.join(targets)}"
        )
    return name, targets[name]


def _standing(site: Site, target: Target, destination: Destination, root: Path) -> Standing | None:
    """Where a target says that it stands; None if that is not asked, or not known.

    Its own `base_url` comes first, then its `domain`, then the site's `base_url`, which may add a path to
    that domain; what files or the target's host tell comes last.
    """
    if target.base_url is not None:
        return None
    domain = target.domain if isinstance(target, GitTarget) else None
    if domain and urlsplit(site.base_url or "").hostname != domain:
        return at_domain(domain, "the target's domain")
    if site.base_url is not None:
        return None
    own = _at_own_cname(root) if isinstance(target, GitTarget) else None
    return own or (destination.standing() if isinstance(destination, KnowsWhere) else None)


def _at_own_cname(root: Path) -> Standing | None:
    """The domain in a `CNAME` of the author's own."""
    try:
        text = read_file(root / "static/CNAME").decode("utf-8", "replace")
    except OSError:
        return None
    return at_domain(text, "static/CNAME says so")


def _note(name: str, standing: Standing | None, graph: Graph) -> str:
    if standing:
        return (
            f"note: this copy is made for {standing.address} ({standing.why}); "
            f"if it will stand elsewhere, give target '{name}' a base_url"
        )
    return left_out(graph)


def _refuse_other_peoples(
    files: Mapping[str, bytes], present: Present, destination: Destination
) -> None:
    foreign = present.foreign
    if foreign and present.record is None:
        raise PublishFault(
            f"{destination.address} holds {len(foreign)} files that site-builder did not put there: "
            f"{listed(foreign)}. Nothing was changed. Name a place that is empty, or say --take-over "
            "if all of it may be replaced."
        )
    in_the_way = clashes(files, present)
    if in_the_way:
        raise PublishFault(
            f"files that site-builder did not put in {destination.address} stand where it would "
            f"publish: {listed(in_the_way)}. Nothing was changed; move them away first."
        )

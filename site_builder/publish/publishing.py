"""Publishes a site: builds it, compares it with the target, and sends the differences.

`prepare` changes nothing and returns what would happen; `carry_out` does it. In between, the command line
asks the person, unless `--yes` is given.
"""

from __future__ import annotations

import contextlib
import tempfile
import time
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from site_builder.build import Options, render_site
from site_builder.content.targets import (
    GitTarget,
    Target,
)
from site_builder.diagnostics import Diagnostic
from site_builder.exports.left_out import left_out
from site_builder.links.graph import Graph
from site_builder.publish import record as records
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
    Shipment,
    Surroundings,
)
from site_builder.publish.faults import PublishFault, listed, scrubbed
from site_builder.publish.files import SiteFiles
from site_builder.publish.news import news, renames
from site_builder.publish.opening import open_destination
from site_builder.publish.plan import Plan, Present, Tell, clashes, make_plan
from site_builder.publish.standing import Standing
from site_builder.publish.targets import choose_target, find_standing, load_settings


@dataclass(frozen=True)
class Request:
    """The options of the command. `target` is a name in site.yaml, or None for the only target."""

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
    """Everything about a publish before it is carried out."""

    diagnostics: tuple[Diagnostic, ...]
    name: str
    """The target's name in site.yaml."""
    destination: Destination
    shipment: Shipment
    address: str
    """The site's base address, or else the name of the target in messages."""
    note: str
    """How the address is known without a `base_url`, or what is left out because it is not; may be ""."""
    stop: str
    """Why nothing may be published, in words; "" if it may."""
    root: Path
    ledger: Ledger | None
    """The ledger after publishing; None if the target does not keep addresses."""
    started: float
    """When the command began, by `time.perf_counter`."""

    @property
    def plan(self) -> Plan:
        """The changes to make."""
        return self.shipment.plan


@dataclass(frozen=True)
class Published:
    """The result of a publish. `seconds` includes the build."""

    seconds: float
    ledger_changed: bool
    """Whether `addresses.txt` has changed."""


@contextlib.contextmanager
def prepare(request: Request) -> Iterator[Prepared | BrokenSite]:
    """Builds the site from scratch and compares it with the target. Changes nothing.

    Raises `UnknownTarget`, or a `Fault` for problems outside the content.
    """
    started = time.perf_counter()
    site, diagnostics = load_settings(request.root)
    if site is None:
        yield BrokenSite(_everything_wrong(request, diagnostics))
        return
    name, target = choose_target(site, request.target)
    ledger = read_ledger(request.root)
    with _surroundings(request) as around:
        destination = open_destination(target, around)
        standing = find_standing(site, target, destination, request.root)
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
        site_files = SiteFiles(
            rendered.files, {}, _not_for(target, rendered.copied), rendered.copied
        )
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
    """Files of a build that this target does not get: only a branch with a domain needs `CNAME`."""
    has_domain = isinstance(target, GitTarget) and target.domain
    return () if has_domain or "CNAME" in of_author else ("CNAME",)


def _compare(
    site: SiteFiles, graph: Graph, destination: Destination, *, take_over: bool
) -> Shipment:
    """The differences between site and target, with the record to publish."""
    record = records.record_of(site, graph, destination.manner)
    files = site.plus({records.NAME: record.dump()})
    present = destination.look(files)
    if take_over:
        present = present.taken_over()
    _refuse_other_peoples(files, present, destination)
    plan = make_plan(files, present)
    before = present.record.entities if present.record else {}
    renamed = renames(before, record.entities, graph)
    changes = news(present.record, record, plan, renamed)
    return Shipment(plan, files, record, present.record, changes, present.altered, renamed)


@dataclass(frozen=True)
class _Lost:
    """Addresses that would disappear, and why that stops publishing ("" if it is intended)."""

    all: list[str]
    stop: str


def _lost(shipment: Shipment, known: Addresses, graph: Graph) -> _Lost:
    earlier = shipment.before.files if shipment.before else ()
    lost = vanishing(known, earlier, shipment.files)
    unmeant = sorted(set(lost) - set(expired(lost, graph)))
    return _Lost(lost, advice(unmeant, known, earlier, graph) if unmeant else "")


def carry_out(prepared: Prepared, tell: Tell) -> Published:
    """Carries out the plan and saves the addresses. Raises a `Fault`."""
    if prepared.plan:
        prepared.destination.send(prepared.shipment, tell)
    changed = prepared.ledger is not None and save_ledger(prepared.root, prepared.ledger)
    return Published(time.perf_counter() - prepared.started, changed)


def roll_back(request: Request) -> str:
    """Goes back to the version before; returns in words which one that is. Raises a `Fault`."""
    site, diagnostics = load_settings(request.root)
    if site is None:
        raise PublishFault(diagnostics[0].headline if diagnostics else "there is no site.yaml")
    _, target = choose_target(site, request.target)
    with _surroundings(request) as around:
        return scrubbed(open_destination(target, around).roll_back())


@contextlib.contextmanager
def _surroundings(request: Request) -> Iterator[Surroundings]:
    try:
        folder = tempfile.TemporaryDirectory(prefix="site-builder-", ignore_cleanup_errors=True)
    except OSError as error:
        raise PublishFault(
            f"temporary files can't be made: {error.strerror}; free some space, or set TMPDIR to another folder"
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
                    "Nothing more was published; free some space, or set TMPDIR to another folder."
                ) from error
            raise


def _everything_wrong(request: Request, found: tuple[Diagnostic, ...]) -> tuple[Diagnostic, ...]:
    """All findings about a site whose settings can't be read."""
    rendered = render_site(Options(request.root, drafts=request.drafts, strict=request.strict))
    return rendered.diagnostics or found


def _note(name: str, standing: Standing | None, graph: Graph) -> str:
    if standing:
        return (
            f"note: this copy is made for {standing.address} ({standing.why}); "
            f"if it will have another address, give target '{name}' a base_url"
        )
    return left_out(graph)


def _refuse_other_peoples(
    files: Mapping[str, bytes], present: Present, destination: Destination
) -> None:
    foreign = present.foreign
    if foreign and present.record is None:
        raise PublishFault(
            f"{destination.address} contains {len(foreign)} files that site-builder did not put there: "
            f"{listed(foreign)}. Nothing was changed. Choose an empty place, or use --take-over "
            "if everything there may be replaced."
        )
    in_the_way = clashes(files, present)
    if in_the_way:
        raise PublishFault(
            f"files that site-builder did not put in {destination.address} are where it has to "
            f"publish: {listed(in_the_way)}. Nothing was changed; move them away first."
        )

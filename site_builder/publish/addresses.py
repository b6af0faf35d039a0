"""The list of published addresses: `addresses.txt` in the site's folder, called the ledger.

Readers keep addresses, and other sites link to them. So every published address is recorded for each
target, and publishing stops if one would disappear: it has to redirect to the new page, or be dropped on
purpose. People can read the file, and should keep it in version control. A target also records what
was published there last, so that a copy of the site without the file is as safe.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from site_builder.content.kinds import BY_PLURAL, FRONT, KINDS, Kind
from site_builder.disk import read_file, rewrite
from site_builder.links.addresses import RESERVED_FOLDERS, index_pages
from site_builder.links.graph import Graph, Head
from site_builder.links.redirects import old_page
from site_builder.pages.embeddable import FOLDER as EMBED_FOLDER
from site_builder.publish.faults import PublishFault, some
from site_builder.text.guesses import nearest

NAME = "addresses.txt"

_HEAD = """\
# Addresses that readers may have, for each target of `site-builder publish`, which writes this file.
# Keep it in version control. Publishing stops if an address would disappear, until it redirects
# (redirect_from) or is listed here as gone:  gone /issues/old-name/
"""


@dataclass(frozen=True)
class Addresses:
    """The addresses of one target: those that readers may have, and those dropped on purpose."""

    kept: frozenset[str] = frozenset()
    gone: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Ledger:
    """The addresses of all targets, by the target's name."""

    targets: Mapping[str, Addresses] = field(default_factory=dict)

    def of(self, target: str) -> Addresses:
        """The addresses of a target."""
        return self.targets.get(target, Addresses())

    def dump(self) -> str:
        """The ledger as text."""
        lines = [_HEAD]
        for name, row in sorted(self.targets.items()):
            lines.append(f"\n[{name}]\n")
            lines += [f"{address}\n" for address in sorted(row.kept)]
            lines += [f"gone {address}\n" for address in sorted(row.gone)]
        return "".join(lines)


_SECTION = re.compile(r"\[(?P<name>.+)\]")
_ROW = re.compile(r"(?P<gone>gone\s+)?(?P<address>/.*)")


def read_ledger(root: Path) -> Ledger:
    """The ledger of a site; empty if there is no file yet.

    Raises `PublishFault` for a line that can't be read, because guessing could lose an address.
    """
    path = root / NAME
    try:
        text = read_file(path).decode()
    except FileNotFoundError:
        return Ledger()
    except (OSError, UnicodeDecodeError) as error:
        raise PublishFault(f"'{path}' can't be read: {error}") from error
    targets: dict[str, Addresses] = {}
    name = ""
    for number, line in enumerate(text.splitlines(), start=1):
        row = line.strip()
        if not row or row.startswith("#"):
            continue
        section = _SECTION.fullmatch(row)
        if section:
            name = section["name"]
            targets.setdefault(name, Addresses())
            continue
        found = _ROW.fullmatch(row)
        if not found or not name:
            raise PublishFault(
                f"{NAME}:{number}: this line is not an address: {row}\n"
                "  write [target] above it, and one address on each line, or: gone /address/"
            )
        targets[name] = _with(targets[name], found["address"], gone=bool(found["gone"]))
    return Ledger(targets)


def _with(row: Addresses, address: str, *, gone: bool) -> Addresses:
    if gone:
        return Addresses(row.kept, row.gone | {address})
    return Addresses(row.kept | {address}, row.gone)


def save_ledger(root: Path, ledger: Ledger) -> bool:
    """Writes the ledger if it has changed; whether it was written."""
    path = root / NAME
    data = ledger.dump().encode()
    try:
        if path.exists() and read_file(path) == data:
            return False
        rewrite(path, data)
    except OSError as error:
        raise PublishFault(
            f"the site is published, but '{path}' can't be written: {error.strerror}"
        ) from error
    return True


def addresses_of(paths: Iterable[str]) -> frozenset[str]:
    """The addresses of the pages and feeds among files, which people keep.

    An address is the part after the base address and begins with a slash; `/` is the home page.
    """
    return frozenset(_addresses(paths))


def _addresses(paths: Iterable[str]) -> Iterator[str]:
    for path in paths:
        if path == "404.html":
            continue
        if path.endswith(".html"):
            yield "/" + re.sub(r"(^|/)index\.html$", r"\1", path)
        elif path.endswith((".xml", "feed.json")):
            yield f"/{path}"


def vanishing(known: Addresses, earlier: Iterable[str], paths: Iterable[str]) -> list[str]:
    """The addresses that readers may have and that a site with these files no longer has.

    `known` is from the ledger; `earlier` are the paths that the target holds now.
    """
    had = known.kept | addresses_of(earlier)
    gone = known.gone | {_embed(address) for address in known.gone}
    return sorted(had - gone - addresses_of(paths))


def _embed(address: str) -> str:
    """The address of the embed of an entity's page, which exists as long as the page does."""
    return f"/{EMBED_FOLDER}{address.lstrip('/')}"


def after_publishing(
    ledger: Ledger, target: str, paths: Iterable[str], gone: Iterable[str]
) -> Ledger:
    """The ledger after a site with these files is published, and the addresses `gone` are dropped."""
    kept = addresses_of(paths)
    row = Addresses(kept, (ledger.of(target).gone | frozenset(gone)) - kept)
    return Ledger({**ledger.targets, target: row})


# --- messages about addresses that would disappear ------------------------------------------------


def expired(addresses: Iterable[str], graph: Graph) -> list[str]:
    """The addresses that disappeared because an entity passed its `expires_on`, as its author intended.

    These are the addresses of its page with its feeds, its embed and old addresses, and of lists that
    contained nothing else.
    """
    pages: set[str] = set()
    for id, row in graph.expired.items():
        if KINDS[id.kind].own_page:
            pages.add(graph.addresses.page_of(id))
        pages.update(old for old in (old_page(id, text) for text in row.redirect_from) if old)
        pages.add(KINDS[id.kind].page_at(id.slug))  # its embed, inside the folder
        if id.kind == FRONT:
            pages.add("print/")
    with_positions = any(row.has_positions for row in graph.expired.values())
    lists = index_pages({id.kind for id in graph.expired}, with_positions)
    ended = tuple(f"/{page}" for page in pages)
    return [
        address
        for address in addresses
        if _without_embed(address).startswith(ended) or _without_embed(address)[1:] in lists
    ]


def _without_embed(address: str) -> str:
    return (
        address.replace(f"/{EMBED_FOLDER}", "/", 1)
        if address.startswith(f"/{EMBED_FOLDER}")
        else address
    )


def advice(addresses: list[str], known: Addresses, earlier: Iterable[str], graph: Graph) -> str:
    """Why publishing stops, which addresses would disappear, and the line to add for each."""
    had = known.kept | addresses_of(earlier)
    with_pages = {_embed(address) for address in addresses}
    addresses = [address for address in addresses if address not in with_pages]
    lost = some(len(addresses), "page or feed", "pages and feeds")
    lines = [f"this would remove {lost} whose addresses readers may have:"]
    for address in addresses[:20]:
        lines.append(f"  {address}")
        lines += [f"      {line}" for line in _offer(address, had, graph)]
    if len(addresses) > 20:
        lines.append(f"  … and {len(addresses) - 20} more")
    lines.append("Nothing was published. To remove them on purpose: --allow-removals")
    return "\n".join(lines)


def _offer(address: str, had: frozenset[str], graph: Graph) -> list[str]:
    """What the author can do about one address."""
    row, slug = _entity_at(address)
    if row is None:
        return []
    for id, why in graph.hidden.items():
        if id == (row.name, slug):
            return [f"{id} is not in this build: {why}"]
    entry = _successor(row.name, slug, had, graph)
    if entry is None:
        return []
    where = f"{entry.file}, under {entry.within[0]}:" if entry.within else f"{entry.file}:"
    old = entry.redirect_from
    value = f"[{', '.join((*old, slug))}]" if old else slug
    return [f"if it is {entry.id} now, write in {where}", f"redirect_from: {value}"]


def _entity_at(address: str) -> tuple[Kind | None, str]:
    """The kind and the slug of the entity whose page was at an address."""
    path = address.strip("/")
    folder, _, slug = path.partition("/")
    row = BY_PLURAL.get(folder)
    if row and row.own_page and slug and "/" not in slug:
        return row, slug
    if row or not address.endswith("/") or folder in RESERVED_FOLDERS:
        return None, ""
    return next(row for row in KINDS.values() if row.free), path


def _successor(kind: str, slug: str, had: frozenset[str], graph: Graph) -> Head | None:
    """The entity that a removed one probably became: a new one of its kind, or one with a similar name."""
    entries = {id.slug: head for id, head in graph.heads.items() if id.kind == kind}
    new = [
        name
        for name, entry in entries.items()
        if f"/{graph.addresses.page_of(entry.id)}" not in had
    ]
    guess = new if len(new) == 1 else nearest(slug, new) or nearest(slug, entries)
    return entries[guess[0]] if guess else None

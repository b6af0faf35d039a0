"""What becomes of the parts of texts that lead to an entity which goes."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

from site_builder.content.kinds import CITED, KINDS
from site_builder.content.models import EntityId
from site_builder.links.link_paths import page_at
from site_builder.links.names import without_kind
from site_builder.markdown.document import Citation, WikiLink
from site_builder.renaming.runs import Named, Run
from site_builder.renaming.texts import Change
from site_builder.stages.linking import LinkedSite
from site_builder.values import NamedTuple


class Leaving(NamedTuple):
    """A part in words, and whether it can become words."""

    what: str
    can_go: bool


def leaving(part: Named) -> Leaving:
    """What a part is to a reader of a list of places."""
    if isinstance(part, WikiLink):
        return Leaving(f"[[{part.target}]]", can_go=True)
    if isinstance(part, Citation):
        return Leaving("a citation", can_go=False)
    return Leaving(f"a link to {unquote(part.href)}", can_go=False)


def leads_to(site: LinkedSite, run: Run, part: Named, id: EntityId) -> bool:
    """Whether a part names or addresses an entity."""
    names = site.around.names
    if isinstance(part, WikiLink):
        return bool(part.target) and names.resolve(part.target) == id
    if isinstance(part, Citation):
        return names.resolve(part.source, (CITED,)) == id
    parts = urlsplit(part.href)
    if parts.scheme or parts.netloc or not parts.path:
        return False
    found = page_at(unquote(parts.path), run.file.path, site.around)
    if found is None:
        return False
    kind = KINDS[id.kind]
    in_list = found[0] == kind.listed_on and not kind.own_page
    return found[1] == id or (in_list and unquote(parts.fragment) == id.slug)


_MARKUP = re.compile(r"(?<!\\)([`*_\[\]<>])")


def words_of(site: LinkedSite, run: Run, part: Named, id: EntityId) -> list[Change] | None:
    """A link as the words that it shows; None for a part that says more than that."""
    if not isinstance(part, WikiLink):
        return None
    at = run.offset(part)
    end = run.text.find("]]", at)
    if not run.text.startswith("[[", at) or end < 0:
        return None
    target, bar, label = run.text[at + 2 : end].partition("|")
    if bar:
        shown = label.strip()
    elif without_kind(target.strip()) == id.slug:
        shown = site.around.titles[id]
    else:
        shown = part.target
    return [(at, end + 2, _MARKUP.sub(r"\\\1", shown))]

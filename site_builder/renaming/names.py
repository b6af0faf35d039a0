"""What an entity that gets a new slug is called in references, before and after."""

from __future__ import annotations

from collections.abc import Collection

from site_builder.content.kinds import BY_PLURAL, HOLDERS, KINDS
from site_builder.content.models import EntityId
from site_builder.content.slugs import normal_slug
from site_builder.links.addresses import position_anchor
from site_builder.links.names import Names
from site_builder.stages.linking import LinkedSite
from site_builder.text.same import folded
from site_builder.values import NamedTuple


class Renaming(NamedTuple):
    """An entity and the id that it gets."""

    old: EntityId
    new: EntityId

    def of(self, id: EntityId) -> EntityId:
        """An id as it is afterwards."""
        return self.new if id == self.old else id

    def anchor(self, anchor: str) -> str:
        """The anchor of a position of the entity as it is afterwards; "" for any other."""
        if self.old.kind == HOLDERS and normal_slug(anchor) == position_anchor(self.old):
            return position_anchor(self.new)
        return ""

    def entry_anchor(self, anchor: str) -> str:
        """The anchor of an entry in a list as it is afterwards; "" for any other."""
        is_entry = not KINDS[self.old.kind].own_page and normal_slug(anchor) == self.old.slug
        return self.new.slug if is_entry else ""


class Called:
    """How references name the entity."""

    def __init__(self, site: LinkedSite, renaming: Renaming, names: Collection[str]) -> None:
        """`names` are those that the entity has afterwards."""
        self._before = site.around.names
        self._renaming = renaming
        rows = [
            (renaming.of(row.id), tuple(names) if row.id == renaming.old else row.names)
            for row in site.loaded.rows
        ]
        self._after = Names(rows, {}, {}, ())

    def is_meant(self, text: str, kinds: Collection[str] = ()) -> bool:
        """Whether a reference means the entity."""
        return self._before.resolve(text, kinds) == self._renaming.old

    def by_slug(self, text: str) -> bool:
        """Whether a reference that means the entity says its slug, and not a name."""
        kind, slash, _ = text.partition("/")
        if slash and (kind in KINDS or kind in BY_PLURAL):
            return True
        old = self._renaming.old
        if normal_slug(text) == old.slug:
            return True
        return folded(text) == folded(old.slug) and not self._before.is_name_of(text, old)

    def still_means(self, text: str, kinds: Collection[str] = ()) -> bool:
        """Whether a reference as it is means the entity afterwards, too."""
        return self._after.resolve(text, kinds) == self._renaming.new

    def new_text(self, text: str, kinds: Collection[str] = ()) -> str:
        """What to write for a reference by slug: as short as it was, if that still means this entity alone."""
        new = self._renaming.new
        kind, slash, _ = text.partition("/")
        if slash and (kind in KINDS or kind in BY_PLURAL):
            return f"{kind}/{new.slug}"
        return new.slug if self.still_means(new.slug, kinds) else f"{new.kind}/{new.slug}"

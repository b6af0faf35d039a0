"""Quotations in running text, looked up in the sources that are cited with them.

What stands between quotation marks, and every paragraph of a block quotation, is looked up in the sources that its
paragraph, list item or block quotation cites. This only costs something where a text has quotation marks and the site
has sources. `links.misquoting` says what is wrong with words that are not found.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from site_builder.content.entries import Entry, prose_fields
from site_builder.content.kinds import CITED, NOTES
from site_builder.content.models import EntityId
from site_builder.content.places import Places, place_of
from site_builder.content.records import Holds
from site_builder.content.shape import walk
from site_builder.diagnostics import Location
from site_builder.links.misquoting import Misquoting, Search, Where, is_too_short
from site_builder.links.quotations import LONGEST
from site_builder.links.references import Resolver
from site_builder.markdown.document import Document, Inline
from site_builder.markdown.quoting import QuotingRun, quoting_runs
from site_builder.reading.yaml_path import YamlPath
from site_builder.text.quoting import Quoted
from site_builder.text.sentences import sentence_bounds


class Quoting:
    """Looks up the quotations of one entry's texts.

    Afterwards `resolver.given` has the words that a citation without words of its own is for.
    """

    def __init__(self, resolver: Resolver, own: Iterable[str]) -> None:
        self._resolver = resolver
        owner = resolver.owner
        self._is_wanted = bool(resolver.around.sources) and not (owner and owner.kind == NOTES)
        self._own_source = (owner,) if owner and owner.kind == CITED else ()
        self._search = Search(resolver)
        self._misquoting = Misquoting(self._search, own if self._is_wanted else ())

    def look_up_body(self, file: str, body: Document, places: Places) -> None:
        """Looks up what a Markdown body quotes."""
        if self._is_wanted:
            self._look_up_texts(
                body.inlines, lambda run, words, n: places.words(file, run.line, words, n)
            )

    def look_up_fields(self, entry: Entry, places: Places) -> None:
        """Looks up what the fields of an entry quote, in the sources that their record cites."""
        if not self._is_wanted or not quoting_runs([*entry.prose.values()]):
            return
        cited = {row.path[:-1]: row.value for row in walk(entry.record, Holds.CITES)}
        written = dict(prose_fields(entry.record))
        for where, inline in entry.prose.items():
            found = (
                self._resolver.lookup(cite.source, (CITED,)) for cite in cited.get(where[:-1], ())
            )
            beside = [id for id in found if isinstance(id, EntityId)]
            value = " ".join(written[where].split("\n"))
            path = entry.within + where

            def place(
                _: Inline, words: str, number: int, value: str = value, path: YamlPath = path
            ) -> Location:
                at, length = place_of(value, words, number)
                return places.prose(entry.file, path, at + 1, length)

            self._look_up_texts([inline], place, beside)

    def _look_up_texts(
        self, inlines: Sequence[Inline], where: Where, beside: Iterable[EntityId] = ()
    ) -> None:
        """Looks up what texts quote; `beside` are the sources that are cited beside them, in fields."""
        blocks: dict[int, list[QuotingRun]] = {}
        following: dict[int, list[QuotingRun]] = {}
        goes_on: list[int] = []
        for run in quoting_runs(inlines):
            blocks.setdefault(run.inline.block, []).append(run)
            for block in goes_on:
                following.setdefault(block, []).append(run)
            if run.quoted and run.quoted[-1].goes_on:
                goes_on.append(run.inline.block)
            else:
                goes_on.clear()
        for runs in blocks.values():
            if any(run.quoted for run in runs):
                above, block = [], runs[0].inline.within
                while block:
                    around = blocks.get(block, [])
                    above += around
                    block = around[0].inline.within if around else 0
                above += following.get(runs[0].inline.block, ())
                self._look_up(runs, above, where, beside)

    def _look_up(
        self,
        runs: Sequence[QuotingRun],
        above: Sequence[QuotingRun],
        where: Where,
        beside: Iterable[EntityId],
    ) -> None:
        """Looks up what the runs of one block quote; what those above cite counts for it, too."""
        meant = {
            id(part): self._resolver.lookup(part.source, (CITED,))
            for run in (*runs, *above)
            for part, _ in run.citations
        }
        known = [target for target in meant.values() if isinstance(target, EntityId)]
        is_clear = len(known) == len(meant) and all(run.is_clear for run in (*runs, *above))
        sources = tuple(dict.fromkeys((*known, *beside, *self._own_source)))
        for run in runs:
            found: list[tuple[Quoted, EntityId]] = []
            for quoted in run.quoted:
                if is_too_short(quoted.words):
                    continue
                source = self._search.source_of(quoted.words, sources)
                if source:
                    found.append((quoted, source))
                elif self._resolver.reports:
                    is_sure = is_clear and not _is_signature(run, runs)
                    self._misquoting.report(run, quoted, sources, where, is_clear=is_sure)
            self._give(run, found)

    def _give(self, run: QuotingRun, found: Sequence[tuple[Quoted, EntityId]]) -> None:
        """Gives each citation without words the last quotation before it that is in its source.

        One with words is for those before it itself. One with a place is for its own sentence.
        """
        left = [row for row in found if len(row[0].words) <= LONGEST]
        for part, at in run.citations if left else ():
            source = self._resolver.lookup(part.source, (CITED,))
            fits = [row for row in left if row[1] == source and row[0].end <= at]
            if not part.words and fits and (not part.place or self._is_one(run, fits[-1][0], at)):
                words = self._search.words_in(fits[-1][1], fits[-1][0].words)
                self._resolver.given[id(part)] = words
            left = [row for row in left if row not in fits]

    def _is_one(self, run: QuotingRun, quoted: Quoted, at: int) -> bool:
        """Whether a quotation and an offset behind it are in one sentence."""
        bounds = sentence_bounds(run.text, self._resolver.around.language)
        return bounds[bisect_right(bounds, max(0, at - 1)) - 1] < quoted.end


def _is_signature(run: QuotingRun, runs: Sequence[QuotingRun]) -> bool:
    """Whether the last paragraph of a block quotation may say whose words it has: it cites, and is no sentence."""
    return (
        run.inline.quoted
        and run is runs[-1]
        and len(runs) > 1
        and bool(run.citations)
        and run.text.rstrip()[-1:] not in (".", "!", "?", "…", "”", '"')
    )

"""Findings as a site wants them: with the levels that it sets, and without those that it allows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from site_builder.diagnostics import Diagnostic, Severity, has_errors
from site_builder.links.graph import Head
from site_builder.lint.allowing import Allowance, Settling
from site_builder.lint.comments import Comment, comments_in
from site_builder.stages.linking import LinkedSite
from site_builder.stages.setup import Wanted
from site_builder.stages.steps import ALLOWING, Build


def settle(
    build: Build, wanted: Wanted, site: LinkedSite, found: Sequence[Diagnostic]
) -> tuple[list[Diagnostic], tuple[Allowance, ...]]:
    """The findings to show, and those that are allowed."""
    lint = site.graph.content.site.lint
    if not wanted.lint and not lint and all(row.is_error for row in found):
        return [*found], ()
    everywhere = _all_comments(build, site) if wanted.lint else {}

    @cache
    def comments_of(path: str) -> Sequence[Comment]:
        return everywhere.get(path, ()) if wanted.lint else _comments(site, path)

    @cache
    def heads() -> Mapping[str, Head]:
        return {f"{id.kind}/{id.slug}": head for id, head in site.graph.heads.items()}

    settling = Settling(lint, comments_of, heads, site.places, site.graph.content.site_file)
    shown, allowed = settling.settle(found)
    if wanted.lint and not wanted.only and not has_errors(found):
        shown += settling.settle(settling.unused(everywhere)).findings
    if wanted.only:
        shown = [row for row in shown if row.is_error or row.code in wanted.only]
    if wanted.no_advice:
        shown = [row for row in shown if row.severity is not Severity.ADVICE]
    return shown, allowed


def _comments(site: LinkedSite, path: str) -> Sequence[Comment]:
    """The comments of a file; those of a source are text."""
    if path not in site.loaded.library.noted:
        return ()
    text = site.places.text_of(path)
    if "allow" not in text:
        return ()
    body_line = 1 if path.endswith((".yaml", ".yml")) else site.places.body_line(path)
    return comments_in(path, text, body_line)


def _all_comments(build: Build, site: LinkedSite) -> Mapping[str, Sequence[Comment]]:
    """The comments of all files; those of files that have not changed are remembered."""
    last = build.last.steps(ALLOWING)
    rows: dict[str, tuple[str, Sequence[Comment]]] = {}
    for path, (_, digest) in site.loaded.library.noted.items():
        known = last.get(path)
        rows[path] = known if known and known[0] == digest else (digest, _comments(site, path))
    build.kept.keep(ALLOWING, rows)
    return {path: comments for path, (_, comments) in rows.items() if comments}

"""The commands `build` and `check`."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from site_builder.cli import options
from site_builder.cli.printing import say, short_path, show_findings
from site_builder.cli.program import keep_to_the_end

if TYPE_CHECKING:
    from collections.abc import Sequence

    from site_builder.diagnostics import Diagnostic
    from site_builder.incremental.unchanged import Unchanged
    from site_builder.stages.setup import RenderedSite
    from site_builder.stages.writing import BuildResult


def _expanded(ctx: click.Context, param: click.Parameter, value: Path | None) -> Path | None:
    """A folder from the command line, with `~` expanded where the shell did not."""
    try:
        return value and value.expanduser()
    except RuntimeError:
        raise click.BadParameter(f"'{value}': there is no such home folder", ctx, param) from None


@click.command()
@options.base_url
@click.option(
    "-d",
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    callback=_expanded,
    help="Where to build.  [default: output/ in the site's folder]",
)
@options.drafts
@options.strict
@click.option("--clean", is_flag=True, help="Write every file again.")
@click.option(
    "-j",
    "--jobs",
    type=click.IntRange(min=1),
    metavar="N",
    help="How many processes to use.  [default: one for each processor]",
)
@click.option("--profile", is_flag=True, help="Report where the time went; rebuilds everything.")
@options.output_format
@options.quiet
@click.pass_obj
def build(root: Path, /, style: str, quiet: bool, **settings: Any) -> None:
    """Build the site into output/.

    If anything is wrong, every problem is shown and the last good site stays as it is.
    """
    from site_builder.incremental.unchanged import Unchanged

    start = time.perf_counter()
    folder: Path = settings["output"] or root / "output"
    note = Unchanged(root, folder, (settings["base_url"], settings["drafts"], settings["strict"]))
    as_json = style == "json"
    everything = settings["clean"] or settings["profile"] or as_json
    if not everything and _nothing_changed(note, folder, start, quiet=quiet):
        return
    result = _built(root, note, quiet=quiet, as_json=as_json, **settings)
    if result.changes is None:
        from site_builder.diagnostics import count_line

        counted = count_line(result.diagnostics)
        say(f"{counted}; {short_path(folder)} is unchanged", fg="red", err=True)
        sys.exit(1)
    for path in result.changes.kept:
        say(
            f"warning: {short_path(folder / path)} is no longer in the site, but somebody else changed "
            "it, so it stays; remove it, or run: site-builder build --clean",
            err=True,
        )
    if not quiet and not as_json:
        _say_changes(result, short_path(folder))


def _nothing_changed(note: Unchanged, folder: Path, start: float, *, quiet: bool) -> bool:
    """Whether nothing changed since the last build; if so, repeats its warnings and says so."""
    summary = note.summary()
    if summary is None:
        return False
    if summary.warnings:
        say(summary.warnings, err=True)
    if not quiet:
        seconds = time.perf_counter() - start
        say(
            f"{summary.page_count} pages in {short_path(folder)}: nothing changed ({seconds:.2f} s)"
        )
    return True


def _built(
    root: Path,
    note: Unchanged,
    *,
    quiet: bool,
    as_json: bool,
    clean: bool,
    profile: bool,
    **settings: Any,
) -> BuildResult:
    """Builds the site, and prints findings and, with `profile`, where the time went."""
    from site_builder.build import build as build_site
    from site_builder.progress import Progress

    with Progress(shown=not quiet and sys.stderr.isatty(), timed=profile) as progress:
        wanted = options.build_options(
            root,
            clean=clean or profile,
            tell=progress.begin,
            timings=progress.timings,
            **settings,
        )
        result = build_site(wanted, note)
    keep_to_the_end(result)
    if as_json:
        say(_as_json(result, root), nl=False)
    else:
        show_findings(result.diagnostics)
    if profile:
        say(progress.report())
    return result


def _say_changes(result: BuildResult, where: str) -> None:
    """Prints how many files a build added, changed and removed."""
    assert result.changes is not None
    parts = [
        f"{len(rows)} {word}"
        for rows, word in (
            (result.changes.added, "new"),
            (result.changes.changed, "changed"),
            (result.changes.removed, "removed"),
        )
        if rows
    ]
    done = ", ".join(parts) or "nothing changed"
    say(f"{result.site.page_count} pages in {where}: {done} ({result.seconds:.2f} s)")
    if result.note and parts:
        say(result.note)


def _as_json(result: BuildResult, root: Path) -> str:
    """What a build found and changed, as JSON."""
    from site_builder.publish import reporting as r
    from site_builder.publish.news import renames

    problems = r.from_repository(result.diagnostics, root, os.environ)
    changes = result.changes
    if changes is None or result.graph is None:
        return r.as_object(problems, r.Kinds(), r.Kinds(), {})
    before, now = result.facts
    files = r.Kinds(changes.added, changes.changed, changes.removed)
    digests = [
        {id: (row.record_digest, row.body_digest) for id, row in facts.items()}
        for facts in (before, now)
    ]
    renamed = renames(before.keys(), now.keys(), result.graph)
    return r.as_object(problems, files, r.compared(*digests), renamed)


def _known_codes(ctx: click.Context, param: click.Parameter, value: tuple[str, ...]) -> Any:
    """The codes of findings from the command line."""
    from site_builder.diagnostics import CODES
    from site_builder.text.guesses import did_you_mean

    for code in value:
        if code not in CODES:
            message = f"'{code}' is the code of no finding{did_you_mean(code, CODES)}"
            raise click.BadParameter(message, ctx, param)
    return value


def _in_style(problems: Sequence[Diagnostic], style: str) -> str:
    """Findings for programs."""
    from site_builder import diagnostics as d
    from site_builder.publish import reporting as r

    if style == "github":
        return d.as_github(problems)
    if style == "sarif":
        from site_builder.lint.sarif import as_sarif

        return r.as_json(as_sarif(problems))
    return r.as_json({"problems": d.as_rows(problems)})


@click.command()
@options.drafts
@options.strict
@click.option(
    "--format",
    "style",
    type=click.Choice(["text", "json", "github", "sarif"]),
    default="text",
    show_default=True,
    help="How to show problems; 'github' annotates lines of a pull request, 'sarif' is for code scanners.",
)
@click.option("--no-advice", is_flag=True, help="Leave advice out.")
@click.option(
    "--only",
    metavar="CODE",
    multiple=True,
    callback=_known_codes,
    help="Show errors, and of the rest only what has this code; may be repeated.",
)
@click.pass_obj
def check(
    root: Path, drafts: bool, strict: bool, style: str, no_advice: bool, only: tuple[str, ...]
) -> None:
    """Report every problem that `build` would, and what a second reader would say.

    Writes nothing but what it remembers for the next time, in .site-builder/.
    """
    from site_builder.build import checking

    wanted = options.build_options(
        root, drafts=drafts, strict=strict, lint=True, only=only, no_advice=no_advice
    )
    with checking(wanted) as rendered:
        keep_to_the_end(rendered)
        if style != "text":
            from site_builder.publish import reporting as r

            problems = r.from_repository(rendered.diagnostics, root, os.environ)
            say(_in_style(problems, style), nl=False)
        else:
            _show_checked(rendered)
    if not rendered.ok:
        sys.exit(1)


def _show_checked(rendered: RenderedSite) -> None:
    """Prints what a check has found, and how much of the site is cited."""
    from site_builder.diagnostics import count_line

    show_findings(rendered.diagnostics)
    allowed = f"; {len(rendered.allowed)} allowed" if rendered.allowed else ""
    say(f"{count_line(rendered.diagnostics)}{allowed}")
    if rendered.coverage:
        say(rendered.coverage.in_words)

"""The command `publish`."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from site_builder.cli import options
from site_builder.cli.printing import say, show_findings
from site_builder.text.shown import on_lines, on_one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from site_builder.publish.plan import Change
    from site_builder.publish.publishing import Request


@click.command()
@click.argument("target", required=False)
@click.option("--dry-run", is_flag=True, help="Report exactly what would be done, and do nothing.")
@click.option("-y", "--yes", is_flag=True, help="Answer every question with yes.")
@click.option("--rollback", is_flag=True, help="Go back to the version before this one.")
@click.option(
    "--allow-removals", is_flag=True, help="Remove pages even if readers may have their addresses."
)
@click.option("--take-over", is_flag=True, help="Replace what others put there, all of it.")
@click.option("--force", is_flag=True, help="Overwrite a git branch that somebody else moved.")
@options.drafts
@options.strict
@options.output_format
@options.quiet
@click.pass_obj
def publish(
    root: Path,
    /,
    target: str | None,
    rollback: bool,
    dry_run: bool,
    yes: bool,
    style: str,
    quiet: bool,
    **settings: Any,
) -> None:
    """Build the site from scratch and publish it to TARGET, one of those named in content/site.yaml.

    You can leave out TARGET if there is only one. Nothing is published while content has errors.
    """
    from site_builder.publish import publishing as p
    from site_builder.publish.targets import UnknownTarget

    request = p.Request(root, target, interactive=is_interactive(), **settings)
    try:
        if rollback:
            say(p.roll_back(request))
        else:
            _publish(request, dry_run=dry_run, yes=yes, as_json=style == "json", quiet=quiet)
    except UnknownTarget as error:
        raise click.UsageError(str(error)) from None


def _publish(request: Request, *, dry_run: bool, yes: bool, as_json: bool, quiet: bool) -> None:
    """Prepares a version, shows findings and plan, asks, and publishes it."""
    from site_builder.faults import Fault
    from site_builder.publish import publishing as p
    from site_builder.publish.plan import as_text
    from site_builder.publish.summary import as_object, in_words

    with p.prepare(request) as prepared:
        if not as_json:
            show_findings(prepared.diagnostics)
        elif dry_run or isinstance(prepared, p.BrokenSite) or prepared.stop:
            say(as_object(prepared, request.root, published=False), nl=False)
        if isinstance(prepared, p.BrokenSite):
            from site_builder.diagnostics import count_line

            counted = count_line(prepared.diagnostics)
            say(f"{counted}; nothing was published", fg="red", err=True)
            sys.exit(1)
        if dry_run and not as_json:
            say(as_text(prepared.plan), nl=False)
        if prepared.stop:
            raise Fault(prepared.stop)
        if dry_run:
            question = "" if as_json else prepared.plan.question
            say(question, nl=bool(question))
            say(prepared.note, nl=bool(prepared.note), err=True)
            return
        _confirm(prepared.plan.question, yes=yes, interactive=request.interactive)
        with _progress_bar(len(prepared.plan.changes), shown=not quiet) as tell:
            published = p.carry_out(prepared, tell)
        if as_json:
            say(as_object(prepared, request.root, published=True), nl=False)
        elif not quiet:
            say(in_words(prepared, published))
            if prepared.plan and prepared.note:
                say(prepared.note, err=True)


def is_interactive() -> bool:
    """Whether somebody can answer questions: input and messages use a terminal, outside CI."""
    return sys.stdin.isatty() and sys.stderr.isatty() and not os.environ.get("CI")


def _confirm(question: str, *, yes: bool, interactive: bool) -> None:
    """Asks for confirmation, if there is a question. Raises `Fault` if nobody can answer."""
    from site_builder.faults import Fault

    if not question or yes:
        return
    if not interactive:
        raise Fault(f"{question} Nothing was published; use --yes to publish anyway.")
    if not click.confirm(f"{on_lines(question)} Publish anyway?", err=True):
        say("nothing was published", err=True)
        sys.exit(1)


@contextlib.contextmanager
def _progress_bar(total: int, *, shown: bool) -> Iterator[Callable[[Change], None]]:
    """A progress bar that advances with each change, if standard error is a terminal."""
    if not shown or not total or not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}", markup=False))
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=total)
        yield lambda change: bar.update(task, advance=1, description=on_one_line(change.path))

"""The command `report`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from site_builder.cli.printing import say, short_path, show_findings


@click.command()
@click.option(
    "--format",
    "style",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How to show the figures.",
)
@click.option(
    "--html",
    "page",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write the report as one page, which prints on a sheet of paper.",
)
@click.option(
    "--since",
    "revision",
    metavar="REV",
    help="Propose a note of what changed since a git revision; it is not written.",
)
@click.pass_obj
def report(root: Path, style: str, page: Path | None, revision: str | None) -> None:
    """Count how well the site is founded, whom it lets speak, how old it is, and what is left out or allowed."""
    from site_builder.clock import today
    from site_builder.report.figures import Report
    from site_builder.report.making import make_report

    if revision is not None:
        from site_builder.report.since import as_note, changes_since

        say(as_note(changes_since(root, revision), str(today())), nl=False)
        return
    made = make_report(root)
    if not isinstance(made, Report):
        show_findings(tuple(row for row in made if row.is_error))
        say("there is no report of a site with errors", fg="red", err=True)
        sys.exit(1)
    from site_builder.disk import rewrite
    from site_builder.report import showing

    if page is not None:
        rewrite(page, showing.as_html(made, str(today())).encode())
        say(f"the report is in {short_path(page)}")
    elif style == "json":
        from site_builder.publish.reporting import as_json

        say(as_json(showing.as_values(made)), nl=False)
    else:
        say(showing.as_text(made), nl=False)

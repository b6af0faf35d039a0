"""The commands about sources: `source add`, `source update` and `source show`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from site_builder.cli import completing
from site_builder.cli.printing import say

_FILE = click.Path(path_type=Path)
_pages = click.option("--pages", default="", metavar="3-9", help="Which pages of a PDF to read.")
_articles = click.option(
    "--articles", is_flag=True, help="Mark lines that begin with 'Article 5' or '§ 5' as places."
)
_changes = click.option(
    "--changes",
    type=click.Choice(["accepted", "rejected"]),
    help="Which text of a DOCX file with tracked changes.",
)


@click.group()
def source() -> None:
    """Add documents as sources, update them, or show what is cited."""


@source.command()
@click.argument("file", type=_FILE)
@click.option("--slug", default="", help="Its name in citations.  [default: made from FILE's name]")
@click.option("--title", default="", help="Its title.  [default: what FILE says]")
@click.option("--url", default="", help="Its address on the web.")
@_pages
@_articles
@_changes
@click.option("--keep", is_flag=True, help="Publish a copy of FILE with the site; needs --rights.")
@click.option("--rights", default="", metavar="TEXT", help="Whose the copy is.")
@click.pass_obj
def add(
    root: Path,
    /,
    file: Path,
    slug: str,
    title: str,
    url: str,
    pages: str,
    articles: bool,
    changes: str | None,
    keep: bool,
    rights: str,
) -> None:
    """Add the text of a document.

    Writes the text into seeds/ and an entry into content/sources.yaml. FILE is a PDF, a saved web page, or a DOCX, VTT, SRT, EML, MD or TXT file. Nothing is downloaded.
    """
    from site_builder.sourcing.adding import add as add_source
    from site_builder.sourcing.extraction import Wishes

    wishes = Wishes(slug, title, url, pages, articles, changes or "", keep, rights)
    for line in add_source(root, file, wishes):
        say(line)


@source.command()
@click.argument("slug", shell_complete=completing.sources)
@click.argument("file", type=_FILE)
@click.option("--accept", is_flag=True, help="Write it even if quotations are no longer found.")
@_pages
@_articles
@_changes
@click.pass_obj
def update(
    root: Path,
    /,
    slug: str,
    file: Path,
    accept: bool,
    pages: str,
    articles: bool,
    changes: str | None,
) -> None:
    """Read a new version of a source.

    Says what changed since the text of SLUG was made, and which quotations are lost. The text is written if all quotations are found in it. A text that was changed by hand is kept.
    """
    from site_builder.sourcing.extraction import Wishes
    from site_builder.sourcing.updating import update as update_source

    wishes = Wishes(pages=pages, articles=articles, changes=changes or "")
    made = update_source(root, slug, file, wishes, accept=accept)
    for line in made.lines:
        say(line)
    if not made.written and made.lines != ["nothing changed"]:
        sys.exit(1)


@source.command()
@click.argument("slug", shell_complete=completing.sources)
@click.option("--unused", is_flag=True, help="Only the sentences that nothing cites.")
@click.pass_obj
def show(root: Path, slug: str, unused: bool) -> None:
    """Show what the site cites of a source.

    And how its text was made.
    """
    from site_builder.sourcing.showing import show as show_source

    for line in show_source(root, slug, unused=unused):
        say(line)

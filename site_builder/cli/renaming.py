"""The commands that change names in authors' files: `rename` and `remove`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from site_builder.cli import completing
from site_builder.cli.printing import say, show_findings

if TYPE_CHECKING:
    from site_builder.renaming.sites import Changed


def _tell(changed: Changed) -> None:
    """Prints what a change did; ends with an error if it was not made."""
    show_findings(changed.findings)
    for line in changed.lines:
        say(line)
    if not changed.edits:
        sys.exit(1)


_dry_run = click.option("--dry-run", is_flag=True, help="Show what would change; write nothing.")


@click.command()
@click.argument("entity", metavar="KIND/SLUG", shell_complete=completing.entities)
@click.argument("slug", metavar="[NEW]", default="")
@click.option("--name", default="", metavar="TEXT", help="Give it this name, not a slug.")
@click.option(
    "--everywhere", is_flag=True, help="With --name: change references by the old name, too."
)
@click.option(
    "--alias/--no-alias",
    default=True,
    help="With --name: keep the old name among its aliases.  [default: alias]",
)
@_dry_run
@click.option(
    "--redirect/--no-redirect",
    default=True,
    help="Let the old address lead to the new one.  [default: redirect]",
)
@click.pass_obj
def rename(
    root: Path,
    entity: str,
    slug: str,
    name: str,
    everywhere: bool,
    alias: bool,
    dry_run: bool,
    redirect: bool,
) -> None:
    """Give an entity another slug, or another name.

    Changes every reference to it: in fields, texts, citations, addresses and the navigation. All other bytes of the files stay. Nothing is written if a link would lead elsewhere.
    """
    if bool(slug) == bool(name):
        raise click.UsageError("give either a new slug or --name TEXT")
    if everywhere and not name:
        raise click.UsageError("--everywhere goes with --name")
    if name:
        from site_builder.renaming.naming import rename_name
        from site_builder.renaming.own_name import NameWish

        wish = NameWish(entity, name, everywhere, alias)
        _tell(rename_name(root, wish, dry_run=dry_run))
        return
    from site_builder.renaming.renaming import Wish
    from site_builder.renaming.renaming import rename as rename_entity

    _tell(rename_entity(root, Wish(entity, slug, redirect), dry_run=dry_run))


@click.command()
@click.argument("entity", metavar="KIND/SLUG", shell_complete=completing.entities)
@_dry_run
@click.option("--unlink", is_flag=True, help="Make words of links to it, and take it out of lists.")
@click.option(
    "--redirect",
    default="",
    metavar="KIND/OTHER",
    shell_complete=completing.entities,
    help="Where its address leads from now on.",
)
@click.pass_obj
def remove(root: Path, entity: str, dry_run: bool, unlink: bool, redirect: str) -> None:
    """Remove an entity.

    Lists what refers to it, and does nothing while something does. Positions, claims and citations are never changed: they are left to you.
    """
    from site_builder.renaming.removing import Wish
    from site_builder.renaming.removing import remove as remove_entity

    _tell(remove_entity(root, Wish(entity, unlink, redirect), dry_run=dry_run))

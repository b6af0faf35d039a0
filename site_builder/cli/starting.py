"""The commands that help to begin: `init`, `new` and `schema`."""

from __future__ import annotations

from pathlib import Path

import click

from site_builder.cli import completing
from site_builder.cli.printing import say, short_path


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--ci",
    type=click.Choice(["github", "gitlab"]),
    help="Also write what checks and publishes it there.",
)
@click.pass_obj
def init(root: Path, folder: Path, ci: str | None) -> None:
    """Begin a new explainer in DIR: a small example with every part, which you replace with yours."""
    import shlex

    from site_builder.beginning import begin_site

    target = root / folder
    begun = begin_site(target, ci or "")
    where = short_path(target)
    say(f"a new explainer is in {where}; next:")
    say(f"  cd {shlex.quote(where)}")
    say("  site-builder serve --open")
    say("  edit content/articles/library.md, and save it")
    if not begun.is_known:
        say("  write into requirements.txt where site-builder comes from")
    if ci == "github":
        say("  on GitHub: Settings, Pages, deploy from the branch gh-pages")


_POSITION = "position"
"""No kind, but a part of an issue that can be added."""


def _kind(ctx: click.Context, _: click.Parameter, value: str) -> str:
    """Checks the name of a kind of entity, and suggests the nearest."""
    from site_builder.content.kinds import KINDS
    from site_builder.text.guesses import did_you_mean

    known = (*KINDS, _POSITION)
    if value not in known:
        guess = did_you_mean(value, known) or f" (one of {', '.join(known)})"
        raise click.UsageError(f"'{value}' is not a kind of entity{guess}", ctx)
    return value


@click.command()
@click.argument("kind", callback=_kind, shell_complete=completing.kinds)
@click.argument("title")
@click.option("--slug", default="", help="Its name in addresses.  [default: made from TITLE]")
@click.option("--draft/--no-draft", help="Begin it as a draft.  [default: no-draft]")
@click.option("--actor", default="", help="Of a position: whose it is.")
@click.option("--stance", default="", help="Of a position: its stance.")
@click.pass_obj
def new(
    root: Path, /, kind: str, title: str, slug: str, draft: bool, actor: str, stance: str
) -> None:
    """Write a new entity: article, actor, issue, claim, event, source, term, update or page.

    It gets its own file, or goes to the end of its collection's file if the site has one. A position is added to the issue that TITLE names: new position ISSUE --actor ACTOR.
    """
    if kind == _POSITION:
        from site_builder.adding import add_position

        added = add_position(root, title, actor, stance)
        say(f"{short_path(root / added.path)}: a position on issue '{added.slug}'")
        return
    from site_builder.beginning import add_entity

    made = add_entity(root, kind, title, slug=slug, draft=draft)
    say(f"{short_path(root / made.path)}: {kind} '{made.slug}'")


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), default="schemas")
@click.pass_obj
def schema(root: Path, folder: Path) -> None:
    """Write JSON Schemas of all content files into FOLDER, for editors."""
    from site_builder.content.schemas import schemas
    from site_builder.disk import rewrite

    target = root / folder
    target.mkdir(parents=True, exist_ok=True)
    for name, text in schemas().items():
        rewrite(target / name, text.encode())
    say(f"{len(schemas())} schemas in {short_path(target)}")

"""Options that several commands share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from pathlib import Path

    from site_builder.build import Options


def _address(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    """Checks a base address from the command line."""
    if value:
        from site_builder.content.fields import base_url_problem

        problem = base_url_problem(value)
        if problem:
            raise click.BadParameter(problem, ctx, param)
    return value


base_url = click.option(
    "-b",
    "--base-url",
    metavar="URL",
    callback=_address,
    help="The address the site will have; overrides site.yaml.",
)
drafts = click.option("-D", "--drafts", is_flag=True, help="Show drafts, marked as drafts.")
strict = click.option("-s", "--strict", is_flag=True, help="Treat warnings as errors.")
output_format = click.option(
    "--format",
    "style",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How to report findings and changes; 'json' prints one object on standard output.",
)
quiet = click.option("-q", "--quiet", is_flag=True, help="Print problems only.")


def build_options(root: Path, **settings: Any) -> Options:
    """The options of a build, imported only when a build needs them."""
    from site_builder.build import Options

    return Options(root=root, **settings)

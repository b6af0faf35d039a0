"""The command `serve`."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from site_builder.cli import options
from site_builder.cli.printing import colour

if TYPE_CHECKING:
    from site_builder.preview.events import Event


def _allowed_hosts(
    ctx: click.Context, param: click.Parameter, values: tuple[str, ...]
) -> tuple[str, ...]:
    """Checks the host names that the preview may answer to."""
    from site_builder.preview.guard import allowed_name

    names = []
    for value in values:
        try:
            names.append(allowed_name(value))
        except ValueError as error:
            raise click.BadParameter(f"'{value}': {error}", ctx, param) from None
    return tuple(dict.fromkeys(names))


@click.command()
@click.option(
    "-p",
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    help="The port to listen on; 0 takes any free port.",
)
@click.option("--next-port", is_flag=True, help="Take the next free port if that one is in use.")
@click.option(
    "--host",
    default="127.0.0.1",
    metavar="ADDRESS",
    help="The address to listen on; 0.0.0.0 lets other machines in.  [default: this machine only]",
)
@click.option(
    "--allow-host",
    "allow_hosts",
    metavar="NAME",
    multiple=True,
    callback=_allowed_hosts,
    help="Also answer to this exact host name, of a proxy or of this machine; can be repeated.",
)
@click.option("-o", "--open", "open_browser", is_flag=True, help="Open the site in the browser.")
@click.option("-D", "--drafts/--no-drafts", default=True, help="Show drafts.  [default: drafts]")
@click.option(
    "--editor",
    metavar="NAME",
    help="What opens files from the browser: vscode, cursor, zed, sublime, idea, … or an address "
    "such as 'my://{path}:{line}'.  [default: as $VISUAL says, or vscode]",
)
@click.option("--poll", is_flag=True, help="Look at all files once a second, for network drives.")
@options.quiet
@click.pass_obj
def serve(root: Path, /, quiet: bool, editor: str | None, **settings: Any) -> None:
    """Show the site in the browser, and update it whenever you save a file.

    The preview is kept in memory; output/ is not touched. Ctrl-C ends it.
    """
    import signal

    # Until the server installs its own handlers, after some imports.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: sys.exit(0))

    from site_builder.preview.editors import choose_editor
    from site_builder.preview.serving import Settings
    from site_builder.preview.serving import serve as run

    def say(event: Event) -> None:
        _print_event(event, quiet=quiet)

    run(Settings(root, editor=choose_editor(editor, os.environ), **settings), say)


def _print_event(event: Event, *, quiet: bool) -> None:
    """Prints what the preview did. On a terminal, `Working` is overwritten by the next line."""
    from site_builder.preview.events import Updated, Working
    from site_builder.preview.terminal import in_words

    if quiet and isinstance(event, Updated) and not event.diagnostics and not event.fault:
        return
    text = in_words(event, time.strftime("%H:%M:%S"))
    try:
        if not sys.stdout.isatty():
            click.echo(text, color=colour())
        elif isinstance(event, Working):
            click.echo(f"\r\x1b[K{text}\r", nl=False, color=colour())
        else:
            click.echo(f"\x1b[K{text}", color=colour())
    except OSError:
        # Nobody reads our output any more. Python must not try to flush it again when it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())

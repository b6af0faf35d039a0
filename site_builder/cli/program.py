"""The program as a whole: the `site-builder` group of commands, errors, and how the process ends."""

from __future__ import annotations

import contextlib
import gc
import os
import sys
from pathlib import Path
from typing import Any

import click

from site_builder import __version__
from site_builder.cli.printing import say
from site_builder.text.shown import on_lines, on_one_line


class _Commands(click.Group):
    """Reports faults and bugs in one place, and suggests a command for a mistyped one."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except click.ClickException as error:
            error.message = on_lines(error.message)  # type: ignore[misc]
            raise  # click prints these
        except (click.exceptions.Exit, click.Abort, BrokenPipeError):
            raise  # a quiet end, or nobody reads our output any more
        except Exception as error:  # noqa: BLE001  # every kind of error is reported here
            ctx.exit(_report(error))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            from site_builder.text.guesses import did_you_mean

            if args:
                guess = did_you_mean(args[0], self.list_commands(ctx))
                raise click.UsageError(error.message + guess, ctx) from None
            raise


def _report(error: Exception) -> int:
    """Prints what went wrong; returns the exit code."""
    from site_builder.faults import Fault, at_work

    code = 1
    if isinstance(error, Fault):
        message = str(error)
    elif isinstance(error, MemoryError):
        message = "there is not enough memory; try again with --jobs 1"
    elif isinstance(error, OSError):
        where = f" for '{on_one_line(str(error.filename))}'" if error.filename else ""
        message = f"the operating system reports an error{where}: {error.strerror or error}"
    else:
        import traceback

        say("".join(traceback.format_exception(error)), nl=False, err=True)
        at = f"; it happened while {at_work(error)}" if at_work(error) else ""
        message = (
            f"this is a bug in site-builder, not a mistake in your site{at}. No file of the output "
            "is damaged. Please report the bug with the lines above."
        )
        code = 3
    say(f"site-builder: {message}", fg="red", err=True)
    return code


_KEPT_TO_THE_END: list[object] = []
"""Results of large builds, which are never freed: see `run`."""


def keep_to_the_end(result: object) -> None:
    """Keeps a large result alive until the process ends, because freeing it would take longer."""
    _KEPT_TO_THE_END.append(result)


def run() -> None:
    """Runs the command line, then ends the process.

    After a build the process ends at once, as mypy's does: freeing all objects of a large build takes
    longer than building an edit. Garbage collection is off for the same reason.
    """
    gc.disable()
    try:
        main()
    except SystemExit as end:
        if not _KEPT_TO_THE_END or not isinstance(end.code, int):
            raise
        code = end.code
    with contextlib.suppress(OSError):  # nobody reads our output any more
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(code)


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 96},
    no_args_is_help=True,
)
@click.option(
    "-C",
    "--root",
    type=click.Path(path_type=Path, file_okay=False),
    default=".",
    help="The site's folder, which holds content/.  [default: this folder]",
)
@click.version_option(__version__, "-V", "--version", message="site-builder %(version)s")
@click.pass_context
def main(ctx: click.Context, root: Path) -> None:
    """Explainers: websites that make a developing story understandable.

    Write Markdown and YAML in content/; the finished site is built into output/.
    """
    ctx.obj = root
    if os.path.exists(root / ".site-builder" / "edits.json"):  # noqa: PTH110  # false where it can't be looked at
        from site_builder.editing import finish

        for line in finish(root):
            say(line, err=True)

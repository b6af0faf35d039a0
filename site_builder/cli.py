"""The command line. Only this module prints or exits.

Exit codes: 0, done; 1, the content or the surroundings are wrong, and each problem is shown; 2, the
command line is wrong; 3, the program is. Imports are paid by the command that needs them.
"""

from __future__ import annotations

import contextlib
import gc
import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from site_builder import __version__
from site_builder.text.shown import on_lines, on_one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from site_builder.build import BuildResult, Options
    from site_builder.diagnostics import Diagnostic
    from site_builder.publish.plan import Change


class _Group(click.Group):
    """Catches faults of the environment and our own mistakes once, and suggests commands for mistyped ones."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except click.ClickException as error:
            error.message = on_lines(error.message)  # type: ignore[misc]
            raise  # click tells these
        except (click.exceptions.Exit, click.Abort, BrokenPipeError):
            raise  # it ends quietly, or nobody listens
        except Exception as error:  # noqa: BLE001  # whatever it is, it is told here
            ctx.exit(_told(error))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            from site_builder.diagnostics import did_you_mean

            if args:
                guess = did_you_mean(args[0], self.list_commands(ctx))
                raise click.UsageError(error.message + guess, ctx) from None
            raise


def _say(text: str, *, fg: str | None = None, err: bool = False, nl: bool = True) -> None:
    """Prints. Whatever names, titles and other programs put into a text, it does not steer the terminal."""
    click.secho(on_lines(text), fg=fg, err=err, nl=nl)


def _told(error: Exception) -> int:
    """Says what went wrong; the exit code for it."""
    from site_builder.faults import Fault, at_work

    code = 1
    if isinstance(error, Fault):
        message = str(error)
    elif isinstance(error, MemoryError):
        message = "there is not enough memory; try again with --jobs 1"
    elif isinstance(error, OSError):
        where = f" '{on_one_line(str(error.filename))}'" if error.filename else ""
        message = f"the system refuses{where}: {error.strerror or error}"
    else:
        import traceback

        _say("".join(traceback.format_exception(error)), nl=False, err=True)
        at = f"; it happened while {at_work(error)}" if at_work(error) else ""
        message = (
            f"this is a mistake in site-builder, not in your site{at}. Every file of the output is "
            "whole. Please report it with the lines above."
        )
        code = 3
    _say(f"site-builder: {message}", fg="red", err=True)
    return code


_HELD: list[object] = []
"""What large builds have made, until the program ends."""


def run() -> None:
    """The program: does what the command line says, and ends.

    After a build it ends at once, as mypy does: to free what a large build has made, piece by piece,
    takes longer than an edit. Nor does Python look for rubbish in what lasts no longer than a command.
    """
    gc.disable()
    try:
        main()
    except SystemExit as end:
        if not _HELD or not isinstance(end.code, int):
            raise
        code = end.code
    with contextlib.suppress(OSError):  # nobody listens any more
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(code)


@click.group(
    cls=_Group,
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

    Content is Markdown and YAML in content/; what is built goes to output/.
    """
    ctx.obj = root


def _address(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    """A base address given on the command line."""
    from site_builder.content.fields import base_url_problem

    if value and (problem := base_url_problem(value)):
        raise click.BadParameter(problem, ctx, param)
    return value


_base_url = click.option(
    "-b",
    "--base-url",
    metavar="URL",
    callback=_address,
    help="Where the site will stand; overrides site.yaml.",
)
_drafts = click.option("-D", "--drafts", is_flag=True, help="Show drafts, marked as such.")
_strict = click.option("-s", "--strict", is_flag=True, help="Take warnings for errors.")
_format = click.option(
    "--format",
    "style",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How to say what was found and done; 'json' is one object on standard output.",
)
_quiet = click.option("-q", "--quiet", is_flag=True, help="Say nothing but problems.")


@main.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.pass_obj
def init(root: Path, folder: Path) -> None:
    """Begin a new explainer in DIR: a small example with every part, to be replaced by yours."""
    import shlex

    from site_builder.beginning import begin_site

    target = root / folder
    begin_site(target)
    where = _shown(target)
    _say(f"a new explainer is in {where}; next:")
    _say(f"  cd {shlex.quote(where)}")
    _say("  site-builder serve --open")
    _say("  edit content/articles/library.md, and save it")


def _kind(ctx: click.Context, _: click.Parameter, value: str) -> str:
    """A kind of entity, or the one that was probably meant."""
    from site_builder.content.models import COLLECTION_OF_KIND
    from site_builder.diagnostics import did_you_mean

    if value not in COLLECTION_OF_KIND:
        guess = (
            did_you_mean(value, COLLECTION_OF_KIND) or f" (one of {', '.join(COLLECTION_OF_KIND)})"
        )
        raise click.UsageError(f"'{value}' is no kind of entity{guess}", ctx)
    return value


@main.command()
@click.argument("kind", callback=_kind)
@click.argument("title")
@click.option("--slug", default="", help="Its name in addresses.  [default: made from TITLE]")
@click.option("--draft/--no-draft", help="Begin it as a draft.  [default: no-draft]")
@click.pass_obj
def new(root: Path, kind: str, title: str, slug: str, draft: bool) -> None:
    """Write a new entity: article, actor, issue, claim, event, source, term or update.

    It gets a file of its own, or goes to the end of its collection's file where the site has one.
    """
    from site_builder.beginning import add_entity

    made = add_entity(root, kind, title, slug=slug, draft=draft)
    _say(f"{_shown(root / made.path)}: {kind} '{made.slug}'")


def _place(ctx: click.Context, param: click.Parameter, value: Path | None) -> Path | None:
    """A folder given on the command line, where no shell has replaced `~` by the home folder."""
    try:
        return value and value.expanduser()
    except RuntimeError:
        raise click.BadParameter(f"'{value}': there is no such home folder", ctx, param) from None


@main.command()
@_base_url
@click.option(
    "-d",
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    callback=_place,
    help="Where to build.  [default: output/ in the site's folder]",
)
@_drafts
@_strict
@click.option("--clean", is_flag=True, help="Write every file again.")
@click.option(
    "-j",
    "--jobs",
    type=click.IntRange(min=1),
    metavar="N",
    help="Processes to work in.  [default: as many as there are processors]",
)
@click.option("--profile", is_flag=True, help="Say where the time went; builds all of it again.")
@_format
@_quiet
@click.pass_obj
def build(
    root: Path,
    base_url: str | None,
    output: Path | None,
    drafts: bool,
    strict: bool,
    clean: bool,
    jobs: int | None,
    profile: bool,
    style: str,
    quiet: bool,
) -> None:
    """Build the site into output/.

    If anything is wrong, every problem is shown and the last good site stays as it is.
    """
    from site_builder.incremental.unchanged import Unchanged

    start = time.perf_counter()
    folder = output or root / "output"
    where = _shown(folder)
    note = Unchanged(root, folder, (base_url, drafts, strict))
    as_json = style == "json"
    summary = None if clean or profile or as_json else note.summary()
    if summary is not None:
        if summary.warnings:
            _say(summary.warnings, err=True)
        if not quiet:
            seconds = time.perf_counter() - start
            _say(f"{summary.page_count} pages in {where}: nothing changed ({seconds:.2f} s)")
        return

    from site_builder.build import build as build_site
    from site_builder.progress import Progress

    with Progress(shown=not quiet and sys.stderr.isatty(), timed=profile) as progress:
        options = _options(
            root,
            base_url=base_url,
            output=output,
            drafts=drafts,
            strict=strict,
            clean=clean or profile,
            jobs=jobs,
            tell=progress.begin,
            timings=progress.timings,
        )
        result = build_site(options, note)
    _HELD.append(result)
    if as_json:
        _say(_built(result, root), nl=False)
    else:
        _show(result.diagnostics)
    if profile:
        _say(progress.report())
    if result.changes is None:
        from site_builder.diagnostics import count_line

        counted = count_line(result.diagnostics)
        _say(f"{counted}; {where} is as it was", fg="red", err=True)
        sys.exit(1)
    for path in result.changes.kept:
        _say(
            f"warning: {_shown(folder / path)} is no longer in the site, but somebody else changed it, "
            "so it stays; remove it, or say: site-builder build --clean",
            err=True,
        )
    if not quiet and not as_json:
        changes = result.changes
        parts = [
            f"{len(rows)} {word}"
            for rows, word in (
                (changes.added, "new"),
                (changes.changed, "changed"),
                (changes.removed, "removed"),
            )
            if rows
        ]
        done = ", ".join(parts) or "nothing changed"
        _say(f"{result.page_count} pages in {where}: {done} ({result.seconds:.2f} s)")
        if result.note and parts:
            _say(result.note)


def _built(result: BuildResult, root: Path) -> str:
    """What a build found and did, as JSON."""
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


@main.command()
@_drafts
@_strict
@click.option(
    "--format",
    "style",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    show_default=True,
    help="How to show problems; 'github' annotates lines of a pull request.",
)
@click.pass_obj
def check(root: Path, drafts: bool, strict: bool, style: str) -> None:
    """Say everything `build` would complain about, and how much is cited. Writes nothing."""
    from site_builder import diagnostics as d
    from site_builder.build import render_site

    rendered = render_site(
        _options(root, drafts=drafts, strict=strict, advice=True), only_check=True
    )
    if style != "text":
        from site_builder.publish import reporting as r

        problems = r.from_repository(rendered.diagnostics, root, os.environ)
        said = (
            d.as_github(problems)
            if style == "github"
            else r.as_json({"problems": d.as_rows(problems)})
        )
        _say(said, nl=False)
    else:
        _show(rendered.diagnostics)
        _say(d.count_line(rendered.diagnostics))
        if rendered.graph:
            from site_builder.checks.coverage import coverage

            _say(coverage(rendered.graph).in_words)
    if not rendered.ok:
        sys.exit(1)


def _allowed_hosts(
    ctx: click.Context, param: click.Parameter, values: tuple[str, ...]
) -> tuple[str, ...]:
    """Names that the preview may answer to."""
    from site_builder.preview.guard import allowed_name

    names = []
    for value in values:
        try:
            names.append(allowed_name(value))
        except ValueError as error:
            raise click.BadParameter(f"'{value}': {error}", ctx, param) from None
    return tuple(dict.fromkeys(names))


@main.command()
@click.option(
    "-p",
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    help="Where to listen; 0 takes any port that is free.",
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
    help="Also answer to this exact name, of a proxy or of this machine; may be given several times.",
)
@click.option("-o", "--open", "open_browser", is_flag=True, help="Open the site in the browser.")
@click.option("-D", "--drafts/--no-drafts", default=True, help="Show drafts.  [default: drafts]")
@click.option(
    "--editor",
    metavar="NAME",
    help="What opens files from the browser: vscode, cursor, zed, sublime, idea, … or an address "
    "such as 'my://{path}:{line}'.  [default: as $VISUAL says, or vscode]",
)
@click.option("--poll", is_flag=True, help="Look at all files once a second, as on network drives.")
@_quiet
@click.pass_obj
def serve(root: Path, /, quiet: bool, editor: str | None, **settings: Any) -> None:
    """Show the site in the browser, and every saved edit at once.

    The preview is kept in memory; output/ stays as it is. Ctrl-C ends it.
    """
    import signal
    import time

    # From here on; the server takes over when it begins, which is after some imports.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: sys.exit(0))

    from site_builder.preview.editors import choose_editor
    from site_builder.preview.events import Event, Updated, Working
    from site_builder.preview.serving import Settings
    from site_builder.preview.serving import serve as run
    from site_builder.preview.terminal import in_words

    def say(event: Event) -> None:
        if quiet and isinstance(event, Updated) and not event.diagnostics and not event.fault:
            return
        text = in_words(event, time.strftime("%H:%M:%S"))
        try:
            if not sys.stdout.isatty():
                click.echo(text, color=_colour())
            elif isinstance(event, Working):  # over the line of the last one, and under the next
                click.echo(f"\r\x1b[K{text}\r", nl=False, color=_colour())
            else:
                click.echo(f"\x1b[K{text}", color=_colour())
        except OSError:
            # Nobody listens any more: what could not be said must not be tried again at the end.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())

    run(Settings(root, editor=choose_editor(editor, os.environ), **settings), say)


@main.command()
@click.argument("target", required=False)
@click.option("--dry-run", is_flag=True, help="Say exactly what would be done, and do nothing.")
@click.option("-y", "--yes", is_flag=True, help="Answer every question with yes.")
@click.option("--rollback", is_flag=True, help="Put the version before back in place.")
@click.option("--allow-removals", is_flag=True, help="Let addresses go that readers may have.")
@click.option("--take-over", is_flag=True, help="Replace what others put there, all of it.")
@click.option("--force", is_flag=True, help="Overwrite a git branch that somebody else moved.")
@_drafts
@_strict
@_format
@_quiet
@click.pass_obj
def publish(
    root: Path,
    /,
    target: str | None,
    dry_run: bool,
    yes: bool,
    rollback: bool,
    style: str,
    quiet: bool,
    **settings: Any,
) -> None:
    """Build the site afresh and publish it to TARGET, one of those named in content/site.yaml.

    TARGET may be left out where there is only one. Nothing is published while content has errors.
    """
    from site_builder.faults import Fault
    from site_builder.publish import publishing as p
    from site_builder.publish.plan import as_text

    request = p.Request(root, target, interactive=_is_interactive(), **settings)
    try:
        if rollback:
            _say(p.roll_back(request))
            return
        with p.prepare(request) as prepared:
            as_json = style == "json"
            if not as_json:
                _show(prepared.diagnostics)
            elif dry_run or isinstance(prepared, p.BrokenSite) or prepared.stop:
                _say(p.as_object(prepared, root, published=False), nl=False)
            if isinstance(prepared, p.BrokenSite):
                from site_builder.diagnostics import count_line

                counted = count_line(prepared.diagnostics)
                _say(f"{counted}; nothing was published", fg="red", err=True)
                sys.exit(1)
            if dry_run and not as_json:
                _say(as_text(prepared.plan), nl=False)
            if prepared.stop:
                raise Fault(prepared.stop)
            if dry_run:
                question = "" if as_json else prepared.plan.question
                _say(question, nl=bool(question))
                _say(prepared.note, nl=bool(prepared.note), err=True)
                return
            _confirm(prepared.plan.question, yes=yes, interactive=request.interactive)
            with _progress(len(prepared.plan.changes), shown=not quiet) as told:
                published = p.carry_out(prepared, told)
            if as_json:
                _say(p.as_object(prepared, root, published=True), nl=False)
            elif not quiet:
                _say(p.in_words(prepared, published))
                if prepared.plan and prepared.note:
                    _say(prepared.note, err=True)
    except p.UnknownTarget as error:
        raise click.UsageError(str(error)) from None


def _is_interactive() -> bool:
    """Whether somebody can be asked: input and messages are a terminal's, and this is no CI."""
    return sys.stdin.isatty() and sys.stderr.isatty() and not os.environ.get("CI")


def _confirm(question: str, *, yes: bool, interactive: bool) -> None:
    """Asks what needs an answer. Where nobody can answer, raises a `Fault`."""
    from site_builder.faults import Fault

    if not question or yes:
        return
    if not interactive:
        raise Fault(f"{question} Nothing was published; --yes publishes all the same.")
    if not click.confirm(f"{on_lines(question)} Publish all the same?", err=True):
        _say("nothing was published", err=True)
        sys.exit(1)


@contextlib.contextmanager
def _progress(total: int, *, shown: bool) -> Iterator[Callable[[Change], None]]:
    """A bar that moves with each change, on a terminal; elsewhere nothing."""
    if not shown or not total or not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}", markup=False))
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=total)
        yield lambda change: bar.update(task, advance=1, description=on_one_line(change.path))


@main.command()
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
    _say(f"{len(schemas())} schemas in {_shown(target)}")


def _options(root: Path, **settings: Any) -> Options:
    from site_builder.build import Options

    return Options(root=root, **settings)


def _shown(path: Path) -> str:
    """A path as short as it can be said from here."""
    try:
        short = os.path.relpath(path)
    except ValueError:
        return on_one_line(str(path))
    return on_one_line(str(path) if short.startswith("..") else short)


def _colour() -> bool | None:
    """Whether to print in colour: None leaves it to the terminal. See no-color.org."""
    return False if os.environ.get("NO_COLOR") else None


def _show(diagnostics: tuple[Diagnostic, ...]) -> None:
    """Prints findings for a person, in colour where the terminal has it."""
    from site_builder.diagnostics import as_text

    if diagnostics:
        _say(as_text(diagnostics), err=True)

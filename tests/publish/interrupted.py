"""Publishes again and again, cut short at the first operation, the second, and so on. A program.

    python interrupted.py ROOT HOW WATCH COMMAND…

Forks, and in the child publishes the site in ROOT as COMMAND says; just before the n-th operation the
child dies (HOW is `kill`), or the operation fails because the disk is full (HOW is `full`), for n = 1,
2, … until a publish comes to its end. WATCH says what counts: `files:FOLDER`, changes of the file
system at or below a folder; `requests`, what is sent over HTTP; `programs`, each program begun. After
each, COMMAND's words with `{n}` are those of that round, and one line of JSON tells how it ended. The
test reads the line, looks at the target, answers with a line, and the next round begins.
"""

from __future__ import annotations

import errno
import functools
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

import botocore.loaders
from click.testing import CliRunner

from site_builder.build import Options, render_site
from site_builder.cli import main
from site_builder.publish import publishing
from site_builder.stages.setup import RenderedSite

CUT_SHORT = 99
_CHANGES = {
    "os.rename",
    "os.remove",
    "os.mkdir",
    "os.rmdir",
    "os.symlink",
    "os.link",
    "os.truncate",
    "os.chmod",
}


def counts(watch: str) -> Callable[[str, tuple[object, ...]], bool]:
    kind, _, folder = watch.partition(":")

    def is_below(value: object) -> bool:
        return isinstance(value, (str, bytes, os.PathLike)) and os.fsdecode(value).startswith(
            folder
        )

    def files(event: str, about: tuple[object, ...]) -> bool:
        if event == "open":
            _, mode, flags = (*about, None, 0)[:3]
            writes = isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR)
            return bool(writes or (isinstance(mode, str) and mode[0] in "wax")) and is_below(
                about[0]
            )
        return event in _CHANGES and any(is_below(value) for value in about)

    return {
        "files": files,
        "requests": lambda event, _: event == "http.client.send",
        "programs": lambda event, _: event == "subprocess.Popen",
    }[kind]


def cut_short(at: int, how: str, watch: str) -> None:
    seen = 0
    is_counted = counts(watch)

    def hook(event: str, about: tuple[object, ...]) -> None:
        nonlocal seen
        if not is_counted(event, about):
            return
        seen += 1
        if seen == at and how == "kill":
            os._exit(CUT_SHORT)
        if seen >= at and how == "full" and event in ("open", "os.mkdir", "os.link", "os.symlink"):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(about[0]))

    sys.addaudithook(hook)


def publish(root: str, words: list[str]) -> tuple[int, str]:
    result = CliRunner().invoke(main, ["-C", root, "publish", *words])
    if result.exception and not isinstance(result.exception, SystemExit):
        return 70, repr(result.exception)
    return result.exit_code, result.output


def one_round(number: int, root: str, how: str, watch: str, words: list[str]) -> tuple[int, str]:
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        os.close(reader)
        cut_short(number, how, watch)
        code, said = publish(root, words)
        os.write(writer, said.encode()[:60000])
        os._exit(code)
    os.close(writer)
    said = b""
    while part := os.read(reader, 65536):
        said += part
    os.close(reader)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status), said.decode()


def remember_builds() -> None:
    """Every round builds the same site, so that it is built once."""
    built: dict[Options, RenderedSite] = {}

    def remembered(options: Options) -> RenderedSite:
        if options not in built:
            built[options] = render_site(options)
        return built[options]

    publishing.render_site = remembered
    # What boto3 knows of a service is a megabyte of JSON.
    load = botocore.loaders.JSONFileLoader.load_file
    botocore.loaders.JSONFileLoader.load_file = functools.lru_cache(maxsize=None)(load)


def run(root: str, how: str, watch: str, words: list[str]) -> None:
    remember_builds()
    publish(root, ["--dry-run", *[word.replace("{n}", "1") for word in words]])
    for number in range(1, 1000):
        here = [word.replace("{n}", str(number)) for word in words]
        code, said = one_round(number, root, how, watch, here)
        sys.stdout.write(json.dumps({"round": number, "code": code, "said": said}) + "\n")
        sys.stdout.flush()
        if code == 0 or not sys.stdin.readline():
            return
    Path(root).rmdir()  # a thousand rounds are no end: fail loudly


if __name__ == "__main__":
    run(sys.argv[1], sys.argv[2], sys.argv[3], sys.argv[4:])

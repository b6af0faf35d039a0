"""Folders that a site may be written to: the rules of `build --output` and of `publish`."""

from __future__ import annotations

import os
from pathlib import Path

from site_builder.disk import is_random_name
from site_builder.faults import OutputFault
from site_builder.output.manifest import NAME

SOURCES = ("content", "seeds", "static", "templates", "fonts", ".git", ".site-builder")
"""The folders of a site's root that its author fills, or that are nobody's to write a site to."""
_STAYS = frozenset((".git", ".gitkeep", ".gitignore", ".DS_Store", "Thumbs.db", "desktop.ini"))
"""What may be in a folder that counts as empty."""


def place_of(path: str | Path, root: Path) -> Path:
    """The absolute path of a place: `~` is the home folder, a relative path begins at `root`.

    The last step may be a symbolic link and is not followed; the folders above it are.
    """
    place = root / os.path.expanduser(path)
    return place.parent.resolve() / place.name if place.name not in ("", "..") else place.resolve()


def problem_of_folder(place: Path, root: Path) -> str:
    """Why no site may be written to a folder, "" if it may. `place` comes from `place_of`."""
    site, home = root.resolve(), Path(os.path.expanduser("~")).resolve()
    for folder in (place, place.resolve()):
        if folder == Path(folder.anchor):
            return f"'{folder}' is the top of the file system; name a folder of its own"
        if home.is_relative_to(folder):
            return f"'{folder}' is or holds your home folder; name a folder of its own"
        if site.is_relative_to(folder):
            return f"'{folder}' is or holds the site's own folder; name another one"
        if ".git" in folder.parts:
            return f"'{folder}' is in a folder of git's own; name another one"
        for source in (site / name for name in SOURCES):
            if folder.is_relative_to(source) or source.resolve().is_relative_to(folder):
                return f"'{folder}' is or lies in {source.name}/, which the site is made from; name another one"
    return ""


def output_place(output: Path | None, root: Path) -> Path:
    """Where a build goes, for what was asked for: by default `output/` in the site's folder.

    Raises `OutputFault` if nothing may be built there.
    """
    place = place_of(output, Path.cwd()) if output else root.resolve() / "output"
    problem = problem_of_folder(place, root)
    if not problem and place.is_symlink():
        problem = f"'{place}' is a symbolic link; name the folder it leads to"
    elif not problem and place.exists() and not place.is_dir():
        problem = f"'{place}' is a file, not a folder; name another place"
    elif not problem and output:
        problem = _problem_of_what_is_there(place)
    if problem:
        raise OutputFault(f"the output can't be written: {problem}")
    return place


def _problem_of_what_is_there(place: Path) -> str:
    """A folder that was never built to must be empty."""
    try:
        names = {row.name for row in os.scandir(place)}
    except OSError:
        return ""
    others = sorted(name for name in names - _STAYS if not is_random_name(name))
    if not others or NAME in names:
        return ""
    shown = ", ".join(others[:5]) + (", …" if len(others) > 5 else "")
    return (
        f"'{place}' holds files that site-builder did not put there: {shown}. "
        "Name a folder that is new or empty"
    )

"""Places on this machine that nothing is published to."""

from __future__ import annotations

from pathlib import Path

from site_builder.publish.faults import PublishFault

_OWN_FOLDERS = ("content", "seeds", "static", "templates", "output", ".git", ".cache")


def place_of(path: str, root: Path) -> Path:
    """The absolute path of a target: `~` is the home folder, a relative path begins at the site's.

    The last step may be a symbolic link and is not followed; the folders above it are.
    """
    place = root / Path(path).expanduser()
    return place.parent.resolve() / place.name if place.name not in ("", "..") else place.resolve()


def refuse_folder(place: Path, root: Path) -> None:
    """Raises `PublishFault` unless a whole folder may be replaced at this place."""
    site = root.resolve()
    home = Path.home().resolve()
    real = place.resolve()
    for folder in {place, real}:
        if folder == Path(folder.anchor):
            raise PublishFault(
                f"'{folder}' is the top of the file system; name a folder of its own"
            )
        if home.is_relative_to(folder):
            raise PublishFault(f"'{folder}' is or holds your home folder; name a folder of its own")
        if site.is_relative_to(folder):
            raise PublishFault(f"'{folder}' is or holds the site's own folder; name another one")
        if folder.is_relative_to(site):
            raise PublishFault(
                f"'{folder}' is inside the site's own folder; name one outside it "
                "(what `site-builder build` makes goes to output/)"
            )
    _refuse_without_parent(place)


def refuse_file(place: Path, root: Path) -> None:
    """Raises `PublishFault` unless a file may be written at this place."""
    site = root.resolve()
    for name in _OWN_FOLDERS:
        if place.is_relative_to(site / name):
            raise PublishFault(
                f"'{place}' is inside {name}/, which the site is made from or made to"
            )
    if place.is_dir():
        raise PublishFault(f"'{place}' is a folder; name a file in it")
    _refuse_without_parent(place)


def _refuse_without_parent(place: Path) -> None:
    if not place.parent.is_dir():
        raise PublishFault(
            f"there is no folder '{place.parent}' to publish into; make it first, or correct the path"
        )

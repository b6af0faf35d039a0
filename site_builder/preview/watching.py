"""Notices changes of a site's files, from events of the file system (watchfiles).

Every event means "this may have changed"; the build finds out whether it has. If the system gives no events
(too many watches, a network drive), files are polled once a second instead. For a symbolic link, its target
is watched, which may be outside the folders.
"""

from __future__ import annotations

import contextlib
import errno
import os
import sys
import threading
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from watchfiles import Change
from watchfiles._rust_notify import RustNotify, WatchfilesRustInternalError

from site_builder.reading.names import is_ignored, is_leftover
from site_builder.reading.themes import default_theme

FOLDERS = ("content", "templates", "seeds", "static")

STEP, IDLE_STEP = 10, 50
"""Milliseconds without a new event after which events are passed on, and between polls: while somebody is
working, and otherwise. Each poll takes about 50 µs of processor time."""
WORKING = 10.0
"""Seconds after an event during which somebody is assumed to be working."""
LONGEST_BATCH = 500
"""Milliseconds after which events are passed on although more keep coming."""
PULSE = 500
"""Milliseconds between checks that the watched folders still exist."""
POLL_DELAY = 1000
"""Milliseconds between polls of all files if there are no events."""
MANY = 1000
"""Above this number of events in one batch, some may be lost: then anything may have changed."""

Tell = Callable[[frozenset[str] | None], None]
"""Called with the paths of files or folders in the site that may have changed; None for any."""


class Watch:
    """Watches a site in its own thread, from `start` to `stop`. `tell` is called in that thread."""

    def __init__(self, root: Path, tell: Tell, note: Callable[[str], None], *, poll: bool) -> None:
        self._root = root.absolute()
        self._real_root = os.path.realpath(root)
        self._tell = tell
        self._note = note
        self._poll = poll
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="preview watch", daemon=True)
        self._identities: dict[str, tuple[int, int]] = {}
        self._links: list[str] = []
        """Symbolic links in the folders, whose targets are also watched."""
        self._notify: RustNotify | None = None
        theme = default_theme()
        folders = [self._root / name for name in FOLDERS]
        self._folders = [*folders, theme] if theme not in folders else folders

    def start(self) -> None:
        """Returns when everything is watched; every change from then on is reported."""
        self._begin()
        self._thread.start()

    def stop(self) -> None:
        """Stops reporting. The thread ends by itself."""
        self._stopped.set()

    def _run(self) -> None:
        last = -WORKING
        while not self._stopped.is_set():
            now = time.monotonic()
            if self._notify is None:
                self._stopped.wait(PULSE / 1000)
                events: Iterable[tuple[int, str]] = ()
            else:
                step = STEP if now - last < WORKING else IDLE_STEP
                found = self._notify.watch(LONGEST_BATCH, step, PULSE, self._stopped)
                events = found if isinstance(found, set) else ()
            if self._stopped.is_set():
                break
            paths = [path for _, path in events]
            # A removed folder is no longer watched, even if a new one has the same name.
            gone = any(kind == Change.deleted and path in self._identities for kind, path in events)
            if gone or self._may_be_links(paths) or self._look() != self._identities:
                self._begin()
                self._tell(None)
                continue
            changed = self._within_site(paths)
            if changed is None or changed:
                last = time.monotonic()
                self._tell(changed)
        self._close()

    def _within_site(self, paths: list[str]) -> frozenset[str] | None:
        """The paths relative to the site, without files that don't belong to it."""
        if len(paths) > MANY:
            return None
        changed = set()
        for path in paths:
            relative = os.path.relpath(path, self._root).replace(os.sep, "/")
            if relative.startswith("../"):
                return None  # the default theme
            # A hidden file of static/ may be published, or be a warning.
            ignored = is_leftover if relative.startswith("static/") else is_ignored
            linked = path in self._identities  # a link's target may have any name
            if linked or not any(ignored(part) for part in relative.split("/")):
                changed.add(relative)
        return frozenset(changed)

    def _look(self) -> dict[str, tuple[int, int]]:
        """The existing folders with their identity (device and inode)."""
        found = {}
        for folder in self._folders:
            try:
                status = folder.stat()
            except OSError:
                continue
            found[str(folder)] = (status.st_dev, status.st_ino)
        for link in self._links:
            target = self._target(link)
            with contextlib.suppress(OSError):
                status = Path(target or link).stat()
                if target:
                    found[target] = (status.st_dev, status.st_ino)
        return found

    def _target(self, link: str) -> str:
        """The target of a link, if it is in the site but not in a watched folder; else ""."""
        target = os.path.realpath(link)
        if not target.startswith(f"{self._real_root}{os.sep}"):
            return ""
        for folder in map(os.path.realpath, self._folders):
            if f"{target}{os.sep}".startswith(f"{folder}{os.sep}"):
                return ""  # watched with it
            if folder.startswith(f"{target}{os.sep}"):
                return ""  # a circle
        return target

    def _may_be_links(self, paths: list[str]) -> bool:
        """Whether there may be new links: a path is one, or is a folder that may contain some."""
        new = (Path(path) for path in paths if path not in self._links)
        if not any(path.is_symlink() or path.is_dir() for path in new):
            return False
        return self._find_links() != self._links

    def _find_links(self) -> list[str]:
        """The links in the folders, and in folders that links lead to."""
        found: list[str] = []
        waiting = [str(folder) for folder in self._folders]
        seen = set()
        while waiting:
            top = waiting.pop()
            if os.path.realpath(top) in seen:
                continue
            seen.add(os.path.realpath(top))
            for folder, folders, files in os.walk(top):
                folders[:] = [name for name in folders if not is_ignored(name)]
                rows = [Path(folder, name) for name in (*folders, *files)]
                links = [row for row in rows if row.is_symlink() and self._target(str(row))]
                found += map(str, links)
                waiting += [str(row) for row in links if row.is_dir()]
        return sorted(found)

    def _begin(self) -> None:
        """Watches the existing folders."""
        self._close()
        self._links = self._find_links()
        # Listed before they are watched, so that a folder replaced in between is noticed later.
        self._identities = self._look()
        if not self._identities:
            return
        try:
            self._notify = self._watcher()
        except FileNotFoundError:
            self._identities = {}  # one has disappeared: check again soon
        except (OSError, WatchfilesRustInternalError) as error:
            if self._poll:
                raise
            self._poll = True
            self._note(no_events(error))
            self._notify = self._watcher()

    def _watcher(self) -> RustNotify:
        folders = list(self._identities)
        return RustNotify(folders, False, self._poll, POLL_DELAY, True, True)

    def _close(self) -> None:
        if self._notify is not None:
            self._notify.close()
            self._notify = None


def no_events(error: BaseException) -> str:
    """What to tell the user if the system gives no events."""
    text = str(error)
    number = getattr(error, "errno", None)
    how = "Files are checked once a second instead, which takes more processor time."
    if number == errno.ENOSPC or "limit" in text or "No space" in text:
        return (
            "The system has no file watches left: fs.inotify.max_user_watches is too low. "
            f"{how} To raise it: sudo sysctl fs.inotify.max_user_watches=524288"
        )
    if number == errno.EMFILE or "Too many open files" in text:
        setting = " (fs.inotify.max_user_instances)" if sys.platform == "linux" else ""
        return f"Too many programs watch files on this system{setting}. {how}"
    return f"The system does not report changed files ({text or type(error).__name__}). {how}"

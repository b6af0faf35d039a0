"""Faults of the environment, as against mistakes in content.

No permission, a full disk, a port in use, a refused upload: an exception of this family, with a
message a person can act on. The command line catches them in one place and exits with 1.
"""

from __future__ import annotations


class Fault(Exception):
    """Something outside the content went wrong. The message says what, and what to do."""


class OutputFault(Fault):
    """The output can't be written."""


class SiteNotFound(Fault):
    """There is no site where one was looked for."""


class MissingExtra(Fault):
    """A part of the program that few need is not installed."""

    def __init__(self, what: str, extra: str) -> None:
        super().__init__(f"{what} needs one more package: pip install 'site-builder[{extra}]'")


class WorkerFault(Fault):
    """A process that worked on the site died."""


_WHILE = "while "


class Doing:
    """Work in which a mistake of ours may come to light: the exception is told what was being done.

    `work` goes on with "while": `reading content/issues/tea.md`.
    """

    def __init__(self, work: str) -> None:
        self._work = work

    def __enter__(self) -> None:
        pass

    def __exit__(self, _: object, error: BaseException | None, __: object) -> None:
        if isinstance(error, Exception) and not isinstance(error, Fault) and not at_work(error):
            error.add_note(f"{_WHILE}{self._work}")


def at_work(error: BaseException) -> str:
    """What was being done when an exception was raised, "" if it does not know."""
    notes: list[str] = getattr(error, "__notes__", [])
    return next((note.removeprefix(_WHILE) for note in notes if note.startswith(_WHILE)), "")

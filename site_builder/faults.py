"""Problems of the machine or the network, as opposed to mistakes in the content.

No permission, a full disk, a port in use, a refused upload: each raises a `Fault` with a message that
says what to do. The command line catches them in one place and exits with code 1.
"""

from __future__ import annotations


class Fault(Exception):
    """Something outside the content went wrong. The message says what, and what to do."""


class OutputFault(Fault):
    """The output can't be written."""


class SiteNotFound(Fault):
    """The folder holds no site."""


class MissingExtra(Fault):
    """An optional package is not installed."""

    def __init__(self, what: str, extra: str) -> None:
        super().__init__(f"{what} needs one more package: pip install 'site-builder[{extra}]'")


class WorkerFault(Fault):
    """A worker process died."""


_WHILE = "while "


class Doing:
    """A context manager that notes on an unexpected exception what was being done.

    `work` continues "while …": `reading content/issues/tea.md`.
    """

    def __init__(self, work: str) -> None:
        self._work = work

    def __enter__(self) -> None:
        pass

    def __exit__(self, _: object, error: BaseException | None, __: object) -> None:
        if isinstance(error, Exception) and not isinstance(error, Fault) and not at_work(error):
            error.add_note(f"{_WHILE}{self._work}")


def at_work(error: BaseException) -> str:
    """What was being done when an exception was raised; "" if nobody noted it."""
    notes: list[str] = getattr(error, "__notes__", [])
    return next((note.removeprefix(_WHILE) for note in notes if note.startswith(_WHILE)), "")

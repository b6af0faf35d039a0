"""The process that reads a document: whatever is wrong with it, no more than this process comes to harm.

It is told what to read on its standard input, and answers with one JSON object.
"""

from __future__ import annotations

import contextlib
import dataclasses
import json
import sys

from site_builder.sourcing.formats import Request, extract
from site_builder.sourcing.found import Unreadable

MOST_MEMORY = 1_500 * 1024 * 1024
MOST_SECONDS = 120
"""Seconds of a processor's time."""


def main() -> None:
    """Reads one document, within limits."""
    _limit()
    data = json.loads(sys.stdin.buffer.read())
    pages = tuple(data["pages"]) if data["pages"] else None
    request = Request(data["path"], pages, data["articles"], data["changes"])
    answer: dict[str, object]
    try:
        answer = {"found": dataclasses.asdict(extract(request))}
    except Unreadable as error:
        answer = {"unreadable": str(error)}
    except ModuleNotFoundError as error:
        answer = {"missing": error.name}
    except MemoryError:
        answer = {"unreadable": TOO_LARGE}
    except OSError as error:
        answer = {"unreadable": f"it can't be read: {error.strerror}"}
    except RecursionError:
        answer = {"unreadable": "it is nested too deep; print it to a PDF, and add that"}
    sys.stdout.buffer.write(json.dumps(answer).encode())


TOO_LARGE = (
    "it takes too much memory to read; print the pages that you quote to a PDF, and add that"
)


def _limit() -> None:
    """Bounds memory and time, where the system can."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS + 5))
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))


if __name__ == "__main__":
    main()

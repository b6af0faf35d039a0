"""Regular expressions that are compiled on first use.

Large ones take milliseconds to compile, and most commands use only a few.
"""

from __future__ import annotations

import re
from typing import Any, cast


class _Pattern:
    """Compiles its expression on first use; after that it is as fast as the pattern itself."""

    def __init__(self, source: str, flags: int) -> None:
        self._source = source
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)  # a pattern has none, and copies of this object ask for some
        value = getattr(
            re.compile(self._source, self._flags), name
        )  # `re` keeps what it has compiled
        setattr(self, name, value)
        return value


def pattern(source: str, flags: int = 0) -> re.Pattern[str]:
    """A pattern that is compiled on first use, which raises `re.error` if the expression is wrong."""
    return cast("re.Pattern[str]", _Pattern(source, flags))

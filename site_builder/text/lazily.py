"""Regular expressions that are compiled when they are first used.

Large ones take milliseconds to compile, and most commands use few of them.
"""

from __future__ import annotations

import re
from typing import Any, cast


class _Pattern:
    """Compiles its expression when a method is first asked for, and is then as fast as the pattern."""

    def __init__(self, source: str, flags: int) -> None:
        self._source = source
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        compiled = re.compile(self._source, self._flags)
        for method in ("match", "fullmatch", "search", "finditer", "findall", "sub", "split"):
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)


def pattern(source: str, flags: int = 0) -> re.Pattern[str]:
    """The pattern of an expression; `re.error` is raised when it is first used."""
    return cast("re.Pattern[str]", _Pattern(source, flags))

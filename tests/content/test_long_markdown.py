"""What repeats without end is read in time: no rule of ours searches a paragraph from each of its signs."""

from __future__ import annotations

import pytest

from site_builder.markdown.parser import parse_body
from tools.pace import within

_SIZE = 100_000
_MOST = 20
"""Seconds. A rule that takes the square of the length takes a minute and more at this size, others one."""


@pytest.mark.parametrize("piece", [":a", "{{", "<!-- \n", ")", ").", '(@a "x '])
def test_repeated(piece: str) -> None:
    address = "https://example.org/" if piece[0] == ")" else ""
    with within(_MOST):
        parse_body("x.md", address + piece * (_SIZE // len(piece)), 1)

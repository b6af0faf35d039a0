"""Addresses that some file system or host would take for one."""

from __future__ import annotations

import pytest

from site_builder.rendering.planned import collisions


@pytest.mark.parametrize(
    ("files", "found"),
    [
        (("map.pdf", "Map.pdf"), "Map.pdf"),
        (("caf\u00e9.pdf", "cafe\u0301.pdf"), "cafe\u0301.pdf"),
        (("a/b.txt", "A"), "A"),
        (("a", "A/b.txt"), "A/b.txt"),
        (("a/b.txt", "a/c.txt", "ab.txt"), ""),
        (("strasse", "stra\u00dfe"), "stra\u00dfe"),
    ],
)
def test_files_of_one_address_are_named(files: tuple[str, ...], found: str) -> None:
    problems = collisions(["index.html"], files)

    assert [row.location.path for row in problems] == ([f"static/{found}"] if found else [])

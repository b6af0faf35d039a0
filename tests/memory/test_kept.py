"""What a build keeps for the next one comes back whole, however much it has become."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from site_builder.memory.kept import MOST_PARTS, Kept, KeptFile, Stage
from site_builder.memory.rows import AllRows, published

STAGES = (Stage("few", str, int), Stage("many", str, int))
SIZES = (0, 1, 70, 5_000, 64, 200_000, 3)
"""More and fewer values, so that the number of parts changes both ways."""


@pytest.mark.parametrize(("before", "after"), [*pairwise(SIZES)])
def test_a_stage_that_grows_or_shrinks_is_kept_whole(
    tmp_path: Path, before: int, after: int
) -> None:
    file = KeptFile(tmp_path / "memory/last", "key", STAGES)
    for count in (before, after, after):
        file.read()
        kept = Kept()
        kept.keep("few", {"a": 1})
        kept.keep("many", {f"name {number}": number for number in range(count)})
        assert file.write(kept)

    again = KeptFile(tmp_path / "memory/last", "key", STAGES).read()
    assert again.steps("few") == {"a": 1}
    assert again.steps("many") == {f"name {number}": number for number in range(after)}


def test_a_stage_of_few_values_has_few_parts(tmp_path: Path) -> None:
    def size(count: int) -> int:
        path = tmp_path / f"last-{count}"
        kept = Kept()
        kept.keep("few", {f"name {number}": number for number in range(count)})
        KeptFile(path, "key", STAGES[:1]).write(kept)
        return int.from_bytes(path.read_bytes()[20:24], "little") - 1  # one part says how many

    assert [size(count) for count in (0, 64, 65, 1_000)] == [1, 1, 2, 16]
    assert size(100_000) == MOST_PARTS


def test_packed_rows_are_found_however_many_are_looked_for() -> None:
    rows = AllRows(own=(), packed=("uses",))
    rows.add(
        published(f"step {number}", number, {}, {}, {}, {"uses": {f"key {number % 50}": number}})
        for number in range(100)
    )
    table = rows.group("uses")
    for _ in range(2):
        for key in range(50):
            assert table[f"key {key}"] == [key, key + 50]
            assert f"no {key}" not in table

"""Memory and time stay within bounds, whatever an author writes."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import MakeSite

ROOT = Path(__file__).parents[2]
CITATIONS = 120
SIZE = 3_000_000
MOST_MEGABYTES = 400
"""A build of an empty site takes sixty; each copy of the text would take three."""

MEASURED = """
import resource, sys
from site_builder.cli import main
try:
    main()
finally:
    used = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    print("kilobytes", *used)
"""


def memory_of(root: Path, *words: str, code: int = 0) -> float:
    """The megabytes that a command needed, and the largest of the processes it started."""
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, "-C", str(root), *words],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    assert done.returncode == code, done.stderr
    return sum(map(int, done.stdout.splitlines()[-1].split()[1:])) / 1024


@pytest.mark.skipif(sys.platform != "linux", reason="other systems count memory otherwise")
@pytest.mark.parametrize("show", ["excerpts", "full"])
def test_memory_does_not_grow_with_citations_times_the_size_of_their_source(
    make_site: MakeSite, show: str
) -> None:
    chance = random.Random(1)
    words = ["".join(chance.choices("abcdefghijklmnop", k=7)) for _ in range(5000)]
    sentences = [" ".join(chance.choices(words, k=12)) + ". " for _ in range(SIZE // 98)]
    source = f"---\ntitle: Long\nfile: long.txt\nshow: {show}\n---\n"
    quoted = sentences[:: len(sentences) // CITATIONS][:CITATIONS]
    bodies = "\n".join(f'Said [@long "{words[:-2]}"].\n' for words in quoted)
    root = make_site(
        {
            "content/site.yaml": "title: Tea\n",
            "content/sources/long.md": source,
            "content/articles/tea.md": f"---\ntitle: Tea\nas_of: 2026-01-01\n---\n{bodies}",
        }
    )
    (root / "seeds").mkdir(exist_ok=True)
    (root / "seeds/long.txt").write_text("".join(sentences))

    assert memory_of(root, "build") < MOST_MEGABYTES

    page = (root / "output/sources/long/index.html").read_text()
    assert page.count('class="used-number"') == CITATIONS
    assert (len(page) > SIZE) == (show == "full")


LONG = 1_000_000
WORDS = "word " * (LONG // 5)
BEGIN = "---\ntitle: Tea\nas_of: 2026-01-01\n"


@pytest.mark.parametrize("size", [150_000, LONG])
@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("content/articles/tea.md", BEGIN + '---\nSaid [@long "{words}"].\n'),
        ("content/articles/tea.md", BEGIN + "key_points:\n  - text: Tea\n    cite: 'long \"{words}\"'\n---\n"),
        ("content/articles/tea.md", BEGIN + "---\n[[{word}]]\n"),
        ("content/articles/tea.md", BEGIN + "---\n[tea](nowhere/{word})\n"),
        ("content/articles/tea.md", BEGIN + "---\n[tea](#{word})\n"),
        ("content/articles/tea.md", BEGIN + "other: {words}\n---\n"),
        ("content/articles/tea.md", BEGIN + "{word}: tea\n---\n"),
        ("content/articles/tea.md", BEGIN + "issues:\n  - {word}\n---\n"),
        ("content/articles/tea.md", "---\ntitle: Tea\nas_of: {word}\n---\n"),
        ("content/articles/tea.md", '---\ntitle: "{words}\n---\n'),
        ("content/sources/tea.md", "---\ntitle: Tea\nurl: htp://{word}\n---\n"),
        ("content/sources/tea.md", "---\ntitle: Tea\nfile: {word}\n---\n"),
        ("content/actors/anna.md", "---\nname: Anna\naliases:\n  - {words}\n---\n"),
    ],
)  # fmt: skip
def test_messages_about_something_huge_are_short_and_soon_there(
    make_site: MakeSite, path: str, text: str, size: int
) -> None:
    text = text.replace("{words}", WORDS[:size]).replace("{word}", "x" * size)
    root = make_site(
        {
            "content/site.yaml": "title: Tea\n",
            "content/sources/long.md": "---\ntitle: Long\nfile: long.txt\n---\n",
            path: text,
        }
    )
    (root / "seeds").mkdir(exist_ok=True)
    (root / "seeds/long.txt").write_text("Nothing of it is here. " * 50_000)
    done = subprocess.run(
        [sys.executable, "-m", "site_builder", "-C", str(root), "check"],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    assert done.returncode == 1, done.stderr[:1000]
    assert f"{path}:" in done.stderr
    assert len(done.stderr) < 2_000

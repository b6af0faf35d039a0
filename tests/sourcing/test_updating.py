"""`source update` and `source show`: what changed, what stands, what is cited."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Run = Callable[..., Result]
Files = Callable[[], dict[str, bytes]]

OLD = "[p. 1]\nThe dam leaks at two places. It was built in 1921.\n[p. 2]\nNobody knew of it. Nobody.\n"
ARTICLE = '---\ntitle: Tea\nas_of: 2026-01-01\n---\nSo [@dam "leaks at two places"; @dam "Nobody knew of it"].\n'


@pytest.fixture
def original(site: Path, run: Run, tmp_path: Path) -> Path:
    """A source that was added from a file and is cited twice."""
    path = tmp_path / "dam.txt"
    path.write_text(OLD)
    assert run("source", "add", path, "--title", "The dam").exit_code == 0
    article = site / "content/articles/tea.md"
    article.parent.mkdir()
    article.write_text(ARTICLE)
    return path


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def test_a_new_text_in_which_all_stands_is_written(site: Path, run: Run, original: Path) -> None:
    entry = (site / "content/sources.yaml").read_text()
    new = OLD.replace("1921", "1922").replace("[p. 2]\n", "[p. 2]\nIt is old.\n[p. 3]\n")
    original.write_text(new)
    result = run("source", "update", "dam", original)
    assert (result.exit_code, result.output) == (
        0,
        (
            "1 sentence gone or changed, 2 new\n"
            "- It was built in 1921.\n"
            "+ It was built in 1922.\n"
            "+ It is old.\n"
            "“Nobody knew of it” is at p. 3 now, before at p. 2\n"
            "seeds/dam.txt written, and all citations stand\n"
        ),
    )
    assert (site / "seeds/dam.txt").read_text() == new
    assert (site / "content/sources.yaml").read_text() == entry.replace(digest(OLD), digest(new))


def test_where_words_are_lost_nothing_is_written(
    site: Path, run: Run, files: Files, original: Path
) -> None:
    before = files()
    original.write_text(OLD.replace("two places", "three places"))
    result = run("source", "update", "dam", original)
    assert result.exit_code == 1
    assert result.output == (
        "1 sentence gone or changed, 1 new\n"
        "- The dam leaks at two places.\n"
        "+ The dam leaks at three places.\n"
        "no longer found in the new text: 1 citation\n"
        "content/articles/tea.md:5:5: these words are not in source 'dam': “leaks at two places” [quote-not-found]\n"
        '    5 | So [@dam "leaks at two places"; @dam "Nobody knew of it"].\n'
        "      |     ^^^^^^^^^^^^^^^^^^^^^^^^^^\n"
        "      = nearest: “leaks at three places”\n"
        "      = you wrote 'two', the source has 'three'\n"
        "nothing was written; correct these citations, or write it all the same: --accept\n"
    )
    assert files() == before
    assert run("source", "update", "dam", original, "--accept").exit_code == 0
    assert (site / "seeds/dam.txt").read_text() == original.read_text()


def test_a_text_changed_by_hand_is_kept(site: Path, run: Run, original: Path) -> None:
    mended = OLD.replace("Nobody.\n", "Nobody at all.\n")
    (site / "seeds/dam.txt").write_text(mended)
    entry = (site / "content/sources.yaml").read_text()
    original.write_text(OLD.replace("1921", "1922"))
    result = run("source", "update", "dam", original)
    assert result.exit_code == 1
    assert result.output.endswith(
        "seeds/dam.txt was changed by hand, so it stays as it is; the new text is in seeds/dam.new.txt\n"
    )
    assert (site / "seeds/dam.txt").read_text() == mended
    assert (site / "seeds/dam.new.txt").read_text() == original.read_text()
    assert (site / "content/sources.yaml").read_text() == entry


def test_nothing_changed(run: Run, files: Files, original: Path) -> None:
    before = files()
    result = run("source", "update", "dam", original)
    assert (result.exit_code, result.output) == (0, "nothing changed\n")
    assert files() == before


@pytest.mark.parametrize(
    ("slug", "said"),
    [
        ("dma", "there is no source 'dma' (did you mean 'dam'?)"),
        ("wordless", "source 'wordless' has no text yet: its entry names no file"),
    ],
)
def test_what_can_not_be_updated(
    site: Path, run: Run, original: Path, slug: str, said: str
) -> None:
    with (site / "content/sources.yaml").open("a") as file:
        file.write("wordless:\n  title: None\n")
    result = run("source", "update", slug, original)
    assert (result.exit_code, result.output) == (1, f"site-builder: {said}\n")


@pytest.mark.parametrize(
    ("path", "before", "after"),
    [
        ("content/sources/dam.md", "---\ntitle: Dam\nfile: dam.txt\n---\nText.\n",
         "---\ntitle: Dam\nfile: dam.txt\nextracted:\n  X\n---\nText.\n"),
        ("content/sources/dam.yaml", "title: Dam\nfile: dam.txt\nextracted:\n  original: a\n  sha256: b\n  text: T\n  date: 2026-01-01\nkind: note\n",
         "title: Dam\nfile: dam.txt\nextracted:\n  X\nkind: note\n"),
        ("content/sources.yaml", "dam:\n    title: Dam\n    file: dam.txt\n    extracted:\n        original: a\n        sha256: b\n        text: T\n        date: 2026-01-01\n\n# more\ntea:\n    title: Tea\n",
         "dam:\n    title: Dam\n    file: dam.txt\n    extracted:\n      X\n\n# more\ntea:\n    title: Tea\n"),
    ],
)  # fmt: skip
def test_only_the_field_extracted_changes(
    site: Path, run: Run, tmp_path: Path, path: str, before: str, after: str
) -> None:
    new, old = "The dam leaks.\n", digest("Old.\n")
    entry = site / path
    entry.parent.mkdir(exist_ok=True)
    (site / "seeds").mkdir()
    (site / "seeds/dam.txt").write_text("Old.\n")
    entry.write_text(before.replace("text: T", f"text: {old}"))
    (tmp_path / "new.txt").write_text(new)
    result = run("source", "update", "dam", tmp_path / "new.txt")
    if "extracted" not in before:  # somebody typed this text
        assert result.exit_code == 1
        assert entry.read_text() == before
        assert (site / "seeds/dam.new.txt").read_text() == new
        return
    assert result.exit_code == 0, result.output
    lines = [
        "original: new.txt",
        f"sha256: {digest(new)}",
        f"text: {digest(new)}",
        "date: 2026-05-28",
    ]
    indent = after[: after.index("X")].rpartition("\n")[2]
    assert entry.read_text() == after.replace("X", f"\n{indent}".join(lines))


@pytest.mark.usefixtures("original")
def test_show_says_what_is_cited_and_where(site: Path, run: Run) -> None:
    result = run("source", "show", "dam")
    assert (result.exit_code, result.output) == (
        0,
        (
            "dam: The dam\n"
            "seeds/dam.txt: 92 characters, made from dam.txt on 2026-05-28\n"
            "\n"
            "p. 1: “leaks at two places” (article 'tea')\n"
            "p. 2: “Nobody knew of it” (article 'tea')\n"
        ),
    )
    (site / "seeds/dam.txt").write_text(f"{OLD}More.\n")
    assert ", changed by hand since\n" in run("source", "show", "dam").output


@pytest.mark.usefixtures("original")
def test_show_unused_lists_the_sentences_that_nothing_cites(run: Run) -> None:
    result = run("source", "show", "dam", "--unused")
    assert (result.exit_code, result.output) == (
        0,
        "p. 1: It was built in 1921.\np. 2: Nobody.\n",
    )


@pytest.mark.usefixtures("original")
def test_show_of_a_site_with_errors_names_them(site: Path, run: Run) -> None:
    (site / "seeds/dam.txt").write_text("Nothing.\n")
    result = run("source", "show", "dam")
    assert result.exit_code == 1
    assert result.output.startswith(
        "site-builder: the site has errors, so it is not known what it cites:\ncontent/articles/tea.md:5:5: "
    )


def test_the_copy_that_is_published_is_that_of_the_text(
    site: Path, run: Run, tmp_path: Path
) -> None:
    path = tmp_path / "dam.txt"
    path.write_text(OLD)
    run("source", "add", path, "--title", "The dam", "--keep", "--rights", "ours")
    path.write_text(OLD.replace("1921", "1922"))
    assert run("source", "update", "dam", path).exit_code == 0
    assert (site / "static/sources/dam.txt").read_text() == path.read_text()

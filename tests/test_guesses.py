"""What a wrong name was probably meant to be, and what it costs to say so."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from site_builder.build import Options, render_site
from site_builder.text import guesses
from site_builder.text.guesses import Guesses, did_you_mean, nearest

NAMES = ("moscow", "Moscow", "volodymyr-zelensky", "zelenska", "nato", "territory", "title")


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("moscwo", ["moscow"]),
        ("MOSCOW", ["moscow"]),
        ("zelensky", ["volodymyr-zelensky"]),
        ("teritory", ["territory"]),
        ("titel", ["title"]),
        ("nto", ["nato"]),
        ("ok", []),
        ("harbour", []),
        ("", []),
        ("x" * 300, []),
    ],
)
def test_the_nearest_name(name: str, meant: list[str]) -> None:
    assert nearest(name, NAMES) == meant


def test_the_order_of_the_candidates_does_not_matter() -> None:
    names = [f"issue-{number}" for number in range(300)]
    found = nearest("isue-17", names, count=3)
    assert found[0] == "issue-17"
    for seed in range(20):
        random.Random(seed).shuffle(names)
        assert nearest("isue-17", names, count=3) == found


def test_words() -> None:
    assert did_you_mean("titel", NAMES) == " (did you mean 'title'?)"
    assert did_you_mean("harbour", NAMES) == ""


def test_guesses_are_made_once_and_end() -> None:
    guesses = Guesses(most=2)
    assert guesses.nearest("titel", "field", NAMES) == ["title"]
    assert guesses.nearest("titel", "field", ()) == ["title"]
    assert guesses.did_you_mean("nto", "field", NAMES) == " (did you mean 'nato'?)"
    assert guesses.nearest("moscwo", "field", NAMES) == []
    guesses.clear()
    assert guesses.nearest("moscwo", "field", NAMES) == ["moscow"]


def rows(row: str) -> str:
    return "".join(row.replace("N", str(number)) for number in range(1000))


ISSUES = {"content/issues.yaml": rows("issue-N:\n  title: Issue N\n")}
ARTICLE = "---\ntitle: A\nas_of: 2026\n---\n"


@pytest.mark.parametrize(
    "files",
    [
        {**ISSUES, "content/articles/a.md": ARTICLE + rows("[A](issues/isue-N/)\n\n")},
        {**ISSUES, "content/articles/a.md": ARTICLE + rows("[[isue-N]]\n\n")},
        {"content/articles/a.md": ARTICLE + rows("## Part N\n\n[A](#prt-N)\n\n")},
        {"content/articles/a.md": ARTICLE + rows("![A](picture-N.png)\n\n")},
        {"content/actors.yaml": rows("a-N:\n  name: A N\n  image: {src: N.png, alt: A}\n")},
        {"content/sources.yaml": rows("s-N:\n  title: S N\n  file: s-N.txt\n")},
        {**ISSUES, **{f"content/events/e-{n}.yaml": f"date: 2026\ntitle: E\nissues: isue-{n}\n" for n in range(400)}},
    ],
)  # fmt: skip
def test_a_thousand_mistakes_are_not_all_compared_with_a_thousand_names(
    make_site: Callable[[Mapping[str, str]], Path],
    monkeypatch: pytest.MonkeyPatch,
    files: Mapping[str, str],
) -> None:
    compared = []

    def counted(name: str, *candidates: object, **more: object) -> list[str]:
        compared.append(name)
        return nearest(name, *candidates, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(guesses, "nearest", counted)
    root = make_site({"content/site.yaml": "title: T\n", **files})
    found = render_site(Options(root, jobs=1), only_check=True).diagnostics
    assert len(found) > 100
    assert 0 < len(compared) <= 320

"""Words are found in their source whatever white space, quotation marks and dashes either has."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.build import Builder, Options
from site_builder.links.evidence import SourceText
from site_builder.links.quotations import quotation
from site_builder.text.quoted import compared

PIECES = st.sampled_from(
    ["a", "b", "Ab", "1", " ", "  ", "\n", "\t", "\u00a0", "\u200b", "\u00ad", "…", "“", "”", "’",
     "–", "-", ".", "é", "e\u0301", "\u2003", "'", '"', "\ufeff"]
)  # fmt: skip
TEXTS = st.lists(PIECES, max_size=40).map("".join)


@given(TEXTS, st.data())
def test_words_of_the_text_are_found_where_it_says_the_same(text: str, data: st.DataObject) -> None:
    source = SourceText(text)
    words = source.text.split()
    first = data.draw(st.integers(0, len(words)))
    quoted = " ".join(words[first : data.draw(st.integers(first, len(words)))])
    passage = source.find(quoted)
    if passage is None or passage.pieces:
        return
    found = compared(source.text[passage.start : passage.end]).text.strip()
    wanted = compared(quoted).text.strip()
    assert found.casefold().rstrip(".,").replace("-", "") == wanted.casefold().rstrip(".,").replace(
        "-", ""
    )


WORDS = st.lists(
    st.sampled_from(["quay", "dam’s", "“no”", "per", "cent", "é", "x-ray", "–"]), min_size=3
)


@given(WORDS, st.data())
def test_three_words_of_a_text_are_found(words: list[str], data: st.DataObject) -> None:
    first = data.draw(st.integers(0, len(words) - 3))
    space = data.draw(st.sampled_from([" ", "  ", "\n", "\u00a0", " \u200b"]))
    quoted = " ".join(words[first : first + 3])
    if not quotation(quoted).is_too_short and not quotation(quoted).must_be_unique:
        assert SourceText(space.join(words)).find(quoted) is not None


@pytest.mark.parametrize(
    ("text", "words", "found"),
    [
        ("It  leaks\nat two places.", "leaks at two", "leaks\nat two"),
        ("“It’s over” – he said…", '"It\'s over" - he said...', "“It’s over” – he said…"),
        ("so\u00adlu\u00adtion \u200b here", "solution here", "so\u00adlu\u00adtion \u200b here"),
        ("wait … and see", "wait ... and", "wait … and"),
        ("e\u0301tude", "étude", "étude"),
        ("an untold tale told", "told", "told"),
        ("untold", "told", None),
        ("It leaks here.", "it leaks", "It leaks"),
        ("It leaks.", "It Leaks", None),
        ("", "it", None),
        ("It leaks.", " ", None),
    ],
)
def test_words_and_where_they_stand(text: str, words: str, found: str | None) -> None:
    source = SourceText(text)
    passage = source.find(words)
    assert (source.text[passage.start : passage.end] if passage else None) == found
    assert source.find(words) == passage


FILES = {
    "content/site.yaml": "title: Tea\nexports: [jsonld]\n",
    "content/sources.yaml": "".join(f"s-{n}:\n  title: S {n}\n  file: s-{n}.txt\n" for n in range(9)),
    **{f"seeds/s-{n}.txt": f"The dam leaks at place {n} of the wall." for n in range(9)},
    **{
        f"content/issues/i-{n}.md": f'---\ntitle: I {n}\n---\nSo [@s-{n} "at place {n} of"].\n'
        for n in range(9)
    },
}  # fmt: skip


def test_after_an_edit_only_what_it_cites_is_looked_for(
    make_site: Callable[[Mapping[str, str]], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    root = make_site(FILES)
    builder = Builder(Options(root, jobs=1))
    first = builder.render()
    assert first.ok
    looked_for = []
    find = SourceText._look_for

    def noted(source: SourceText, wanted: str, at: str) -> object:
        looked_for.append(wanted)
        return find(source, wanted, at)

    monkeypatch.setattr(SourceText, "_look_for", noted)
    text = FILES["content/issues/i-3.md"]
    (root / "content/issues/i-3.md").write_text(text.replace("So", "So it is"))
    second = builder.render(first.files)
    assert second.ok
    assert looked_for == ["at place 3 of"]
    assert b"at place 3 of" in second.files["sources/s-3/index.html"]
    assert not set(second.files) & {f"sources/s-{n}/index.html" for n in range(9) if n != 3}

"""Rules that are tried by the first character read the same as all of them, tried one after the other."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from site_builder.markdown import parser
from site_builder.markdown.document import Dialect
from site_builder.markdown.foreign import LOOKS_PLAIN
from tools.fuzzing.markdown import TOKENS

CORPUS = Path(__file__).parents[1] / "fuzz/corpus/markdown"
TRIES = 500


def texts() -> list[str]:
    """Inputs that were once read wrong, and random ones."""
    chosen = random.Random(7)
    kept = [file.read_bytes().decode(errors="replace") for file in sorted(CORPUS.iterdir())]
    signs = [
        *TOKENS,
        *"aWw '1-+=:;.,(){}$%\"\t",
        *(f"\n{digit}) x" for digit in range(10)),
        "\n+ x",
        "\n* x",
        "\n___\n",
    ]
    return [*kept, *("".join(chosen.choices(signs, k=12)) for _ in range(TRIES))]


@pytest.mark.parametrize("html", [False, True])
def test_the_same_is_read(monkeypatch: pytest.MonkeyPatch, html: bool) -> None:
    def read() -> list[object]:
        parser._parser.cache_clear()
        return [
            (parser.parse_body("x.md", text, 1, dialect), parser.parse_prose(text, dialect))
            for text in texts()
        ]

    dialect = Dialect(html=html)
    quick = read()
    monkeypatch.setattr(parser, "by_character_plugin", lambda _: None)
    whole = read()
    parser._parser.cache_clear()
    for text, one, other in zip(texts(), quick, whole, strict=True):
        assert one == other, text


@pytest.mark.parametrize("text", ["tea", "h1", "7220", "1a", "٣", "7²", "茶"])
def test_letters_and_digits_alone_are_no_markup(text: str) -> None:
    assert LOOKS_PLAIN.fullmatch(text)
    assert parser.parse_prose(text)[0].parts == (text,)

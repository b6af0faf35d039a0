"""Where words end."""

from __future__ import annotations

import itertools
import unicodedata

import pytest

from site_builder.text.bounds import is_bound
from tools.pace import within


def words_at(marked: str, *, quotation: bool) -> tuple[bool, ...]:
    """Whether there is a bound at each `|` of a text."""
    pieces = marked.split("|")
    text = "".join(pieces)
    at, found = 0, []
    for piece in pieces[:-1]:
        at += len(piece)
        found.append(is_bound(text, at, quotation=quotation))
    return tuple(found)


BOTH = [
    "|NATO| said",
    "|NATO|, (|NATO|) “|NATO|” NATO|",
    "|Ukraine|. |Ukraine|",
    "|रूस| ने",
    "在|北|约|内",
    "镇|长|昨|天|说|水|坝|漏|水|了|，",
    "|NATO|加盟",
    "|東京都|は",
    "|プーチン|氏",
    "|プーチン|は",
    "ウラジーミル・|プーチン|",
    "ที่|ป|ระชุม",
    "|ក្រុម|",
    "|བོད|་|ལྗོངས|",
    "l’|Ukraine|",
    "qu'|Alice| dit",
    "dell’|acqua|",
    "‘|Ukraine|’",
    "'|NATO|'",
    "2026|年",
    "slept — |saw|",
    "who|—|saw",
    "Bergen|–|Stavanger",
    "pre-| and",
    "מועצה| ־| x",
]
NEITHER = [
    "un|safe",
    "harbour|s",
    "नेपाल|ी लोग",
    "रूस|ी",
    "मतदान टाल दिय|ा",
    "Jose|\u0301",
    "ferme|\u0304 a",
    "Лук|’янов",
    "Лук’|янов",
    "O’|Brien",
    "d’|Souza",
    "un’|guardia",
    "can’|t open",
    "He can|’t",
    "ネオ|プーチン",
    "プーチン|スキー",
    "서울|은",
    "มติเล|ื่อน",
    "เ|ลื่อน",
    "จ|ะ",
    "ក្|រុម",
    "نامه|\u200cها",
    "نامه\u200c|ها",
    "har|\u00adbour",
    "a.|org",
    "a|.org",
    "13,|500",
    "2|.5",
    "km|²",
    "snake|_case",
    'צה|"ל',
    "ab|1",
    "1|ab",
]
ONLY_MENTIONS = [
    "|US|-backed",
    "non-|binding|",
    "no|-|go",
    "well-\n|known",
    "−|7",
    " -|7",
    "Ukraine|’s",
    "Ankara|’da",
    "1 |240",
    "1\u202f|240 euros",
    "1| 240",
    "12:|30",
    "2019–|2020",
    "2019-\n|2020",
    "EU|:n",
]


@pytest.mark.parametrize("marked", BOTH)
def test_a_word_ends_here(marked: str) -> None:
    count = marked.count("|")
    assert words_at(marked, quotation=False) == (True,) * count
    assert words_at(marked, quotation=True) == (True,) * count


@pytest.mark.parametrize("marked", NEITHER)
def test_no_word_ends_here(marked: str) -> None:
    assert words_at(marked, quotation=False) == (False,)
    assert words_at(marked, quotation=True) == (False,)


@pytest.mark.parametrize("marked", ONLY_MENTIONS)
def test_a_name_may_end_here_and_a_quotation_not(marked: str) -> None:
    assert all(words_at(marked, quotation=False))
    assert not all(words_at(marked, quotation=True))


@pytest.mark.parametrize(
    "marked", ["in 1987, |240| boats", "page 12 |3400| x", "the 5| boats", "a -| 7"]
)
def test_near_misses_of_numbers(marked: str) -> None:
    assert all(words_at(marked, quotation=True))


def test_decomposed_text_has_the_same_bounds() -> None:
    text = unicodedata.normalize("NFD", "José está aquí")
    bounds = [at for at in range(len(text) + 1) if is_bound(text, at)]
    assert [text[a:b] for a, b in itertools.pairwise(bounds)] == [
        unicodedata.normalize("NFD", word) for word in ("José", " ", "está", " ", "aquí")
    ]


def test_a_thousand_marks_on_a_letter_cost_little() -> None:
    text = "e" + "\u0301" * 20_000
    with within(2):
        assert not any(is_bound(text, at, quotation=True) for at in range(1, len(text)))

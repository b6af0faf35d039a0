"""When two texts are in the same words."""

from __future__ import annotations

import unicodedata

import pytest

from site_builder.text.same import folded, form, same
from tools.pace import within


@pytest.mark.parametrize(
    ("written", "other"),
    [
        ("Sean O’Brien", "Sean O'Brien"),
        ("Sean OʼBrien", "Sean O'Brien"),
        ("Sean O‘Brien", "Sean O'Brien"),
        ("Sean O`Brien", "Sean O'Brien"),
        ("Nagorno‑Karabakh", "Nagorno-Karabakh"),
        ("Nagorno–Karabakh", "Nagorno-Karabakh"),
        ("Nagorno−Karabakh", "Nagorno-Karabakh"),
        ("Anna\u00a0Holt", "Anna Holt"),
        ("Anna\u202f Holt", "Anna Holt"),
        ("Anna\n  Holt", "Anna Holt"),
        ("Anna\u2028Holt", "Anna Holt"),
        ("har\u00adbour", "harbour"),
        ("to\u200bday \u200b x", "today x"),
        ("\u200fהנמל\u200f", "הנמל"),
        ("Jose\u0301", "José"),
        ("Київський", unicodedata.normalize("NFD", "Київський")),
        ("서울", unicodedata.normalize("NFD", "서울")),
        ("oﬃcial ﬂag", "official flag"),
        ("２０２６", "2026"),
        ("ｶﾞｽ", "ガス"),
        ("الميـــناء", "الميناء"),
        ("The “Big” Company", 'The "Big" Company'),
        ("The «Big» Company", 'The "Big" Company'),
        ("wait…", "wait..."),
        ("\ufeffHolt", "Holt"),
        (" Holt ", "Holt"),
    ],
)
def test_the_same_words(written: str, other: str) -> None:
    assert same(written) == same(other)


@pytest.mark.parametrize(
    ("written", "other"),
    [
        ("Jose", "José"),
        ("Strasse", "Straße"),
        ("coeur", "cœur"),
        ("km2", "km²"),
        ("note 1", "note ①"),
        ("1/2", "½"),
        ("pоrt", "port"),
        ("Orașul", "Oraşul"),
        ("US", "us"),
        ("resign", "re-sign"),
        ("everyday", "every day"),
        ("boats", "boat's"),
        ("har\ufffdour", "harbour"),
    ],
)
def test_other_words(written: str, other: str) -> None:
    assert same(written) != same(other)


def test_case_alone_is_folded() -> None:
    assert folded("Sean O’BRIEN") == folded("sean o'brien") == "sean o'brien"
    assert folded("Straße") == folded("STRASSE")
    assert folded("km²") != folded("km2")


@pytest.mark.parametrize(
    ("text", "words", "stretch"),
    [
        ("see  Anna\n Holt now", "Anna Holt", "Anna\n Holt"),
        ("x Jose\u0301 y", "José", "Jose\u0301"),
        ("x ﬁnal y", "final", "ﬁnal"),
        ("x\u00ad har\u00adbour\u00ad y", "harbour", "har\u00adbour"),
        (unicodedata.normalize("NFD", "é Київ та é"), "Київ", unicodedata.normalize("NFD", "Київ")),
        ("e\u0301  ﬂ\u00ad  x", "x", "x"),
        ("a … b", "b", "b"),
    ],
)
def test_a_place_in_the_form_is_known_in_the_text(text: str, words: str, stretch: str) -> None:
    made = form(text)
    at = made.text.index(words)
    assert text[made.start(at) : made.end(at + len(words))] == stretch


def test_a_long_text_is_brought_into_form_fast() -> None:
    text = "The “harbour” is closed — they’re done,  and \n it costs 1,240. Київ é. " * 15_000
    with within(1.5):
        form(text)

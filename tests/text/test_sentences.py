"""Where sentences end: each row is a text whose sentences stand one a line."""

from __future__ import annotations

import tomllib

import pytest

from site_builder.text.locales import FOLDER, read_lists, words_of
from site_builder.text.sentences import sentence_at, sentence_bounds, sentences

CASES = {
    "plain": ("en", "The dam leaked.\nNobody knew.\nWhy not?\nAsk!\n5 people came."),
    "a small letter goes on": ("en", "“No!” he said.\n“Who?” asked Ada.\nIt cost 3. more"),
    "titles": ("en", "Mr. Lund and Dr. Aune met Gen. Smith.\nThen St. John came."),
    "titles before starters": ("en", "They saw Mr. So and left."),
    "acronyms": ("en", "U.S. troops left the U.N. Security Council.\nThey came to the U.S.\nThe dam."),
    "initials": ("en", "J. D. Vance met George W. Bush.\nA. B. Smith did not.\nSo did I.\nNobody knew."),
    "an initial before an initial": ("en", "They met at J. A. Smith’s."),
    "before numbers": ("en", "See p. 3 and No. 5, Fig. IV.\nNo.\nThe dam held.\nIt said no.\nSo it is."),
    "after a day": ("en", "It opens at 5 p.m.\nThe vote came at 6 p.m. Monday."),
    "companies": ("en", "Acme Inc. Holdings paid Acme Inc.\nThe firm left."),
    "decimals": ("en", "It costs 3.5 million.\nVersion 2.0 is out."),
    "marks in a row": ("en", "Really?!\nYes!!!\nGo."),
    "ellipses": ("en", "He waited…\nNobody came...\nThe end."),
    "nothing but dots before": ("en", "… Ada left.\n? Bo stayed."),
    "a chapter before an ordinal": ("de", "Siehe Kap. 3. Abschnitt.\nDas ist alles."),
    "left out": ("en", "… and so on.\nHe said […] Ada left.\n[…] They came."),
    "a quotation stays whole": ("en", "He said: “It leaked. We knew.”\nThen he left."),
    "closing marks": ("en", "He said “no.”\nShe left (at last.)\nThen “yes.”)\nEnd."),
    "straight marks": ("en", 'He said "It leaked. We knew."\nThen he left.'),
    "brackets stay whole": ("en", "The dam (old. Very old.) held.\n(It did. Yes.)\nGood."),
    "a bracket that never closes": ("en", "The dam :( leaked.\nIt did."),
    "a number in front": ("en", "1. The dam leaked.\n2. It held."),
    "a number is an end": ("en", "It was 1950.\nThe dam leaked on page 3.\nThey left."),
    "hyphens": ("en", "He is anti-U.S. and she is not."),
    "no list of the language": ("xx", "J. D. Vance left.\nIt was so."),
    "German abbreviations": ("de", "Er war z. B. in Wien, d. h. Die Stadt, u.a. Graz.\nEr ging usw.\nDie Stadt blieb."),
    "German ordinals": ("de", "Am 3. Mai kam Ludwig XIV. Kaiser.\nIm Jahr 2023.\nBerlin kam.\nEr war 35.\nDie Stadt."),
    "two spaces in an abbreviation": ("da", "Vi tager f.  eks. Danmark.\nDet er alt."),
    "no ordinals in English": ("en", "On page 3.\nMay left.\nLouis XIV.\nKings."),
    "a region of German": ("de-CH", "Am 3. Mai war Dr. Meier da.\nEr ging."),
    "German quotation": ("de", "Er sagte: „Ja. Nein.“\nDann ging er."),
    "French": ("fr", "M. Dupont et Mme. Curie ont vu l’O.N.U. Genève.\nElle dit : « Non. Oui. »\nPuis rien."),
    "Polish": ("pl", "Było to 3. Maja o godz. 5.\nNikt nie wyszedł."),
    "Russian": ("ru", "В 1991 г. Россия вышла.\nА. С. Пушкин писал, т. е. Ада.\nЭто конец."),
    "Ukrainian": ("uk", "У 1991 р. Україна вийшла.\nЦе кінець."),
    "Hindi": ("hi", "वह डॉ. सिंह है।\nनहीं॥\nहाँ।"),
    "Arabic": ("ar", "هل تسرب السد؟\nنعم.\nقال د. أحمد ذلك."),
    "Urdu": ("ur", "یہ ہے۔\nنہیں۔"),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_sentences(case: str) -> None:
    language, lines = CASES[case]
    assert sentences(lines.replace("\n", " "), language) == lines.split("\n")


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        ("zh", "他说：“水坝漏了。”\n市长不同意！\n真的？！\n“漏了！”，他说。\n是的。"),
        ("ja", "「漏れた。」と市長は述べた。\n次の文。"),
        ("hi", "यह है।\nवह नहीं।"),
    ],
)
def test_sentences_that_no_space_parts(language: str, lines: str) -> None:
    assert sentences(lines.replace("\n", ""), language) == lines.split("\n")


def test_bounds_are_where_sentences_begin() -> None:
    assert sentence_bounds("One.  Two. ", "en") == (0, 6, 11)
    assert sentence_bounds("", "en") == (0, 0)


@pytest.mark.parametrize(
    ("offset", "sentence"), [(0, "One."), (3, "One."), (6, "Two."), (9, "Two."), (99, "Two.")]
)
def test_the_sentence_at_an_offset(offset: int, sentence: str) -> None:
    assert sentence_at("One.  Two.", offset, "en") == sentence


@pytest.mark.parametrize("file", sorted(FOLDER.glob("*.toml")), ids=lambda file: file.stem)
def test_lists_are_read_as_toml_reads_them(file: object) -> None:
    text = file.read_text("utf-8")  # type: ignore[attr-defined]
    assert read_lists(text) == {name: frozenset(rows) for name, rows in tomllib.loads(text).items()}


def test_a_language_is_found_by_its_tag() -> None:
    assert words_of("DE_at", "ordinal_stops") == {"."}
    assert words_of("en", "ordinal_stops") == frozenset()
    assert words_of("../locales/en", "conjunctions") == frozenset()
    assert "Mr" in words_of("en-GB-oxendict", "before_names")

"""Places in sources: `p. 3`, `§ 5`, `Art. 53(2)`, `para. 12`, `00:12:30`.

A place has a kind and a number. Labels of one kind are equal: what is marked `S. 3` is found as `p. 3`.
The labels of all languages are accepted everywhere, because people cite in the language of the source.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

from site_builder.text import lazily
from site_builder.values import NamedTuple

PAGE, ARTICLE, SECTION, PARAGRAPH = "page", "article", "section", "paragraph"
RECITAL, CHAPTER, MOMENT, FOOTNOTE = "recital", "chapter", "moment", "note"
LINE, NUMBERED, FIGURE, _PART = "line", "numbered", "figure", "part"
CALL = "footnote"
"""The kind of a mark where the text calls a footnote; one of the kind `FOOTNOTE` is where the footnote stands."""

MARKED = (PAGE, ARTICLE, SECTION, PARAGRAPH, RECITAL, CHAPTER)
"""The kinds that the text of a source can mark with a label, and by which people say where words stand."""

SHOWN = {
    "en": ("p.", "Art.", "§", "para.", "rec.", "ch."),
    "ar": ("ص", "المادة", "§", "الفقرة", "الحيثية", "الفصل"),
    "cs": ("s.", "čl.", "§", "odst.", "bod odův.", "kap."),
    "da": ("s.", "art.", "§", "stk.", "betr.", "kap."),
    "de": ("S.", "Art.", "§", "Abs.", "ErwG", "Kap."),
    "es": ("pág.", "art.", "§", "párr.", "cdo.", "cap."),
    "fi": ("s.", "# artikla", "# §", "# mom.", "johdanto-osan kappale", "# luku"),
    "fr": ("p.", "art.", "§", "par.", "consid.", "chap."),
    "hi": ("पृ.", "अनु.", "§", "पैरा", "प्रस्तावना", "अध्याय"),
    "hu": ("#. o.", "#. cikk", "#. §", "#. bek.", "#. preambulumbek.", "#. fej."),
    "it": ("p.", "art.", "§", "par.", "consid.", "cap."),
    "ja": ("#頁", "第#条", "§", "第#項", "前文 #", "第#章"),
    "nb": ("s.", "art.", "§", "avsn.", "fort.", "kap."),
    "nl": ("blz.", "art.", "§", "lid", "overw.", "hfst."),
    "pl": ("s.", "art.", "§", "ust.", "motyw", "rozdz."),
    "pt": ("p.", "art.", "§", "n.º", "consid.", "cap."),
    "ro": ("p.", "art.", "§", "alin.", "consid.", "cap."),
    "ru": ("с.", "ст.", "§", "п.", "преамб.", "гл."),
    "sv": ("s.", "art.", "§", "st.", "skäl", "kap."),
    "tr": ("s.", "m.", "§", "par.", "gerekçe", "böl."),
    "uk": ("с.", "ст.", "§", "п.", "преамб.", "гл."),
    "zh": ("第#页", "第#条", "§", "第#款", "序言 #", "第#章"),
}  # fmt: skip
"""By language, how a found place is shown: a label for each kind of `MARKED`. A `#` is the place of its number."""

_NEUTRAL = {FOOTNOTE: "fn.", LINE: "l.", NUMBERED: "no.", FIGURE: "fig."}
"""How other places are called in messages. They are only compared with what an author cites."""

_MORE = {
    PAGE: "p pp pg pgs s ss str pag págs bls sid с стр стор pp 頁 页 ページ old oldal",
    ARTICLE: "art arts artt mad md cikk ст 条 條",
    SECTION: "§ §§ sec secs sect secc sez abschn разд розд odd 节 節",
    PARAGRAPH: "para paras par pars ¶ ¶¶ abs al ust odst stk alin абз пп rn rdnr rz nm 項 款 段",
    RECITAL: "rec recs cons erw ew",
    CHAPTER: "ch chs chap chaps kap cap caps rozdz 章",
    LINE: "l ll z",
    FOOTNOTE: "fn fns fußn anm przyp",
    NUMBERED: "no nos nr nrn № num núm č",
    FIGURE: "fig figs abb obr rys рис 図 图 tab табл",
    _PART: "lit litt pkt satz buchst ziff písm let lett подп subpara",
}
_BEHIND = "o old oldal cikk § bek preambulumbek fej artikla mom luku kap 页 頁 ページ 条 條 章 节 節 款 項 段"
"""Labels that may follow their number: `5 §`, `12. o.`, `第53条`."""
_WITHOUT_STOP = [
    *"§§ ¶ ¶¶ № satz".split(),
    *{
        form.removesuffix("#").strip().lower()
        for rows in SHOWN.values()
        for form in rows
        if not form.startswith("#") and not form.endswith(".")
    },
]
"""Labels that are written without a full stop."""


def _bare(label: str) -> str:
    return label.replace("#", "").replace("第", "").strip(" .").lower()


KIND_OF_LABEL = {
    **{_bare(rows[n]): kind for rows in SHOWN.values() for n, kind in enumerate(MARKED)},
    **{label: kind for kind, labels in _MORE.items() for label in labels.split()},
}
"""The kind of place that a label names, by the label in small letters and without its full stop."""


def _any_of(labels: Iterable[str]) -> str:
    return "(?:" + "|".join(sorted(map(re.escape, labels), key=len, reverse=True)) + ")"


_DIGITS = r"\d+[a-z]?(?:[./]\d+[a-z]?)*"
NUMBER = (
    rf"(?:(?:{_DIGITS}|[ivxlcdm]+(?![a-z])|[a-z]{{1,3}}-?{_DIGITS})(?:\s(?:bis|ter|quater|quinquies))?"
    r"(?:\s?\(\w{1,6}\))*)"
)
"""An expression for the number of a place: `3`, `iv`, `53(2)`, `5a`, `A-3`."""
_HAN = rf"第(?:{NUMBER}|[〇零一二三四五六七八九十百千]+)"
_FOLLOWING = r"(?<=\d)\s?ff?\.?(?!\w)"
"""What says in German that a place goes on: `S. 3 f.`"""
_TO = r"\s*[-\u2010-\u2014]\s*"
_RANGE = rf"{NUMBER}(?:{_TO}{NUMBER}|{_FOLLOWING})?"
_LABEL = _any_of(KIND_OF_LABEL)
_NO_STOP = _any_of(_WITHOUT_STOP)
_LAST = _any_of(_BEHIND.split())
_LABELLED = rf"(?:{_LABEL}(?:\.\s*|\s?(?=\d)){_RANGE}|{_NO_STOP}\s*{_RANGE}|{_HAN}{_LAST}(?!\w(?<!第))|{_RANGE}\.?\s?{_LAST}(?!\w)\.?)"
_AND = r"(?:\s*[,、，]\s*|\s*&\s*|\s+(?:and|und|et|y|e|og|och|en|ja|ve|и|та|és|și)\s+)"
TIME = r"\d{1,3}:[0-5]\d(?::[0-5]\d)?"
_PLACE = lazily.pattern(
    rf"{_LABELLED}(?:{_AND}(?:{_LABELLED}|{_RANGE})|(?:\s+|(?=第)){_LABELLED})*|{TIME}(?:{_TO}{TIME})?",
    re.IGNORECASE,
)
_ONE = lazily.pattern(
    r"(?:(?<!\w)|(?=第))(?:"
    rf"(?P<label>{_LABEL})(?:\.\s*|\s+|(?=\d)|(?<=[§¶№])\s*)(?P<first>{NUMBER})(?:{_TO}(?P<last>{NUMBER})|\s?(?P<on>ff?)\.?(?!\w))?"
    rf"|(?P<before>{_HAN}|{NUMBER})(?:{_TO}(?P<until>{NUMBER}))?\.?\s?(?P<behind>{_LAST})(?!\w(?<!第))"
    rf"|(?P<bare>{NUMBER})(?:{_TO}(?P<end>{NUMBER}))?)",
    re.IGNORECASE,
)
_TIMES = lazily.pattern(rf"(?P<first>{TIME})(?:{_TO}(?P<last>{TIME}))?")
_LONGEST = 100
"""Characters of a place."""

_MARKED = {
    *map(_bare, "p. s. pag. str. с. стр. art. ст. § sec. para. ¶ abs. rec. ch. kap. chap.".split()),
    *map(_bare, "l. z. no. nr. № fig. abb.".split()),
}
_MARKED |= {_bare(form) for rows in SHOWN.values() for form in rows if not form.startswith("#")}
"""Labels of one place; a text marks no range."""
MARK_LABEL = (
    rf"(?:{_any_of(_MARKED)}\.|[§¶]|"
    rf"{_any_of(label for label in _MARKED if label in _WITHOUT_STOP)}(?=\s))"
)
"""An expression for the label of a mark in the text of a source, to be used without regard to case."""


class Part(NamedTuple):
    """A part of a place: one number of a kind, or a range of them."""

    kind: str
    first: str
    last: str = ""
    """The end of a range; `f` or `ff` for what follows; "" if it is no range."""


def is_place(text: str) -> bool:
    """Whether a text is a place in a source."""
    return len(text) <= _LONGEST and _PLACE.fullmatch(text) is not None


@lru_cache(maxsize=1_000)
def parts_of(place: str) -> tuple[Part, ...]:
    """The parts of a place: those of `pp. 3, 5-7` or `Art. 6(1), para. 2`."""
    times = _TIMES.fullmatch(place)
    if times:
        return (Part(MOMENT, times["first"], times["last"] or ""),)
    return tuple(_parts(place))


def _parts(place: str) -> Iterator[Part]:
    kind = ""
    for match in _ONE.finditer(place):
        label = match["label"] or match["behind"]
        if label:
            of_law = kind in (ARTICLE, SECTION, PARAGRAPH)
            kind = _PART if of_law and label.lower() == "s" else kind_of(label)  # § 5 Abs. 2 S. 1
        first = match["first"] or match["before"] or match["bare"]
        last = match["last"] or match["on"] or match["until"] or match["end"] or ""
        yield Part(kind, first.removeprefix("第"), last)


def kind_of(label: str) -> str:
    """The kind of place that a label names, with or without its full stop; "" if it names none."""
    return KIND_OF_LABEL.get(label.strip().rstrip(".").lower(), "")


def number_of(written: str) -> str:
    """A number of a place in one form, so that equal ones are the same text: `53 (2)` and `53(2)`."""
    number = re.sub(r"\s+(?=\()", "", " ".join(written.split())).lower()
    if number.isascii():
        return number
    return "".join(str(unicodedata.digit(sign, sign)) for sign in number)


def is_within(number: str, whole: str) -> bool:
    """Whether a number is another one or a part of it: `53(2)` is a part of `53`, and `5.1` of `5`."""
    return number == whole or number.startswith((f"{whole}(", f"{whole}."))


def shown(kind: str, label: str, language: str) -> str:
    """A place as it is shown in a language: `p. 3`. A language without labels has those of English."""
    if kind == MOMENT:
        return label
    if kind in _NEUTRAL:
        return f"{_NEUTRAL[kind]} {label}"
    rows = SHOWN.get(language.lower()) or SHOWN.get(language.lower().partition("-")[0])
    form = (rows or SHOWN["en"])[MARKED.index(kind)]
    if "#" in form:
        return form.replace("#", label)
    return f"{form} {label}"


_ANCHORS = {
    PAGE: "p",
    ARTICLE: "art",
    SECTION: "sec",
    PARAGRAPH: "para",
    RECITAL: "rec",
    CHAPTER: "ch",
    MOMENT: "t",
    FOOTNOTE: "fn",
    NUMBERED: "no",
    FIGURE: "fig",
}


def place_anchor(kind: str, number: str) -> str:
    """The id of a place on the page of its source: `p-3`, `art-53-2`, `t-00-12-30`; "" if it has none."""
    prefix = _ANCHORS.get(kind)
    if prefix is None:
        return ""
    if kind == MOMENT:
        number = moment_of(seconds_of(number))
    words = re.findall(r"[^\W_]+", number_of(number))
    return "-".join((prefix, *words))


def seconds_of(moment: str) -> int:
    """The seconds of a moment: `00:12:30`, `12:30` or `12:30.500`."""
    seconds = 0
    for part in moment.partition(".")[0].split(":"):
        seconds = seconds * 60 + int(part)
    return seconds


def moment_of(seconds: float) -> str:
    """A moment as it is written: `00:12:30`."""
    whole = int(seconds)
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}"

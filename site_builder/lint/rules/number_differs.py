"""`number-differs`: a number is another one than in the words cited.

Both stand beside the same noun, and the source has the number beside that noun nowhere. Ages, shares (*a quarter of all
families*, *one family in four*) and ordinals (*the third time*) are compared with their like. Silent for five and 5, 1,900
and 1900; for *two of the five hours*; for dates, ranges and page numbers; for *about 40*, and for sums; and in quotations.
"""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.lint.entity import LintedEntity
from site_builder.lint.finding import Finding
from site_builder.lint.numbers import Count, Words, counts, values


def check(entity: LintedEntity) -> Iterator[Finding]:
    """Numbers that their citations contradict."""
    site = entity.site
    if not site.words("numbers"):
        return
    for row, sentence, marks in entity.cited_sentences():
        said = row.own()[sentence.start : sentence.end]
        ours = [count for count in counts(said, site.words) if not count.is_about]
        if not ours:
            continue
        passages = [found for mark in marks if (found := entity.passage(mark))]
        cited = " \n".join(text.text[start:end] for text, start, end in passages)
        theirs, known = counts(cited, site.words), values(cited, site.words)
        for count in ours:
            beside = {other.value for other in theirs if other.nouns & count.nouns}
            if (
                not beside
                or _follows(count.value, known)
                or any(_rounds(count, other) for other in beside)
            ):
                continue
            if any(_has(text.text, count, site.words) for text, _, _ in passages):
                continue
            start = sentence.start + count.start
            said_there = sorted(other.text for other in theirs if other.nouns & count.nouns)
            yield Finding(
                f"the words cited have another number than {count.text}",
                row.locate(site.places, start, sentence.start + count.end),
                f"they say: {', '.join(said_there)}",
            )


def _rounds(count: Count, other: float) -> bool:
    """Whether a number is another one, rounded to as many digits as it has."""
    digits = len(f"{count.value:f}".rstrip("0").rstrip(".").replace(".", "").strip("0"))
    return (
        count.value != 0
        and digits <= 2
        and float(f"{other:.{max(0, digits - 1)}e}") == count.value
        and other >= 10
    )


def _follows(value: float, known: set[float]) -> bool:
    """Whether a number is among others, or the sum or difference of two of them."""
    if value in known:
        return True
    rows = [*known]
    pairs = ((rows[one], rows[two]) for one in range(len(rows)) for two in range(one))
    return any(value in (first + second, abs(first - second)) for first, second in pairs)


def _has(text: str, count: Count, words: Words) -> bool:
    """Whether a source has the number beside the noun."""
    return any(
        other.value == count.value and other.nouns & count.nouns for other in counts(text, words)
    )

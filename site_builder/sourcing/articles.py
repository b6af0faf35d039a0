"""Marks for the parts of a law: lines that begin with `Article 5` or `§ 5` begin one."""

from __future__ import annotations

import re

_BEGINS = re.compile(
    r"^(?:(?P<article>Article|Artikel|Articolo|Artículo|Artigo|Art\.|Artykuł|Стаття|Статья)|(?P<section>§|Section|Sec\.|Sect\.))"
    r"\s*(?P<number>\d+[a-z]?(?:\s?(?:bis|ter|quater))?)(?P<after>\s*[.:–—-]?\s*$|[.:–—]\s+\S|\s+[A-ZÀ-Þ(„“\"]|\s*\()",
    re.MULTILINE,
)


def with_articles(text: str) -> str:
    """A text with a mark before each line that begins an article or a section, unless it has one."""
    lines: list[str] = []
    for line in text.split("\n"):
        match = _BEGINS.match(line)
        if match and not line.startswith("["):
            label = "Art." if match["article"] else "§"
            mark = f"[{label} {match['number']}]"
            if not lines or lines[-1] != mark:
                lines.append(mark)
        lines.append(line)
    return "\n".join(lines)

"""The opening of a story: its first paragraphs, and the rest, which unfolds in place."""

# Without `from __future__ import annotations`: see `pages/making.py`.
import re
from collections.abc import Iterator

from markupsafe import Markup

from site_builder.pages.parts.texts import BodyView
from site_builder.text import lazily
from site_builder.values import NamedTuple

_MOST_WORDS = 80
"""Words of the opening, unless the first paragraph has more."""
_LONG = 800
"""Words of a story from which it stays folded on wide screens, too."""
_FEW = 30
"""Words of a rest that is not worth unfolding."""
_UNSPACED = frozenset(("ja", "zh", "th", "lo", "km", "my", "bo", "dz"))
"""Languages that put no spaces between words: there letters are counted, two for a word."""
_VOID = frozenset(
    "area base br col embed hr img input link meta source track wbr circle ellipse line path rect use".split()
)
_TAG = lazily.pattern(r"""<(/?)([a-zA-Z][\w-]*)((?:"[^"]*"|'[^']*'|[^"'>])*)>""")
_NO_WORDS = lazily.pattern(
    r'<span class="passages">(?:<span data-passage=.*?</span>)*</span>|<sup class="(?:cites|footnote-ref)">.*?</sup>|<[^>]*>',
    re.DOTALL,
)
_HEADING = lazily.pattern(r"\s*<h[1-6]\b")


class StoryView(NamedTuple):
    """The text of a story in two parts. Falsy if there is none."""

    opening: Markup
    """Its first paragraphs; all of it if the rest would be no more than a few words."""
    rest: Markup
    words: int
    """The words of the rest; 0 in a language that does not part them."""
    is_long: bool
    """Whether it is too long to be shown whole on a wide screen."""

    def __bool__(self) -> bool:
        return bool(self.opening)


def story(body: BodyView, language: str) -> StoryView:
    """A body as its opening and the rest: whole paragraphs of up to 80 words, at least one."""
    blocks = list(_blocks(str(body.html)))
    spaced = language.split("-", maxsplit=1)[0] not in _UNSPACED
    counts = [_count(block, spaced=spaced) for block in blocks]
    end = total = 0
    for number, (block, count) in enumerate(zip(blocks, counts, strict=True)):
        if _HEADING.match(block):
            continue
        if end and total + count > _MOST_WORDS:
            break
        total += count
        end = number + 1
    rest = sum(counts[end:])
    if rest < _FEW:
        end, rest = len(blocks), 0
    return StoryView(
        Markup("".join(blocks[:end])),  # noqa: S704  # pieces of finished HTML
        Markup("".join(blocks[end:])),  # noqa: S704
        rest if spaced else 0,
        sum(counts) > _LONG,
    )


def _count(block: str, *, spaced: bool) -> int:
    text = _NO_WORDS.sub("" if not spaced else " ", block)
    return len(text.split()) if spaced else len("".join(text.split())) // 2


def _blocks(html: str) -> Iterator[str]:
    """The elements at the top of a text, each with what stands before it."""
    depth = start = 0
    for tag in _TAG.finditer(html):
        closing, name, rest = tag.groups()
        if name.lower() in _VOID or rest.endswith("/"):
            if depth:
                continue
        elif closing:
            depth -= 1
        else:
            depth += 1
        if depth <= 0:
            depth = 0
            yield html[start : tag.end()]
            start = tag.end()
    if html[start:].strip():
        yield html[start:]

"""Whether contenders show the same words, and whether an edit arrived on the pages that it concerns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from pathlib import Path

from bench.corpus import Corpus
from bench.sites import Site

SAMPLED_PAGES = 24
LONGEST_LIST = 200
"""Characters of missing words that a message has."""


class WordsDiffer(Exception):
    """A contender does not show what it should. The message says where."""


def check_edits(site: Site, corpus: Corpus) -> None:
    """Raise `WordsDiffer` if the words that edits change are not on the pages that show them."""
    for path, words in edited_words(corpus):
        missing = Counter(words.split()) - visible_words(site, path)
        if missing:
            raise WordsDiffer(f"{path} does not show: {' '.join(missing)}")


def edited_words(corpus: Corpus) -> Iterator[tuple[str, str]]:
    """Pages, and the words on them that `bench.corpus` edits."""
    issue = corpus.issues[len(corpus.issues) // 2]
    actor = corpus.actors[len(corpus.actors) // 2]
    added = issue.body.rpartition("\nAdded ")[2] if "\nAdded " in issue.body else ""
    yield f"issues/{issue.slug}/index.html", added
    yield f"actors/{actor.slug}/index.html", actor.name
    for page in ("index.html", f"issues/{issue.slug}/index.html"):
        yield page, f"{corpus.edition} edition"


def compare_words(site: Site, reference: Site, corpus: Corpus) -> None:
    """Raise `WordsDiffer` if sample pages of a site do not have the words of the reference's."""
    for path in sample_paths(corpus):
        wanted, shown = visible_words(reference, path), visible_words(site, path)
        lacks, adds = wanted - shown, shown - wanted
        if lacks or adds:
            raise WordsDiffer(
                f"{path} differs from {reference.generator.name}'s; "
                f"it lacks: {in_short(lacks)}; it adds: {in_short(adds)}"
            )


def in_short(words: Counter[str]) -> str:
    """The first of the words, or "nothing"."""
    return " ".join(words.elements())[:LONGEST_LIST] or "nothing"


def sample_paths(corpus: Corpus) -> Iterable[str]:
    """The home page, pages all over the corpus, and those that the edits change."""
    middle_actor = corpus.actors[len(corpus.actors) // 2]
    middle_issue = corpus.issues[len(corpus.issues) // 2]
    naming = [
        issue.slug
        for issue in corpus.issues
        if any(position.actor == middle_actor.slug for position in issue.positions)
    ]
    step = max(1, len(corpus.issues) // SAMPLED_PAGES)
    issues = [issue.slug for issue in corpus.issues[::step]] + [middle_issue.slug, *naming]
    actors = [actor.slug for actor in corpus.actors[::step]] + [middle_actor.slug]
    return (
        "index.html",
        *(f"issues/{slug}/index.html" for slug in issues),
        *(f"actors/{slug}/index.html" for slug in actors),
    )


def visible_words(site: Site, path: str) -> Counter[str]:
    """The words in the body of a page, however they are marked up."""
    page = site.page(path)
    if not page.is_file():
        raise WordsDiffer(f"{path} was not made")
    return words_of(page)


def words_of(page: Path) -> Counter[str]:
    """The words in the body of a file of HTML."""
    reader = BodyText()
    reader.feed(page.read_text(encoding="utf-8"))
    return Counter(" ".join(reader.texts).split())


class BodyText(HTMLParser):
    """Collects the text in a page's body."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._in_body = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin with the body."""
        del attrs
        self._in_body = self._in_body or tag == "body"

    def handle_data(self, data: str) -> None:
        """Keep the text of the body."""
        if self._in_body:
            self.texts.append(data)
